"""What a page says of a topic's place in the graph: beside its text, and beneath it.

Made once for each version of the outline, as the rest of the page: nothing here may depend on who
reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.template.loader import render_to_string
from django.urls import reverse

from knowledge.map_svg import render_map
from knowledge.maps import Tie, Topic, bounds, draw, fit
from knowledge.models import Feature, Outline, RelatedTopic, Service
from knowledge.naming import short_name
from knowledge.relations import KINDS
from knowledge.slots import Slotted
from knowledge.ties import ties_of_feature, ties_of_service
from knowledge.topics import mark_of

# How many related topics stand beside a page.
RELATED = 8
# The small map: so many topics of them, so wide and high, in pixels; marks are smaller than on the
# large one, as if they held so much less. Names have one size.
DRAWN = 6
WIDTH, HEIGHT, EDGE, APART = 224.0, 250.0, 14.0, 44.0
LESS = 6
NAMES_AT = (1.06,)


def service_aside(outline: Outline, service: Service) -> str:
    """What stands beside a service: what is related, and why, and a small map of it."""
    related = list(RelatedTopic.objects.of_service(service)[:RELATED])
    context = {"service": service, "related": related, "map": _small_map(outline, service, related)}
    return _part("service_aside", outline, context)


def service_below(outline: Outline, service: Service) -> str:
    """What stands beneath a service's facts: its relations with their lines, who names it."""
    headed = service.line is not None or service.implied
    context = {"service": service, "ties": ties_of_service(service), "headed": headed}
    return _part("service_below", outline, context)


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
    ).plain


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
