"""Which term does a note describe, typed: only where no other term of the topic comes near."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from quiz.items.gap_answers import in_both_numbers, known_words
from quiz.items.item import Item
from quiz.items.noted import Notes, Row, place_of
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.terms import ABLE
from quiz.items.things import SHARED

# In words that one fact alone has.
OWN_MASS = 1.5
# So many rivals at least must have been ruled out.
LEAST_RIVALS = 3
MOST_OF_TERM = 3


_TOKEN = re.compile(
    r"\d|[a-z][A-Z]|\w[:_/]\w|\b(?!AWS\b|VPC\b|API\b|EC2\b|S3\b|IAM\b)[A-Z]{2,}\w*"
    r"|(?<=\w )[A-Z][a-z]{2,}"
)


def has_token(text: str) -> bool:
    """Whether a description holds what few things have: a number, an identifier, a proper name.

    >>> has_token("Constrain high risk actions with conditions"), has_token("Reads DNS queries")
    (False, True)
    """
    return bool(_TOKEN.search(text))


def note_term_gaps(
    subject: Subject, notes: Notes, services: Collection[int] | None = None
) -> Iterator[Item]:
    known = known_words(subject, services)
    for service in subject.services:
        if services is not None and service not in services:
            continue
        asked: Counter[int] = Counter()
        for row in notes.rows(service):
            if asked[row.term.place] >= MOST_OF_TERM or not _is_fit(subject, notes, row):
                continue
            asked[row.term.place] += 1
            yield _item(subject, row, known)


def _is_fit(subject: Subject, notes: Notes, row: Row) -> bool:
    if not has_token(row.told.text):
        return False  # what is said in everyday words may be said of much
    if ABLE.match(row.told.text) or subject.mass(row.told.stems - SHARED) < OWN_MASS * subject.unit:
        return False
    term = row.term
    others = [
        other for other in notes.terms.of(term.service)
        if other is not term and other.place not in term.below and term.place not in other.below
    ]  # fmt: skip
    return len(others) == len(row.rivals) >= LEAST_RIVALS


def spellings_of(name: str) -> list[str]:
    """
    >>> spellings_of("Internet Gateway (IGW)")
    ['Internet Gateway (IGW)', 'Internet Gateway', 'IGW']
    """
    bare = re.sub(r"\s*\([^)]*\)", "", name)
    return list(dict.fromkeys([name, bare, *re.findall(r"\(([^)]+)\)", name)]))


def _item(subject: Subject, row: Row, known: frozenset[str]) -> Item:
    told, term = row.told, row.term
    where = place_of(subject, term.service)
    fact = subject.facts[told.fact]
    answers = spellings_of(term.name)
    entry = subject.lexicon.find(term.name)
    if entry is not None:
        answers += [name for name, _ in entry.names()]
    topic = subject.entries[term.service]
    named = [where] if topic is None else [where, *(name for name, _ in topic.names())]
    for name in sorted(named, key=len, reverse=True):
        # The stem says the topic already.
        answers += [a[len(name) + 1 :] for a in list(answers) if a.startswith(f"{name} ")]
    answers += [other for one in list(answers) for other in in_both_numbers(one, known)]
    stem = pick(
        (f"In {where}, ____ is described as “{told.text}”. Which term is missing?",
         f"In {where}, the note “{told.text}” describes ____. Which term is missing?"), told.text,
    )  # fmt: skip
    return Item(
        "cloze", "note_term_gap", subject.topic(fact), subject.feature(fact),
        subject.domain(term.service), stem, f"{term.name}: {told.text}.", (told.evidence,),
        (told.fact,), term.service, answers=tuple(dict.fromkeys(answers)), difficulty=0.7,
    )  # fmt: skip
