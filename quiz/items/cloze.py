"""What completes the statement: a number, an identifier, a name or its decisive word, typed."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from knowledge.lexicon import fold
from quiz.items.entities import singular
from quiz.items.facts import Fact, is_one_sentence, leans_back
from quiz.items.gap_answers import accepted, code_spellings, known_words, part_names
from quiz.items.gap_places import Names, Place, places_of
from quiz.items.gap_values import value_gap
from quiz.items.hints import Rivals, code_hint, hint
from quiz.items.item import Item
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.words import content

# What a place must be worth to be asked for, and where no choice asks of the statement.
WORTH_A_GAP, UNASKED = 3.1, 2.9
# In a topic that has little else.
IN_THIN = 2.4
# What is left must have so many words with a meaning, and weigh as much as so many words that one
# fact alone has: less forces nothing.
LEAST_WORDS, LEAST_LEFT = 4, 2.0
LONGEST = 200
# A name is asked for so often in a topic.
MOST_OF_NAME = 3
# Beside another question on the same value, a name is asked for from this worth on.
BESIDE = 3.3
# What is said beside another statement has more than one subject that fits.
_ALSO = re.compile(r"\b(?:also|likewise|similarly|as well|too)\b(?! (?:many|much|few|large|small))")
_PLURAL = re.compile(r"(?:two|three) ")
_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9/-]+s?")
_BRACKET = re.compile(r"\s*\(([^()]{2,40})\)")


@dataclass(frozen=True, slots=True)
class Terms:
    """What is read of an outline once: its names, its terms by their initials, the parts'
    other names, its words."""

    names: Names
    rivals: Rivals
    parts: Mapping[str, tuple[str, ...]]
    known: frozenset[str]


def cloze_items(
    subject: Subject,
    refused: Counter[str],
    services: Collection[int] | None = None,
    keys: Mapping[int, Collection[str]] | None = None,
    lowest: float = UNASKED,
) -> Iterator[Item]:
    """One gap a statement at most, other than the `keys` that choices on the same fact have; of a
    statement that no choice asks, from the worth `lowest` on."""
    if not subject.english:
        return
    terms: Terms | None = None
    made: Counter[tuple[int, str]] = Counter()
    for fact in subject.facts_in(services):
        if fact.kind != "statement" or len(fact.text) > LONGEST or leans_back(fact.text):
            continue
        if not is_one_sentence(fact.text):
            continue
        asked = {fold(key) for key in (keys or {}).get(fact.index, ())}
        value = value_gap(subject, fact, refused)
        if value is not None and not any(fold(answer) in asked for answer in value.answers):
            yield _item(subject, fact, value.what, value.told, value.answers, 0.65)
            continue
        terms = terms or Terms(
            Names(subject),
            Rivals(subject, services),
            part_names(subject),
            known_words(subject, services),
        )
        least = lowest if keys is not None and fact.index not in keys else WORTH_A_GAP
        often = {name for (topic, name), count in made.items()
                 if topic == fact.service and count >= MOST_OF_NAME}  # fmt: skip
        item = _term_gap(
            subject, terms, fact, asked | often, BESIDE if value is not None else least
        )
        if item is not None:
            made[fact.service, fold(singular((item.answers or ("",))[0]))] += 1
            yield item
        elif value is not None:
            yield _item(subject, fact, value.what, value.told, value.answers, 0.65)


def _item(
    subject: Subject, fact: Fact, what: str, told: str, answers: list[str], difficulty: float
) -> Item:
    s = "" if _PLURAL.match(what) else "s"
    bare = told.removesuffix(".")
    stem = pick(
        (f"Which {what} complete{s} this statement: “{told}”?",
         f"Which {what} {'is' if s else 'are'} missing in this statement: “{told}”?",
         f"In the statement “{bare}”, which {what} belong{s} in the gap?",
         f"Which {what} fill{s} the gap in “{bare}”?"),
        fact.text,
    )  # fmt: skip
    if subject.entries.get(fact.service) is None and not _names_topic(subject, fact):
        stem = f"On {subject.topic(fact)}: {stem[0].lower()}{stem[1:]}"
    return Item(
        "cloze", "cloze", subject.topic(fact), subject.feature(fact), subject.domain(fact.service),
        stem, fact.text, (subject.evidence(fact),), (fact.index,), fact.service,
        answers=tuple(dict.fromkeys(answers)), difficulty=difficulty,
    )  # fmt: skip


def _names_topic(subject: Subject, fact: Fact) -> bool:
    return bool(content(subject.topic(fact)) & fact.stems)


def _term_gap(
    subject: Subject, terms: Terms, fact: Fact, asked: set[str], least: float
) -> Item | None:
    if _ALSO.search(fact.text):
        return None
    whole = subject.records[fact.index].text.rstrip().endswith(".")
    for place in places_of(subject, terms.names, terms.rivals, fact, least):
        if place.score < least:
            return None
        text = fact.text[place.start : place.end]
        if {fold(text), fold(singular(text))} & asked or (
            not whole and not (place.code or place.name)
        ):
            continue
        if content(text) & fact.added:
            continue  # the note doesn't say it
        if not _is_forced(subject, f"{fact.text[: place.start]} {fact.text[place.end :]}"):
            continue
        if place.code:
            shown = code_hint(terms.rivals, text, fact.service)
            if shown is None:
                continue
            told = f"{fact.text[: place.start]}{shown}{fact.text[place.end :]}"
            return _item(subject, fact, place.what, told, code_spellings(text), 0.7)
        item = _name_gap(subject, terms, fact, place)
        if item is not None:
            return item
    return None


def _is_forced(subject: Subject, left: str) -> bool:
    """Whether what is left of a statement says enough to tell what is missing."""
    stems = content(left)
    unique = math.log((len(subject.facts) + 1) / 2) + 0.1
    return len(stems) >= LEAST_WORDS and subject.mass(stems) >= LEAST_LEFT * unique


def _name_gap(subject: Subject, terms: Terms, fact: Fact, place: Place) -> Item | None:
    text = fact.text[place.start : place.end]
    head, tail = fact.text[: place.start], fact.text[place.end :]
    if re.search(r"\([^)]*$", head):
        return None
    others: list[str] = []
    if match := _BRACKET.match(tail):
        # 'virtual socket (vsock)': the bracket would say it.
        others, tail = [match[1]], tail[match.end() :]
    answers = accepted(subject, terms.parts, terms.known, text, others)
    words = tuple(text.split())
    shown = hint(terms.rivals, words, fact.service, place.before, place.behind, answers)
    if shown is None:
        return None
    what = place.what
    if not what:
        abbreviated = len(words) == 1 and _ABBREVIATION.fullmatch(text)
        plain = len(words) == 1 and text.islower()
        what = "abbreviation" if abbreviated else "word" if plain else "term"
    return _item(subject, fact, what, f"{head}{shown}{tail}", answers, 0.6)
