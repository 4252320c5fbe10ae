"""Three to five names with what the outline says of each, provably one to one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256

from quiz.items.echoes import echoes
from quiz.items.entities import Entity
from quiz.items.facts import Fact
from quiz.items.flaws import pair_tells_itself
from quiz.items.item import Item
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.things import is_distinctive, names_in, predicate_of, related
from quiz.items.wording import long_words
from quiz.items.words import content, upper_first

LEAST, MOST, SIZE = 3, 5, 4
Row = tuple[Entity, Fact, str]

_PLURALS = {
    "policy": "policies", "condition key": "condition keys", "API operation": "API operations",
    "AWS service": "AWS services", "CloudWatch metric": "CloudWatch metrics",
}  # fmt: skip


def _rows(subject: Subject, services: Collection[int] | None) -> Iterator[Row]:
    for index, owners in subject.owners.items():
        fact = subject.facts[index]
        if services is not None and fact.service not in services:
            continue
        if fact.kind != "statement" or not owners or owners[0].generic:
            continue
        entity = owners[0]
        predicate = predicate_of(subject, fact, entity)
        if (
            predicate is None
            or not 20 <= len(predicate) <= 110
            or (fact.clause and fact.clause.lead)
        ):
            continue
        if not is_distinctive(subject, fact, entity, predicate):
            continue
        if echoes(predicate, entity.name):
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


def matching_items(subject: Subject, services: Collection[int] | None = None) -> Iterator[Item]:
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in _rows(subject, services):
        entity = row[0]
        if entity.kind == "service":
            groups.setdefault(("service", subject.domain(entity.home)), []).append(row)
        elif entity.kind == "code":
            groups.setdefault(("code", entity.type), []).append(row)
        else:
            groups.setdefault(("part", entity.home), []).append(row)
    for key, rows in groups.items():
        rows = sorted(rows, key=lambda row: sha256(row[1].text.encode()).digest())
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
        scope = subject.name(home).removeprefix("AWS ").removeprefix("Amazon ")
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


def need_matchings(subject: Subject, left: Sequence[int]) -> Iterator[Item]:
    """Needs with the actions that meet them, of scenarios that nothing else asks."""
    groups: dict[str | None, list[Fact]] = {}
    for index in left:
        fact = subject.facts[index]
        told = long_words(fact.need) & long_words(fact.action)
        if fact.kind == "need" and not told and len(fact.need) <= 150 and len(fact.action) <= 120:
            groups.setdefault(subject.domain(fact.service), []).append(fact)
    for domain in sorted(groups, key=str):
        facts = sorted(groups[domain], key=lambda fact: sha256(fact.text.encode()).digest())
        while len(facts) >= LEAST:
            chosen = [facts.pop(0)]
            for fact in list(facts):
                if len(chosen) == SIZE:
                    break
                if all(_needs_apart(subject, fact, other) for other in chosen) and not (
                    pair_tells_itself({"pairs": [*map(_sides, chosen), _sides(fact)]})
                    and len(chosen) > 1
                ):
                    chosen.append(fact)
                    facts.remove(fact)
            if len(chosen) < LEAST or pair_tells_itself({"pairs": list(map(_sides, chosen))}):
                continue
            first = chosen[0]
            yield Item(
                "matching", "matching_needs", subject.topic(first), None, domain,
                pick(("Which action meets which need?", "Which of these actions meets each need?"),
                     first.need),
                " ".join(fact.text for fact in chosen),
                tuple(subject.evidence(fact) for fact in chosen),
                tuple(fact.index for fact in chosen), first.service,
                pairs=tuple(map(_sides, chosen)),
                difficulty=0.6,
            )  # fmt: skip


def _sides(fact: Fact) -> tuple[str, str]:
    return upper_first(fact.need), upper_first(fact.action)


def _needs_apart(subject: Subject, one: Fact, other: Fact) -> bool:
    for first, second in ((one, other), (other, one)):
        need, action = content(first.need), content(second.action)
        if subject.mass(need & action) > 0.35 * min(subject.mass(need), subject.mass(action)):
            return False
    mine, theirs = content(one.need), content(other.need)
    alike = content(one.action) & content(other.action)
    return subject.mass(mine & theirs) < 0.3 * min(
        subject.mass(mine), subject.mass(theirs)
    ) and subject.mass(alike) < 0.4 * min(
        subject.mass(content(one.action)), subject.mass(content(other.action))
    )
