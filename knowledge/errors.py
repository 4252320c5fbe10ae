"""What a reader sees when an address is wrong or something failed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from knowledge.access import readable_outline
from knowledge.lexicon import fold, plain
from knowledge.models import Outline, Service

NEAREST = 5
# Names further from what was asked for than this share of their letters aren't worth showing.
FURTHEST = 0.65
_TOPIC = re.compile(r"^/o/([^/]+)/(?:service/([^/]+)/)?")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with a search box and the topics whose names are nearest to what was asked for."""
    found = _TOPIC.match(request.path_info)
    outline = readable_outline(request, unquote(found[1])) if found else None
    outline = outline or Outline.objects.default()
    request.outline = outline  # type: ignore[attr-defined]
    asked = unquote(found[2]) if found and found[2] else ""
    reason = str(exception.args[0]) if exception.args and _is_sentence(exception.args[0]) else ""
    context = {
        "reason": reason or "No page is at this address.",
        "asked": asked.replace("-", " "),
        "nearest": _nearest(outline, asked) if outline and asked else [],
    }
    return _respond(request, "404.html", "Not found", context, 404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _respond(request, "400.html", "Not understood", {}, 400)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more than any form takes."""
    return _respond(request, "413.html", "Too large", {}, 413)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _respond(request, "403.html", "Not allowed", {}, 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: says so without asking the database anything."""
    request.menu = []  # type: ignore[attr-defined]
    return _respond(request, "500.html", "Something failed", {}, 500)


def unavailable(request: HttpRequest, reason: str) -> HttpResponse:
    """503: the database can't serve, and why; asks it nothing."""
    request.menu = []  # type: ignore[attr-defined]
    return _respond(request, "503.html", "Not available", {"reason": reason}, 503)


def _respond(
    request: HttpRequest, template: str, title: str, context: Mapping[str, object], status: int
) -> HttpResponse:
    context = {**context, "title": title, "page_title": f"{title} · Outgraph"}
    if "HX-Request" not in request.headers:
        return HttpResponse(render_to_string(template, context, request), status=status)
    main = render_to_string(f"{template}#main", context, request)
    response = HttpResponse(f"<title>{escape(context['page_title'])}</title>{main}", status=status)
    response["HX-Retarget"] = "#main"
    response["HX-Reswap"] = "outerHTML"
    return response


def _is_sentence(reason: object) -> bool:
    """Reasons of our own are sentences; Django's are dicts of tried addresses or the like."""
    return isinstance(reason, str) and reason.endswith(".")


def _nearest(outline: Outline, asked: str) -> list[tuple[str, str]]:
    """(name, slug) of the topics most like what was asked for, nearest first."""
    topics = {slug: plain(name) for name, slug in Service.objects.addresses(outline)}
    wanted = fold(asked)
    by_name = {slug: fold(name) for slug, name in topics.items()}
    found = extract(
        wanted, by_name, scorer=OSA.normalized_distance, limit=NEAREST, score_cutoff=FURTHEST
    )
    return [(topics[slug], slug) for _, _, slug in found]
