"""Flaws that no item shows by itself: one that helps with another, keys in the same place. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import sqrt

from quiz.items.flaws import Question, keys_of
from quiz.items.wording import bare, core, has_phrase
from quiz.items.words import content

# The two must speak of the same thing: so much of the asking stem's words stand in the other.
SHARED = 0.5
LEAST_SHARED = 3
# A share of positions may differ from an even one by this, or by so many standard errors.
UNEVEN = 0.03
ERRORS = 2.7


def answers_of(question: Question) -> list[str]:
    """What a learner has to find, as bare texts; names of a letter or two tell nothing."""
    if question["kind"] == "cloze":
        found = [core(answer) for answer in question["answers"]]
    elif question["kind"] in ("single", "multiple"):
        found = [core(key) for key in keys_of(question)]
    else:
        found = []
    return [text for text in found if len(text) > 2]


def shown(question: Question) -> str:
    """All that a learner reads of an item before answering it."""
    parts = [question["stem"], *(option["text"] for option in question["options"])]
    parts += [side for pair in question["pairs"] or () for side in pair]
    return " ".join([*parts, *(question["sequence"] or ())])


def gives_away(teller: Question, asked: Question) -> bool:
    """Whether who reads `teller` has read the answer of `asked`."""
    if _key_line(teller) is not None and _key_line(teller) == _key_line(asked):
        return True
    text = shown(teller)
    plain = bare(text)
    answers = answers_of(asked)
    if not answers or not all(has_phrase(plain, answer) for answer in answers):
        return False
    stem = content(asked["stem"])
    return len(stem & content(text)) >= max(LEAST_SHARED, SHARED * len(stem))


def _key_line(question: Question) -> int | None:
    return question["evidence"][0]["line"] if question["evidence"] else None


def giveaways(quiz: Sequence[Question]) -> list[tuple[str, str]]:
    """(id of the item that tells, id of the item told) of each such pair in a quiz."""
    return [
        (one["id"], other["id"])
        for pair in combinations(quiz, 2)
        for one, other in (pair, pair[::-1])
        if gives_away(one, other)
    ]


def uneven_positions(bank: Sequence[Question]) -> list[str]:
    """The places, of items with so many options, where keys stand too often or too rarely."""
    places: dict[tuple[str, int], Counter[int]] = {}
    for question in bank:
        options = question["options"]
        if question["kind"] in ("single", "multiple", "true_false"):
            # True and False are the places of a statement, in whichever order they are shown.
            ordered = sorted(options, key=_answer) if question["kind"] == "true_false" else options
            counts = places.setdefault((question["kind"], len(options)), Counter())
            counts.update(place for place, option in enumerate(ordered) if option["correct"])
    return [
        f"{kind} of {size}, place {place + 1}: {counts[place]} of {counts.total()}"
        for (kind, size), counts in sorted(places.items())
        for place in range(size)
        if _is_uneven(counts, place, size)
    ]


def _answer(option: Mapping[str, str]) -> bool:
    return option["text"].casefold() != "true"


def _is_uneven(counts: Mapping[int, int], place: int, size: int) -> bool:
    whole, even = sum(counts.values()), 1 / size
    bound = max(UNEVEN, ERRORS * sqrt(even * (1 - even) / whole))
    return abs(counts[place] / whole - even) > bound
