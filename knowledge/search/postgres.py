"""The index in PostgreSQL: the same documents with a tsvector of the same tokens under GIN.

No text configuration of PostgreSQL's takes part, so that both databases find the same. Each token
is a lexeme; each of the own words, or of what else leads there, is another one with a dot before.
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
        "SELECT * FROM knowledge_searchfind(%s::tsquery, %s, %s, %s)" for _ in branches
    )
    parameters: list[object] = []
    for branch in branches:
        last = min(ids[1], names_end) if branch.names_only else ids[1]
        parameters += [expression(branch, DIALECT), ids[0], last, branch.limit]
    cursor.execute(selects, parameters)
    return [Document(*row) for row in cursor.fetchall()]


def _lexeme(term: Term, sign: str = "") -> str:
    # A string in quotes is a lexeme, never an operator.
    token = term.token.replace("\\", "\\\\").replace("'", "''")
    return f"'{sign}{token}'" + (":*" if term.prefix else "")


def _own(terms: Iterable[Term]) -> str:
    return " | ".join(_lexeme(term, ".") for term in terms)


DIALECT = Dialect(_lexeme, _own, " & ", " | ")


def add(cursor: Any, documents: Sequence[Document]) -> None:
    if len(documents) > 500:
        # Sorted into the index in a few large steps; for this transaction alone.
        cursor.execute("SET LOCAL gin_pending_list_limit = '64MB'; SET LOCAL work_mem = '64MB'")
    with cursor.copy(
        "COPY knowledge_searchdocument (id, own, extra, context, size, reach) FROM STDIN"
    ) as copy:
        for document in documents:
            copy.write_row(document)


def remove(cursor: Any, numbers: Sequence[int]) -> None:
    cursor.execute("DELETE FROM knowledge_searchdocument WHERE id = ANY(%s)", [list(numbers)])


def settle(cursor: Any, changed: int) -> None:
    """After a change: what waits to be sorted into the index would be read by every question."""
    cursor.execute("SELECT gin_clean_pending_list('knowledge_searchdocument_lexemes'::regclass)")
    if changed > 1000:
        cursor.execute("ANALYZE knowledge_searchdocument")
