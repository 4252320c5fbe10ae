"""Three to five names with what the outline says of each, provably one to one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256

from quiz.items.echoes import echoes
from quiz.items.entities import Entity
from quiz.items.facts import Fact
from quiz.items.flaws import pair_tells_itself, tells_its_pair
from quiz.items.item import Item
from quiz.items.kin import are_kin
from quiz.items.scenarios import Scenarios
from quiz.items.siblings import Family, Sibling, in_services, nearness
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.things import is_distinctive, names_in, predicate_of, related, tells_what_it_is
from quiz.items.words import content, upper_first

LEAST, MOST, SIZE = 3, 5, 4
# Needs of one matching are this near each other at least.
NEAR = 0.68
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
    """Things that stand side by side with what is said of each, and services of one family."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in _rows(subject, services):
        entity = row[0]
        clause = row[1].clause
        if entity.kind == "service" and clause and tells_what_it_is(clause):
            groups.setdefault(("service", subject.domain(entity.home)), []).append(row)
    for key, rows in groups.items():
        rows = sorted(rows, key=lambda row: sha256(row[1].text.encode()).digest())
        while len(rows) >= LEAST:
            chosen = [rows.pop(0)]
            for row in list(rows):
                if len(chosen) == SIZE:
                    break
                if all(
                    are_kin(subject, row[0].home, one[0].home) and _apart(subject, row, one)
                    for one in chosen
                ):
                    chosen.append(row)
                    rows.remove(row)
            if len(chosen) >= LEAST:
                yield _item(subject, key, chosen)
    yield from _sibling_matchings(subject, services)


# Things of one matching are this near each other at least.
SIDE_BY_SIDE = 0.55


def _sibling_matchings(subject: Subject, services: Collection[int] | None) -> Iterator[Item]:
    family = subject.keep("family", Family)
    rows = [row for row in in_services(family.rows, services) if row.asked]
    rows.sort(key=lambda row: sha256(f"match {row.fact.text}".encode()).digest())
    taken: set[int] = set()
    for first in rows:
        if first.fact.index in taken:
            continue
        chosen = [first]
        around = [
            (other, near) for other, near in family.around(first)
            if other.asked and near >= SIDE_BY_SIDE and other.fact.index not in taken
        ]  # fmt: skip
        around.sort(key=lambda row: (-row[1], row[0].fact.index))
        for other, _ in around:
            if len(chosen) == MOST:
                break
            apart = all(
                family.false_of(one, other) and family.false_of(other, one)
                and one.name != other.name and nearness(one, other) > 0
                for one in chosen
            )  # fmt: skip
            if apart:
                chosen.append(other)
        chosen = _untold(chosen)
        if len(chosen) < LEAST:
            continue
        taken |= {row.fact.index for row in chosen}
        chosen.sort(key=lambda row: sha256(row.name.encode()).digest())
        triples = [(row.entity, row.fact, row.predicate) for row in chosen]
        if first.code:
            key: tuple[object, ...] = ("code", first.sort)
        else:
            key = ("part", first.fact.service)
        yield _item(subject, key, triples)


def _untold(rows: list[Sibling]) -> list[Sibling]:
    """The rows without those whose two sides share what no other right side has."""
    left = list(rows)
    while len(left) >= LEAST:
        pairs = [(row.name, row.predicate) for row in left]
        telling = [place for place in range(len(left)) if tells_its_pair(pairs, place)]
        if not telling:
            break
        left.pop(telling[-1])
    return left


def _item(subject: Subject, key: Sequence[object], rows: Sequence[Row]) -> Item:
    first = rows[0][1]
    home = rows[0][0].home
    if key[0] == "service":
        what = "AWS service"
    elif key[0] == "code":
        what = str(key[1])
    else:
        scope = subject.name(home).removeprefix("AWS ").removeprefix("Amazon ")
        what = "term" if subject.is_theme(home) else f"{scope} term"
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
    """Needs with the actions that meet them, of scenarios that nothing else asks: each with its
    neighbours, among which others that nothing asks come first."""
    known = subject.keep("scenarios", Scenarios)
    open_ones = dict.fromkeys(
        fact.index for fact in known.needs if fact.index in set(left) and _fits(fact)
    )
    lent: set[int] = set()
    for seed in list(open_ones):
        if seed not in open_ones:
            continue
        chosen = [subject.facts[seed]]
        rows = [
            (other, near) for other, near in known.around(chosen[0])
            if near >= NEAR and other.index not in lent and _fits(other)
        ]  # fmt: skip
        rows.sort(key=lambda row: (-row[1] - 0.3 * (row[0].index in open_ones), row[0].index))
        for other, _ in rows:
            if len(chosen) == SIZE:
                break
            if all(known.apart(other, one) for one in chosen) and _telling([*chosen, other]) <= 1:
                chosen.append(other)
        if len(chosen) < LEAST or _telling(chosen) > 1:
            continue
        if pair_tells_itself({"pairs": list(map(_sides, chosen))}):
            continue
        for fact in chosen:
            open_ones.pop(fact.index, None)
            lent.add(fact.index)
        chosen.sort(key=lambda fact: sha256(fact.text.encode()).digest())
        first = subject.facts[seed]
        yield Item(
            "matching", "matching_needs", subject.topic(first), None,
            subject.domain(first.service),
            pick(("Which action meets which need?", "Which of these actions meets each need?",
                  "A security team has these goals. Which action achieves which of them?"),
                 first.need),
            " ".join(fact.text for fact in chosen),
            tuple(subject.evidence(fact) for fact in chosen),
            tuple(fact.index for fact in chosen), first.service,
            pairs=tuple(map(_sides, chosen)),
            difficulty=0.6,
        )  # fmt: skip


def _fits(fact: Fact) -> bool:
    return len(fact.need) <= 150 and len(fact.action) <= 120


def _telling(facts: Sequence[Fact]) -> int:
    """How many pairs share a word that no other right side has."""
    pairs = list(map(_sides, facts))
    return sum(tells_its_pair(pairs, place) for place in range(len(pairs)))


def _sides(fact: Fact) -> tuple[str, str]:
    return upper_first(fact.need), upper_first(fact.action)
