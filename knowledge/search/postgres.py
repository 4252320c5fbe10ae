"""The index in PostgreSQL: the same documents with a tsvector of the same tokens under GIN.

No text configuration of PostgreSQL's takes part, so that both databases find the same. A lexeme
tells its column by its first sign: none for the own words, ~ for what else leads there, < for the
context.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from knowledge.search.branches import Branch
from knowledge.search.documents import Document
from knowledge.search.query import Alternative


def find(
    cursor: Any, ids: tuple[int, int], names_end: int, branches: Sequence[Branch]
) -> list[Document]:
    """The documents of all branches whose number lies in `ids` (both ends included).

    `names_end` is the last number that a service or feature may have.
    """
    selects = " UNION ALL ".join(
        # Materialized: the planner must not walk the primary key in the hope of early hits.
        "(WITH found AS MATERIALIZED (SELECT id, own, extra, context, size, reach"
        " FROM knowledge_searchdocument WHERE lexemes @@ %s::tsquery AND id BETWEEN %s AND %s)"
        " SELECT * FROM found ORDER BY id LIMIT %s)"
        for _ in branches
    )
    parameters: list[object] = []
    for branch in branches:
        last = min(ids[1], names_end) if branch.names_only else ids[1]
        parameters += [expression(branch), ids[0], last, branch.limit]
    cursor.execute(selects, parameters)
    return [Document(*row) for row in cursor.fetchall()]


def expression(branch: Branch) -> str:
    """The branch as a tsquery; every lexeme is quoted, so that none is an operator."""
    return " | ".join(f"({_all(words)})" for words in branch.any_of)


def _all(words: tuple[tuple[Alternative, ...], ...]) -> str:
    single = " | ".join(
        _lexeme(token, alternative.prefix and token == alternative.tokens[-1], own=True)
        for alternatives in words
        for alternative in alternatives
        for token in alternative.tokens
    )
    if len(words) == 1 and all(len(a.tokens) == 1 for a in words[0]):
        return single
    anywhere = " & ".join(f"({_any(alternatives)})" for alternatives in words)
    return f"{anywhere} & ({single})"


def _any(alternatives: Iterable[Alternative]) -> str:
    return " | ".join(f"({_tokens(alternative)})" for alternative in alternatives)


def _tokens(alternative: Alternative) -> str:
    last = len(alternative.tokens) - 1
    return " & ".join(
        f"({_lexeme(token, alternative.prefix and index == last, own=False)})"
        for index, token in enumerate(alternative.tokens)
    )


def _lexeme(token: str, prefix: bool, *, own: bool) -> str:
    token = token.replace("\\", "\\\\").replace("'", "''")
    end = "':*" if prefix else "'"
    return " | ".join(f"'{sign}{token}{end}" for sign in (("", "~") if own else ("", "~", "<")))


def add(cursor: Any, documents: Sequence[Document]) -> None:
    with cursor.copy(
        "COPY knowledge_searchdocument (id, own, extra, context, size, reach) FROM STDIN"
    ) as copy:
        for document in documents:
            copy.write_row(document)


def remove(cursor: Any, numbers: Sequence[int]) -> None:
    cursor.execute("DELETE FROM knowledge_searchdocument WHERE id = ANY(%s)", [list(numbers)])


def settle(cursor: Any, changed: int) -> None:
    """After a change of many documents the planner has to know how many there are."""
    if changed > 1000:
        cursor.execute("ANALYZE knowledge_searchdocument")
