"""Pages to browse and search. One view a page; HTMX gets its main part."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseLocation, replace_url

from knowledge.access import readable_outlines
from knowledge.additions import Page, additions
from knowledge.contents import (
    fact_address,
    feature_contents,
    large_services,
    service_contents,
)
from knowledge.errors import bad_request
from knowledge.models import Fact, Feature, Outline, Problem, Service
from knowledge.pages import MENU, PLACE, YEAR, kept, menu_of, outline_page, plain_page, respond
from knowledge.results import group_results, item, option_in
from knowledge.search import search as find
from knowledge.slots import Slotted
from knowledge.topics import TopicLine, group_topics

TOPICS = 400
PROBLEMS = 100
# What became of the lines of a file: the count's name, what to call it, what it means.
FATES = (
    ("services", "Topics", "headings of the highest level that repeats"),
    ("features", "Features", "headings beneath them"),
    ("facts", "Facts", "statements, each with a place of its own"),
    ("continuations", "Continuations", "further lines of one of these"),
    ("titles", "Titles", "of the whole file"),
    ("skipped", "Skipped", "hold no notes; listed below"),
    ("blank", "Blank", ""),
)
CHANGES = ("kept", "edited", "moved", "added", "removed")
# They write what follows backwards; a query is shown again.
OVERRIDES = {0x202D: None, 0x202E: None}
HITS = 60
HITS_AT_ONCE = 14
CHOICES = {"theme": {"light", "dark", "system"}, "keys": {"on", "off"}}


@require_safe
@plain_page
def front(request: HttpRequest) -> HttpResponse:
    """The home of the first outline there is to read; without one, how to load something."""
    for slug, _ in menu_of(request)[:1]:
        return redirect("knowledge:home", outline=slug)
    return respond(request, "knowledge/empty.html", {"title": ""})


@require_safe
@plain_page
def outlines(request: HttpRequest) -> HttpResponse:
    """All outlines that the reader may read."""
    found = readable_outlines(request)
    request.menu = [(outline.slug, outline.title) for outline in found[:MENU]]  # type: ignore[attr-defined]
    return respond(request, "knowledge/outlines.html", {"title": "Outlines", "outlines": found})


@require_safe
@outline_page
def home(request: HttpRequest, outline: Outline) -> HttpResponse:
    """What the outline holds, by domain, and the way back to where the reader was."""
    page = _page_number(request)
    topics = kept(outline, f"topics:{page}", lambda: _topics(outline, page))
    place = unquote(request.COOKIES.get(PLACE, "")).partition("/")
    last = Service.objects.at(outline, place[0]) if place[0] else None
    added = additions(request, outline, Page("home"))
    context: dict[str, Any] = {
        "title": "",
        "last": last,
        "page": page,
        "added": added.parts,
    }
    if last and place[2]:
        context["last_feature"] = Feature.objects.at(last, place[2])
    made = {"topics": topics.filled(added.marks)}
    return respond(request, "knowledge/home.html", context, made=made)


@require_safe
@outline_page
def service(request: HttpRequest, outline: Outline, service: str) -> HttpResponse:
    """A service: what it is, and its features and facts as a tree, or the lines that name it."""
    page = _page_number(request)
    contents = service_contents(outline, service, page)
    added = additions(request, outline, Page("service", service))
    context = {
        "title": contents.title,
        "contents": contents,
        "page": page,
        "added": added.parts,
    }
    made = contents.long_parts(added.marks)
    return respond(request, "knowledge/service.html", context, made=made)


@require_safe
@outline_page
def feature(request: HttpRequest, outline: Outline, service: str, feature: str) -> HttpResponse:
    """A feature: its facts, and the other features of its service."""
    page = _page_number(request)
    contents = feature_contents(outline, service, feature, page)
    added = additions(request, outline, Page("feature", service, feature))
    context = {
        "title": contents.title,
        "contents": contents,
        "page": page,
        "up": reverse("knowledge:service", args=[outline.slug, service]),
        "added": added.parts,
    }
    return respond(
        request, "knowledge/feature.html", context, made=contents.long_parts(added.marks)
    )


@require_safe
@outline_page
def fact(request: HttpRequest, outline: Outline, pk: int) -> HttpResponse:
    """To where the fact stands now: its own address stays the same whatever is edited."""
    found = Fact.objects.for_outline(outline).placed().with_keys([pk]).first()
    if found is None:
        raise Http404("This line is no longer in the outline.")
    address = fact_address(outline, found)
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseLocation(address, target="#main", swap="outerHTML")
    return redirect(address)


@require_safe
@outline_page
def search(request: HttpRequest, outline: Outline) -> HttpResponse:
    """What was typed, found: as a page, as its results alone, or as the palette's options."""
    query = " ".join(request.GET.get("q", "").translate(OVERRIDES).split())[:200]
    wanted = request.GET.get("as", "")
    results = find(outline, query, limit=HITS_AT_ONCE if wanted == "options" else HITS)
    large = large_services(outline) if results.hits else set()
    shape = option_in(outline.language) if wanted == "options" else item
    context = {
        "title": f"Search: {query}" if query else "Search",
        "query": query,
        "corrected": results.corrected,
        "found": group_results(results, outline.slug, large, shape),
    }
    if wanted == "options":
        # A keystroke: none of what a page may use is made for it.
        return HttpResponse(render_to_string("knowledge/options.html", context))
    if wanted == "results":
        response = respond(request, "knowledge/search.html", context, part="results")
        return replace_url(response, f"{escape_uri_path(request.path)}?{urlencode({'q': query})}")
    return respond(request, "knowledge/search.html", context)


@require_safe
@outline_page
def about(request: HttpRequest, outline: Outline) -> HttpResponse:
    """What was loaded, from which file and when, and what became of each line."""
    level = request.GET.get("level", "")
    if level and level not in Problem.Level.values:
        raise Http404("There is no such level of problem.")
    page = _page_number(request)
    of_outline = Problem.objects.for_outline(outline)
    levels = of_outline.by_level()
    count = levels.get(level, 0) if level else sum(levels.values())
    pages = max(1, -(-count // PROBLEMS))
    if page > pages:
        raise Http404("There is no such page.")
    start = (page - 1) * PROBLEMS
    context = {
        "title": "About these notes",
        "fates": [(name, outline.counts.get(key, 0), note) for key, name, note in FATES],
        "changes": [(name.capitalize(), outline.changes.get(name, 0)) for name in CHANGES],
        "levels": levels,
        "level": level,
        "problems": list(of_outline.of_level(level)[start : start + PROBLEMS]),
        "problem_count": sum(levels.values()),
        "page": page,
        "pages": pages,
    }
    return respond(request, "knowledge/about.html", context)


@csrf_exempt  # Without a token, pages need no cookie; it sets a taste, and only from our own pages.
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep the theme, or whether single keys act, in the reader's browser."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise PermissionDenied("This form belongs to a page of this site.")
    chosen = {name: request.POST[name] for name in CHOICES if name in request.POST}
    if not chosen or any(value not in CHOICES[name] for name, value in chosen.items()):
        return bad_request(request, SuspiciousOperation("There is no such choice."))
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    response = HttpResponse(status=204) if request.htmx else redirect(back if safe else "/")  # type: ignore[attr-defined]
    for name, value in chosen.items():
        response.set_cookie(
            name, value, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response


def _topics(outline: Outline, page: int) -> Slotted:
    """The services of one page of the home, in their groups, as HTML with a slot for each."""
    of_outline = Service.objects.for_outline(outline)
    lines = [TopicLine(*row) for row in of_outline.shown().topics()]
    groups, pages = group_topics(lines, outline.domains, page=page, size=TOPICS)
    if page > pages:
        raise Http404("There is no such page.")
    mentioned = of_outline.mentioned().topics() if page == pages else ()
    context = {
        "outline": outline,
        "groups": groups,
        "page": page,
        "pages": pages,
        "most": max((line.fact_count for line in lines), default=0),
        "mentioned": [TopicLine(*row) for row in mentioned],
    }
    return Slotted.made_of(render_to_string("knowledge/topics.html", context))


def _page_number(request: HttpRequest) -> int:
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdecimal() and 0 < int(number) < 10**6):
        raise Http404("There is no such page.")
    return int(number)
