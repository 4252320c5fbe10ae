"""The number of a statement as a gap: its unit stays, as it says what is measured."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from quiz.items.facts import Fact
from quiz.items.hints import GAP
from quiz.items.measures import Measure, measures_of
from quiz.items.subject import Subject
from quiz.items.values import NUMBER_WORDS, shown
from quiz.items.words import content

# From this share of their words on, two lines say the same of the same.
SAME = 0.6
_WORDS: dict[float, str] = {value: word for word, value in NUMBER_WORDS.items()}
_SHORT = {"second": "s", "minute": "min", "hour": "h", "day": "d", "year": "y"}
# One of a time is written as so many of a smaller one.
_ONE = {
    "minute": ("60 seconds",), "hour": ("60 minutes",), "day": ("24 hours",), "week": ("7 days",),
    "year": ("12 months", "365 days"),
}  # fmt: skip
_LISTED_BEFORE = re.compile(r"\d[\w ]*, (?:or |and )?$|\d[\w ]*, \d[\w ,]* (?:or|and) $")
_LISTED_BEHIND = re.compile(r"[\w ]*, \d")
_KINDS = {"ip": "IP address", "port": "port number", "code": "status code"}


_LOOSE = re.compile(r"\b(?:can|may|for example|such as|e\.g\.)\b")


@dataclass(frozen=True, slots=True)
class ValueGap:
    measure: Measure
    what: str
    told: str
    answers: list[str]


def value_gap(subject: Subject, fact: Fact, refused: Counter[str]) -> ValueGap | None:
    """The gap of the number that a statement is most about, or None."""
    measure = best_measure(subject, fact, refused)
    if measure is None:
        return None
    text = fact.text
    ends = bool(measure.bound) or _ends(fact, measure)
    if _LOOSE.search(text[: measure.start]) and not ends:
        return None  # 'can return a 404': one value of several
    if measure.value == 1 and measure.is_time:
        # 'at most 1 hour': the unit's number would say it.
        unit = measure.unit.removesuffix("s")
        article = "an" if unit == "hour" else "a"
        answers = [f"1 {unit}", f"one {unit}", f"{article} {unit}", *_ONE.get(unit, ())]
        told = f"{text[: measure.start]}{GAP}{text[measure.drop :]}"
        return ValueGap(measure, "duration", told, answers)
    end, behind = measure.end, measure.drop
    kept = text[end : measure.tail] if measure.drop > measure.tail else text[end:behind]
    told = f"{text[: measure.start]}{GAP}{kept}{text[behind:]}"
    return ValueGap(measure, _KINDS.get(measure.family, "number"), told, spellings(text, measure))


def spellings(text: str, measure: Measure) -> list[str]:
    """Accepted ways to type a number, the one of the line first, with and without its unit."""
    said = text[measure.start : measure.end]
    found = [said]
    if measure.family != "ip":
        found += [said.replace(",", ""), shown(measure.value, "")]
        if measure.value in _WORDS:
            found.append(_WORDS[measure.value])
    word = measure.unit or (measure.noun if measure.tail > measure.end else "")
    if word:
        found += [f"{one} {word}" for one in list(found)]
        if short := _SHORT.get(measure.unit.removesuffix("s")):
            digits = shown(measure.value, "")
            found += [f"{digits} {short}", f"{digits}{short}"]
    if measure.family == "bit":
        found += [f"{said}-bit", f"{said} bits"]
    if measure.family in {"port", "layer", "level"}:
        found.append(f"{measure.family} {said}")
    return list(dict.fromkeys(found))


def best_measure(subject: Subject, fact: Fact, refused: Counter[str]) -> Measure | None:
    """The number of a statement that is worth most, where the rest doesn't tell it."""
    every = measures_of(fact)
    if len(every) > 3:
        return None
    found = [
        measure
        for measure in every
        if measure.value != 1 or measure.is_time or not (measure.unit or measure.noun)
    ]
    values = Counter((measure.value, measure.unit) for measure in found)
    found = [m for m in found if values[m.value, m.unit] == 1 or m.bound]
    found = [m for m in found if not _told_again(fact, m) and not _is_listed(fact, m)]
    # 'Layers 6 and ____' tells itself.
    found = [m for m in found if not re.search(r"\d (?:and|or) $", fact.text[: m.start])]
    if not found:
        return None
    # A bound says most; of a range its end, of two layers the second.
    best = max(
        found,
        key=lambda m: (bool(m.bound), m.value != 1, _ends(fact, m) and m.start, -m.start),
    )  # fmt: skip
    if has_rival_value(subject, fact, best):
        refused["other_value_beside"] += 1
        return None
    return best


def _is_listed(fact: Fact, measure: Measure) -> bool:
    """Whether a number is one of three or more, none of which the others tell."""
    around = fact.text[: measure.start][-24:], fact.text[measure.end :][:24]
    return bool(_LISTED_BEFORE.search(around[0]) or _LISTED_BEHIND.match(around[1]))


def _ends(fact: Fact, measure: Measure) -> bool:
    """Whether a number ends a range or a pair."""
    before = fact.text[: measure.start].split()[-4:]
    return before[-1:] in (["to"], ["and"]) and any(re.match(r"[\d.,]+$", w) for w in before)


def _told_again(fact: Fact, measure: Measure) -> bool:
    """Whether the rest of the statement says the number once more."""
    said = fact.text[measure.start : measure.end]
    rest = f"{fact.text[: measure.start]} {fact.text[measure.drop :]}"
    return f" {said} " in f" {rest.replace('.', ' ').replace(',', ' ')} "


def has_rival_value(subject: Subject, fact: Fact, measure: Measure) -> bool:
    """Whether another line says the same of the same with a number of its own.

    Where each of the two lines has a word that the other lacks, they speak of two things.
    """
    own = content(fact.text[: measure.start] + fact.text[measure.drop :])
    for other in subject.by_service.get(fact.service, ()):
        if other.index == fact.index or len(other.stems & own) < 2:
            continue
        for rival in measures_of(other):
            if (rival.unit, rival.family) != (measure.unit, measure.family):
                continue
            theirs = content(other.text[: rival.start] + other.text[rival.drop :])
            if rival.value == measure.value or (own - theirs and theirs - own):
                continue
            least = min(subject.mass(own), subject.mass(theirs))
            if subject.mass(own & theirs) >= SAME * least:
                return True
    return False
