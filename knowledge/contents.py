"""What a service or feature page holds of its outline, as rendered: made once for each version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse

from knowledge.asides import around_service, feature_aside, feature_below
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
from knowledge.slots import Slotted
from knowledge.topics import mark_of

# A service that holds more features and facts than this shows its features as links to their
# pages, and any list of facts or features longer than a page is divided.
LARGE = 1000
PAGE = 500
# How many other features a feature's page lists on each side of it.
SIBLINGS = 40


EMPTY = Slotted(b"")


@dataclass(frozen=True, slots=True)
class Contents:
    """The parts of a page as HTML, any of them empty; `title` is plain text.

    `index` leads to the features on the page, or on a feature's page to its neighbours; `more` goes
    on where the tree ends; `aside` stands beside the text and `below` beneath it, on what it has to
    do with other topics; `turn` leads to what comes before and after; `data` is
    JSON-LD, safe inside a script. What is long is in UTF-8.
    """

    title: str
    head: str
    tree: Slotted = EMPTY
    index: str = ""
    more: str = ""
    aside: bytes = b""
    below: bytes = b""
    data: bytes = b""
    turn: str = ""
    pages: int = 1

    def long_parts(self, marks: Mapping[str, str]) -> dict[str, bytes]:
        """What goes around the template (`knowledge.pages.respond`), with a reader's marks."""
        return {
            "tree": self.tree.filled(marks),
            "aside": self.aside,
            "below": self.below,
            "data": self.data,
        }


def is_large(service: Service) -> bool:
    return service.feature_count + service.fact_count > LARGE


def large_services(outline: Outline) -> set[str]:
    """The slugs of those whose page doesn't show every fact."""
    return kept(outline, "large", lambda: set(Service.objects.larger_than(outline, LARGE)))  # type: ignore[no-any-return]


def service_contents(outline: Outline, slug: str, page: int) -> Contents:
    """A service's features and facts, of a large one the part that stands on this page.

    Raises Http404 where there is no such service or page.
    """
    return kept(outline, f"service:{slug}:{page}", lambda: _service(outline, slug, page))  # type: ignore[no-any-return]


def feature_contents(outline: Outline, service: str, slug: str, page: int) -> Contents:
    """A feature's facts on this page. Raises Http404 where there is no such feature or page."""
    name = f"feature:{service}:{slug}:{page}"
    return kept(outline, name, lambda: _feature(outline, service, slug, page))  # type: ignore[no-any-return]


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


def _service(outline: Outline, slug: str, page: int) -> Contents:
    service = Service.objects.with_neighbours().get_by_slug_or_404(outline, slug)
    also, former = _names(service)
    common = {"outline": outline, "service": service, "language": outline.language}
    mark = mark_of(outline.domains, service.domain)
    head = _part("service_head", {**common, "mark": mark, "also": also, "former": former})
    title = plain(service.name)
    beside = around_service(outline, service, [*also, *former])
    if service.line is None and not service.implied:
        _one_page(page, 1)
        more = _part("mentions", common)
        return Contents(
            title,
            head,
            more=more,
            aside=beside.aside.encode(),
            below=beside.below.encode(),
            data=beside.data.encode(),
        )
    around = partial(
        Contents,
        title,
        head,
        aside=beside.aside.encode(),
        below=beside.below.encode(),
        data=beside.data.encode(),
        turn=_turn("service", outline, service.before, service.after),  # type: ignore[attr-defined]
    )
    features = Feature.objects.for_service(service)
    if is_large(service):
        own = Fact.objects.directly_under(service)
        own_count = service.fact_count if not service.feature_count else own.count()
        pages = -(-max(own_count, service.feature_count) // PAGE)
        start = _one_page(page, pages)
        facts = _facts(own.lines()[start : start + PAGE])
        shown = _features(features.lines()[start : start + PAGE])
        more = _part("features", {**common, "features": shown}) if shown else ""
        tree = Slotted.made_of(render_facts(facts, 2))
        return around(tree, more=more, pages=pages)
    _one_page(page, 1)
    lines = _features(features.lines())
    address = reverse("knowledge:service", args=[outline.slug, service.slug])
    facts = _facts(Fact.objects.for_service(service).lines())
    tree = Slotted.made_of(render_features(lines, facts, address))
    index = _part("index", {"list": render_index(lines)}) if len(lines) > 1 else ""
    return around(tree, index)


def _feature(outline: Outline, service: str, slug: str, page: int) -> Contents:
    feature = Feature.objects.get_by_slugs_or_404(outline, service, slug)
    pages = max(1, -(-feature.fact_count // PAGE))
    start = _one_page(page, pages)
    siblings = Feature.objects.around(feature, SIBLINGS)
    at = siblings.index(feature)
    context = {
        "outline": outline,
        "language": outline.language,
        "feature": feature,
        "service": feature.service,
        "siblings": siblings,
        "mark": mark_of(outline.domains, feature.service.domain),
    }
    facts = Fact.objects.for_feature(feature)
    before = siblings[at - 1] if at else None
    after = siblings[at + 1] if at + 1 < len(siblings) else None
    return Contents(
        title=f"{plain(feature.name)} · {plain(feature.service.name)}",
        head=_part("feature_head", context),
        tree=Slotted.made_of(render_facts(_facts(facts.lines()[start:][:PAGE]), 2)),
        index=_part("siblings", context) if len(siblings) > 1 else "",
        aside=feature_aside(outline, feature).encode(),
        below=feature_below(outline, feature).encode(),
        turn=_turn("feature", outline, _facing(before), _facing(after), service=service),
        pages=pages,
    )


def _part(name: str, context: Mapping[str, object]) -> str:
    return render_to_string(f"knowledge/{name}.html", dict(context))


def _turn(
    page: str,
    outline: Outline,
    before: Mapping[str, str] | None,
    after: Mapping[str, str] | None,
    **place: str,
) -> str:
    """The way to what comes before and after: each is {"name", "slug"}, or None at an end."""
    if not before and not after:
        return ""
    steps = []
    for rel, word, facing in (("prev", "Before", before), ("next", "Next", after)):
        if facing:
            slugs = {"outline": outline.slug, **place, page: facing["slug"]}
            address = reverse(f"knowledge:{page}", kwargs=slugs)
            steps.append((rel, word, facing["name"], address))
    return _part("turn", {"steps": steps, "language": outline.language})


def _facing(feature: Feature | None) -> dict[str, str] | None:
    return {"name": feature.name, "slug": feature.slug} if feature else None


def _one_page(page: int, pages: int) -> int:
    """Where the page of so many begins; there is always a first one."""
    if page > max(1, pages):
        raise Http404("There is no such page.")
    return (page - 1) * PAGE


def _facts(rows) -> list[FactLine]:  # type: ignore[no-untyped-def]
    return [FactLine(*row) for row in rows]


def _features(rows) -> list[FeatureLine]:  # type: ignore[no-untyped-def]
    return [FeatureLine(pk, name, quote(slug), *rest) for pk, name, slug, *rest in rows]


def _names(service: Service) -> tuple[list[str], list[str]]:
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
    return also, former
