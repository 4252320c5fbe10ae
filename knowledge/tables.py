"""Rows of a table, as the outline's reader puts them in words, back into cells. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# More columns than this are read across on no screen, scrolled or not; such rows stay lines.
MOST_COLUMNS = 20


@dataclass(frozen=True, slots=True)
class Table:
    """Column names without the first column's, and of each row the lead and the other cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def read_table(texts: Sequence[str]) -> Table | None:
    """The table of two rows or more that these lines were, or None where that isn't certain.

    >>> table = read_table(["KMS — Scope: Region; Cost: per key", "ACM — Scope: Region"])
    >>> table.columns, table.rows[1]
    (('Scope', 'Cost'), ('ACM', ('Region', '')))
    """
    if len(texts) < 2:
        return None
    split = [_split(text) for text in texts]
    columns: list[str] = []
    for _, cells in split:
        names = [name for name, _ in cells]
        if not all(names) or len(set(names)) < len(names):
            return None
        columns += [name for name in names if name not in columns]
    shared = sum(len(cells) for _, cells in split)
    if not columns or len(columns) > MOST_COLUMNS or shared < len(columns) * len(texts) / 2:
        return None
    rows = tuple(
        (lead, tuple(dict(cells).get(name, "") for name in columns)) for lead, cells in split
    )
    return Table(tuple(columns), rows)


def _split(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The first cell, and the name and words of the others; a name is empty where none is told."""
    lead, dash, rest = text.partition(" — ")
    if not dash:
        return text, []
    cells: list[tuple[str, str]] = []
    for part in rest.split("; "):
        name, colon, words = part.partition(": ")
        if colon and len(name) <= 60:
            cells.append((name, words))
        elif cells:
            cells[-1] = cells[-1][0], f"{cells[-1][1]}; {part}"
        else:
            cells.append(("", part))
    return lead, cells
