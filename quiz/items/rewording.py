"""Notes in telegram style, matched with the whole sentences of a pack on the same subject.

A note is given a sentence's wording only where the note says it: with the headings above it and
the notes below it, it has the sentence's names, numbers, identifiers, denials and nearly all of
its other words, and the sentence has nearly all of the note's. A doubt refuses.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from knowledge.records import Record
from quiz.items.facts import Fact, split_clause
from quiz.items.meanings import Unit
from quiz.items.phrasebook import NEED, Phrase, Phrasebook, topic_of
from quiz.items.polarity import same_signs
from quiz.items.words import codes, content, plain

# The least shares, by weight: of the sentence that the note says, of the note in the sentence,
# and of the sentence in the note's own line.
LEAST_SAID, LEAST_OWN, LEAST_SHARE = 0.74, 0.7, 0.2
# A sentence that has the whole of the note's line may add a little more, or one word.
LEAST_SAID_OF_WHOLE, LEAST_SAID_BUT_ONE, WHOLE = 0.68, 0.56, 0.9
# A note of which the sentence leaves something out must say more of the sentence.
MOST_OF_OWN, LEAST_SHARE_OF_REST = 0.8, 0.35
# A note whose lines below say nearly all may itself say little.
LEAST_SHARE_OF_LIST, LEAST_SAID_OF_LIST = 0.05, 0.9
# A note of one thing alone says little, and a need has conditions: more of it must be there.
LEAST_SAID_OF_ONE, LEAST_SAID_OF_NEED = 0.84, 0.8
MOST_BELOW = 12


@dataclass(frozen=True, slots=True)
class Match:
    note: int
    phrase: Phrase
    said: float
    own: float
    share: float
    below: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """How well they fit; of two notes that fit alike, the one that needs fewer lines below."""
        fit = 0.5 * self.said + 0.25 * self.own + 0.25 * self.share
        return fit - 0.05 * self.phrase.cut - 0.02 * min(len(self.below), 4)


class Notes:
    """An outline's notes by topic, with what each says, by itself and with its lines around."""

    def __init__(self, records: Sequence[Record], book: Phrasebook) -> None:
        self.records = records
        self.book = book
        self.children: dict[int, list[int]] = {}
        for index, record in enumerate(records):
            if record.parent >= 0:
                self.children.setdefault(record.parent, []).append(index)
        self._own: dict[int, frozenset[str]] = {}

    def own(self, index: int) -> frozenset[str]:
        """What a line says by itself; lines of topics that the book lacks are never read."""
        if index not in self._own:
            self._own[index] = self.book.meanings.said(self.records[index].text)
        return self._own[index]

    def above(self, index: int) -> list[int]:
        found = []
        place = self.records[index].parent
        while place >= 0:
            found.append(place)
            place = self.records[place].parent
        return found

    def below(self, index: int) -> list[int]:
        """The lines below a note; of many, only those right below it."""
        found = list(self.children.get(index, ()))
        deeper = [low for place in found for low in self.children.get(place, ())]
        return found + deeper if len(found) + len(deeper) <= MOST_BELOW else found


def match_notes(
    records: Sequence[Record], book: Phrasebook, services: Collection[int] | None = None
) -> dict[int, Match]:
    """The sentence of each note that has one, by the note's record."""
    notes = Notes(records, book)
    by_topic: dict[str, list[int]] = {}
    for index, record in enumerate(records):
        if record.kind != "fact" or record.form == "code" or _is_sentence(record.text):
            continue
        if services is None or record.service in services:
            topic = topic_of(records, record.service, book.lexicon)
            by_topic.setdefault(topic, []).append(index)
    found: dict[int, Match] = {}
    for topic, indices in by_topic.items():
        phrases = book.topics.get(topic, ())
        if phrases:
            found |= _assigned(_candidates(notes, indices, phrases, topic))
    return found


def _is_sentence(text: str) -> bool:
    """Whether a note needs no other words."""
    return text.endswith(".") and split_clause(text) is not None


def _assigned(matches: list[Match]) -> dict[int, Match]:
    """One sentence a note and one note a sentence, the best of all such choices."""
    if not matches:
        return {}
    best: dict[tuple[int, int], Match] = {}
    for match in matches:
        pair = match.note, match.phrase.source
        if pair not in best or match.score > best[pair].score:
            best[pair] = match
    notes = sorted({note for note, _ in best})
    sources = sorted({source for _, source in best})
    table = np.zeros((len(notes), len(sources)))
    rows = {note: i for i, note in enumerate(notes)}
    columns = {source: i for i, source in enumerate(sources)}
    for (note, source), match in best.items():
        table[rows[note], columns[source]] = match.score
    chosen = linear_sum_assignment(table, maximize=True)
    found = {}
    for row, column in zip(*chosen, strict=True):
        pair = notes[row], sources[column]
        if pair in best:
            found[pair[0]] = best[pair]
    return found


def _candidates(
    notes: Notes, indices: Sequence[int], phrases: Sequence[Phrase], topic: str
) -> list[Match]:
    postings: dict[str, list[int]] = {}
    for number, phrase in enumerate(phrases):
        for key in sorted(phrase.said):
            if not key.startswith("c:"):
                postings.setdefault(key, []).append(number)
    found = []
    for index in indices:
        own = notes.own(index)
        near = sorted({n for key in own for n in postings.get(key, ())})
        if not near:
            continue
        reader = _Reader(notes, index, topic)
        for number in near:
            match = reader.read(phrases[number])
            if match is not None:
                found.append(match)
    return found


class _Reader:
    """A note, held against sentences."""

    def __init__(self, notes: Notes, index: int, topic: str) -> None:
        self.book = notes.book
        self.notes = notes
        self.index = index
        self.text = plain(notes.records[index].text)
        above, self.lines = notes.above(index), notes.below(index)
        records = notes.records
        # 'Four kinds' above four lines.
        self.members = len(notes.children.get(index, ()))
        self.up = frozenset().union(*(notes.own(i) for i in above), [f"n:{topic}"])
        self.down = frozenset().union(*(notes.own(i) for i in self.lines))
        self.own = notes.own(index)
        self.all = self.own | self.up | self.down
        self.units = self.book.meanings.units(records[index].text)
        every = [self.text, *(plain(records[i].text) for i in (*above, *self.lines))]
        self.context = " . ".join(every)
        over = plain(records[above[0]].text) if above else ""
        # A short line above says how those below are meant: 'Does not require'.
        self.label = over if len(over.split()) <= 4 else ""

    def read(self, phrase: Phrase) -> Match | None:
        whole = math.fsum(phrase.weights)
        said, share = 0.0, 0.0
        left = (1 - LEAST_SAID_BUT_ONE) * whole
        missing: list[str] = []
        added = 0
        below: set[int] = set()
        for unit, weight in zip(phrase.units, phrase.weights, strict=True):
            if _has(self.own, unit):
                said += weight
                share += weight
            elif _has(self.up, unit):
                said += weight
            elif _has(self.all, unit):
                said += weight
                below.update(self._saying(unit))
            else:
                if self._adds(unit):
                    return None
                part = weight * self._part(unit)
                said += part
                left -= weight - part
                if left < 0:
                    return None
                missing.append(unit.text)
                added += unit.kind != "light"
        least = LEAST_SHARE_OF_LIST if said >= LEAST_SAID_OF_LIST * whole else LEAST_SHARE
        if not whole or share < least * whole:
            return None
        if not same_signs(phrase.text, self.text, self.label, self.context):
            return None
        own = self._own(phrase)
        if own is None or own < (LEAST_OWN if said >= LEAST_SAID * whole else WHOLE):
            return None
        if own < MOST_OF_OWN and share < LEAST_SHARE_OF_REST * whole:
            return None
        if said < self._least(phrase, added) * whole:
            return None
        return Match(
            self.index, phrase, said / whole, own, share / whole, tuple(sorted(below)),
            tuple(missing),
        )  # fmt: skip

    def _adds(self, unit: Unit) -> bool:
        """Whether a unit that the note lacks says more than the note does."""
        if unit.kind == "name":
            return not unit.proper <= self.all
        if unit.kind == "number":
            return not any(way == {str(self.members)} for way in unit.ways)
        return unit.kind in {"code", "strict"}

    def _least(self, phrase: Phrase, added: int) -> float:
        if sum(unit.kind != "light" for unit in self.units) < 2:
            return LEAST_SAID_OF_ONE
        if NEED.match(phrase.text):
            return LEAST_SAID_OF_NEED
        return LEAST_SAID_BUT_ONE if added < 2 else LEAST_SAID_OF_WHOLE

    def _part(self, unit: Unit) -> float:
        """The share of a name's words that the note says: 'Lambda' of 'Lambda function'."""
        words = unit.ways[-1]
        return len(words & self.all) / len(words) if unit.kind == "name" and words else 0.0

    def _saying(self, unit: Unit) -> list[int]:
        """The lines below that say a unit, or a part of it that nothing else says."""
        for way in unit.ways:
            if way <= self.all:
                left = way - self.own - self.up
                return [
                    next(i for i in self.lines if key in self.notes.own(i)) for key in sorted(left)
                ]
        return []

    def _own(self, phrase: Phrase) -> float | None:
        """The share of the note's own line that the sentence says; None where it says against."""
        whole, told = 0.0, 0.0
        for unit in self.units:
            weight = self.book.weight(unit)
            whole += weight
            if _has(phrase.said, unit):
                told += weight
            elif unit.kind in {"number", "code", "strict"}:
                return None
        return told / whole if whole else None


def _has(said: frozenset[str], unit: Unit) -> bool:
    # Asked a hundred thousand times: a generator would cost as much again.
    for way in unit.ways:  # noqa: SIM110
        if way <= said:
            return True
    return False


def reword(fact: Fact, match: Match, book: Phrasebook) -> Fact:
    """A note's fact in the words of its sentence; its place and line stay."""
    source = book.facts[match.phrase.source]
    text = match.phrase.text
    added = content(" ".join(match.missing))
    if not match.phrase.cut:
        return replace(
            fact, kind=source.kind, text=source.text, codes=source.codes, stems=source.stems,
            clause=source.clause, need=source.need, action=source.action,
            added=added,
        )  # fmt: skip
    return replace(
        fact, kind="statement", text=plain(text), codes=tuple(codes(text)),
        stems=content(plain(text)), clause=split_clause(text), need="", action="",
        added=added,
    )  # fmt: skip
