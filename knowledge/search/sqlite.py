"""The index in SQLite: an FTS5 table over the table of documents.

FTS5 keeps no positions and no sizes (`detail=column`, `columnsize=0`): ranking is done in Python
over the few documents that come home, alike for every database, and bm25 would read every list to
its end before the first hit. The tokenizer takes what lies between two spaces for a token.
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
        "SELECT id FROM (SELECT rowid AS id FROM knowledge_searchindex"
        " WHERE knowledge_searchindex MATCH %s AND rowid BETWEEN %s AND %s LIMIT %s)"
        for _ in branches
    )
    parameters: list[object] = []
    for branch in branches:
        last = min(ids[1], names_end) if branch.names_only else ids[1]
        parameters += [expression(branch), ids[0], last, branch.limit]
    cursor.execute(
        "SELECT d.id, d.own, d.extra, d.context, d.size, d.reach"  # noqa: S608
        f" FROM ({selects}) f CROSS JOIN knowledge_searchdocument d ON d.id = f.id",
        parameters,
    )
    return [Document(*row) for row in cursor.fetchall()]


def expression(branch: Branch) -> str:
    """The branch in FTS5's language; every token is quoted, so that none is an operator."""
    return " OR ".join(f"({_all(words)})" for words in branch.any_of)


def _all(words: tuple[tuple[Alternative, ...], ...]) -> str:
    own = " OR ".join(_any(alternatives) for alternatives in words)
    if len(words) == 1 and all(len(a.tokens) == 1 for a in words[0]):
        return f"{{own extra}} : ({own})"
    anywhere = " AND ".join(f"({_any(alternatives)})" for alternatives in words)
    # Of an alternative of several tokens, one among the own words is enough.
    single = " OR ".join(
        _quoted(token, alternative.prefix and token == alternative.tokens[-1])
        for alternatives in words
        for alternative in alternatives
        for token in alternative.tokens
    )
    return f"{anywhere} AND {{own extra}} : ({single})"


def _any(alternatives: Iterable[Alternative]) -> str:
    return " OR ".join(
        _tokens(alternative) if len(alternative.tokens) == 1 else f"({_tokens(alternative)})"
        for alternative in alternatives
    )


def _tokens(alternative: Alternative) -> str:
    last = len(alternative.tokens) - 1
    return " AND ".join(
        _quoted(token, alternative.prefix and index == last)
        for index, token in enumerate(alternative.tokens)
    )


def _quoted(token: str, prefix: bool) -> str:
    return '"' + token.replace('"', '""') + ('"*' if prefix else '"')


def add(cursor: Any, documents: Sequence[Document]) -> None:
    cursor.executemany(
        "INSERT INTO knowledge_searchdocument (id, own, extra, context, size, reach)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        documents,
    )
    cursor.executemany(
        "INSERT INTO knowledge_searchindex (rowid, own, extra, context) VALUES (%s, %s, %s, %s)",
        [document[:4] for document in documents],
    )


def remove(cursor: Any, numbers: Sequence[int]) -> None:
    """Takes documents out; FTS5 wants to hear their old words."""
    for start in range(0, len(numbers), 500):
        some = numbers[start : start + 500]
        marks = ",".join(["%s"] * len(some))
        cursor.execute(
            "INSERT INTO knowledge_searchindex"  # noqa: S608
            " (knowledge_searchindex, rowid, own, extra, context)"
            " SELECT 'delete', id, own, extra, context FROM knowledge_searchdocument"
            f" WHERE id IN ({marks})",
            some,
        )
        cursor.execute(f"DELETE FROM knowledge_searchdocument WHERE id IN ({marks})", some)  # noqa: S608


def settle(cursor: Any, changed: int) -> None:
    """After a change of many documents: nothing to do here."""
