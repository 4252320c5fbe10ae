"""Which value, or which identifier, completes which statement: three to five of one topic.

A value belongs to its statement alone: the values differ, are of one sort, and a line states one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterator
from hashlib import sha256

from quiz.items.facts import Fact, leans_back
from quiz.items.flaws import tells_its_pair
from quiz.items.identifiers import read_identifiers
from quiz.items.item import Item
from quiz.items.single_value import value_of
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.words import content

GAP = "___"
LEAST, SIZE, LONGEST = 3, 4, 150
Row = tuple[Fact, str, str]
_OPEN = re.compile(r"\b(?:example|such as|for instance|formerly|usually|often)\b", re.I)


def completing_matchings(
    subject: Subject, services: Collection[int] | None = None
) -> Iterator[Item]:
    values = list(_value_rows(subject, services))
    yield from _grouped(
        subject, values, lambda row: _unit(row[2]), ("value", "values"), _values_apart
    )
    rows = list(_code_rows(subject, services))
    known = subject.keep("identifiers", read_identifiers)
    kinds = {identifier.type for identifier in known.values()}
    for kind in sorted(kinds):
        own = [row for row in rows if known[row[2]].type == kind]
        yield from _grouped(
            subject, own, lambda row: "", (kind, f"{kind}s"),
            lambda one, other: _codes_apart(subject, one, other),
        )  # fmt: skip


def _unit(value: str) -> str:
    return value.partition(" ")[2].removesuffix("s")


def _value_rows(subject: Subject, services: Collection[int] | None) -> Iterator[Row]:
    for fact in subject.facts_in(services):
        quantity = value_of(fact)
        if quantity is None or not _stands(fact) or not quantity.unit:
            continue
        text = fact.text[: quantity.start] + GAP + fact.text[quantity.end :]
        yield fact, text.rstrip("."), quantity.text


def _code_rows(subject: Subject, services: Collection[int] | None) -> Iterator[Row]:
    known = subject.keep("identifiers", read_identifiers)
    for fact in subject.facts_in(services):
        codes = [code for code in fact.codes if code in known]
        if fact.kind != "statement" or not _stands(fact) or len(codes) != 1:
            continue
        code = codes[0]
        if fact.text.count(code) != 1 or len(fact.codes) > 2:
            continue
        yield fact, fact.text.replace(code, GAP).rstrip("."), code


def _stands(fact: Fact) -> bool:
    return len(fact.text) <= LONGEST and not leans_back(fact.text) and not _OPEN.search(fact.text)


def _values_apart(one: Row, other: Row) -> bool:
    """Whether neither value is one of the other line's, nor both lines of the same."""
    mine, theirs = content(one[1]), content(other[1])
    return one[2] != other[2] and len(mine & theirs) < 0.75 * min(len(mine), len(theirs))


def _codes_apart(subject: Subject, one: Row, other: Row) -> bool:
    if one[2] == other[2] or one[2] in other[2] or other[2] in one[2]:
        return False
    for row, rival in ((one, other), (other, one)):
        close = subject.close_facts(content(row[1]), 0.5)
        if any(rival[2] in subject.facts[index].codes for index in close):
            return False
    return True


def _grouped(
    subject: Subject,
    rows: list[Row],
    sort: Callable[[Row], Hashable],
    what: tuple[str, str],
    apart: Callable[[Row, Row], bool],
) -> Iterator[Item]:
    """Matchings of the rows of one topic, then of what is left of one domain."""
    left = rows
    for place in (lambda row: row[0].service, lambda row: subject.domain(row[0].service)):
        groups: dict[tuple[Hashable, Hashable], list[Row]] = {}
        for row in left:
            groups.setdefault((place(row), sort(row)), []).append(row)
        left = []
        for group in groups.values():
            group.sort(key=lambda row: sha256(row[1].encode()).digest())
            while group:
                chosen = [group.pop(0)]
                for row in list(group):
                    if len(chosen) < SIZE and all(apart(row, one) for one in chosen):
                        chosen.append(row)
                        group.remove(row)
                pairs = [(row[1], row[2]) for row in chosen]
                telling = [row for n, row in enumerate(chosen) if tells_its_pair(pairs, n)]
                kept = [row for row in chosen if row not in telling]
                if len(kept) < LEAST:
                    left += chosen
                    continue
                yield _item(subject, kept, what)


def _item(subject: Subject, rows: list[Row], what: tuple[str, str]) -> Item:
    one, several = what
    first = rows[0][0]
    return Item(
        "matching", "matching_completes", subject.topic(first),
        subject.feature(first) if len({row[0].feature for row in rows}) == 1 else None,
        subject.domain(first.service),
        pick((f"Which {one} completes which statement?",
              f"Which of these {several} belongs into which statement?"), first.text),
        " ".join(row[0].text for row in rows),
        tuple(subject.evidence(row[0]) for row in rows), tuple(row[0].index for row in rows),
        first.service, pairs=tuple((row[1], row[2]) for row in rows), difficulty=0.55,
    )  # fmt: skip
