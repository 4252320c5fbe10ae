"""Three to five names with what the outline says of each, provably one to one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256

from quiz.items.entities import Entity
from quiz.items.facts import Fact
from quiz.items.item import Item
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.things import MIN_MASS, names_in, predicate_of, related
from quiz.items.words import content, cue_words, upper_first

LEAST, MOST, SIZE = 3, 5, 4
Row = tuple[Entity, Fact, str]

_PLURALS = {
    "policy": "policies", "condition key": "condition keys", "API operation": "API operations",
    "AWS service": "AWS services", "CloudWatch metric": "CloudWatch metrics",
}  # fmt: skip


def _rows(subject: Subject) -> Iterator[Row]:
    for index, owners in subject.owners.items():
        fact = subject.facts[index]
        if fact.kind != "statement" or not owners or owners[0].generic:
            continue
        entity = owners[0]
        predicate = predicate_of(subject, fact, entity)
        if predicate is None or not 20 <= len(predicate) <= 110 or (fact.clause and fact.clause.lead):
            continue
        if subject.mass(content(predicate)) < MIN_MASS:
            continue
        if cue_words(predicate) & cue_words(entity.name):
            continue
        yield entity, fact, predicate


def _apart(subject: Subject, one: Row, other: Row) -> bool:
    """Whether neither of two statements could be said of the other's subject."""
    if related(one[0], other[0]):
        return False
    for (entity, _, predicate), (rival, _, _) in ((one, other), (other, one)):
        if names_in(predicate, rival) or names_in(predicate, entity):
            return False
        for index in subject.close_facts(content(predicate), 0.4):
            if any(owner is rival for owner in subject.mentions.get(index, ())):
                return False
    return True


def matching_items(subject: Subject) -> Iterator[Item]:
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in _rows(subject):
        entity = row[0]
        if entity.kind == "service":
            groups.setdefault(("service", subject.domain(entity.home)), []).append(row)
        elif entity.kind == "code":
            groups.setdefault(("code", entity.type), []).append(row)
        else:
            groups.setdefault(("part", entity.home), []).append(row)
    for key, rows in groups.items():
        rows = sorted(rows, key=lambda row: (sha256(row[1].text.encode()).digest()))
        while len(rows) >= LEAST:
            chosen = [rows.pop(0)]
            for row in list(rows):
                if len(chosen) == SIZE:
                    break
                if all(_apart(subject, row, one) for one in chosen):
                    chosen.append(row)
                    rows.remove(row)
            if len(chosen) >= LEAST:
                yield _item(subject, key, chosen)


def _item(subject: Subject, key: Sequence[object], rows: Sequence[Row]) -> Item:
    first = rows[0][1]
    home = rows[0][0].home
    if key[0] == "service":
        what = "AWS service"
    elif key[0] == "code":
        what = str(key[1])
    else:
        scope = rows[0][0].scope.removeprefix("AWS ").removeprefix("Amazon ")
        what = f"{scope} feature"
    stem = pick(
        (f"Which statement is true of which {what}?", f"Which description belongs to which {what}?",
         f"What does the outline say of each {what}?"),
        *(row[1].text for row in rows),
    )  # fmt: skip
    if "What does" in stem:
        stem = f"Which of these statements goes with which {what}?"
    service = first.service if key[0] != "part" else home
    return Item(
        "matching", "matching", subject.topic(first),
        subject.feature(first) if len({row[1].feature for row in rows}) == 1 else None,
        subject.domain(service), stem, " ".join(row[1].text for row in rows),
        tuple(subject.evidence(row[1]) for row in rows), tuple(row[1].index for row in rows),
        first.service,
        pairs=tuple((row[0].name, upper_first(re.sub(r"\s+", " ", row[2]))) for row in rows),
        difficulty=0.5,
    )  # fmt: skip
