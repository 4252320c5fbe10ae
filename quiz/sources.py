"""The line of the notes that a question rests on, in its place, beside the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigAutoField, PositiveIntegerField
from django.template.loader import render_to_string

from knowledge.contents import fact_address
from knowledge.lexicon import plain
from knowledge.models import Fact, Outline
from knowledge.pages import kept
from knowledge.prepared import Prepared
from quiz.models import SessionItem, StudySession

# So many lines before and after it are shown.
BEFORE, AFTER = 6, 8
_FACT = Prepared(
    lambda outline, key: Fact.objects.filter(outline=outline, pk=key).placed(),
    BigAutoField(), BigAutoField(),
)  # fmt: skip
_ROW = ("pk", "feature_id", "depth", "text")
_UP_TO = Prepared(
    lambda *at: Fact.objects.before_position(*at).values_list(*_ROW)[:BEFORE],
    BigAutoField(), PositiveIntegerField(),
)  # fmt: skip
_GOING_ON = Prepared(
    lambda *at: Fact.objects.from_position(*at).values_list(*_ROW)[: AFTER + 1],
    BigAutoField(), PositiveIntegerField(),
)  # fmt: skip


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


def show_source(session: StudySession, item: SessionItem, number: int | None) -> str:
    """The line of that number among those that the question names, as HTML; the first one without
    a number. It says so where the question names no such line."""
    named = [*item.question["evidence"]]
    named += [line for option in item.question["options"] for line in option.get("evidence", ())]
    told = next((one for one in named if number is None or one["line"] == number), None)
    outline = session.outline
    if told is None:
        return _rendered(outline, None, number)
    fact = _fact(session, item, told)
    if outline is not None and fact is not None:
        # The same for all who are asked about it.
        shown = kept(outline, f"beside:{fact}", lambda: _in_place(outline, fact))
        if shown:
            return str(shown)
    lines = [Line(told["text"], 0, True)]
    source = Source(told.get("path", ()), lines, told["line"], changed=session.source_changed)
    return _rendered(outline, source, number)


def _rendered(outline: Outline | None, source: Source | None, number: int | None = None) -> str:
    language = outline.language if outline else "en"
    context = {"source": source, "line": number, "language": language}
    return render_to_string("quiz/source.html", context)


def _in_place(outline: Outline, key: int) -> str:
    fact = _FACT.first(outline.pk, key)
    if fact is None:
        return ""
    rows = [
        *reversed(_UP_TO.all(fact.service_id, fact.position)),
        *_GOING_ON.all(fact.service_id, fact.position),
    ]
    # What stands under one feature, or directly under the service, stands together.
    rows = [row for row in rows if row[1] == fact.feature_id]
    least = min(depth for _, _, depth, _ in rows)
    lines = [Line(text, depth - least, pk == fact.pk) for pk, _, depth, text in rows]
    path = [plain(fact.service.name), *([plain(fact.feature.name)] if fact.feature else [])]
    return _rendered(outline, Source(path, lines, fact.line, fact_address(outline, fact)))


def _fact(session: StudySession, item: SessionItem, told: dict[str, Any]) -> int | None:
    """The key of the fact that stands on the line."""
    if session.outline is None:
        return None
    for asked in item.asked:
        if asked.fact_id is not None and asked.line == told["line"]:
            return asked.fact_id
    if told["line"] is None or session.source_changed:
        # Another load may have moved the lines.
        return None
    on_line = Fact.objects.for_outline(session.outline).on_line(told["line"])
    found = on_line.first()
    return found.pk if found else None
