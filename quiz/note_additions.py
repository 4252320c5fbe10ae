"""A learner's notes on the pages of their facts (see `knowledge.additions`)."""

from __future__ import annotations

from collections.abc import Hashable

from django.http import HttpRequest
from django.template.loader import render_to_string

from knowledge.additions import Additions, Page
from knowledge.models import Feature, Outline, Service
from quiz.note_rows import Note
from quiz.visitors import learner_of


def state_of(request: HttpRequest, outline: Outline) -> Hashable | None:
    """How many notes there are, and when one was last written; the same for all without any."""
    learner = learner_of(request)
    return Note.objects.of(learner).on_outline(outline).last_change() if learner else (0, None)


def add_to(request: HttpRequest, outline: Outline, page: Page) -> Additions:
    """The notes of a topic or feature beneath its facts, and the way to write one."""
    if page.kind == "home":
        return Additions()
    service = Service.objects.at(outline, page.service)
    if service is None or not service.fact_count:
        return Additions()
    learner = learner_of(request)
    own = Note.objects.of(learner) if learner else Note.objects.none()
    if page.kind == "feature":
        feature = Feature.objects.at(service, page.feature)
        found = list(own.in_feature(feature)) if feature and learner else []
    else:
        found = list(own.in_service(service)) if learner else []
    context = {"outline": outline, "service": service, "notes": found}
    return Additions({"below": render_to_string("quiz/notes_beside.html", context)})
