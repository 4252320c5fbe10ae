"""Which service, feature or identifier: the subject of a distinctive statement is the key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from quiz.items.drafts import Candidate, Draft
from quiz.items.entities import Entity
from quiz.items.facts import Fact
from quiz.items.stems import pick, third_person, with_lead
from quiz.items.subject import Subject
from quiz.items.words import content, words

_WEAK = re.compile(
    r"\b(?:also|as well|too|another|other|others|both|such|this|these|those|above|below|same|"
    r"formerly|now|again|further|like)\b",
    re.I,
)
MIN_MASS = 11.0
MAX_PREDICATE = 170


def predicate_of(subject: Subject, fact: Fact, entity: Entity) -> str | None:
    """What the fact says of the entity, ready to follow 'which …', or None."""
    clause = fact.clause
    if clause is None:
        return None
    predicate = third_person(clause)
    if predicate is None or len(predicate) > MAX_PREDICATE or _WEAK.search(predicate):
        return None
    if clause.lead and (_WEAK.search(clause.lead) or names_in(clause.lead, entity)):
        return None
    return None if names_in(predicate, entity) else predicate


def names_in(text: str, entity: Entity) -> bool:
    """Whether a text says one of the entity's names."""
    from knowledge.lexicon import fold

    tokens = words(text)
    for start in range(len(tokens)):
        for size in range(1, 7):
            piece = fold("".join(tokens[start : start + size]))
            if piece in entity.names or piece.removesuffix("s") in entity.names:
                return True
    return False


def is_distinctive(subject: Subject, fact: Fact, predicate: str) -> bool:
    return subject.mass(content(predicate)) >= MIN_MASS


def related(one: Entity, other: Entity) -> bool:
    """Whether two names may stand for the same or for a part of the same."""
    if one is other or one.names & other.names:
        return True
    first, second = one.name.casefold(), other.name.casefold()
    return first in second or second in first


def wrong_entities(
    subject: Subject, fact: Fact, entity: Entity, predicate: str
) -> Iterator[tuple[Entity, Fact, float]]:
    """Entities of the key's type of which the statement is false, each with a fact of its own."""
    stems = content(f"{fact.clause.lead if fact.clause else ''} {predicate}")
    close = subject.close_facts(stems)
    could = {id(owner) for index in close for owner in subject.mentions.get(index, ())}
    could |= {id(owner) for index in close for owner in subject.owners.get(index, ())}
    homes = {subject.facts[index].service for index, share in close.items() if index != fact.index}
    named = {id(other) for other in subject.entities if names_in(predicate, other)}
    for other in subject.entities:
        if other.kind != entity.kind or other.type != entity.type or not other.own:
            continue
        if id(other) in could or id(other) in named or other.generic or related(entity, other):
            continue
        if other.kind == "service" and other.home in homes:
            continue
        own = best_fact(subject, other)
        if own is None:
            continue
        near = 0.2
        if other.home == entity.home:
            near = 0.95
        elif other.family and other.family == entity.family:
            near = 0.8
        elif subject.domain(other.home) == subject.domain(entity.home):
            near = 0.5
        if entity.kind == "part" and entity.name.split()[-1] == other.name.split()[-1]:
            near = min(1.0, near + 0.2)
        yield other, own, near


def best_fact(subject: Subject, entity: Entity) -> Fact | None:
    """The statement that tells best what an entity is."""
    best: tuple[float, int] | None = None
    for index in entity.own:
        fact = subject.facts[index]
        if fact.clause is None or fact.clause.lead:
            continue
        score = subject.mass(fact.stems) / 60
        if fact.clause.verb in {"is", "are"}:
            score += 1.0
        if fact.parent == entity.home:
            score += 1.0
        if fact.clause.verb in {"can", "may"} or fact.clause.negative:
            score -= 0.5
        if best is None or score > best[0]:
            best = score, index
    return subject.facts[best[1]] if best else None


_HEADS = {
    "account": "account", "mode": "mode", "policy": "policy", "gateway": "gateway", "role": "role",
    "key": "kind of key", "endpoint": "endpoint", "log": "log", "logs": "log", "event": "kind of event",
    "events": "kind of event", "class": "storage class", "user": "kind of user", "agent": "agent",
    "certificate": "certificate", "authority": "kind of certificate authority", "event bus": "event bus",
}  # fmt: skip


def question(subject: Subject, fact: Fact, entity: Entity, predicate: str) -> str:
    clause = fact.clause
    assert clause is not None
    if entity.kind == "service":
        which = "which AWS service"
    elif entity.kind == "code":
        which = f"which {entity.type}"
    else:
        which = "which feature"
    scope = entity.scope.removeprefix("AWS ").removeprefix("Amazon ")
    named = scope in predicate or scope in clause.lead
    if entity.kind == "service" or named or entity.type in {"condition key", "condition operator"}:
        return with_lead(clause, f"{which} {predicate}?")
    if entity.kind == "part":
        scoped = f"which {scope} feature {predicate}?"
        if entity.name.split()[-1].lower() in _HEADS or clause.lead:
            head = _HEADS.get(entity.name.split()[-1].lower(), "feature")
            scoped = f"which {head} {predicate}?" if clause.lead else f"in {scope}, which {head} {predicate}?"
        return with_lead(clause, scoped)
    if clause.lead:
        return with_lead(clause, f"{which} {predicate}?")
    return pick(
        (f"In {entity.scope}, which {entity.type} {predicate}?",
         f"Which {entity.type} of {entity.scope} {predicate}?"),
        fact.text,
    )  # fmt: skip


def thing_drafts(subject: Subject, refused: Counter[str]) -> Iterator[Draft]:
    for index, owners in subject.owners.items():
        fact = subject.facts[index]
        for entity in owners[:1]:
            if fact.kind != "statement" or entity.generic:
                refused["generic_name"] += 1
                continue
            predicate = predicate_of(subject, fact, entity)
            if predicate is None:
                refused["predicate_unfit"] += 1
                continue
            if not is_distinctive(subject, fact, predicate):
                refused["not_distinctive"] += 1
                continue
            evidence = subject.evidence(fact)
            candidates = [
                Candidate(
                    other.name,
                    f"{other.name} is something else: {own.text}",
                    "other_part_of_service" if other.home == entity.home
                    else "belongs_to_other_service",
                    (subject.evidence(own),),
                    near,
                )
                for other, own, near in wrong_entities(subject, fact, entity, predicate)
            ]  # fmt: skip
            yield Draft(
                f"which_{entity.kind}", question(subject, fact, entity, predicate),
                [Candidate(entity.name, fact.text, "states_it", (evidence,))], candidates,
                (index,), fact.service, fact.text, (evidence,),
                distinctive=min(1.0, subject.mass(content(predicate)) / 40),
            )  # fmt: skip
