"""The index in SQLite: an FTS5 table over the table of documents.

FTS5 keeps no positions and no sizes (`detail=column`, `columnsize=0`): ranking is done in Python
over the few documents that come home, alike for every database, and bm25 would read every list to
its end before the first hit. The tokenizer takes what lies between two spaces for a token.
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
        "SELECT id FROM (SELECT rowid AS id FROM knowledge_searchindex"
        " WHERE knowledge_searchindex MATCH %s AND rowid BETWEEN %s AND %s LIMIT %s)"
        for _ in branches
    )
    parameters: list[object] = []
    for branch in branches:
        last = min(ids[1], names_end) if branch.names_only else ids[1]
        parameters += [expression(branch, DIALECT), ids[0], last, branch.limit]
    cursor.execute(
        "SELECT d.id, d.own, d.extra, d.context, d.size, d.reach"  # noqa: S608
        f" FROM ({selects}) f CROSS JOIN knowledge_searchdocument d ON d.id = f.id",
        parameters,
    )
    return list(map(Document._make, cursor.fetchall()))


def _quoted(term: Term) -> str:
    # A string in quotes is words to FTS5, never an operator.
    return '"' + term.token.replace('"', '""') + ('"*' if term.prefix else '"')


def _own(terms: Iterable[Term]) -> str:
    return "{own extra} : (" + " OR ".join(map(_quoted, terms)) + ")"


DIALECT = Dialect(_quoted, _own, " AND ", " OR ")


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
    """After a change of much of the index: one segment answers a third faster than three."""
    cursor.execute(
        "SELECT (SELECT count(*) FROM knowledge_searchdocument),"
        " (SELECT count(DISTINCT segid) FROM knowledge_searchindex_idx)"
    )
    documents, segments = cursor.fetchone()
    if changed * 5 >= documents and segments > 1:
        cursor.execute(
            "INSERT INTO knowledge_searchindex(knowledge_searchindex) VALUES ('optimize')"
        )
