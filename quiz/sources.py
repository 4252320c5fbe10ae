"""The line of the notes that a question rests on, in its place, beside the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.contents import fact_address
from knowledge.lexicon import plain
from knowledge.models import Fact, Outline
from knowledge.pages import kept
from quiz.models import SessionItem, StudySession

# So many lines before and after it are shown.
BEFORE, AFTER = 6, 8


@dataclass(frozen=True)
class Line:
    text: str
    depth: int
    here: bool


@dataclass(frozen=True)
class Source:
    """`path` are the headings above; without `address` the line isn't in the notes any more."""

    path: Sequence[str]
    lines: Sequence[Line]
    number: int | None
    address: str = ""
    changed: bool = False


def find_source(session: StudySession, item: SessionItem, number: int | None) -> Source | None:
    """The line of that number among those that the question names; the first one without a
    number. None where the question names no such line."""
    named = [*item.question["evidence"]]
    named += [line for option in item.question["options"] for line in option.get("evidence", ())]
    told = next((one for one in named if number is None or one["line"] == number), None)
    if told is None:
        return None
    fact = _fact(session, item, told)
    if fact is None:
        lines = [Line(told["text"], 0, True)]
        return Source(told.get("path", ()), lines, told["line"], changed=session.source_changed)
    outline = session.outline
    assert outline is not None
    return kept(outline, f"around:{fact.pk}", lambda: _in_place(outline, fact))  # type: ignore[no-any-return]


def _in_place(outline: Outline, fact: Fact) -> Source:
    around = Fact.objects.around(fact, BEFORE, AFTER)
    least = min(one.depth for one in around)
    lines = [Line(one.text, one.depth - least, one.pk == fact.pk) for one in around]
    path = [plain(fact.service.name), *([plain(fact.feature.name)] if fact.feature else [])]
    return Source(path, lines, fact.line, fact_address(outline, fact))


def _fact(session: StudySession, item: SessionItem, told: dict[str, Any]) -> Fact | None:
    if session.outline is None:
        return None
    for asked in item.asked_facts.all():
        if asked.fact is not None and asked.line == told["line"]:
            return asked.fact
    if told["line"] is None or session.source_changed:
        # Another load may have moved the lines.
        return None
    placed = Fact.objects.for_outline(session.outline).placed()
    return placed.on_line(told["line"]).first()  # type: ignore[no-any-return]
