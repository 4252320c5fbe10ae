"""Which of these is true of a named thing: its statement against those of things that it isn't.

A statement is a key or a wrong option, never both: one that were the key of one item and wrong in
others could be told by never being the key elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from hashlib import sha256

from quiz.items.drafts import Candidate, Draft
from quiz.items.echoes import echoes
from quiz.items.entities import Entity
from quiz.items.facts import Fact
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.things import (
    is_distinctive,
    names_in,
    predicate_of,
    tells_what_it_is,
    wrong_entities,
)  # fmt: skip
from quiz.items.words import content, upper_first

SHORTEST, LONGEST = 22, 116
NEAREST = 0.75


def _asks(fact: Fact) -> bool:
    return sha256(f"asks {fact.text}".encode()).digest()[0] % 2 == 0


def _rows(subject: Subject, services: Collection[int] | None) -> Iterator[tuple[Fact, Entity, str]]:
    homes = None
    if services is not None:
        domains = {subject.domain(service) for service in services}
        homes = {s for s in subject.services if subject.domain(s) in domains} | set(services)
    for index, owners in subject.owners.items():
        fact = subject.facts[index]
        if fact.kind != "statement" or not owners or owners[0].generic or fact.clause is None:
            continue
        if fact.clause.lead or (homes is not None and fact.service not in homes):
            continue
        predicate = predicate_of(subject, fact, owners[0])
        if predicate is None or not SHORTEST <= len(predicate) <= LONGEST:
            continue
        if not tells_what_it_is(fact.clause) or not is_distinctive(
            subject, fact, owners[0], predicate
        ):
            continue
        if echoes(predicate, owners[0].name):
            continue
        yield fact, owners[0], predicate


def description_drafts(
    subject: Subject,
    services: Collection[int] | None = None,
    wanted: Collection[int] | None = None,
) -> Iterator[Draft]:
    """Drafts for named things; `wanted` are the facts that are still to be asked."""
    asking: list[tuple[Fact, Entity, str]] = []
    lent: dict[int, list[Candidate]] = {}
    for fact, entity, predicate in _rows(subject, services):
        if _asks(fact):
            asking.append((fact, entity, predicate))
            continue
        for other, _, near in wrong_entities(subject, fact, entity, predicate):
            if near >= NEAREST and not names_in(predicate, other):
                lent.setdefault(id(other), []).append(
                    Candidate(
                        upper_first(predicate), f"That is true of {entity.name}: {fact.text}",
                        "other_part_of_service" if other.home == entity.home
                        else "belongs_to_other_service",
                        (subject.evidence(fact),), near,
                    )
                )  # fmt: skip
    for fact, entity, predicate in asking:
        if services is not None and fact.service not in services:
            continue
        if wanted is not None and fact.index not in wanted:
            continue
        own = content(predicate)
        candidates = [
            one for one in lent.get(id(entity), ())
            if subject.mass(content(one.text) & own) < 0.4 * subject.mass(own)
        ]  # fmt: skip
        if len(candidates) < 3:
            continue
        evidence = subject.evidence(fact)
        named = entity.name
        if entity.kind == "part" and entity.scope not in named:
            named = f"{named} ({entity.scope})"
        elif entity.kind == "code":
            named = f"the {entity.type} {entity.name}"
        yield Draft(
            "description",
            pick((f"Which of these is true of {named}?", f"Which of these describes {named}?",
                  f"What is true of {named}?"), fact.text),
            [Candidate(upper_first(predicate), fact.text, "states_it", (evidence,))], candidates,
            (fact.index,), fact.service, fact.text, (evidence,), distinctive=0.6,
        )  # fmt: skip
