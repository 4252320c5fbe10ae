"""The rows of an outline as a map: its topics, what ties them, and which part is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min
from django.db.models.functions import Coalesce

from knowledge.lexicon import plain
from knowledge.maps import Tie, Topic
from knowledge.models import Feature, Mention, Outline, RelatedTopic, Relation, Service
from knowledge.naming import short_name
from knowledge.relations import explain
from knowledge.topics import mark_of
from knowledge.versions import Versions

# More topics than this are no map but a hairball: the map opens with the neighbourhood of one.
WHOLE = 160
# So many topics a neighbourhood has at most, and so many features the map knows of.
NEIGHBOURS = 60
MOST_FEATURES = 3000
FARTHEST = 3
# How many maps a process keeps.
MOST_OUTLINES = 6
# Screens are wider than high, and names are: places are drawn so much further apart sideways.
STRETCH = 1.3


@dataclass
class Map:
    """All topics by their keys, in the outline's order, and what ties them."""

    topics: dict[int, Topic] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)
    domains: dict[int, list[str]] = field(default_factory=dict)
    about: dict[int, str] = field(default_factory=dict)
    _busiest: int | None = None

    @property
    def kinds(self) -> dict[str, int]:
        """How many ties there are of each kind, those that state something first."""
        counts: dict[str, int] = defaultdict(int)
        for tie in self.ties:
            counts[tie.kind] += 1
        weak = ("mentions", "related")
        return dict(sorted(counts.items(), key=lambda each: (each[0] in weak, -each[1], each[0])))

    def find(self, slug: str) -> Topic | None:
        return next((topic for topic in self.topics.values() if topic.slug == slug), None)

    def busiest(self) -> int | None:
        """The topic with notes of its own that has most to do with others; else the fullest."""
        if self._busiest is None:
            near = self.neighbours()
            self._busiest = max(
                self.topics,
                key=lambda t: (
                    self.topics[t].headed, len(near.get(t, ())), self.topics[t].facts, -t
                ),
                default=None,
            )  # fmt: skip
        return self._busiest

    def neighbours(self, kind: str = "") -> dict[int, dict[int, int]]:
        """Topic → those one link away, with how much ties them; stated relations count double."""
        found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for tie in self.ties:
            if kind and tie.kind != kind:
                continue
            weight = tie.weight * (1 if tie.kind in ("mentions", "related") else 2)
            found[tie.a][tie.b] += weight
            found[tie.b][tie.a] += weight
        return found

    def around(self, middle: int, links: int, most: int, kind: str = "") -> dict[int, int]:
        """Topic → how many links away from the middle; the most closely tied where too many."""
        near = self.neighbours(kind)
        found = {middle: 0}
        border = [middle]
        for distance in range(1, links + 1):
            reached: dict[int, int] = defaultdict(int)
            for topic in border:
                for other, weight in near.get(topic, {}).items():
                    if other not in found:
                        reached[other] += weight
            border = sorted(reached, key=lambda t: (-reached[t], t))[: max(0, most - len(found))]
            found.update(dict.fromkeys(border, distance))
        return found


maps: Versions[Map] = Versions(MOST_OUTLINES)


def read_map(outline: Outline) -> Map:
    """The whole map, made once for each version of the outline."""
    return maps.get(outline, _read)


def _read(outline: Outline) -> Map:
    found = Map()
    columns = (
        "pk", "name", "short", "slug", "domains", "x", "y", "fact_count", "line", "implied",
        "about",
    )  # fmt: skip
    rows = Service.objects.for_outline(outline).order_by("position", "id").values_list(*columns)
    for number, row in enumerate(rows):
        pk, name, short, slug, domains, x, y, facts, line, implied, about = row
        found.topics[pk] = Topic(
            pk, short_name(name, short), slug,
            mark_of(outline.domains, domains[0] if domains else None),
            # Without places, which a load always gives, they stand in rows.
            STRETCH * (x if x is not None else 60.0 + number % 12 * 80),
            y if y is not None else number // 12 * 60,
            facts, line is not None or implied,
        )  # fmt: skip
        found.domains[pk] = domains
        if about:
            found.about[pk] = about
    found.ties.extend(_relations(outline, found.topics))
    found.ties.extend(_mentions(outline, found.topics))
    if not found.ties:
        found.ties.extend(_related(outline, found.topics))
    return found


def _relations(outline: Outline, topics: Mapping[int, Topic]) -> Iterable[Tie]:
    columns = (
        "source_id", "source_feature__name", "source_feature__official", "target_id",
        "target_feature__name", "kind", "evidence", "line",
    )  # fmt: skip
    rows = Relation.objects.for_outline(outline).order_by("line", "id").values_list(*columns)
    for source, part, official, target, other_part, kind, evidence, line in rows:
        if source == target or source not in topics or target not in topics:
            continue
        text = explain(
            kind,
            plain(part) if part else topics[source].name,
            plain(other_part) if other_part else topics[target].name,
            feature=bool(part),
            official=official or "",
        )
        yield Tie(source, target, kind, text, len(evidence), line)


def _mentions(outline: Outline, topics: Mapping[int, Topic]) -> Iterable[Tie]:
    """Who names whom, with in how many lines."""
    rows = (
        Mention.objects.for_outline(outline)
        .order_by()
        .values_list(Coalesce("fact__service_id", "feature__service_id"), "service_id")
        .annotate(lines=Count("id"), first=Min("line"))
    )
    for source, target, lines, first in sorted(rows, key=lambda row: row[3]):
        if source == target or source not in topics or target not in topics:
            continue
        text = f"{topics[source].name} names {topics[target].name}"
        text += f" ({lines} lines)" if lines > 1 else ""
        yield Tie(source, target, "mentions", text, lines, first)


def _related(outline: Outline, topics: Mapping[int, Topic]) -> Iterable[Tie]:
    """Where no line ties two topics: those that share the most words."""
    rows: Any = RelatedTopic.objects.for_outline(outline).order_by("rank", "id")
    found = rows.filter(source_service__isnull=False, rank__lte=3)
    seen: set[tuple[int, int]] = set()
    for a, b, because in found.values_list("source_service_id", "service_id", "because"):
        pair = (min(a, b), max(a, b))
        if pair in seen or a not in topics or b not in topics:
            continue
        seen.add(pair)
        via = ", ".join(because[0]["via"]) if because and because[0]["via"] else ""
        text = f"{topics[a].name} and {topics[b].name} share "
        yield Tie(
            *pair,
            "related",
            text + (via or "many words"),
            1,
            because[0]["line"] if because else None,
        )


def read_features(outline: Outline, topics: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """(name, slug) of the features of these topics, in the outline's order."""
    wanted = set(topics)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Feature.objects.for_outline(outline).order_by("position")
    if len(wanted) <= WHOLE:
        rows = rows.filter(service__in=wanted)
    for service, name, slug in rows.values_list("service_id", "name", "slug")[:MOST_FEATURES]:
        if service in wanted:
            found[service].append((plain(name) or name, slug))
    return found
