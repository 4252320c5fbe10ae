"""A question as a page shows it: what can be chosen, what was, and once it is over what was right.

Pure. `given` is an answer as `quiz.grading` keeps it; `sent` is a form that held none, so that
what somebody chose or typed is still there beside the sentence that says what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Any

from quiz.grading import Answer, Form, Grade
from quiz.questions import Question, keys_of

KIND_NAMES = {
    "single": "One answer", "multiple": "Several answers", "true_false": "True or false",
    "cloze": "Fill the gap", "ordering": "Put in order", "matching": "Match",
}  # fmt: skip
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# A gap that shows the first letters of what it takes.
_LETTERS = re.compile(r"[^\W_]____")


@dataclass(frozen=True)
class Choice:
    """An option; `correct` is None as long as nothing is told."""

    value: int
    letter: str
    text: str
    chosen: bool
    correct: bool | None = None
    why: str = ""
    lines: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Step:
    """A step in the place where it is shown; `place` is the one it was given, from 1."""

    name: str
    text: str
    place: int | None
    belongs: int | None = None

    @property
    def right(self) -> bool:
        return self.place == self.belongs


@dataclass(frozen=True)
class Partner:
    value: int
    letter: str
    text: str


@dataclass(frozen=True)
class Pairing:
    """A left side; `chosen` and `belongs` are partners."""

    name: str
    left: str
    chosen: Partner | None
    belongs: Partner | None = None
    right: bool = False


@dataclass(frozen=True)
class Shown:
    kind: str
    stem: str
    asks: str
    choices: Sequence[Choice] = ()
    steps: Sequence[Step] = ()
    pairings: Sequence[Pairing] = ()
    partners: Sequence[Partner] = ()
    text: str = ""
    accepted: Sequence[str] = ()
    slip: bool = False
    places: Sequence[int] = field(default=())

    @property
    def several(self) -> bool:
        return self.kind == "multiple"

    @property
    def in_order(self) -> Sequence[Step]:
        """The steps as they belong."""
        return sorted(self.steps, key=lambda step: step.belongs or 0)


def show_question(
    question: Question,
    layout: Sequence[int] | None,
    given: Answer | None = None,
    *,
    sent: Form | None = None,
    verdict: Grade | None = None,
) -> Shown:
    """The question to answer, or with a verdict to read."""
    kind = question["kind"]
    answer, form = given or {}, sent or {}
    stem, asks = question["stem"], _asks(question)
    match kind:
        case "cloze":
            text = answer.get("text") or next(iter(form.get("text", ())), "")
            accepted = question["answers"] if verdict else ()
            return Shown(
                kind, stem, asks, text=text, accepted=accepted, slip=bool(verdict and verdict.slip)
            )
        case "ordering":
            steps = _steps(question, layout or (), answer, form, bool(verdict))
            return Shown(kind, stem, asks, steps=steps, places=range(1, len(steps) + 1))
        case "matching":
            partners, pairings = _pairs(question, layout or (), answer, form, verdict)
            return Shown(kind, stem, asks, pairings=pairings, partners=partners)
    return Shown(kind, stem, asks, choices=_choices(question, answer, form, bool(verdict)))


def _asks(question: Question) -> str:
    match question["kind"]:
        case "multiple":
            number = len(keys_of(question))
            return f"Choose {_NUMBERS[number] if number < len(_NUMBERS) else number}."
        case "cloze":
            if _LETTERS.search(question["stem"]):
                return "Type what fills the gap, with the letters shown."
            return "Type what fills the gap."
        case "ordering":
            return "Put these in order; 1 comes first."
        case "matching":
            return "Match each with its partner."
    return "Choose one."


def _choices(question: Question, answer: Answer, form: Form, told: bool) -> list[Choice]:
    chosen = set(answer.get("choices", ()))
    if "choice" in answer:
        chosen.add(answer["choice"])
    sent = set(form.get("choice", ()))
    return [
        Choice(
            place, ascii_uppercase[place], option["text"], place in chosen or str(place) in sent,
            option["correct"] if told else None, option.get("why", "") if told else "",
            option.get("evidence", ()) if told else (),
        )
        for place, option in enumerate(question["options"])
    ]  # fmt: skip


def _steps(
    question: Question, layout: Sequence[int], answer: Answer, form: Form, told: bool
) -> list[Step]:
    order = answer.get("order")
    texts = question["sequence"]
    steps = []
    for shown, index in enumerate(layout):
        name = f"place-{shown}"
        sent = next(iter(form.get(name, ())), "")
        place = order.index(index) + 1 if order else int(sent) if _is_place(sent, texts) else None
        belongs = None
        if told:
            belongs = index + 1
            # Steps with the same words stand for each other.
            if place and texts[place - 1] == texts[index]:
                belongs = place
        steps.append(Step(name, texts[index], place, belongs))
    return steps


def _pairs(
    question: Question, layout: Sequence[int], answer: Answer, form: Form, verdict: Grade | None
) -> tuple[list[Partner], list[Pairing]]:
    pairs = question["pairs"]
    partners = [
        Partner(shown, ascii_uppercase[shown], pairs[index][1])
        for shown, index in enumerate(layout)
    ]
    matches = answer.get("matches")
    pairings = []
    for place, (left, _) in enumerate(pairs):
        name = f"match-{place}"
        sent = next(iter(form.get(name, ())), "")
        chosen = None
        if matches:
            chosen = partners[list(layout).index(matches[place])]
        elif sent.isascii() and sent.isdigit() and len(sent) < 4 and int(sent) < len(partners):
            chosen = partners[int(sent)]
        belongs = partners[list(layout).index(place)] if verdict else None
        right = bool(verdict and len(verdict.parts) > place and verdict.parts[place])
        pairings.append(Pairing(name, left, chosen, belongs, right))
    return partners, pairings


def _is_place(text: str, steps: Sequence[str]) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= len(steps)
