"""What a service or feature page holds of its outline, as rendered: read once for each version."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote

from django.urls import reverse

from knowledge.lexicon import fold, plain
from knowledge.models import Alias, Fact, Feature, Outline, Service
from knowledge.pages import kept
from knowledge.rendering import (
    FactLine,
    FeatureLine,
    render_facts,
    render_features,
    render_index,
)

# A service that holds more features and facts than this shows its features as links to their
# pages, and any list of facts or features longer than a page is divided.
LARGE = 1000
PAGE = 500


@dataclass(frozen=True)
class Contents:
    """Rendered parts; `also` and `former` are the other names that a reader may meet."""

    tree: str
    index: str = ""
    features: tuple[FeatureLine, ...] = ()
    pages: int = 1
    also: tuple[str, ...] = ()
    former: tuple[str, ...] = field(default=())


def is_large(service: Service) -> bool:
    return service.feature_count + service.fact_count > LARGE


def large_services(outline: Outline) -> set[str]:
    """The slugs of those whose page doesn't show every fact."""
    return kept(outline, "large", lambda: set(Service.objects.larger_than(outline, LARGE)))  # type: ignore[no-any-return]


def service_contents(outline: Outline, service: Service, page: int) -> Contents:
    """A service's features and facts, of a large one the part that stands on this page."""
    return kept(outline, f"service:{service.pk}:{page}", lambda: _service(outline, service, page))  # type: ignore[no-any-return]


def feature_contents(outline: Outline, feature: Feature, page: int) -> Contents:
    """A feature's facts on this page."""
    return kept(outline, f"feature:{feature.pk}:{page}", lambda: _feature(feature, page))  # type: ignore[no-any-return]


def fact_address(outline: Outline, fact: Fact) -> str:
    """Where a fact stands now: the page that shows it, and its mark there."""
    service, feature = fact.service, fact.feature
    address = reverse("knowledge:service", args=[outline.slug, service.slug])
    if is_large(service):
        if feature:
            args = [outline.slug, service.slug, feature.slug]
            address = reverse("knowledge:feature", args=args)
        page = Fact.objects.before(fact).count() // PAGE + 1
        if page > 1:
            address += f"?page={page}"
    return f"{address}#fact-{fact.pk}"


def _service(outline: Outline, service: Service, page: int) -> Contents:
    also, former = _names(service)
    features = Feature.objects.for_service(service)
    if is_large(service):
        start = (page - 1) * PAGE
        own = Fact.objects.directly_under(service)
        own_count = service.fact_count if not service.feature_count else own.count()
        facts = _facts(own.lines()[start : start + PAGE])
        shown = _features(features.lines()[start : start + PAGE])
        pages = max(1, -(-max(own_count, service.feature_count) // PAGE))
        return Contents(render_facts(facts, 2), "", tuple(shown), pages, also, former)
    lines = _features(features.lines())
    facts = _facts(Fact.objects.for_service(service).lines())
    address = reverse("knowledge:service", args=[outline.slug, service.slug])
    tree = render_features(lines, facts, address)
    return Contents(tree, render_index(lines), (), 1, also, former)


def _feature(feature: Feature, page: int) -> Contents:
    start = (page - 1) * PAGE
    facts = _facts(Fact.objects.for_feature(feature).lines()[start : start + PAGE])
    return Contents(render_facts(facts, 2), pages=max(1, -(-feature.fact_count // PAGE)))


def _facts(rows) -> list[FactLine]:  # type: ignore[no-untyped-def]
    return [FactLine(*row) for row in rows]


def _features(rows) -> list[FeatureLine]:  # type: ignore[no-untyped-def]
    return [FeatureLine(pk, name, quote(slug), *rest) for pk, name, slug, *rest in rows]


def _names(service: Service) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Its other names, and those it once had, as far as they tell a reader something new.

    Slips, plurals, and a known name with the maker's before it don't.
    """
    also: list[str] = []
    former: list[str] = []
    said = [fold(plain(service.name)), fold(service.official or service.name)]
    for alias in Alias.objects.of_service(service):
        if alias.origin == Alias.Origin.SPELLING:
            continue
        name = alias.folded
        was = alias.origin == Alias.Origin.FORMER
        new = not any(name.endswith(one) or name == f"{one}s" for one in said)
        if was:
            new = new and not any(name in one for one in said)
        said.append(name)
        if new and alias.origin != Alias.Origin.HEADING:
            (former if was else also).append(alias.text)
    return tuple(also), tuple(former)
