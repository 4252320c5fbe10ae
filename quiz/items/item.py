"""One item, in the shape of the QUESTION JSON of interfaces.md."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Literal

ItemKind = Literal["single", "multiple", "true_false", "cloze", "ordering", "matching"]
KINDS: tuple[ItemKind, ...] = (
    "single", "multiple", "true_false", "cloze", "ordering", "matching",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line of the outline: its 1-based number (None where no line names it) and its words."""

    line: int | None
    text: str
    path: tuple[str, ...] = ()

    def as_dict(self, with_path: bool = False) -> dict[str, Any]:
        data: dict[str, Any] = {"line": self.line, "text": self.text}
        if with_path:
            data["path"] = list(self.path)
        return data


@dataclass(frozen=True, slots=True)
class Option:
    text: str
    correct: bool
    why: str
    reason: str
    evidence: tuple[Evidence, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "correct": self.correct,
            "why": self.why,
            "reason": self.reason,
            "evidence": [evidence.as_dict() for evidence in self.evidence],
        }


@dataclass(slots=True)
class Item:
    """A question. `facts` are the record indices of the facts that it asks, evidence[0]'s first
    (for matching: that of each pair, in the order of `pairs`)."""

    kind: ItemKind
    shape: str
    topic: str
    feature: str | None
    domain: str | None
    stem: str
    explanation: str
    evidence: tuple[Evidence, ...]
    facts: tuple[int, ...]
    service: int
    options: tuple[Option, ...] = ()
    pairs: tuple[tuple[str, str], ...] | None = None
    sequence: tuple[str, ...] | None = None
    answers: tuple[str, ...] | None = None
    difficulty: float = 0.5
    id: str = field(default="")

    def __post_init__(self) -> None:
        self.id = self.id or self._hash()

    def _hash(self) -> str:
        content = {
            "kind": self.kind,
            "topic": self.topic,
            "stem": self.stem,
            "options": sorted((option.text, option.correct) for option in self.options),
            "pairs": self.pairs,
            "sequence": self.sequence,
            "answers": self.answers,
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]

    def as_dict(self) -> dict[str, Any]:
        """Exactly the QUESTION of interfaces.md."""
        return {
            "id": self.id,
            "kind": self.kind,
            "topic": self.topic,
            "feature": self.feature,
            "domain": self.domain,
            "stem": self.stem,
            "options": [option.as_dict() for option in self.options],
            "pairs": None if self.pairs is None else [list(pair) for pair in self.pairs],
            "sequence": None if self.sequence is None else list(self.sequence),
            "answers": None if self.answers is None else list(self.answers),
            "explanation": self.explanation,
            "evidence": [evidence.as_dict(with_path=True) for evidence in self.evidence],
            "difficulty": round(self.difficulty, 3),
        }
