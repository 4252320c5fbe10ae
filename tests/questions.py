"""Questions to test with, one of each kind."""

from __future__ import annotations

from itertools import count
from typing import Any

_number = count(1)


def make_option(text: str, correct: bool) -> dict[str, Any]:
    return {
        "text": text,
        "correct": correct,
        "why": f"Why {text}.",
        "reason": "test",
        "evidence": [{"line": 3, "text": "A line"}],
    }


def make_question(
    kind: str = "single",
    *,
    topic: str = "VPC",
    feature: str | None = "Network ACLs",
    domain: str | None = None,
    stem: str = "Which one?",
    answers: tuple[str, ...] = ("stateless",),
    number: int | None = None,
    line: int = 3,
) -> dict[str, Any]:
    """A QUESTION; option 1 is right (single), 0 (true_false), 0 and 3 (multiple)."""
    keys = {"single": (1,), "true_false": (0,), "multiple": (0, 3)}.get(kind, ())
    sizes = {"single": 4, "true_false": 2, "multiple": 5}
    options = [make_option(f"Option {n}", n in keys) for n in range(sizes.get(kind, 0))]
    return {
        "id": f"{next(_number) if number is None else number:016x}",
        "kind": kind,
        "topic": topic,
        "feature": feature,
        "domain": domain,
        "stem": stem,
        "options": options,
        "pairs": [["a", "1"], ["b", "2"], ["c", "3"]] if kind == "matching" else None,
        "sequence": ["first", "second", "third"] if kind == "ordering" else None,
        "answers": list(answers) if kind == "cloze" else None,
        "explanation": "Because.",
        "evidence": [{"line": line, "text": "A line", "path": [topic]}],
        "difficulty": 0.5,
    }
