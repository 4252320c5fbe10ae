"""Tables: which value a row has in a column, typed, chosen or matched.

A cell states the one value of its row in its column, so that another row's value is provably false
of it wherever neither holds the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from quiz.items.cards.gaps import spellings
from quiz.items.cards.places import clean, first_letters, folded, place_of, stands_in
from quiz.items.drafts import Candidate, Draft
from quiz.items.flaws import pair_tells_itself
from quiz.items.item import Item
from quiz.items.stems import pick
from quiz.items.subject import Subject

_COLUMN = re.compile(r"^(?P<name>[^:]{1,40}): (?P<value>.*)$")
_SEVERAL = re.compile(r"[,;/|，、]|\b(?:and|or|und|oder|e|o|y|et|ou)\b")
_BINARY = re.compile(
    r"^(?:yes|no|true|false|ja|nein|sì|si|oui|non|是|否|有|无|[xX✓✔✗✘–-]|n/?a)$", re.I
)
LONGEST, MOST_WORDS = 40, 5
LEAST, SIZE = 3, 4


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its first cell, and its other cells by column, in the order of the table."""

    fact: int
    name: str
    cells: tuple[tuple[str, str], ...]


def read_row(text: str) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """The first cell and the others by column.

    >>> read_row("EBS — Kind: Block; Durability: 3 nines; Note: One zone; slow")
    ('EBS', (('Kind', 'Block'), ('Durability', '3 nines'), ('Note', 'One zone; slow')))
    """
    name, found, rest = text.partition(" — ")
    cells: list[tuple[str, str]] = []
    for piece in rest.split("; ") if found else []:
        if match := _COLUMN.match(piece):
            cells.append((match["name"].strip(), match["value"].strip()))
        elif cells:
            cells[-1] = (cells[-1][0], f"{cells[-1][1]}; {piece}")
        else:
            return None
    return (name.strip(), tuple(cells)) if cells and name.strip() else None


def tables_of(subject: Subject, services: Collection[int] | None = None) -> Iterator[list[Row]]:
    """The tables of an outline: rows that follow each other under the same columns."""
    table: list[Row] = []
    columns: list[str] = []
    last = -2
    for fact in subject.facts_in(services):
        record = subject.records[fact.index]
        found = read_row(clean(record.text)) if record.form == "row" else None
        if found is None:
            continue
        names = [name for name, _ in found[1]]
        alike = set(names) <= set(columns) or set(columns) <= set(names)
        if table and not (alike and fact.index == last + 1):
            yield table
            table = []
        columns = names if not table else list(dict.fromkeys([*columns, *names]))
        table.append(Row(fact.index, *found))
        last = fact.index
    if table:
        yield table


def _cells(table: Sequence[Row]) -> Iterator[tuple[str, list[tuple[Row, str]]]]:
    """Each column with its rows and values, where the rows' names are all different."""
    if len({folded(row.name) for row in table}) < len(table):
        return
    for column in dict.fromkeys(name for row in table for name, _ in row.cells):
        held = [(row, dict(row.cells)[column]) for row in table if column in dict(row.cells)]
        held = [(row, value) for row, value in held if folded(value) and not _BINARY.match(value)]
        if held:
            yield column, held


def _is_short(value: str) -> bool:
    return len(value) <= LONGEST and len(value.split()) <= MOST_WORDS


def cell_gaps(subject: Subject, services: Collection[int] | None = None) -> Iterator[Item]:
    for table in tables_of(subject, services):
        for column, held in _cells(table):
            for row, value in held:
                if not _is_short(value) or stands_in(value, f"{row.name} {column}"):
                    continue
                fact = subject.facts[row.fact]
                place = place_of(subject, fact)
                if stands_in(value, place):
                    continue
                stem = pick(
                    (f"Which “{column}” does {_in_table(place)} give for “{row.name}”?",
                     f"What stands for “{row.name}” under “{column}” in {_in_table(place)}?"),
                    f"{row.name}{column}",
                )  # fmt: skip
                yield Item(
                    "cloze", "cell", subject.topic(fact), subject.feature(fact),
                    subject.domain(fact.service), f"{stem} ({first_letters(value)})",
                    f"{row.name} – {column}: {value}.", (subject.evidence(fact),), (row.fact,),
                    fact.service, answers=tuple(spellings(value)), difficulty=0.6,
                )  # fmt: skip


def _in_table(place: str) -> str:
    return f"the table in {place}" if place else "the table"


def cell_drafts(subject: Subject, services: Collection[int] | None = None) -> Iterator[Draft]:
    """Which value a row has, and which row has a value that no other has."""
    for table in tables_of(subject, services):
        for column, held in _cells(table):
            single = [(row, value) for row, value in held if not _SEVERAL.search(value)]
            if len({folded(value) for _, value in single}) < LEAST:
                continue
            for row, value in single:
                yield _which_value(subject, column, row, value, single)
            yield from _which_row(subject, column, single)


def _which_value(
    subject: Subject, column: str, row: Row, value: str, held: Sequence[tuple[Row, str]]
) -> Draft:
    fact = subject.facts[row.fact]
    evidence = (subject.evidence(fact),)
    others = {folded(other): other for _, other in held}
    wrong = [
        other for key, other in sorted(others.items())
        if f" {key} " not in f" {folded(value)} " and f" {folded(value)} " not in f" {key} "
    ]  # fmt: skip
    said = f"The table gives {value} for {row.name} under {column}."
    return Draft(
        "cell_value",
        f"Which “{column}” does {_in_table(place_of(subject, fact))} give for “{row.name}”?",
        [Candidate(value, said, "states_it", evidence)],
        [Candidate(other, said, "other_value", evidence, 0.8) for other in wrong],
        (row.fact,), fact.service, said, evidence,
    )  # fmt: skip


def _which_row(subject: Subject, column: str, held: Sequence[tuple[Row, str]]) -> Iterator[Draft]:
    for row, value in held:
        others = [(other, told) for other, told in held if other is not row]
        near = [
            told
            for _, told in others
            if folded(told) in folded(value) or folded(value) in folded(told)
        ]
        if near or stands_in(row.name, value):
            continue
        fact = subject.facts[row.fact]
        said = f"The table gives {value} for {row.name} under {column}."
        evidence = (subject.evidence(fact),)
        yield Draft(
            "cell_row",
            f"For which of these does {_in_table(place_of(subject, fact))} give “{value}” "
            f"under “{column}”?",
            [Candidate(row.name, said, "states_it", evidence)],
            [
                Candidate(
                    other.name, f"The table gives {told} for {other.name}.", "other_value",
                    (subject.evidence(subject.facts[other.fact]),), 0.8,
                )
                for other, told in others
            ],
            (row.fact,), fact.service, said, evidence,
        )  # fmt: skip


def cell_matchings(subject: Subject, services: Collection[int] | None = None) -> Iterator[Item]:
    """Rows with their values in one column, three or four at a time."""
    for table in tables_of(subject, services):
        for column, held in _cells(table):
            left = sorted(held, key=lambda cell: sha256(f"{column}{cell[1]}".encode()).digest())
            while len(left) >= LEAST:
                chosen: list[tuple[Row, str]] = []
                for cell in left:
                    apart = all(
                        folded(cell[1]) not in folded(other)
                        and folded(other) not in folded(cell[1])
                        for _, other in chosen
                    )
                    if len(chosen) < SIZE and apart and len(cell[1]) <= 110:
                        chosen.append(cell)
                left = [cell for cell in left[1:] if cell not in chosen]
                if len(chosen) >= LEAST:
                    item = _matching(subject, column, chosen)
                    if not pair_tells_itself(item.as_dict()):
                        yield item


def _matching(subject: Subject, column: str, cells: Sequence[tuple[Row, str]]) -> Item:
    facts = [subject.facts[row.fact] for row, _ in cells]
    place = place_of(subject, facts[0])
    return Item(
        "matching", "cell_matching", subject.topic(facts[0]), subject.feature(facts[0]),
        subject.domain(facts[0].service),
        f"Which “{column}” does {_in_table(place)} give for each of these?",
        "; ".join(f"{row.name}: {value}" for row, value in cells) + ".",
        tuple(subject.evidence(fact) for fact in facts), tuple(fact.index for fact in facts),
        facts[0].service, pairs=tuple((row.name, value) for row, value in cells), difficulty=0.45,
    )  # fmt: skip
