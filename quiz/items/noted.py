"""Which term does a note describe, and which notes describe a term: notes quoted as they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256

from quiz.items.drafts import Candidate, Draft, Reason
from quiz.items.echoes import echoes
from quiz.items.entities import class_of
from quiz.items.item import Item, Option
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.terms import ABLE, NEAR_TOLD, Term, Terms, Told, is_distinctive, is_wrong
from quiz.items.things import SHARED
from quiz.items.wording import kind_of_text
from quiz.items.words import STOP, plain, stem, upper_first, words

# So many rivals are enough to choose wrong options from.
RIVALS = 14
# Notes of one term that are asked one by one.
MOST_OF_TERM = 8
LEAST, SIZE = 3, 4
# Bandwidths that a vendor raises: no line says whether it still holds.
_QUOTA = re.compile(r"\d\s?[GMT]b(?:ps|it/s)\b", re.I)
# Terms under one heading exclude each other more surely than others.
BESIDE = 0.9


@dataclass(frozen=True, slots=True)
class Row:
    """A note, its term, and the terms that it is false of, the nearest first."""

    told: Told
    term: Term
    rivals: tuple[tuple[Term, float], ...]


class Notes:
    """The notes of an outline that can be asked, by topic."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.terms = Terms(subject)
        self._rows: dict[int, list[Row]] = {}

    def rows(self, service: int) -> list[Row]:
        if service not in self._rows:
            self._rows[service] = list(self._read(service))
        return self._rows[service]

    def _read(self, service: int) -> Iterator[Row]:
        subject = self.subject
        terms = self.terms.of(service)
        for term in terms:
            told = [one for one in term.told if is_distinctive(subject, one, SHARED)]
            told.sort(key=lambda one: _mark(one.text))
            for one in told:
                if one.fact in subject.reworded:
                    continue  # it is asked in a sentence
                if _names(one, term) or _QUOTA.search(one.text):
                    continue
                close = set(subject.close_facts(one.stems, NEAR_TOLD)) - {one.fact}
                rivals = [
                    (rival, self._nearness(term, rival))
                    for rival in terms
                    if rival is not term
                    and _is_of_kind(term, rival)
                    and is_wrong(subject, one, term, rival, close)
                ]
                rivals.sort(key=lambda row: (-row[1], _mark(row[0].name)))
                yield Row(one, term, tuple(rivals[:RIVALS]))

    def _nearness(self, term: Term, rival: Term) -> float:
        if rival.above == term.above:
            return 0.95
        return 0.75 if rival.feature == term.feature else 0.5


def _is_of_kind(term: Term, rival: Term) -> bool:
    """Whether a term may be taken for another: both stand under one heading or name one sort."""
    if rival.above == term.above or (rival.feature == term.feature and rival.feature >= 0):
        return kind_of_text(rival.name) == kind_of_text(term.name)
    return class_of(rival.name) == class_of(term.name) != "tool"


def _mark(*texts: object) -> bytes:
    return sha256("|".join(map(str, texts)).encode("utf-8")).digest()


def _said(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text) if len(word) > 2 and word not in STOP)


def _names(told: Told, term: Term) -> bool:
    """Whether a note says a word of its term's name."""
    if _said(told.text) & _said(term.name) or echoes(told.text, term.name):
        return True
    first = "".join(word[0] for word in words(term.name)).upper()
    said = {word for word in words(told.text) if word.isupper() and len(word) > 1}
    return any(short in first or short in words(term.name) for short in said)


def place_of(subject: Subject, service: int) -> str:
    """Where a term stands, as a stem says it."""
    name = subject.name(service)
    return f"“{name}”" if subject.is_theme(service) or subject.entries[service] is None else name


def _why(subject: Subject, rival: Term) -> str:
    return f"The outline says something else of {rival.name}: “{rival.told[0].text}”."


def note_drafts(
    subject: Subject, notes: Notes, services: Collection[int] | None = None
) -> Iterator[Draft]:
    """A note and the terms that it could describe; terms and the notes that could describe them."""
    for service in subject.services:
        if services is not None and service not in services:
            continue
        rows = notes.rows(service)
        made: Counter[int] = Counter()
        for row in rows:
            if made[row.term.place] < MOST_OF_TERM and len(row.rivals) >= LEAST - 1:
                made[row.term.place] += 1
                yield _which_term(subject, row)
        yield from _which_notes(subject, rows)


def _which_term(subject: Subject, row: Row) -> Draft:
    told, term = row.told, row.term
    where = place_of(subject, term.service)
    asked = pick(
        (f"In {where}, which of these is described as “{told.text}”?",
         f"In {where}, which of these does the note “{told.text}” describe?",
         f"Which of these in {where} fits the description “{told.text}”?",
         f"“{told.text}”: of which of these in {where} is that said?"),
        told.text,
    )  # fmt: skip
    candidates = [
        Candidate(
            rival.name, _why(subject, rival), "other_part_of_service",
            (rival.told[0].evidence,), near,
        )
        for rival, near in row.rivals
    ]  # fmt: skip
    said = f"The outline says it of {term.name}: “{told.text}”."
    return Draft(
        "which_term", asked, [Candidate(term.name, said, "states_it", (told.evidence,))],
        candidates, (told.fact,), term.service, said, (told.evidence,),
        distinctive=min(1.0, subject.mass(told.stems) / 40),
    )  # fmt: skip


def _which_notes(subject: Subject, rows: list[Row]) -> Iterator[Draft]:
    """TWO notes of a term. A term lends its notes as wrong options or asks for them, never both:
    a text that is always wrong or always right elsewhere would tell itself."""
    by_term: dict[int, list[Row]] = {}
    for row in rows:
        by_term.setdefault(row.term.place, []).append(row)
    order = sorted(
        by_term, key=lambda place: (-len(by_term[place]), _mark(by_term[place][0].term.name))
    )
    asking = order[::2]
    lending = [place for place in order if place not in asking]
    for place in asking:
        mine = by_term[place]
        term = mine[0].term
        candidates = []
        for other in lending:
            for row in by_term[other]:
                if ABLE.match(row.told.text):
                    continue
                near = next((n for rival, n in row.rivals if rival.place == place), 0.0)
                # What is told of a term further off may be true of this one as well.
                if near < BESIDE or any(
                    subject.mass(row.told.stems & own.told.stems)
                    > 0.3 * subject.mass(row.told.stems)
                    for own in mine
                ):
                    continue
                candidates.append(
                    Candidate(
                        upper_first(row.told.text),
                        f"The outline says this of {row.term.name}: “{row.told.text}”.",
                        "other_part_of_service", (row.told.evidence,), near,
                    )
                )  # fmt: skip
        where = place_of(subject, term.service)
        for row in mine:
            yield Draft(
                "which_note",
                pick((f"Which of these notes describes {term.name} in {where}?",
                      f"In {where}, which of these is said of {term.name}?"), row.told.text),
                [
                    Candidate(
                        upper_first(row.told.text),
                        f"The outline says it of {term.name}: “{row.told.text}”.",
                        "states_it", (row.told.evidence,),
                    )
                ],
                candidates, (row.told.fact,), term.service,
                f"{term.name}: {row.told.text}.", (row.told.evidence,), distinctive=0.6,
            )  # fmt: skip
        for start in range(0, len(mine) - 1, 2):
            keys = mine[start : start + 2]
            yield Draft(
                "two_notes",
                pick((f"Which TWO of these notes describe {term.name} in {where}?",
                      f"In {where}, which TWO of these are said of {term.name}?"),
                     term.name, start),
                [
                    Candidate(
                        upper_first(row.told.text),
                        f"The outline says it of {term.name}: “{row.told.text}”.",
                        "states_it", (row.told.evidence,),
                    )
                    for row in keys
                ],
                candidates, tuple(row.told.fact for row in keys), term.service,
                " ".join(f"{term.name}: {row.told.text}." for row in keys),
                tuple(row.told.evidence for row in keys), kind="multiple", distinctive=0.6,
            )  # fmt: skip


def note_matchings(
    subject: Subject, notes: Notes, services: Collection[int] | None = None
) -> Iterator[Item]:
    """Three or four terms of a topic, each with a note that none of the others could have."""
    for service in subject.services:
        if services is not None and service not in services:
            continue
        rows = sorted(notes.rows(service), key=lambda row: _mark("match", row.told.text))
        rows = [*rows, *sorted(rows, key=lambda row: _mark("again", row.told.text))]
        seen: set[frozenset[int]] = set()
        while len(rows) >= LEAST:
            chosen = [rows.pop(0)]
            for row in sorted(rows, key=lambda row: row.term.above != chosen[0].term.above):
                if len(chosen) == SIZE:
                    break
                if all(_fit(row, other) and _fit(other, row) for other in chosen):
                    chosen.append(row)
                    rows.remove(row)
            facts = frozenset(row.told.fact for row in chosen)
            if len(chosen) >= LEAST and not any(len(facts & other) >= LEAST for other in seen):
                seen.add(facts)
                yield _matching(subject, service, chosen)


def _fit(row: Row, other: Row) -> bool:
    return any(rival.place == other.term.place for rival, _ in row.rivals)


def _matching(subject: Subject, service: int, rows: list[Row]) -> Item:
    where = place_of(subject, service)
    first = rows[0]
    same = len({row.term.feature for row in rows}) == 1
    return Item(
        "matching", "matching_notes", plain(subject.records[service].text),
        subject.feature(subject.facts[first.told.fact]) if same else None, subject.domain(service),
        pick((f"In {where}, which of these notes describes which term?",
              f"Which description fits which of these terms of {where}?",
              f"In {where}, what is said of each of these?"), first.told.text),
        " ".join(f"{row.term.name}: {row.told.text}." for row in rows),
        tuple(row.told.evidence for row in rows), tuple(row.told.fact for row in rows), service,
        pairs=tuple((row.term.name, upper_first(row.told.text)) for row in rows), difficulty=0.5,
    )  # fmt: skip


def note_statements(
    subject: Subject, notes: Notes, seed: int, services: Collection[int] | None = None
) -> Iterator[Item]:
    """True and false items in twos that differ in nothing else: two notes, one of their terms."""
    for service in subject.services:
        if services is not None and service not in services:
            continue
        rows = sorted(notes.rows(service), key=lambda row: _mark("say", row.told.text))
        while len(rows) >= 2:
            one = rows.pop(0)
            other = next(
                (row for row in sorted(rows, key=lambda row: row.term.feature != one.term.feature)
                 if row.term is not one.term and _fit(row, one) and _fit(one, row)), None
            )  # fmt: skip
            if other is None:
                continue
            rows.remove(other)
            shown = (one, other)[_mark(seed, one.told.text)[0] % 2].term
            for row in (one, other):
                yield _statement(subject, row, shown)


def _statement(subject: Subject, row: Row, shown: Term) -> Item:
    told, is_true = row.told, shown is row.term
    where = place_of(subject, row.term.service)
    said = f"The outline says this of {row.term.name}: “{told.text}”."
    reason: Reason = "states_it" if is_true else "other_part_of_service"
    return Item(
        "true_false", "true_false_note", plain(subject.records[row.term.service].text),
        subject.feature(subject.facts[told.fact]), subject.domain(row.term.service),
        f"Is it true or false that in {where}, the note “{told.text}” describes {shown.name}?",
        said, (told.evidence,), (told.fact,), row.term.service,
        (
            Option("True", is_true, said, reason, (told.evidence,)),
            Option("False", not is_true, said,
                   "denied_by_line" if is_true else "states_it", (told.evidence,)),
        ),
        difficulty=0.4,
    )  # fmt: skip
