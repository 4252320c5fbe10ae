"""Pages that show how an outline hangs together: the map, and what lies between two topics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseLocation, push_url

from knowledge.additions import Page, additions
from knowledge.contents import fact_address
from knowledge.export import FORMATS, export
from knowledge.map_page import (
    WEAK,
    Choice,
    Misread,
    describe_open,
    domain_filters,
    draw_map,
    fullness,
    kind_filters,
    reach_filters,
    read_choice,
)
from knowledge.map_rows import Map, read_map
from knowledge.map_svg import render_map
from knowledge.models import Fact, Feature, Outline, Service, Structure
from knowledge.pages import kept, outline_page, respond
from knowledge.slots import Slotted
from knowledge.snapshot import snapshot

# So many names a form offers at most; any other can be typed.
NAMES = 600
# So many communities are shown, and so many topics of each.
GROUPS, MEMBERS = 30, 40
# So many signs of a download are sent at once.
AT_ONCE = 64_000


@require_safe
@outline_page
def map_of(request: HttpRequest, outline: Outline) -> HttpResponse:
    """All topics at their places and what ties them; beside it the list, and the one opened."""
    found = read_map(outline)
    try:
        choice, trouble = read_choice(request.GET, found, outline)
    except Misread as misread:
        raise Http404(str(misread)) from misread
    context: dict[str, Any] = {
        "title": "Map",
        "choice": choice,
        "trouble": trouble,
        "opened": describe_open(outline, found, choice),
        "closed_at": choice.address(open=""),
    }
    if request.GET.get("as") == "beside":
        response = respond(request, "knowledge/map.html", context, part="beside")
        return push_url(response, iri_to_uri(request.path) + choice.address().removeprefix("."))
    context["reaches"] = reach_filters(choice)
    context["kinds"] = kind_filters(found, choice)
    context["domains"] = domain_filters(outline, found, choice)
    context |= _drawn(outline, found, choice)
    added = additions(request, outline, Page("map"))
    context["legend"] = added.parts.get("legend", "")
    context["drawing"] = context["drawing"].filled(fullness(added.values)).decode()
    return respond(request, "knowledge/map.html", context)


def _drawn(outline: Outline, found: Map, choice: Choice) -> dict[str, Any]:
    """The drawing and the list as HTML, made once for a choice."""
    name = f"map:{choice.kind}:{choice.domain}:{choice.around}:{choice.links}"

    def make() -> dict[str, Any]:
        plate = draw_map(outline, found, choice)
        stated = sum(not line.faint for line in plate.drawing.lines)
        drawing = render_map(
            plate.drawing,
            plate.marks,
            plate.dots,
            name="Map",
            services=reverse("knowledge:service", args=[outline.slug, "-"]).removesuffix("-/"),
            classes=" weak" if not stated or choice.kind in WEAK else "",
            language=outline.language,
        )
        return {
            "whole": plate.whole,
            "middle": plate.middle,
            "count": sum(len(rows) for _, _, rows in plate.groups),
            "names": sorted({topic.name for topic in found.topics.values()})[:NAMES],
            "stated": stated,
            "drawing": Slotted.made_of(drawing),
            "list": render_to_string("knowledge/map_list.html", {"plate": plate}),
        }

    drawn: dict[str, Any] = kept(outline, name, make)
    return drawn


@require_safe
@outline_page
def line(request: HttpRequest, outline: Outline, number: int) -> HttpResponse:
    """To what stands on a line of the outline's file, or last before it."""
    fact = Fact.objects.for_outline(outline).placed().up_to(number).first()
    feature = Feature.objects.for_outline(outline).placed().up_to(number).first()
    service = Service.objects.for_outline(outline).up_to(number).first()
    found = max(filter(None, (fact, feature, service)), key=lambda node: node.line, default=None)
    if found is None:
        raise Http404("Nothing of the outline stands on this line.")
    if isinstance(found, Fact):
        address = fact_address(outline, found)
    elif isinstance(found, Feature):
        args = [outline.slug, found.service.slug, found.slug]
        address = reverse("knowledge:feature", args=args)
    else:
        address = reverse("knowledge:service", args=[outline.slug, found.slug])
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseLocation(address, target="#main", swap="outerHTML")
    return redirect(address)


@require_safe
@outline_page
def structure(request: HttpRequest, outline: Outline) -> HttpResponse:
    """What holds the subject together: hubs, bridges, communities, and what each measure means."""
    topics = read_map(outline).topics
    found = Structure.objects.of_outline(outline)
    context = {
        "title": "What holds this subject together",
        "hubs": [(topics[each["service"]], each["text"]) for each in found.hubs],
        "bridges": [(topics[each["service"]], each["text"]) for each in found.bridges],
        "communities": [
            ([topics[key] for key in group[:MEMBERS]], len(group))
            for group in found.communities[:GROUPS]
        ],
        "missing": found.missing,
    }
    return respond(request, "knowledge/structure.html", context)


@require_safe
@outline_page
def download(request: HttpRequest, outline: Outline, wanted: str) -> StreamingHttpResponse:
    """The whole graph for another tool, as a stream."""
    if wanted not in FORMATS:
        raise Http404("The graph can't be had in this format.")
    _, ending, kind = FORMATS[wanted]
    charset = "" if kind.startswith("application/") else "; charset=utf-8"
    response = StreamingHttpResponse(_pieces(outline, wanted), content_type=kind + charset)
    name = f"{outline.slug}.{ending}"
    response.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return response


def _pieces(outline: Outline, wanted: str) -> Iterator[bytes]:
    """Read from one moment, which lasts as long as the stream; joined, as a piece is a line."""
    with snapshot():
        current = Outline.objects.with_key(outline.pk)
        if current is None:
            return
        waiting: list[str] = []
        size = 0
        for piece in export(current, wanted):
            waiting.append(piece)
            size += len(piece)
            if size >= AT_ONCE:
                yield "".join(waiting).encode()
                waiting, size = [], 0
        yield "".join(waiting).encode()
