"""What the pages of an outline get to study from: a quiz at one click, and the ways to learn.

The same for everybody, so it costs nothing but its own HTML (docs/decisions/0005-pages.md).
"""

from __future__ import annotations

from collections.abc import Hashable

from django.http import HttpRequest
from django.template.loader import render_to_string

from knowledge.additions import Additions, Page
from knowledge.models import Outline


def state_of(request: HttpRequest, outline: Outline) -> Hashable | None:
    return "study" if outline.counts.get("facts") else None


def add_to(request: HttpRequest, outline: Outline, page: Page) -> Additions:
    if page.kind == "home":
        return Additions({"doors": render_to_string("quiz/doors.html", {"outline": outline})})
    if page.kind == "map":
        return Additions()
    topic = f"{page.service}/{page.feature}" if page.feature else page.service
    context = {"outline": outline, "topic": topic}
    return Additions({"act": render_to_string("quiz/quiz_me.html", context)})
