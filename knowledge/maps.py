"""Topics and links → what a map draws: places, marks, lines and names in SVG's numbers. Pure."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from knowledge.labels import LETTERS, LEVELS, Label, Spot, box_of, place_labels

# Radius of the smallest and of the largest mark, and what a fact adds to it.
SMALLEST, LARGEST, PER_FACT = 4.0, 15.0, 1.05
MARGIN = 26.0
# A golden angle apart, dots on a spiral never line up.
TURN = 2.39996
_LONGEST = 30
_ANCHORS = {"left": "end", "above": "middle", "below": "middle"}
_SHIFTS = {"above": "-.3em", "below": ".95em"}


@dataclass(frozen=True, slots=True)
class Topic:
    """A service on the map; `mark` is its domain's, `headed` tells that it has notes of its own."""

    id: int
    name: str
    slug: str
    mark: int
    x: float
    y: float
    facts: int
    headed: bool = True


@dataclass(frozen=True, slots=True)
class Tie:
    """What is said of a to b, as a sentence; `kind` is a relation's, mentions or related.

    `line` is the first that says so, `weight` how many do.
    """

    a: int
    b: int
    kind: str
    text: str
    weight: int = 1
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A topic as drawn: `shape` moves and scales its domain's sign of 12 by 12."""

    topic: Topic
    shape: str
    label: str
    x: str
    y: str
    anchor: str
    shift: str
    level: int
    off: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """All ties of two topics in one stroke; `ends` says which way they point: to, from, both."""

    a: int
    b: int
    d: str
    kinds: str
    ends: str
    title: str
    faint: bool


@dataclass
class Drawing:
    """`box` is the svg's viewBox; `levels` and `letters` are what its names are placed for."""

    box: str
    marks: list[Mark] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    levels: str = " ".join(map(str, LEVELS))
    letters: float = LETTERS


def number(value: float) -> str:
    """A number as short as it may be.

    >>> number(12.04), number(-0.02)
    ('12', '0')
    """
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def radius_of(topic: Topic) -> float:
    return min(LARGEST, SMALLEST + PER_FACT * math.sqrt(topic.facts))


def shorten(name: str, most: int = _LONGEST) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def draw(
    topics: Sequence[Topic],
    ties: Iterable[Tie],
    *,
    shown: Collection[int] | None = None,
    first: int | None = None,
    box: tuple[float, float, float, float] | None = None,
    levels: Sequence[float] = LEVELS,
) -> Drawing:
    """The map of `topics`; those not in `shown` keep their places but say nothing.

    `first` is named before all others. `ties` between topics that aren't there are left out.
    """
    there = {topic.id: topic for topic in topics}
    on = there.keys() if shown is None else set(shown)
    spots = [spot_of(topic, first) if topic.id in on else _silent(topic) for topic in topics]
    box = box or bounds(topics)
    labels = place_labels(spots, levels, within=box)
    drawing = Drawing(_box(box))
    for topic, spot, label in zip(topics, spots, labels, strict=True):
        drawing.marks.append(_mark(topic, spot, label, off=topic.id not in on))
    drawing.lines = _lines(there, (tie for tie in ties if tie.a in on and tie.b in on))
    return drawing


def spot_of(topic: Topic, first: int | None = None) -> Spot:
    rank = math.inf if topic.id == first else topic.facts + (5 if topic.headed else 0)
    return Spot(topic.x, topic.y, radius_of(topic), shorten(topic.name), rank)


def _silent(topic: Topic) -> Spot:
    return Spot(topic.x, topic.y, radius_of(topic), "", -1)


def _mark(topic: Topic, spot: Spot, label: Label | None, off: bool) -> Mark:
    scale = spot.radius / 6
    shape = f"translate({number(topic.x - spot.radius)} {number(topic.y - spot.radius)})"
    shape += f" scale({scale:.2f})"
    if label is None:
        # Seen only while one points at it.
        x, y, anchor, shift = anchored(spot, "right")
        return Mark(topic, shape, spot.name, x, y, anchor, shift, len(LEVELS), off)
    x, y, anchor, shift = anchored(spot, label.side)
    return Mark(topic, shape, spot.name, x, y, anchor, shift, label.level, off)


def anchored(spot: Spot, side: str) -> tuple[str, str, str, str]:
    """x, y, text-anchor and dy of a name on that side of its mark."""
    x, top, right, bottom = box_of(spot, side, 1)
    at_x = {"right": x, "left": right}.get(side, spot.x)
    at_y = {"above": bottom, "below": top}.get(side, spot.y)
    return number(at_x), number(at_y), _ANCHORS.get(side, ""), _SHIFTS.get(side, ".35em")


def _lines(there: Mapping[int, Topic], ties: Iterable[Tie]) -> list[Line]:
    pairs: dict[tuple[int, int], list[Tie]] = {}
    for tie in ties:
        if tie.a != tie.b and tie.a in there and tie.b in there:
            pairs.setdefault((min(tie.a, tie.b), max(tie.a, tie.b)), []).append(tie)
    lines = []
    for (a, b), found in sorted(pairs.items()):
        stated = [tie for tie in found if tie.kind not in ("mentions", "related")]
        told = stated or found
        to = any(tie.a == a for tie in told)
        back = any(tie.b == a for tie in told)
        ends = "both" if to and back else "to" if to else "from"
        if all(tie.kind in ("related", "integrates_with") for tie in told):
            ends = ""
        kinds = " ".join(dict.fromkeys(tie.kind for tie in told))
        title = ". ".join(dict.fromkeys(tie.text for tie in told)) + "."
        d = _stroke(there[a], there[b])
        if d:
            lines.append(Line(a, b, d, kinds, ends, title, not stated))
    # What is only named lies beneath what is stated.
    return sorted(lines, key=lambda line: not line.faint)


def _stroke(a: Topic, b: Topic) -> str:
    """From the edge of one mark to that of the other; nothing where they touch."""
    length = math.hypot(b.x - a.x, b.y - a.y)
    one, other = radius_of(a) + 2, radius_of(b) + 2
    if length <= one + other:
        return ""
    dx, dy = (b.x - a.x) / length, (b.y - a.y) / length
    start = f"M{number(a.x + dx * one)} {number(a.y + dy * one)}"
    return f"{start}L{number(b.x - dx * other)} {number(b.y - dy * other)}"


def bounds(topics: Iterable[Topic], margin: float = MARGIN) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what the topics take, never empty."""
    xs, ys = zip(*((t.x, t.y) for t in topics), strict=True) if topics else ((0.0,), (0.0,))
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin


def _box(box: tuple[float, float, float, float]) -> str:
    left, top, right, bottom = box
    return " ".join(map(number, (left, top, right - left, bottom - top)))


def part(topics: Sequence[Topic], apart: float) -> list[Topic]:
    """The same topics, those closer than that pushed from one another as little as it takes."""
    places = [[topic.x, topic.y] for topic in topics]
    for _ in range(80):
        close = False
        for i in range(len(places)):
            for j in range(i):
                dx, dy = places[i][0] - places[j][0], places[i][1] - places[j][1]
                length = math.hypot(dx, dy)
                if length >= apart:
                    continue
                close = True
                if length < 1e-6:
                    dx, dy, length = math.cos(TURN * i), math.sin(TURN * i), 1.0
                push = (apart - length) / 2 / length if length < apart else 0
                for k, delta in ((0, dx), (1, dy)):
                    places[i][k] += delta * push
                    places[j][k] -= delta * push
        if not close:
            break
    return [replace(t, x=x, y=y) for t, (x, y) in zip(topics, places, strict=True)]


def fit(
    topics: Sequence[Topic], width: float, height: float, margin: float, apart: float
) -> list[Topic]:
    """The topics moved and scaled into a box, each way by itself, and parted where too close."""
    if not topics:
        return []
    left, top, right, bottom = bounds(topics, 0)
    wide, high = max(right - left, 1.0), max(bottom - top, 1.0)
    scaled = [
        replace(
            topic,
            x=margin + (topic.x - left) / wide * (width - 2 * margin)
            if right > left
            else width / 2,
            y=margin + (topic.y - top) / high * (height - 2 * margin)
            if bottom > top
            else height / 2,
        )
        for topic in topics
    ]
    return part(scaled, apart)
