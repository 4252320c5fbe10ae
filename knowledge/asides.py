"""What a page says of a topic's place in the graph: beside its text, and beneath it.

Made once for each version of the outline, as the rest of the page: nothing here may depend on who
reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse

from knowledge.lexicon import plain
from knowledge.linked_data import describe
from knowledge.map_svg import render_map
from knowledge.maps import Tie, Topic, bounds, draw, fit
from knowledge.models import Feature, Outline, RelatedTopic, Service
from knowledge.naming import short_name
from knowledge.relations import KINDS
from knowledge.slots import Slotted
from knowledge.ties import Ties, ties_of_feature, ties_of_service
from knowledge.topics import mark_of

# How many related topics stand beside a page.
RELATED = 8
# The small map: so many topics of them, so wide and high, in pixels; marks are smaller than on the
# large one, as if they held so much less. Names have one size.
DRAWN = 6
WIDTH, HEIGHT, EDGE, APART = 224.0, 250.0, 14.0, 44.0
LESS = 6
NAMES_AT = (1.06,)


class Around(NamedTuple):
    """What stands beside a service and beneath it, as HTML, and all of it as JSON-LD."""

    aside: str
    below: str
    data: str


def around_service(outline: Outline, service: Service, names: Sequence[str]) -> Around:
    """What is related and why, a small map, its relations with their lines, who names it.

    `names` are its other names.
    """
    related = list(RelatedTopic.objects.of_service(service)[:RELATED])
    ties = ties_of_service(service)
    context = {
        "service": service,
        "related": related,
        "map": _small_map(outline, service, related),
        "ties": ties,
        "headed": service.line is not None or service.implied,
    }
    return Around(
        _part("service_aside", outline, context),
        _part("service_below", outline, context),
        _data(outline, service, names, related, ties),
    )


def _data(
    outline: Outline,
    service: Service,
    names: Sequence[str],
    related: Sequence[RelatedTopic],
    ties: Ties,
) -> str:
    def at(slug: str) -> str:
        return reverse("knowledge:service", args=[outline.slug, slug])

    official = [service.official] if service.official not in ("", plain(service.name)) else []
    return describe(
        at(service.slug),
        reverse("knowledge:home", args=[outline.slug]),
        plain(service.name),
        language=outline.language,
        about=service.about,
        others=[*official, *names],
        related=(at(row.service.slug) for row in related),
        relations={
            group.kind: [at(other.slug) for other in group.others if not other.part_slug]
            for group in ties.relations
            if group.of_its_own
        },
    )


def feature_aside(outline: Outline, feature: Feature) -> str:
    """What stands beside a feature: what is related, and why."""
    related = list(RelatedTopic.objects.of_feature(feature)[:RELATED])
    return _part("feature_aside", outline, {"feature": feature, "related": related})


def feature_below(outline: Outline, feature: Feature) -> str:
    """What stands beneath a feature that is a service in its own right."""
    if not feature.official:
        return ""
    context = {"feature": feature, "ties": ties_of_feature(feature), "headed": True}
    return _part("service_below", outline, context)


def _small_map(outline: Outline, service: Service, related: Sequence[RelatedTopic]) -> str:
    """The service among what it is related to, each where it stands on the large map."""
    related = related[:DRAWN]
    near = [row.service for row in related]
    if not near:
        return ""
    topics = [_topic(outline, each) for each in (service, *near)]
    placed = fit(topics, WIDTH, HEIGHT, 2 * EDGE, APART)
    ties = [
        Tie(service.pk, row.service_id, _kind(row), row.because[0]["text"] if row.because else "")
        for row in related
    ]
    left, top, right, bottom = bounds(placed, EDGE)
    box = (min(0.0, left), min(0.0, top), max(WIDTH, right), max(HEIGHT, bottom))
    drawing = draw(placed, ties, first=service.pk, box=box, levels=NAMES_AT)
    address = reverse("knowledge:service", args=[outline.slug, "-"]).removesuffix("-/")
    marks = [(mark, f"{address}{mark.topic.slug}/") for mark in drawing.marks]
    return Slotted.made_of(
        render_map(
            drawing,
            marks,
            name="Related topics on the map",
            classes=" small weak",
            language=outline.language,
        )
    ).plain.decode()


def _kind(row: RelatedTopic) -> str:
    """Stated or not; which way it goes is told by the list beside."""
    return "integrates_with" if row.because and row.because[0]["kind"] in KINDS else "related"


def _topic(outline: Outline, service: Service) -> Topic:
    mark = mark_of(outline.domains, service.domain)
    return Topic(
        service.pk, short_name(service.name, service.short), service.slug, mark,
        service.x or 0.0, service.y or 0.0, service.fact_count // LESS,
        service.line is not None or service.implied,
    )  # fmt: skip


def _part(name: str, outline: Outline, context: Mapping[str, object]) -> str:
    common = {"outline": outline, "language": outline.language}
    return render_to_string(f"knowledge/{name}.html", {**common, **context}).strip()
