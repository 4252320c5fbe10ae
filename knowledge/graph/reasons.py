"""Why two topics are related, in sentences with the line that says so."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.graph.terms import Vocabulary, shared_terms
from knowledge.graph.topics import Tie, Topics
from knowledge.lexicon import plain

MOST_REASONS = 3
# A sentence quotes so much of a line.
QUOTED = 110


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence; `kind` is a relation's, or mention, shared_topic, shared_terms, family."""

    kind: str
    text: str
    line: int | None
    via: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "text": self.text, "line": self.line, "via": list(self.via)}


def quote(text: str) -> str:
    """A line as a sentence quotes it: without markup, cut at a word."""
    words = plain(text)
    if len(words) > QUOTED:
        words = words[:QUOTED].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return words


def listed(names: Sequence[str]) -> str:
    """Names in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def telling(topics: Topics, records: Sequence[int]) -> int:
    """The first of the records that say most: whole sentences before bare names."""
    return max(records, key=lambda index: (min(8, len(topics.records[index].text.split())), -index))


@dataclass
class Reasons:
    """What is known of all pairs, made once for an outline."""

    topics: Topics
    vocabulary: Vocabulary
    ties: dict[tuple[int, int], list[Tie]] = field(default_factory=lambda: defaultdict(list))
    namings: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    names: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    fame: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    lists: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        for tie in self.topics.ties:
            self.ties[tie.source, tie.target].append(tie)
        self.namings = self.topics.named_by()
        for (source, target), records in self.namings.items():
            self.names[source][target] = records[0]
            self.fame[target] += 1
        for naming in self.topics.namings:
            parent = self.topics.records[naming.record].parent
            if parent >= 0 and self.topics.records[parent].kind != "service":
                self.lists[naming.target].setdefault(parent, naming.record)

    def of(self, a: int, b: int) -> list[Reason]:
        """Why b is related to a, the strongest reason first."""
        found = self._relations(a, b)
        named = {reason.line for reason in found}
        found += [r for r in self._mentions(a, b) if r.line not in named][: 2 - bool(found)]
        if len(found) < MOST_REASONS:
            found += self._together(a, b)
        if len(found) < MOST_REASONS:
            found += self._family(a, b)
        if len(found) < MOST_REASONS:
            found += self._shared_topics(a, b)
        if len(found) < MOST_REASONS:
            quoted = {reason.line for reason in found}
            found += [r for r in self._shared_terms(a, b) if r.line not in quoted]
        return (found or self._domain(a, b))[:MOST_REASONS]

    def _relations(self, a: int, b: int) -> list[Reason]:
        ties = [*self.ties.get((a, b), ()), *self.ties.get((b, a), ())]
        ties.sort(key=lambda tie: (-len(tie.evidence), tie.evidence[0][1], tie.kind, tie.text))
        return [
            Reason(tie.kind, f"{tie.text}: “{quote(tie.evidence[0][2])}”", tie.evidence[0][1])
            for tie in ties[:2]
        ]

    def _mentions(self, a: int, b: int) -> list[Reason]:
        topics, found = self.topics, []
        for source, target in ((a, b), (b, a)):
            records = self.namings.get((source, target))
            if not records:
                continue
            record = topics.records[telling(topics, records)]
            place = topics.records[record.feature].text if record.feature >= 0 else ""
            under = f" under {plain(place)}" if place and place != record.text else ""
            text = f"{topics.topics[source].name} names {topics.topics[target].name}{under}"
            more = f" ({len(records)} lines)" if len(records) > 1 else ""
            found.append((
                -len(records),
                Reason("mention", f"{text}{more}: “{quote(record.text)}”", record.line),
            ))  # fmt: skip
        return [reason for _, reason in sorted(found, key=lambda each: each[0])]

    def _together(self, a: int, b: int) -> list[Reason]:
        """Named side by side, in a list or line of a third topic."""
        one, other = self.lists.get(a, {}), self.lists.get(b, {})
        for parent in sorted(one.keys() & other.keys()):
            third = self.topics.of(parent)
            if third is None or third in (a, b):
                continue
            names = [self.topics.topics[i].name for i in (third, a, b)]
            text = f"{names[0]} names {names[1]} and {names[2]} side by side"
            record = self.topics.records[other[parent]]
            heading = quote(self.topics.records[parent].text)
            return [Reason("shared_topic", f"{text}: “{heading}”", record.line, (names[0],))]
        return []

    def _family(self, a: int, b: int) -> list[Reason]:
        one, other = self.topics.topics[a], self.topics.topics[b]
        if not one.family or one.family != other.family:
            return []
        about = one.entry.about if one.entry else ""
        theirs = other.entry.about if other.entry else ""
        text = f"Both do comparable jobs ({one.family})"
        if about and theirs:
            text += f": {one.name} {about}; {other.name} {theirs}"
        return [Reason("family", text, other.line, (one.family,))]

    def _shared_topics(self, a: int, b: int) -> list[Reason]:
        one, other = self.names.get(a, {}), self.names.get(b, {})
        both = sorted(
            (t for t in one.keys() & other.keys() if t not in (a, b)),
            key=lambda t: (self.fame[t], t),
        )
        # What nearly everything names brings nobody together.
        most = max(3, math.isqrt(len(self.topics)))
        rare = [t for t in both if self.fame[t] <= most and self.topics.topics[t].home is None][:3]
        if not rare:
            return []
        names = [self.topics.topics[t].name for t in rare]
        record = self.topics.records[other[rare[0]]]
        text = f"Both name {listed(names)}: “{quote(record.text)}”"
        return [Reason("shared_topic", text, record.line, tuple(names))]

    def _shared_terms(self, a: int, b: int) -> list[Reason]:
        names = " ".join(self.topics.topics[i].name for i in (a, b)).casefold().split()
        terms, place = shared_terms(self.vocabulary, a, b, set(names))
        if not terms:
            return []
        record = self.topics.records[place]
        text = f"Both speak of {listed(terms)}: “{quote(record.text)}”"
        return [Reason("shared_terms", text, record.line, tuple(terms))]

    def _domain(self, a: int, b: int) -> list[Reason]:
        one, other = self.topics.topics[a], self.topics.topics[b]
        both = [domain for domain in one.domains if domain in other.domains]
        steps = self.names.get(a, {}).keys() & {t for t, named in self.names.items() if b in named}
        if steps:
            third = self.topics.topics[min(steps)].name
            record = self.topics.records[self.names[min(steps)][b]]
            text = f"{one.name} names {third}, which names {other.name}: “{quote(record.text)}”"
            return [Reason("shared_topic", text, record.line, (third,))]
        fields = [each for each in one.fields if each in other.fields]
        if fields:
            return [Reason("family", f"Both belong to {fields[0]}", other.line, (fields[0],))]
        if both:
            return [Reason("family", f"Both belong to {both[0]}", other.line, (both[0],))]
        return [Reason("shared_topic", "Both hang together by way of others", other.line)]
