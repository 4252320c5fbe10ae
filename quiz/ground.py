"""What of an outline can be known: its topics, and how many facts of each a question asks.

Only facts that questions ask are counted, as nobody can show that they know the others. Until the
questions of an outline are made, all its facts are. Read once for each version of an outline.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from knowledge.lexicon import plain
from knowledge.models import Fact, Feature, Outline, Relation, Service
from quiz.bank import Kept
from quiz.stock import Stock, get_stock

OUTLINES = 16
# Kinds of relations whose source is understood better when the target is known.
FOUNDATIONS = frozenset({
    Relation.Kind.REQUIRES, Relation.Kind.ENCRYPTS_WITH, Relation.Kind.AUTHENTICATES_WITH,
    Relation.Kind.PART_OF, Relation.Kind.AGGREGATES_FROM, Relation.Kind.QUERIES,
})  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A topic: a service that holds facts. `builds_on` are the keys of others."""

    key: int
    name: str
    slug: str
    domain: str | None
    builds_on: tuple[int, ...]


@dataclass(frozen=True)
class Ground:
    """`facts` are those that count, None where all do; `by_service` is how many, by key."""

    outline: int
    places: tuple[Place, ...]
    facts: frozenset[int] | None
    by_service: Mapping[int, int]

    @cached_property
    def by_feature(self) -> Mapping[int, int]:
        """How many facts of each feature count; read when it is asked for first."""
        if self.facts is None:
            return dict(Feature.objects.sizes(self.outline))
        counted = Counter[int]()
        for fact, feature, _ in Fact.objects.places(self.outline):
            if feature is not None and fact in self.facts:
                counted[feature] += 1
        return counted

    def counts(self, fact: int) -> bool:
        return self.facts is None or fact in self.facts

    @property
    def total(self) -> int:
        return sum(self.by_service.values())


_grounds: Kept[tuple[int, int, str, bool], Ground] = Kept(OUTLINES)


def ground_of(outline: Outline) -> Ground:
    """The ground of an outline as it is; no query where it was read before by this process."""
    stock = get_stock(outline)
    key = outline.pk, outline.version, outline.sha256, stock is not None
    return _grounds.get(key, lambda: _read(outline, stock))


def forget() -> None:
    """Empty the memory of this process."""
    _grounds.clear()


def _read(outline: Outline, stock: Stock | None) -> Ground:
    topics = list(Service.objects.for_outline(outline).grounds())
    places = _places(outline, topics)
    if stock is None:
        return Ground(outline.pk, places, None, {key: count for key, _, _, _, count in topics})
    counted = Counter(
        service for fact, _, service in Fact.objects.places(outline.pk) if fact in stock.by_fact
    )
    return Ground(outline.pk, places, frozenset(stock.by_fact), counted)


def _places(
    outline: Outline, topics: list[tuple[int, str, str, list[str], int]]
) -> tuple[Place, ...]:
    builds_on: dict[int, dict[int, None]] = defaultdict(dict)
    for source, _, target, _, kind, _, _ in Relation.objects.for_outline(outline).ends():
        if kind in FOUNDATIONS:
            builds_on[source][target] = None
    return tuple(
        Place(key, plain(name), slug, domains[0] if domains else None, tuple(builds_on[key]))
        for key, name, slug, domains, _ in topics
    )
