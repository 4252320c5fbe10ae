"""What the pages of an outline get to study from: a quiz at one click, and the ways to learn.

The same for everybody, so it costs nothing but its own HTML (docs/decisions/0005-pages.md).
"""

from __future__ import annotations

from collections.abc import Hashable

from django.http import HttpRequest
from django.template.loader import render_to_string

from knowledge.additions import Additions, Page
from knowledge.models import Outline
from knowledge.pages import kept


def state_of(request: HttpRequest, outline: Outline) -> Hashable | None:
    return "study" if outline.counts.get("facts") else None


def add_to(request: HttpRequest, outline: Outline, page: Page) -> Additions:
    if page.kind == "home":
        html = kept(outline, "doors", lambda: _part("doors", outline))
        return Additions({"doors": html})
    if page.kind == "map":
        return Additions()
    topic = f"{page.service}/{page.feature}" if page.feature else page.service
    html = kept(outline, f"quiz-me:{topic}", lambda: _part("quiz_me", outline, topic=topic))
    return Additions({"act": html})


def _part(name: str, outline: Outline, **context: str) -> str:
    return render_to_string(f"quiz/{name}.html", {"outline": outline, **context})
