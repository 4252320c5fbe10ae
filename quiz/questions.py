"""A question as it is asked: its shape, the facts that it rates, the order in which it is shown.

Pure. A question is the QUESTION JSON of interfaces.md; beside it go the keys of its facts.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Question = Mapping[str, Any]
CHOICES = ("single", "true_false", "multiple")
KINDS = (*CHOICES, "cloze", "ordering", "matching")
MOST_PARTS = 26


@dataclass(frozen=True)
class Asked:
    """A question with the keys of its facts: evidence[0]'s first; of a matching, one a pair."""

    question: Question
    facts: tuple[int, ...] = ()

    @property
    def rated(self) -> tuple[int, ...]:
        """The facts that an answer rates."""
        return self.facts if self.question["kind"] == "matching" else self.facts[:1]


def keys_of(question: Question) -> list[int]:
    """The places of the right options."""
    return [place for place, option in enumerate(question["options"]) if option["correct"]]


def size_of(question: Question) -> int:
    """How many options, steps or pairs there are; 1 for a gap."""
    match question["kind"]:
        case "ordering":
            return len(question["sequence"])
        case "matching":
            return len(question["pairs"])
        case "cloze":
            return 1
    return len(question["options"])


def layout_of(question: Question, seed: str) -> list[int] | None:
    """Where steps, or the right sides of pairs, are shown: place → index; None where not needed.

    The same question and seed give the same order; an ordering is never shown as it should be.
    """
    if question["kind"] not in ("ordering", "matching"):
        return None
    order = list(range(size_of(question)))
    draw = random.Random(f"{seed}:{question['id']}")  # noqa: S311
    draw.shuffle(order)
    if len(order) > 1 and order == sorted(order):
        order = [*order[1:], order[0]]
    return order


def chance_of(question: Question) -> float:
    """How often somebody who knows nothing is right."""
    size = size_of(question)
    match question["kind"]:
        case "single" | "true_false":
            return 1 / size
        case "multiple":
            return 1 / _choose(size, len(keys_of(question)))
        case "ordering" | "matching":
            return 1 / _factorial(size)
    return 0.0


def _factorial(number: int) -> int:
    product = 1
    for factor in range(2, number + 1):
        product *= factor
    return product


def _choose(size: int, taken: int) -> int:
    return _factorial(size) // (_factorial(taken) * _factorial(size - taken))


def problem_with(question: object) -> str | None:
    """Why something from outside is no question, as a sentence; None when it is one."""
    if not isinstance(question, dict):
        return "A question must be an object."
    kind = question.get("kind")
    if kind not in KINDS:
        return "A question's kind is unknown."
    for name in ("id", "topic", "stem", "explanation"):
        if not isinstance(question.get(name), str):
            return f"A question's {name} must be text."
    evidence = question.get("evidence")
    if not isinstance(evidence, list) or not all(isinstance(line, dict) for line in evidence):
        return "A question's evidence must be a list of lines."
    options = question.get("options")
    if not isinstance(options, list) or not all(_is_option(option) for option in options):
        return "A question's options must be a list of texts, each right or wrong."
    return _problem_with_parts(question)


def _problem_with_parts(question: dict[str, Any]) -> str | None:
    kind = question["kind"]
    if kind in CHOICES:
        right = len(keys_of(question))
        if not 2 <= len(question["options"]) <= MOST_PARTS:
            return "A question must have from 2 to 26 options."
        if right < 1 or (kind != "multiple" and right != 1):
            return "A question's options don't hold the right number of right ones."
    elif kind == "cloze" and not _texts(question.get("answers"), 1):
        return "A gap must have an accepted answer."
    elif kind == "ordering" and not _texts(question.get("sequence"), 2):
        return "An ordering must have from 2 to 26 steps."
    elif kind == "matching":
        pairs = question.get("pairs")
        if not isinstance(pairs, list) or not 2 <= len(pairs) <= MOST_PARTS:
            return "A matching must have from 2 to 26 pairs."
        if not all(_texts(pair, 2) and len(pair) == 2 for pair in pairs):
            return "Each pair of a matching must be two texts."
    return None


def _is_option(option: object) -> bool:
    return (
        isinstance(option, dict)
        and isinstance(option.get("text"), str)
        and isinstance(option.get("correct"), bool)
    )


def _texts(value: object, least: int) -> bool:
    return (
        isinstance(value, list)
        and least <= len(value) <= MOST_PARTS
        and all(isinstance(text, str) for text in value)
    )
