"""What a page says of a topic's place in the graph: beside its text, and beneath it.

Made once for each version of the outline, as the rest of the page: nothing here may depend on who
reads.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.template.loader import render_to_string

from knowledge.models import Feature, Mention, Outline, RelatedTopic, Service

# How many related topics stand beside a page, and how many lines that name it beneath.
RELATED = 6
NAMED_BY = 100


def service_aside(outline: Outline, service: Service) -> str:
    """What stands beside a service: what is related, and why."""
    related = list(RelatedTopic.objects.of_service(service)[:RELATED])
    return _part("service_aside", outline, {"service": service, "related": related})


def service_below(outline: Outline, service: Service) -> str:
    """What stands beneath a service's facts: who names it."""
    mentions = list(Mention.objects.of_service(service).placed()[:NAMED_BY])
    return _part("service_below", outline, {"service": service, "mentions": mentions})


def feature_aside(outline: Outline, feature: Feature) -> str:
    """What stands beside a feature: what is related, and why."""
    related = list(RelatedTopic.objects.of_feature(feature)[:RELATED])
    return _part("feature_aside", outline, {"feature": feature, "related": related})


def _part(name: str, outline: Outline, context: Mapping[str, object]) -> str:
    common = {"outline": outline, "language": outline.language}
    return render_to_string(f"knowledge/{name}.html", {**common, **context}).strip()
