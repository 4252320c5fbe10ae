"""Pages on two topics: how one reaches the other, and both side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from knowledge.comparing import Compared, compare_places
from knowledge.graph.paths import Step
from knowledge.lexicon import plain
from knowledge.models import Outline
from knowledge.names import Names, Place, UnknownName
from knowledge.pages import outline_page, respond
from knowledge.ways import several_ways, walk_of

# So many names a form offers at most; any other can be typed.
KNOWN = 600
LONGEST = 200


@dataclass(frozen=True)
class Link:
    """A name as a link; `within` is the service that a feature stands under."""

    name: str
    address: str
    within: str = ""


@dataclass(frozen=True)
class Field:
    """What was typed, and where nothing is called so, the sentence and the nearest names."""

    name: str
    label: str
    value: str
    trouble: str = ""
    nearest: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Row:
    """What the two sides say in a row of the table, as (text, line)."""

    cells: tuple[list[tuple[str, int]], list[tuple[str, int]]]
    label: str = ""


@dataclass(frozen=True)
class Group:
    heading: str
    rows: list[Row]


@require_safe
@outline_page
def path(request: HttpRequest, outline: Outline) -> HttpResponse:
    """How one topic reaches another: the shortest explained ways, each step with its line."""
    names, ways = walk_of(outline)
    labels = {"from": "From", "to": "To"}
    context, places = _asked(request, outline, names, labels)
    context |= {"title": "How one reaches another", "routes": []}
    if places:
        found = several_ways(ways, places[0].key, places[1].key)
        least = len(found[0]) if found else 0
        context["title"] = f"From {plain(places[0].name)} to {plain(places[1].name)}"
        context["routes"] = [
            {
                "steps": way,
                "stops": _stops(outline, names, way),
                "shortest": len(way) == least,
                "several": sum(len(each) == least for each in found) > 1,
            }
            for way in found
        ]
        asked = {"a": request.GET["from"], "b": request.GET["to"]}
        address = reverse("knowledge:compare", args=[outline.slug])
        context["other_page"] = (f"{address}?{urlencode(asked)}", "Compare them")
    return respond(request, "knowledge/path.html", context)


@require_safe
@outline_page
def compare(request: HttpRequest, outline: Outline) -> HttpResponse:
    """Two topics side by side: what both say, what only one says, how they relate."""
    names, ways = walk_of(outline)
    context, places = _asked(request, outline, names, {"a": "One", "b": "The other"})
    context["title"] = "Compare"
    if places and places[0] != places[1]:
        found = compare_places(outline, places[0], places[1], names, ways)
        context["title"] = f"{plain(places[0].name)} and {plain(places[1].name)}"
        context["found"] = found
        context["heads"] = [_link(outline, names, place) for place in places]
        context["groups"] = _groups(found, *(plain(place.name) for place in places))
        asked = {"from": request.GET["a"], "to": request.GET["b"]}
        address = reverse("knowledge:path", args=[outline.slug])
        context["other_page"] = (f"{address}?{urlencode(asked)}", "How one reaches the other")
    return respond(request, "knowledge/compare.html", context)


def _asked(
    request: HttpRequest, outline: Outline, names: Names, labels: dict[str, str]
) -> tuple[dict[str, Any], tuple[Place, Place] | None]:
    """The form as filled in, and the two places where both names are known."""
    typed = {name: " ".join(request.GET.get(name, "").split())[:LONGEST] for name in labels}
    fields, places = [], []
    for name, label in labels.items():
        field = Field(name, label, typed[name])
        if typed[name]:
            try:
                places.append(names.find(typed[name]))
            except UnknownName as unknown:
                near = tuple(
                    Link(plain(one), f"?{urlencode({**typed, name: one})}")
                    for one in unknown.nearest
                )
                trouble = f"Nothing in these notes is called “{typed[name]}”."
                trouble += " The nearest names:" if near else ""
                field = Field(name, label, typed[name], trouble, near)
        fields.append(field)
    first, second = labels
    known = [plain(place.name) for place in names.by_key.values()][:KNOWN]
    context: dict[str, Any] = {"fields": fields, "known": dict.fromkeys(known), "places": None}
    if len(places) < 2:
        return context, None
    turned = {first: typed[second], second: typed[first]}
    context |= {"places": places, "turned": f"?{urlencode(turned)}"}
    return context, (places[0], places[1])


def _stops(outline: Outline, names: Names, way: list[Step]) -> list[Link]:
    keys = [way[0].start, *(step.end for step in way)]
    return [_link(outline, names, names.by_key[str(key)]) for key in keys]


def _link(outline: Outline, names: Names, place: Place) -> Link:
    if place.kind == "service":
        address = reverse("knowledge:service", args=[outline.slug, place.slug])
        return Link(plain(place.name), address)
    address = reverse("knowledge:feature", args=[outline.slug, *place.slug.split("/", 1)])
    within = names.by_key[f"s{place.service}"].name
    return Link(plain(place.name), address, plain(within))


def _groups(found: Compared, first: str, second: str) -> list[Group]:
    """The rows of the table: what faces each other, what both speak of, what only one says."""
    said = found.comparison
    both = [Row(([("", line or 0)], [("", other or 0)]), text) for text, line, other in found.links]
    both += [
        Row(([("", line)], [("", other)]), f"Both name {name}")
        for name, line, other in said.both_name
    ]
    groups = [
        Group("Face to face", [Row(([one], [other])) for one, other in said.facing]),
        Group(
            "Both speak of", [Row((mine, theirs), word) for word, mine, theirs in said.shared]
        ),
        Group("Both are tied to, or name", both),
        Group("Only one says", [Row((said.only_first, said.only_second))]),
        Group(
            "Only one names",
            [
                Row((
                    [(name, line) for name, line in said.first_names],
                    [(name, line) for name, line in said.second_names],
                ))
            ],
        ),
    ]  # fmt: skip
    return [group for group in groups if any(any(row.cells) for row in group.rows)]
