"""A learner's notes on the pages of their facts (see `knowledge.additions`)."""

from __future__ import annotations

from collections.abc import Hashable

from django.http import HttpRequest
from django.template.loader import render_to_string

from knowledge.additions import Additions, Page
from knowledge.models import Outline
from knowledge.pages import kept
from quiz.note_rows import Note
from quiz.visitors import learner_of


def state_of(request: HttpRequest, outline: Outline) -> Hashable | None:
    """How many notes there are, and when one was last written; the same for all without any."""
    learner = learner_of(request)
    return Note.objects.of(learner).on_outline(outline).last_change() if learner else (0, None)


def add_to(request: HttpRequest, outline: Outline, page: Page) -> Additions:
    """The notes of a topic or feature beneath its facts, and the way to write one."""
    if page.kind not in ("service", "feature"):
        return Additions()
    learner = learner_of(request)
    if learner is None:
        name = f"no-notes:{page.service}"
        return Additions({"below": kept(outline, name, lambda: _beside(outline, page, []))})
    here = Note.objects.of(learner).at(outline, page.service, page.feature)
    return Additions({"below": _beside(outline, page, list(here))})


def _beside(outline: Outline, page: Page, notes: list[Note]) -> str:
    context = {"outline": outline, "service": page.service, "notes": notes}
    return render_to_string("quiz/notes_beside.html", context)
