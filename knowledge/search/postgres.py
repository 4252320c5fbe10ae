"""The index in PostgreSQL: the same documents with a tsvector of the same tokens under GIN.

No text configuration of PostgreSQL's takes part, so that both databases find the same. A lexeme
tells its column by its first sign: none for the own words, ~ for what else leads there, < for the
context.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from knowledge.search.branches import Branch, Dialect, Term, expression
from knowledge.search.documents import Document


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
        parameters += [expression(branch, DIALECT), ids[0], last, branch.limit]
    cursor.execute(selects, parameters)
    return [Document(*row) for row in cursor.fetchall()]


def _lexeme(term: Term, signs: tuple[str, ...] = ("", "~", "<")) -> str:
    # A string in quotes is a lexeme, never an operator; its first sign tells the column.
    token = term.token.replace("\\", "\\\\").replace("'", "''")
    end = "':*" if term.prefix else "'"
    return "(" + " | ".join(f"'{sign}{token}{end}" for sign in signs) + ")"


def _own(terms: Iterable[Term]) -> str:
    return " | ".join(_lexeme(term, ("", "~")) for term in terms)


DIALECT = Dialect(_lexeme, _own, " & ", " | ")


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
