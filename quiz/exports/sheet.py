"""Questions as plain text to read or print, the answers behind them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from string import ascii_uppercase
from typing import Any

from quiz.exports.gift import explanation

Question = Mapping[str, Any]


def as_text(questions: Sequence[Question]) -> str:
    """All questions, numbered, then all answers with why and where it stands."""
    asked = [
        "\n".join([f"{number}. {question['stem']}", *(f"   {line}" for line in _shown(question))])
        for number, question in enumerate(questions, 1)
    ]
    answers = [
        "\n".join([f"{number}. {_answer(question)}", f"   {explanation(question)}"])
        for number, question in enumerate(questions, 1)
    ]
    return "\n\n".join([*asked, "Answers", *answers]) + "\n" if questions else ""


def _shown(question: Question) -> list[str]:
    match question["kind"]:
        case "single" | "multiple":
            return _lettered(option["text"] for option in question["options"])
        case "ordering":
            return _lettered(sorted(question["sequence"]))
        case "matching":
            left = [f"{number}) {one}" for number, (one, _) in enumerate(question["pairs"], 1)]
            return [*left, *_lettered(sorted(other for _, other in question["pairs"]))]
    return []


def _lettered(texts: Iterable[str]) -> list[str]:
    return [f"{letter}) {text}" for letter, text in zip(ascii_uppercase, texts, strict=False)]


def _answer(question: Question) -> str:
    match question["kind"]:
        case "cloze":
            return " or ".join(question["answers"])
        case "ordering":
            shown = sorted(question["sequence"])
            return ", ".join(ascii_uppercase[shown.index(step)] for step in question["sequence"])
        case "matching":
            shown = sorted(other for _, other in question["pairs"])
            return ", ".join(
                f"{number}-{ascii_uppercase[shown.index(other)]}"
                for number, (_, other) in enumerate(question["pairs"], 1)
            )
        case "true_false":
            return next(str(o["text"]) for o in question["options"] if o["correct"])
    lettered = zip(ascii_uppercase, question["options"], strict=False)
    return ", ".join(letter for letter, option in lettered if option["correct"])
