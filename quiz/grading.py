"""From a form to an answer, and from an answer to right or wrong: pure.

An answer speaks of the question's own parts, not of where they were shown, so that it means the
same for ever: {"choice": 2}, {"choices": [0, 3]}, {"text": "…"}, {"order": [2, 0, 1]} (the steps,
by their place in `sequence`, as the learner ordered them), {"matches": [1, 0, 2]} (for each left
side the right side that was put beside it). A question counts as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quiz.gaps import find_match
from quiz.questions import Question, keys_of, size_of

Form = Mapping[str, Sequence[str]]
Answer = dict[str, Any]
LONGEST_TEXT = 200
LONGEST_MS = 24 * 3600 * 1000
_NUMBER = re.compile(r"[0-9]{1,9}\Z")
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class AnswerError(Exception):
    """What came isn't an answer to the question; the text is a sentence for the learner."""


@dataclass(frozen=True)
class Grade:
    """`parts` are the single steps or pairs, of other kinds the whole; `accepted` is the text
    that a gap was taken for, `slip` whether it was spelled otherwise."""

    right: bool
    parts: tuple[bool, ...]
    accepted: str | None = None
    slip: bool = False


@dataclass(frozen=True)
class Reply:
    """All that a form says: the answer, whether it was a guess, how long it took."""

    answer: Answer
    guessed: bool = False
    ms: int | None = None


def read_reply(question: Question, layout: Sequence[int] | None, form: Form) -> Reply:
    """The reply in a form. Fields: `question` (its id), `choice` (0-based, repeated for several),
    `text`, `place-N` (1-based place for the step shown N-th), `match-N` (place of the right side
    shown, for the N-th left side), `guessed`, `ms`. Raises AnswerError."""
    asked = _one(form, "question", "The form doesn't say which question it answers.")
    if asked != question["id"]:
        raise AnswerError("This form belongs to another question. Reload the page to go on.")
    ms = _one(form, "ms", "") if form.get("ms") else ""
    return Reply(
        read_answer(question, layout, form),
        guessed=any(value in ("1", "on", "true") for value in form.get("guessed", ())),
        ms=min(int(ms), LONGEST_MS) if _NUMBER.match(ms) else None,
    )


def read_answer(question: Question, layout: Sequence[int] | None, form: Form) -> Answer:
    """The answer in a form; raises AnswerError with a sentence where there is none."""
    match question["kind"]:
        case "multiple":
            return {"choices": _choices(question, form)}
        case "cloze":
            return {"text": _text(form)}
        case "ordering":
            return {"order": _order(size_of(question), layout, form)}
        case "matching":
            return {"matches": _matches(size_of(question), layout, form)}
    choice = _one(form, "choice", "Choose an option first.")
    return {"choice": _place(choice, size_of(question), "option")}


def check_answer(question: Question, answer: object) -> Answer:
    """An answer that was stored or imported, if it is one to this question; raises AnswerError."""
    wrong = AnswerError("That is no answer to this question.")
    if not isinstance(answer, dict) or len(answer) != 1:
        raise wrong
    size = size_of(question)
    (name, value), *_ = answer.items()
    places = [value] if name == "choice" else value
    match question["kind"], name:
        case "cloze", "text":
            if not isinstance(value, str) or len(value) > LONGEST_TEXT:
                raise wrong
            return {"text": value}
        case ("single" | "true_false", "choice") | ("multiple", "choices"):
            fits = True
        case ("ordering", "order") | ("matching", "matches"):
            fits = isinstance(value, list) and len(value) == size
        case _:
            raise wrong
    if not fits or not isinstance(places, list) or not all(type(place) is int for place in places):
        raise wrong
    if len(set(places)) != len(places) or not all(0 <= place < size for place in places):
        raise wrong
    return {name: value}


def grade(question: Question, answer: Answer | None) -> Grade:
    """Right or wrong; None, no answer, is wrong."""
    kind = question["kind"]
    if answer is None:
        return Grade(False, (False,) * (size_of(question) if kind == "matching" else 1))
    if kind == "cloze":
        match = find_match(answer["text"], question["answers"])
        if match is None:
            return Grade(False, (False,))
        return Grade(True, (True,), match.accepted, match.slip)
    if kind in ("ordering", "matching"):
        return _grade_places(question, answer["order" if kind == "ordering" else "matches"])
    chosen = answer["choices"] if kind == "multiple" else [answer["choice"]]
    right = set(chosen) == set(keys_of(question))
    return Grade(right, (right,))


def _grade_places(question: Question, places: Sequence[int]) -> Grade:
    """Steps or right sides with the same words stand for each other."""
    texts = (
        list(question["sequence"])
        if question["kind"] == "ordering"
        else [right for _, right in question["pairs"]]
    )
    parts = tuple(texts[place] == texts[index] for index, place in enumerate(places))
    return Grade(all(parts), parts)


def _one(form: Form, name: str, missing: str) -> str:
    values = form.get(name, ())
    if not values:
        raise AnswerError(missing)
    if len(values) > 1:
        raise AnswerError("The form gives more than one value where one belongs.")
    return values[0]


def _place(value: str, size: int, what: str) -> int:
    if not _NUMBER.match(value) or not 0 <= int(value) < size:
        raise AnswerError(f"There is no such {what}. Nothing was changed.")
    return int(value)


def _choices(question: Question, form: Form) -> list[int]:
    values = form.get("choice", ())
    if not values:
        raise AnswerError("Choose an option first.")
    chosen = sorted({_place(value, size_of(question), "option") for value in values[:100]})
    wanted = len(keys_of(question))
    if len(chosen) != wanted:
        raise AnswerError(f"Choose {_count(wanted)} options; you chose {_count(len(chosen))}.")
    return chosen


def _count(number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) else str(number)


def _text(form: Form) -> str:
    text = " ".join(_one(form, "text", "Type an answer first.").split())
    if not text:
        raise AnswerError("Type an answer first.")
    if len(text) > LONGEST_TEXT:
        raise AnswerError(f"An answer can have at most {LONGEST_TEXT} characters.")
    if not text.isprintable():
        raise AnswerError("The answer holds characters that can't be typed.")
    return text


def _order(size: int, layout: Sequence[int] | None, form: Form) -> list[int]:
    shown = list(layout or range(size))
    order: list[int | None] = [None] * size
    for place in range(size):
        value = _one(form, f"place-{place}", "Give each step a place first.")
        to = _place(_less_one(value), size, "place")
        if order[to] is not None:
            raise AnswerError(f"Two steps have place {to + 1}. Each place is for one step.")
        order[to] = shown[place]
    return [index for index in order if index is not None]


def _less_one(value: str) -> str:
    return str(int(value) - 1) if _NUMBER.match(value) else value


def _matches(size: int, layout: Sequence[int] | None, form: Form) -> list[int]:
    shown = list(layout or range(size))
    chosen = []
    for left in range(size):
        value = _one(form, f"match-{left}", "Give each entry on the left a partner first.")
        chosen.append(_place(value, size, "partner"))
    if len(set(chosen)) != size:
        raise AnswerError("Each entry on the right can be used only once.")
    return [shown[place] for place in chosen]
