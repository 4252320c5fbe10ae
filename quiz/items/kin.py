"""Which services do like things: of one family, of one field, or told of together in the graph."""

from __future__ import annotations

from quiz.items.entities import Entity
from quiz.items.subject import Subject
from quiz.items.words import content


def are_kin(subject: Subject, one: int, other: int) -> bool:
    """Whether two topics are of one family or one field of the lexicon."""
    first, second = subject.entries[one], subject.entries[other]
    if first is None or second is None:
        return False
    if first.family and first.family == second.family:
        return True
    return not set(subject.lexicon.fields_of(first)).isdisjoint(subject.lexicon.fields_of(second))


def are_siblings(subject: Subject, one: int, other: int) -> bool:
    """Whether two topics are of one family: their parts may be taken for each other's."""
    first, second = subject.entries[one], subject.entries[other]
    return bool(first and second and first.family and first.family == second.family)


def share_domain(subject: Subject, one: int, other: int) -> bool:
    """Whether two topics have a domain of the lexicon in common."""
    first, second = subject.entries[one], subject.entries[other]
    return bool(first and second and set(first.domains) & set(second.domains))


def has_part_like(subject: Subject, home: int, predicate: str) -> bool:
    """Whether a topic has a part that a predicate may speak of: all words of its name are there."""
    said = content(predicate)
    return any(
        entity.home == home and entity.kind == "part" and _heads(entity, said)
        for entity in subject.entities
    )


def _heads(entity: Entity, said: frozenset[str]) -> bool:
    name = content(entity.name)
    return bool(name) and name <= said
