"""What generation needs to know of an outline, built once."""
# ruff: noqa: SIM905

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar

from knowledge.lexicon import EMPTY, Lexicon
from knowledge.records import Record
from quiz.items.entities import Entity, build_entities, service_name
from quiz.items.facts import Fact, read_facts
from quiz.items.fragments import read_fragments
from quiz.items.item import Evidence
from quiz.items.needs import read_needs
from quiz.items.phrasebook import Phrasebook
from quiz.items.rewording import Match, match_notes, reword
from quiz.items.words import lower_first, plain, words

Built = TypeVar("Built")
CLOSE = 0.42
LEAST_UNIT = 4.0
# What says that something can't be had any more.
_CLOSED = re.compile(
    r"\b(?:closed to new customers|no longer (?:available|accepts|open)\b|"
    r"only to existing customers|(?:has|have) been (?:discontinued|retired|shut down)|"
    r"reached (?:its )?end of (?:life|support))"
)
FUNCTION = frozenset(
    """a an the each every in on for by with without before after if when once since to at under
    during only one two three all most some no its""".split()
)


class Subject:
    """The indexes of one outline. `linked` and `relations` are optional and may be None.

    With a `book` of sentences on the same subject, notes that say what one of them says are asked
    in its words; `evidence` shows the note.
    """

    def __init__(
        self,
        records: Sequence[Record],
        lexicon: Lexicon = EMPTY,
        language: str = "en",
        linked: Any = None,
        relations: Any = None,
        book: Phrasebook | None = None,
    ) -> None:
        self.records = records
        self.lexicon = lexicon
        self.language = language
        self.english = language.lower().split("-")[0] == "en"
        self.linked = linked
        self.relations = relations
        # False variants of facts, kept by those who make them.
        self.made: dict[int, Any] = {}
        # Lines that say a property of one side of a contrast, kept by those who look for them.
        self.sides: dict[int, list[tuple[str, str]]] | None = None
        self.facts = read_facts(records, self.english, loose=not lexicon.services)
        # Indexes that several kinds use, kept by those who build them.
        self.kept: dict[str, Any] = {}
        # Where a book words what notes say, what it doesn't word is not taken for a sentence.
        if self.english and lexicon.services and book is None:
            self.facts = read_fragments(records, self.facts, lexicon)
        if self.english:
            self.facts = read_needs(records, self.facts)
        self.book = book if self.english else None
        # Notes that a pack states in a sentence of its own, by the note's record.
        self.reworded: dict[int, Match] = {}
        if self.english and book is not None:
            self.reworded = match_notes(records, book)
            for index, match in self.reworded.items():
                self.facts[index] = reword(self.facts[index], match, book)
        self.by_service: dict[int, list[Fact]] = {}
        self.by_parent: dict[int, list[Fact]] = {}
        self.postings: dict[str, list[int]] = {}
        self._weights: dict[str, float] = {}
        for fact in self.facts.values():
            self.by_service.setdefault(fact.service, []).append(fact)
            self.by_parent.setdefault(fact.parent, []).append(fact)
            for stem in fact.stems:
                self.postings.setdefault(stem, []).append(fact.index)
        self.services = [i for i, record in enumerate(records) if record.kind == "service"]
        self.entries = {i: lexicon.find(records[i].text) for i in self.services}
        self.entities = build_entities(records, self.facts, lexicon) if self.english else []
        self.common = self._common_words()
        self.owners: dict[int, list[Entity]] = {}
        self.mentions: dict[int, list[Entity]] = {}
        for entity in self.entities:
            for index in entity.own:
                self.owners.setdefault(index, []).append(entity)
            for index in entity.mentioned:
                self.mentions.setdefault(index, []).append(entity)

    def _common_words(self) -> frozenset[str]:
        """Words that the outline writes small, and no name begins with: they may lose a capital."""
        self.beginning: dict[str, list[str]] = {}
        small = {
            word
            for fact in self.facts.values()
            for word in words(" ".join(fact.text.split(" ")[1:]))
            if word.islower()
        }
        names = {entity.name for entity in self.entities}
        for entry in self.lexicon.services:
            names |= {name for name, _ in entry.names()}
        first = {name.split(" ")[0] for name in names if name[:1].isupper() and " " not in name}
        first |= {name.split(" ")[0] for name in names if re.search(r" [A-Z]", name)}
        first -= {"A", "An", "The"}
        self.named = frozenset(first)
        for name in sorted(names):
            self.beginning.setdefault(name.split(" ")[0], []).append(name)
        return frozenset(small | FUNCTION) - {word.lower() for word in first}

    def keep(self, name: str, build: Callable[[Subject], Built]) -> Built:
        """An index of this outline, built when it is first asked for."""
        if name not in self.kept:
            self.kept[name] = build(self)
        found: Built = self.kept[name]
        return found

    def soften(self, text: str) -> str:
        """The text inside a sentence: a small first letter unless a name begins it."""
        first = text.split(" ", 1)[0]
        if (
            re.fullmatch(r"[A-Z][a-z]{3,}", first)
            and first in self.beginning
            and not any(text.startswith(name) for name in self.beginning[first])
        ):
            return lower_first(text)  # 'Traffic to …', though there is 'Traffic Mirroring'
        second = text.split(" ", 2)[1:2]
        plain_word = re.fullmatch(r"[A-Z][a-z-]{3,}", first) and first not in self.named
        if plain_word and (first.endswith("ing") or (second and second[0].islower())):
            return lower_first(text)
        if first in {"A", "An", "The"} or first.rstrip(",").lower() in self.common:
            return lower_first(text)
        return text

    def weight(self, stem: str) -> float:
        """How rare a stem is among the facts (inverse document frequency)."""
        if stem not in self._weights:
            seen = len(self.postings.get(stem, ()))
            self._weights[stem] = math.log((len(self.facts) + 1) / (seen + 1)) + 0.1
        return self._weights[stem]

    @cached_property
    def unit(self) -> float:
        """The weight of a word that one fact alone has; of few facts, that says less."""
        return max(LEAST_UNIT, math.log((len(self.facts) + 1) / 2) + 0.1)

    def mass(self, stems: frozenset[str]) -> float:
        # Rounded once, so that it is the same in any order.
        return math.fsum(map(self.weight, stems))

    def rare(self, stems: frozenset[str], most: int = 3) -> frozenset[str]:
        """Those of the stems that few facts have."""
        return frozenset(stem for stem in stems if len(self.postings.get(stem, ())) <= most)

    def close_facts(self, stems: frozenset[str], at_least: float = CLOSE) -> dict[int, float]:
        """The facts that share at least that part (by weight) of some stems."""
        whole = self.mass(stems)
        if not whole:
            return {}
        # A fact that shares enough has one of the rare stems: only those are looked up.
        rarest = sorted(stems, key=lambda stem: (len(self.postings.get(stem, ())), stem))
        left, found = whole, set[int]()
        for stem in rarest:
            if left < at_least * whole - 1e-9:
                break
            found.update(self.postings.get(stem, ()))
            left -= self.weight(stem)
        shares = {
            index: self.mass(self.facts[index].stems & stems) / whole for index in sorted(found)
        }
        return {index: share for index, share in shares.items() if share >= at_least}

    def facts_in(self, services: Collection[int] | None) -> Iterator[Fact]:
        """The facts of some topics, of all where none are given, in the order of the outline;
        without those on what the outline says can't be had any more."""
        if services is None:
            chosen: Iterable[Fact] = self.facts.values()
        else:
            chosen = (fact for one in sorted(services) for fact in self.by_service.get(one, ()))
        for fact in chosen:
            closed = self.closed.get(fact.service, ())
            if not any(name in fact.text for name in closed) or _CLOSED.search(fact.text):
                yield fact

    @cached_property
    def closed(self) -> dict[int, list[str]]:
        """By topic, the names of what is closed to new customers or has been given up."""
        found: dict[int, list[str]] = {}
        for fact in self.facts.values():
            clause = fact.clause
            if clause is not None and _CLOSED.search(clause.predicate):
                name = re.sub(r"^(?:An?|The) ", "", clause.subject)
                if len(name.split()) <= 4 and name[:1].isupper():
                    found.setdefault(fact.service, []).append(name)
        return found

    def name(self, service: int) -> str:
        """The official short name of a topic."""
        return service_name(self.entries[service], plain(self.records[service].text))

    def is_theme(self, service: int) -> bool:
        entry = self.entries[service]
        return entry is not None and entry.kind == "theme"

    def topic(self, fact: Fact) -> str:
        return plain(self.records[fact.service].text)

    def feature(self, fact: Fact) -> str | None:
        return plain(self.records[fact.feature].text) if fact.feature >= 0 else None

    def place(self, service: int) -> str:
        """A topic as a stem names it: quoted where it is no name."""
        name = self.name(service)
        return f"“{name}”" if self.is_theme(service) or self.entries[service] is None else name

    def says_topic(self, fact: Fact) -> bool:
        """Whether a statement names its topic, or a service or a thing that only one has."""
        entry = self.entries.get(fact.service)
        named = {self.topic(fact), self.name(fact.service)}
        if entry is not None:
            named |= {name for name, _ in entry.names()}
        said = f" {' '.join(words(fact.text)).casefold()} "
        if any(f" {' '.join(words(name)).casefold()} " in said for name in named):
            return True
        belongs = [*self.owners.get(fact.index, ()), *self.mentions.get(fact.index, ())]
        return any(not entity.generic for entity in belongs)

    def domain(self, service: int) -> str | None:
        entry = self.entries[service]
        return entry.domains[0] if entry is not None and entry.domains else None

    def evidence(self, fact: Fact) -> Evidence:
        path: list[str] = []
        parent = fact.parent
        while parent >= 0:
            path.append(plain(self.records[parent].text))
            parent = self.records[parent].parent
        return Evidence(fact.line, plain(self.records[fact.index].text), tuple(reversed(path)))
