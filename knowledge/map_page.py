"""What of the map is asked for, and what the page shows of it: drawing, filters, list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from knowledge.map_dots import Dot, draw_features
from knowledge.map_rows import FARTHEST, NEIGHBOURS, STRETCH, WHOLE, Map, read_features
from knowledge.maps import (
    LARGEST,
    MARGIN,
    Drawing,
    Mark,
    Tie,
    Topic,
    bounds,
    draw,
    fit,
)
from knowledge.models import Outline, RelatedTopic
from knowledge.names import Names, UnknownName
from knowledge.relations import KINDS

WEAK = {"mentions": "names", "related": "shares words with"}
# So many related topics stand beside the map.
RELATED = 5
# A neighbourhood of a large outline is drawn into a plane of its own, so wide and high.
WIDTH, HEIGHT, APART = 1300.0, 860.0, 58.0


class Misread(Exception):  # noqa: N818
    """An address that asks for what no map has; its text is a sentence."""


@dataclass(frozen=True)
class Choice:
    """`kind` of tie and number of the `domain` that are shown, up to `links` links from `around`.

    `around` and `open`, what stands open beside the map, are slugs.
    """

    kind: str = ""
    domain: int = 0
    around: str = ""
    links: int = 1
    open: str = ""

    def address(self, **changes: str | int) -> str:
        """The query that asks for this, with some of it changed."""
        wanted = replace(self, **changes)  # type: ignore[arg-type]
        named = {
            "kind": wanted.kind,
            "domain": wanted.domain,
            "around": wanted.around,
            "links": wanted.links if wanted.around and wanted.links > 1 else "",
            "open": wanted.open,
        }
        query = urlencode({name: value for name, value in named.items() if value})
        return f"?{query}" if query else "."

    @property
    def narrowed(self) -> bool:
        return bool(self.kind or self.domain or self.around)


@dataclass(frozen=True)
class Filter:
    """A link that narrows the map; `count` is None where nothing is counted."""

    name: str
    query: str
    count: int | None
    current: bool
    mark: int = 0


@dataclass(frozen=True)
class Row:
    """A topic in the list beside the map."""

    topic: Topic
    query: str
    links: int


@dataclass(frozen=True)
class Told:
    """A tie as a sentence in which the other topic's name is a link; without it `name` is empty."""

    before: str
    name: str
    after: str
    query: str
    line: int | None


@dataclass
class Opened:
    """A topic beside the map; `related` are (name, query, why, line)."""

    topic: Topic
    about: str
    stated: list[Told] = field(default_factory=list)
    named: list[Told] = field(default_factory=list)
    related: list[tuple[str, str, str, int | None]] = field(default_factory=list)
    around: list[Filter] = field(default_factory=list)


@dataclass
class Plate:
    """The map as drawn for a choice, each mark with what it asks for.

    `whole` tells that every topic of the outline has its place on it; `middle` is the topic whose
    neighbourhood is shown.
    """

    drawing: Drawing
    marks: list[tuple[Mark, str]] = field(default_factory=list)
    dots: list[tuple[Topic, list[Dot]]] = field(default_factory=list)
    groups: list[tuple[str, int, list[Row]]] = field(default_factory=list)
    whole: bool = True
    middle: Topic | None = None


def read_choice(given: Mapping[str, str], found: Map, outline: Outline) -> tuple[Choice, str]:
    """The choice that an address states, and a sentence where a name in it isn't known.

    Raises Misread for what no link of ours asks for.
    """
    kind, domain, links = given.get("kind", ""), given.get("domain", ""), given.get("links", "")
    if kind and kind not in found.kinds and kind not in KINDS:
        raise Misread("The map has no such kind of link.")
    if domain and not (domain.isascii() and domain.isdecimal() and len(domain) < 4
                       and 0 < int(domain) <= len(outline.domains)):  # fmt: skip
        raise Misread("The map has no such domain.")
    if links and links not in map(str, range(1, FARTHEST + 1)):
        raise Misread(f"The map goes {FARTHEST} links far at most.")
    trouble = ""
    slugs: dict[str, str] = {}
    for name in ("around", "open"):
        typed = " ".join(given.get(name, "").split())[:200]
        if not typed or found.find(typed):
            slugs[name] = typed
            continue
        try:
            place = Names(outline).find(typed)
            slugs[name] = found.topics[place.service].slug
        except UnknownName as unknown:
            trouble = str(unknown)
    choice = Choice(kind, int(domain or 0), slugs.get("around", ""), int(links or 1),
                    slugs.get("open", ""))  # fmt: skip
    return choice, trouble


def draw_map(outline: Outline, found: Map, choice: Choice) -> Plate:
    """The part of the map that is asked for; of a large outline always a neighbourhood."""
    whole = len(found.topics) <= WHOLE
    middle = found.find(choice.around) if choice.around else None
    if not whole and middle is None:
        busiest = found.busiest()
        middle = found.topics[busiest] if busiest is not None else None
    distances: dict[int, int] = dict.fromkeys(found.topics, 0)
    if middle is not None:
        most = len(found.topics) if whole else NEIGHBOURS
        distances = found.around(middle.id, choice.links, most, choice.kind)
    ties = [tie for tie in found.ties if not choice.kind or tie.kind == choice.kind]
    shown = _shown(outline, found, choice, distances, ties)
    if middle is not None:
        shown.add(middle.id)
    topics = list(found.topics.values())
    box: tuple[float, float, float, float] | None = None
    if not whole:
        near = [topic for topic in topics if topic.id in distances]
        topics = fit(near, WIDTH, HEIGHT, 3 * MARGIN, APART)
        box = bounds(topics, 3 * MARGIN)
    drawing = draw(
        topics, ties, shown=shown, first=middle.id if middle else None, box=box or _square(topics)
    )
    plate = Plate(drawing, whole=whole, middle=middle)
    plate.marks = [
        (mark, "" if mark.off else choice.address(open=mark.topic.slug) + "#beside")
        for mark in drawing.marks
    ]
    on = [topic for topic in topics if topic.id in shown]
    plate.dots = draw_features(on, read_features(outline, [topic.id for topic in on]))
    plate.groups = _groups(outline, found, choice, [found.topics[t.id] for t in on], ties)
    return plate


def _square(topics: Sequence[Topic]) -> tuple[float, float, float, float]:
    """The whole plane, whatever is on it: the first sight of the map stays the same."""
    lowest = max((topic.y for topic in topics), default=0.0)
    side = max([1000.0 * STRETCH, *(topic.x for topic in topics)])
    edge = MARGIN + LARGEST
    return -edge, -edge, side + edge, max(lowest, 600.0) + edge


def _shown(
    outline: Outline,
    found: Map,
    choice: Choice,
    distances: Collection[int],
    ties: Sequence[Tie],
) -> set[int]:
    shown = set(distances)
    if choice.kind:
        shown &= {end for tie in ties for end in (tie.a, tie.b)}
    if choice.domain:
        domain = outline.domains[choice.domain - 1]
        shown = {topic for topic in shown if domain in found.domains[topic]}
    return shown


def _groups(
    outline: Outline, found: Map, choice: Choice, topics: Sequence[Topic], ties: Sequence[Tie]
) -> list[tuple[str, int, list[Row]]]:
    """The topics on the map by their first domain, those without one last."""
    there = {topic.id for topic in topics}
    near: dict[int, set[int]] = {topic: set() for topic in there}
    for tie in ties:
        if tie.a in there and tie.b in there and tie.a != tie.b:
            near[tie.a].add(tie.b)
            near[tie.b].add(tie.a)
    groups: dict[str, list[Row]] = {domain: [] for domain in [*outline.domains, ""]}
    for topic in topics:
        domains = found.domains[topic.id]
        name = domains[0] if domains and domains[0] in groups else ""
        groups[name].append(Row(topic, choice.address(open=topic.slug), len(near[topic.id])))
    other = "Other topics" if any(groups[domain] for domain in outline.domains) else ""
    return [(name or other, rows[0].topic.mark, rows) for name, rows in groups.items() if rows]


def describe_open(outline: Outline, found: Map, choice: Choice) -> Opened | None:
    """What stands open beside the map, what ties it, and what else to look at."""
    topic = found.find(choice.open) if choice.open else None
    if topic is None:
        return None
    opened = Opened(topic, found.about.get(topic.id, ""))
    for tie in found.ties:
        if topic.id not in (tie.a, tie.b) or tie.kind == "related":
            continue
        other = found.topics[tie.b if tie.a == topic.id else tie.a]
        before, name, after = tie.text.partition(other.name)
        told = Told(before, name, after, choice.address(open=other.slug), tie.line)
        (opened.named if tie.kind in WEAK else opened.stated).append(told)
    rows = RelatedTopic.objects.of_place("service", topic.id).placed()[:RELATED]
    for row in rows:
        reason: dict[str, Any] = row.because[0] if row.because else {"text": "", "line": None}
        other = found.topics[row.service_id]
        opened.related.append(
            (other.name, choice.address(open=other.slug), reason["text"], reason["line"])
        )
    opened.around = [
        replace(each, query=choice.address(around=topic.slug, links=n), current=False)
        for n, each in enumerate(reach_filters(choice), 1)
    ]
    return opened


def kind_filters(found: Map, choice: Choice) -> list[Filter]:
    """Every kind of tie that there is, in words."""
    links = [Filter("All kinds", choice.address(kind=""), None, not choice.kind)]
    for kind, count in found.kinds.items():
        name = WEAK.get(kind) or KINDS.get(kind, kind.replace("_", " "))
        links.append(Filter(name, choice.address(kind=kind), count, choice.kind == kind))
    return links


def domain_filters(outline: Outline, found: Map, choice: Choice) -> list[Filter]:
    """The outline's domains with their marks: the filter is the legend too."""
    links = [Filter("All domains", choice.address(domain=0), None, not choice.domain)]
    marks = {
        domains[0]: found.topics[topic].mark for topic, domains in found.domains.items() if domains
    }
    for number, name in enumerate(outline.domains, 1):
        count = sum(name in domains for domains in found.domains.values())
        current = choice.domain == number
        query = choice.address(domain=number)
        links.append(Filter(name, query, count, current, marks.get(name, 0)))
    return links


def reach_filters(choice: Choice) -> list[Filter]:
    """How many links away from the middle the map goes."""
    words = ("1 link away", "2 links away", "3 links away")
    return [
        Filter(words[n - 1], choice.address(links=n), None, choice.links == n)
        for n in range(1, FARTHEST + 1)
    ]


def fullness(values: Mapping[int, float]) -> dict[str, str]:
    """The class of each service's mark, by its slot in the drawing: m0, empty, to m4, full."""
    return {
        f"service-{key}": f" m{round(4 * min(1.0, max(0.0, value)))}"
        for key, value in values.items()
    }
