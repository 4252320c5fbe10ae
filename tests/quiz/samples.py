"""Questions to test with: keyword functions with defaults, as plain data."""

from __future__ import annotations

from hashlib import sha256
from typing import Any


def make_option(text: str, correct: bool = False, **changed: Any) -> dict[str, Any]:
    why = f"The outline says so of {text}." if correct else f"That is true of others than {text}."
    return {
        "text": text, "correct": correct, "why": why,
        "reason": "states_it" if correct else "belongs_to_other_service",
        "evidence": [{"line": 7, "text": f"A line about {text}."}],
    } | changed  # fmt: skip


def make_question(
    stem: str = "Which service stores objects?",
    right: str | list[str] = "S3",
    wrong: list[str] | None = None,
    *,
    key_at: int = 0,
    **changed: Any,
) -> dict[str, Any]:
    """A choice item, its keys from place `key_at` on; `changed` replaces whole fields."""
    keys = [right] if isinstance(right, str) else right
    others = ["SQS", "EBS", "ECS"] if wrong is None else wrong
    options = [make_option(text) for text in others]
    options[key_at:key_at] = [make_option(text, True) for text in keys]
    line = int(sha256(f"{stem} {keys}".encode()).hexdigest()[:6], 16)
    question = {
        "kind": "single" if len(keys) == 1 else "multiple",
        "topic": "S3", "feature": None, "domain": None, "stem": stem, "options": options,
        "pairs": None, "sequence": None, "answers": None, "explanation": "S3 stores objects.",
        "evidence": [{"line": line, "text": f"Line of: {stem} {keys}", "path": ["S3"]}],
        "difficulty": 0.5,
    } | changed  # fmt: skip
    question.setdefault("id", sha256(repr(question).encode()).hexdigest()[:16])
    return question


def make_multiple(**changed: Any) -> dict[str, Any]:
    stem = "Which TWO services store data?"
    return make_question(stem, ["S3", "EBS"], ["SQS", "SNS", "SES"], **changed)


def make_statement(stem: str = "Is it true or false that S3 stores objects?", truth: bool = True,
                   **changed: Any) -> dict[str, Any]:  # fmt: skip
    options = [make_option("True", truth), make_option("False", not truth)]
    return make_question(stem, kind="true_false", **({"options": options} | changed))


def make_cloze(**changed: Any) -> dict[str, Any]:
    data = {"kind": "cloze", "options": [], "answers": ["objects", "object"],
            "stem": "Which word completes this: “S3 stores ____ in buckets.”?"}  # fmt: skip
    return make_question(**(data | changed))


def make_matching(pairs: list[list[str]] | None = None, **changed: Any) -> dict[str, Any]:
    pairs = pairs or [["S3", "Stores objects"], ["SQS", "Queues messages"], ["KMS", "Keeps keys"]]
    data = {"kind": "matching", "options": [], "pairs": pairs}
    return make_question("Which service does what?", **(data | changed))


def make_ordering(sequence: list[str] | None = None, **changed: Any) -> dict[str, Any]:
    data = {"kind": "ordering", "options": [],
            "sequence": sequence or ["Create it", "Use it", "Delete it"]}  # fmt: skip
    return make_question("In which order do the steps come?", **(data | changed))


def one_of_each() -> list[dict[str, Any]]:
    return [
        make_question(), make_multiple(), make_statement(), make_cloze(), make_matching(),
        make_ordering(),
    ]  # fmt: skip
