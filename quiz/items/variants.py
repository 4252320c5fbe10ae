"""An action with another thing of the same kind in it: what a need is not met by.

'Add a condition on `aws:PrincipalOrgID`' beside 'Add a condition on `aws:PrincipalArn`': options
that differ in what has to be known and in nothing else. What takes a thing's place has a line of
its own that tells something else of it, and no line near the need speaks of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from knowledge.lexicon import fold
from quiz.items.drafts import Candidate
from quiz.items.entities import Entity, singular
from quiz.items.facts import Fact
from quiz.items.identifiers import Identifier, kin_of, read_identifiers
from quiz.items.kin import are_kin, share_domain
from quiz.items.stems import sounded
from quiz.items.subject import Subject
from quiz.items.things import OVERLAPPING, best_fact, names_in, related, tells_what_it_is
from quiz.items.using import named, verb_for
from quiz.items.words import content, lower_first

# Kinds of identifier of which one does what another doesn't; operators may do each other's work.
_APART = frozenset(
    {"condition key", "API operation", "endpoint", "Systems Manager document", "IAM permission",
     "CloudWatch metric", "managed policy", "managed Config rule", "HTTP header", "setting",
     "staging label"}
)  # fmt: skip
_CLOSE = 0.3
# What few lines say; topics and their commonest things weigh less.
RARE = 3.8
COMMON = 2.4
_TOKEN = re.compile(r"[^\s,;()\[\]“”]+")


_OVERLAPPING = OVERLAPPING | {"load balancer", "token", "rule", "storage class"}
_DETERMINED = re.compile(r"\b(?:an?|the|one|its|each|every) $", re.I)
_FREE_AFTER = re.compile(
    r"^(?:[,.;]|$| (?:in|on|with|for|of|to|at|as|and|or|by|over|through|that|which|before)\b)"
)
_ANY_VALUE = re.compile(r"^(?:$| (?:to|in|condition)\b)")
_ORDERED = re.compile(r"(?:Numeric|Date|Bool|IpAddress|Arn|Null)\w*\b")
_CAMEL = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])")


def _parts(code: str) -> set[str]:
    """The words of an identifier's last part."""
    return set(_CAMEL.findall(code.rpartition(":")[2])) - {"ID", "Arn", "Get", "Create", "Start"}


def _takes_any(action: str, code: str) -> bool:
    """Whether nothing beside a condition key says of what sort its values are."""
    return bool(_ANY_VALUE.match(action.partition(code)[2])) and not _ORDERED.search(action)


def _stands_free(before: str, after: str) -> bool:
    """Whether a name is no part of a longer one: 'the Health Dashboard endpoints' has one more."""
    last = before.split()[-1] if before.split() else ""
    inside = last[:1].isupper() and len(before.split()) > 1
    return bool(_FREE_AFTER.match(after)) and not inside


def tells_best(subject: Subject, entity: Entity) -> Fact | None:
    """The statement that says what an entity is: a service's first, or the best of a part's."""
    if entity.kind == "service":
        for index in sorted(entity.own):
            fact = subject.facts[index]
            if fact.service == entity.home and fact.clause and tells_what_it_is(fact.clause):
                return fact
    return best_fact(subject, entity)


class Variants:
    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.identifiers = subject.keep("identifiers", read_identifiers)
        self.by_name: dict[str, list[Entity]] = {}
        for entity in subject.entities:
            if entity.kind != "code":
                for name in entity.names:
                    self.by_name.setdefault(name, []).append(entity)

    def of(self, fact: Fact) -> Iterator[Candidate]:
        """Wrong actions for a need, each with one thing changed."""
        near_lines = self._near(fact)
        seen: set[str] = set()
        for text, line, near, told in [
            *self._codes(fact, near_lines),
            *self._names(fact, near_lines),
        ]:
            if text in seen or text == fact.action:
                continue
            seen.add(text)
            yield Candidate(
                text[:1].upper() + text[1:], told, "other_part_of_service",
                (self.subject.evidence(line),), near,
            )  # fmt: skip

    def _near(self, fact: Fact) -> set[int]:
        stems = content(fact.need)
        return set(self.subject.close_facts(stems, _CLOSE)) - {fact.index}

    def _codes(self, fact: Fact, near: set[int]) -> Iterator[tuple[str, Fact, float, str]]:
        for code in fact.codes:
            identifier = self.identifiers.get(code)
            if identifier is None or identifier.type not in _APART:
                continue
            if fact.action.count(code) != 1 or code in fact.need:
                continue
            free = _takes_any(fact.action, code)
            for other, close in kin_of(self.subject, identifier, self.identifiers):
                alike = bool(_parts(code) & _parts(other.code))
                if identifier.type == "condition key" and not (alike or free):
                    continue
                line = self._line_of(other, near)
                if line is None or not (alike or close >= 0.75):
                    continue
                before, _, after = fact.action.partition(code)
                text = f"{_article(before, other.code)}{other.code}{after}"
                told = f"{other.code} serves something else: {line.text}"
                yield text, line, min(1.0, close - (0.0 if alike else 0.1)), told

    def _line_of(self, identifier: Identifier, near: set[int]) -> Fact | None:
        """The line that tells of an identifier alone; None where one near the need names it."""
        if near.intersection(identifier.facts):
            return None
        lines = [self.subject.facts[index] for index in identifier.facts]
        told = [line for line in lines if line.kind in {"statement", "need"}]
        told.sort(key=lambda line: (len(line.codes) > 1, line.kind != "statement", line.index))
        return told[0] if told else None

    def _names(self, fact: Fact, near: set[int]) -> Iterator[tuple[str, Fact, float, str]]:
        for start, end, entity in self._said(fact.action):
            shown, before, after = fact.action[start:end], fact.action[:start], fact.action[end:]
            if entity.generic or names_in(fact.need, entity) or not _stands_free(before, after):
                continue
            if after and (entity.type == "tool" or entity.kind == "service"):
                continue  # 'in compliance mode' fits one tool alone
            if entity.kind == "service" and fact.codes:
                continue
            for other in self.subject.entities:
                close = self._stands_for(entity, other)
                if not close or near.intersection(other.mentioned) or related(entity, other):
                    continue
                if names_in(fact.need, other) or names_in(fact.action, other):
                    continue
                line = tells_best(self.subject, other)
                name = _as_shown(shown, entity, other)
                if line is None or name is None:
                    continue
                common = name.split()[-1].islower()
                if common != bool(_DETERMINED.search(before)) and singular(shown) == shown:
                    continue
                text = f"{_article(before, name)}{name}{after}"
                yield text, line, close, f"{other.name} serves something else: {line.text}"

    def _stands_for(self, entity: Entity, other: Entity) -> float:
        """How well one thing can be taken for another; 0 where it can't."""
        if other.kind != entity.kind or other.generic or not other.own:
            return 0.0
        if entity.kind == "service":
            if other.home == entity.home or not are_kin(self.subject, entity.home, other.home):
                return 0.0
            return 0.8 if share_domain(self.subject, entity.home, other.home) else 0.0
        if other.type != entity.type or other.home != entity.home:
            return 0.0
        if entity.type in _OVERLAPPING and not self._exclude(entity, other):
            return 0.0
        return 0.95

    def parts(self, fact: Fact, homes: Collection[int]) -> Iterator[Candidate]:
        """Wrong actions that use another part of a topic that the need is about: one whose lines
        stand elsewhere in the notes and have little in common with the need."""
        asked = content(fact.need)
        verb = fact.action.split(" ", 1)[0]
        for entity in self.subject.entities:
            if entity.kind != "part" or entity.generic or entity.home not in homes:
                continue
            if names_in(fact.need, entity) or names_in(fact.action, entity):
                continue
            line = best_fact(self.subject, entity)
            if line is None or line.clause is None or not tells_what_it_is(line.clause):
                continue
            told = [self.subject.facts[index] for index in {*entity.own, *entity.mentioned}]
            if any(one.feature == fact.feature and one.service == fact.service for one in told):
                continue
            if any(self._akin(one, asked) for one in told):
                continue
            if sum(one.kind == "need" and names_in(one.action, entity) for one in told) > 1:
                continue  # what meets many needs, or helps to, may meet this one
            # What has nothing in common with the scenario, not even a common word, fills a place.
            akin = any(self._touches(one, content(fact.text)) for one in told)
            yield Candidate(
                f"{verb_for(verb, entity)} {named(self.subject, entity)}",
                f"{entity.name} serves something else: {line.text}", "other_part_of_service",
                (self.subject.evidence(line),),
                0.8 if entity.home == fact.service and akin else 0.3,
            )  # fmt: skip

    def _touches(self, fact: Fact, said: frozenset[str]) -> bool:
        topic = content(self.subject.topic(fact)) | content(self.subject.name(fact.service))
        return any(self.subject.weight(stem) > COMMON for stem in fact.stems & said - topic)

    def _akin(self, fact: Fact, asked: frozenset[str]) -> bool:
        """Whether a line and a need have a rarer word in common: what it tells of may serve it."""
        return any(self.subject.weight(stem) > RARE for stem in fact.stems & asked)

    def _exclude(self, one: Entity, other: Entity) -> bool:
        """Whether the lexicon says that nothing is both."""
        return any(
            {True} == {any(fold(side) in entity.names for side in exclusive.sides)
                       for entity in (one, other)}
            for exclusive in self.subject.lexicon.exclusives
        )  # fmt: skip

    def _said(self, text: str) -> Iterator[tuple[int, int, Entity]]:
        """What a text names and where, the longest names first."""
        tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(text)]
        taken: set[int] = set()
        for size in range(6, 0, -1):
            for place in range(len(tokens) - size + 1):
                span = range(place, place + size)
                if taken.intersection(span):
                    continue
                start, end = tokens[place][0], tokens[place + size - 1][1]
                piece = text[start:end].rstrip(".:")
                found = self.by_name.get(fold(piece)) or self.by_name.get(fold(singular(piece)))
                if found:
                    taken.update(span)
                    if len(found) == 1:
                        yield start, start + len(piece), found[0]


def _as_shown(shown: str, entity: Entity, other: Entity) -> str | None:
    """A name in the form of the one that it replaces: case and number; None where they differ.

    >>> from quiz.items.entities import Entity
    >>> one = Entity("Gateway endpoint", "part", "endpoint", 0, "", frozenset())
    >>> two = Entity("Interface endpoint", "part", "endpoint", 0, "", frozenset())
    >>> _as_shown("gateway endpoints", one, two)
    'interface endpoints'
    """
    name = other.name
    if shown.split()[-1][:1].isupper() != name.split()[-1][:1].isupper():
        return None
    if entity.kind == "service":
        name = name.removeprefix("AWS ").removeprefix("Amazon ")
        if shown.startswith(("AWS ", "Amazon ")):
            return None
        return name
    if not name.split()[-1][:1].isupper():
        name = lower_first(name) if shown[:1].islower() else name
    if singular(shown) != shown:
        if singular(name) != name:
            return name
        name = name[:-1] + "ies" if re.search(r"[^aeiou]y$", name) else f"{name}s"
    return name


_ARTICLE = re.compile(r"\b(?P<article>an?) (?P<between>(?:[A-Z]\w+ )?)$")


def _article(before: str, name: str) -> str:
    """The words before a name, with the article that it asks for."""
    match = _ARTICLE.search(before)
    if not match or match["between"]:
        return before
    return f"{before[: match.start()]}{sounded(name)} "
