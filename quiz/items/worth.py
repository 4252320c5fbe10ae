"""What is worth asking: a score for every fact, 0 (a label) to 1."""

from __future__ import annotations

import re

from quiz.items.facts import Fact
from quiz.items.subject import Subject
from quiz.items.values import quantities, ranges

WORTH = 0.5
_STRICT = re.compile(r"\b(?:must|cannot|can't|only|default|doesn't|don't|isn't|aren't|not|"
                     r"requires?|exactly|never|without|unless|before|whereas)\b", re.I)  # fmt: skip


def worth(subject: Subject, fact: Fact) -> float:
    if fact.kind in {"lead", "fragment"}:
        return 0.0
    if fact.kind == "need":
        return 0.9
    if fact.kind == "example":
        return 0.3
    if fact.kind == "step":
        return 0.6
    if fact.clause is None:
        return 0.4
    score = 0.3
    if any(True for _ in quantities(fact.text)) or any(True for _ in ranges(fact.text)):
        score += 0.3
    if _STRICT.search(fact.text):
        score += 0.2
    if subject.owners.get(fact.index):
        score += 0.2
    if fact.codes:
        score += 0.1
    if subject.mass(fact.stems) >= 26:
        score += 0.1
    return min(1.0, score)
