"""What the owner of an outline finds on its pages: ways to manage and correct it."""

from __future__ import annotations

from collections.abc import Hashable

from django.http import HttpRequest
from django.template.loader import render_to_string

from knowledge.access import owns
from knowledge.additions import Additions, Page
from knowledge.models import Feature, Outline, Service


def state_of(request: HttpRequest, outline: Outline) -> Hashable | None:
    return "owner" if owns(request, outline) else None


def add_to(request: HttpRequest, outline: Outline, page: Page) -> Additions:
    """On home the way to manage it; on other pages the way to the lines that they come from."""
    if page.kind == "home":
        html = render_to_string("authoring/door.html", {"outline": outline})
        return Additions({"doors": html})
    if page.kind not in ("service", "feature"):
        return Additions()
    service = Service.objects.at(outline, page.service)
    feature = Feature.objects.at(service, page.feature) if service and page.feature else None
    line = feature.line if feature else service.line if service else None
    html = render_to_string("authoring/correct.html", {"outline": outline, "line": line})
    return Additions({"below": html})
