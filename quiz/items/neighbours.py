"""How near two needs are: one topic, things named in both, topics told of together, one kind of
action. Wrong options come from the nearest."""

from __future__ import annotations

import math
from collections import Counter

from quiz.items.facts import Fact
from quiz.items.kin import are_kin, are_siblings
from quiz.items.subject import Subject
from quiz.items.things import names_in
from quiz.items.words import content

# Kinds of action, by their first verb: what is wanted of one kind is thought of with its kind.
_SORTS = (
    ("add", "associate", "attach", "apply", "connect", "put", "place", "map"),
    ("create", "define", "set", "build", "configure", "write", "combine", "convert"),
    ("enable", "turn", "activate", "install", "raise", "switch"),
    ("use", "call", "run", "invoke", "start", "query", "search", "read", "serve", "choose"),
    ("deny", "allow", "grant", "test", "require", "restrict", "let", "validate"),
    ("delete", "detach", "remove", "replace", "revoke", "disable", "deregister", "isolate"),
    ("copy", "encrypt", "take", "import", "export", "store", "share", "send", "mirror"),
)
_SORT = {verb: number for number, verbs in enumerate(_SORTS) for verb in verbs}
# Topics that speak of each other so often belong together.
TOGETHER = 3
# What a thing that two sides name weighs beside their words.
MARK = 2.0


def sort_of(action: str) -> int | None:
    """The kind of an action, by its verb.

    >>> sort_of("Attach a policy") == sort_of("Add a rule"), sort_of("Paint it")
    (True, None)
    """
    return _SORT.get(action.split(" ", 1)[0].lower())


class Neighbours:
    """What the needs of an outline name, and which topics speak of each other."""

    def __init__(self, subject: Subject, needs: list[Fact]) -> None:
        self.subject = subject
        self.named: dict[int, dict[int, float]] = {}
        self.homes: dict[int, set[int]] = {}
        self.stems: dict[int, frozenset[str]] = {}
        total = len(subject.facts) + 1
        for fact in needs:
            found: dict[int, float] = {}
            homes: set[int] = {fact.service}
            for entity in subject.mentions.get(fact.index, ()):
                if entity.kind == "code":
                    continue
                found[id(entity)] = math.log(total / (len(entity.mentioned) + 1))
                if not entity.generic:
                    homes.add(entity.home)
            self.named[fact.index], self.homes[fact.index] = found, homes
            self.stems[fact.index] = content(f"{fact.need} {fact.action}")
        self.together = _together(subject)

    def _names(self, one: Fact, other: Fact) -> bool:
        """Whether one of two needs names the topic of the other."""
        return other.service in self.homes[one.index] or one.service in self.homes[other.index]

    def near(self, one: Fact, other: Fact) -> float:
        """From 0 (nothing in common) to 1."""
        subject = self.subject
        if one.service == other.service:
            near = 0.68 if one.feature != other.feature else 0.9
        elif are_siblings(subject, one.service, other.service) or self._names(one, other):
            near = 0.62
        elif (one.service, other.service) in self.together:
            near = 0.55
        elif are_kin(subject, one.service, other.service):
            near = 0.5
        elif subject.domain(one.service) == subject.domain(other.service):
            near = 0.3
        else:
            near = 0.15
        mine, theirs = self.named[one.index], self.named[other.index]
        both = math.fsum(sorted(mine[key] for key in mine.keys() & theirs.keys()))
        near += min(0.2, both / 25)
        shared = self.stems[one.index] & self.stems[other.index]
        near += min(0.2, subject.mass(shared) / 90)
        sort = sort_of(one.action)
        if sort is not None and sort == sort_of(other.action):
            near += 0.06
        return min(1.0, near)

    def said(self, fact: Fact, text: str) -> frozenset[str]:
        """The stems of one side of a need, with a mark for each thing it names by any name."""
        marks = {
            f"={entity.name}"
            for entity in self.subject.mentions.get(fact.index, ())
            if entity.kind != "code" and names_in(text, entity)
        }
        return content(text) | marks

    def weigh(self, said: frozenset[str]) -> float:
        """What one side of a need weighs: its stems, and what it names."""
        marks = sum(stem[0] == "=" for stem in said)
        return self.subject.mass(frozenset(s for s in said if s[0] != "=")) + MARK * marks


def _together(subject: Subject) -> set[tuple[int, int]]:
    told: Counter[tuple[int, int]] = Counter()
    for index, entities in subject.mentions.items():
        home = subject.facts[index].service
        for other in {entity.home for entity in entities if entity.kind == "service"}:
            if other != home:
                told[home, other] += 1
    pairs = {pair for pair, count in told.items() if count >= TOGETHER}
    return pairs | {(other, one) for one, other in pairs}
