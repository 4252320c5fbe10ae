"""The features of the topics on a map: dots around their marks, seen from near. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.labels import LETTERS, LEVELS, Label, Spot, box_of, place_labels
from knowledge.maps import TURN, Topic, anchored, number, shorten, spot_of

# The level from which on a topic shows its features.
FEATURES_AT = 6
MOST_FEATURES, MOST_DOTS = 30, 1500
_DOT = 1.1
# Dots reach so far from a mark at most, and try so many places that are free.
_REACH = 90.0
_TRIES = 40


@dataclass(frozen=True, slots=True)
class Dot:
    """A feature of a topic on the map, as drawn."""

    name: str
    slug: str
    cx: str
    cy: str
    x: str
    y: str
    anchor: str
    shift: str
    level: int


def draw_features(
    topics: Sequence[Topic], features: Mapping[int, Sequence[tuple[str, str]]]
) -> list[tuple[Topic, list[Dot]]]:
    """Each topic's features, as (name, slug), in a spiral around its mark; of many, the first."""
    most = min(MOST_FEATURES, max(3, MOST_DOTS // max(1, len(features))))
    spots = [spot_of(topic) for topic in topics]
    names = place_labels(spots)
    owners: list[tuple[int, str]] = []
    for index, topic in enumerate(topics):
        step = 0
        here = spots[index]
        near = [each for each in spots if each is not here and _are_near(each, here)]
        for i, (name, slug) in enumerate(features.get(topic.id, ())[:most]):
            x, y, step = _beside(spots[index], names[index], step, near)
            near.append(Spot(x, y, _DOT, "", 0))
            spots.append(Spot(x, y, _DOT, shorten(name), -i, FEATURES_AT, LETTERS * 0.88))
            owners.append((index, slug))
    labels = place_labels(spots, known=names)
    found: list[tuple[Topic, list[Dot]]] = [(topic, []) for topic in topics]
    for spot, label, (index, slug) in zip(
        spots[len(topics) :], labels[len(topics) :], owners, strict=True
    ):
        text_x, text_y, anchor, shift = anchored(spot, label.side if label else "right")
        level = label.level if label else len(LEVELS)
        at = (number(spot.x), number(spot.y))
        found[index][1].append(Dot(spot.name, slug, *at, text_x, text_y, anchor, shift, level))
    return [(topic, dots) for topic, dots in found if dots]


def _are_near(one: Spot, other: Spot) -> bool:
    return abs(one.x - other.x) < _REACH and abs(one.y - other.y) < _REACH


def _beside(
    spot: Spot, label: Label | None, step: int, others: Sequence[Spot]
) -> tuple[float, float, int]:
    """The next place on the spiral around a mark, and the step after.

    It leaves the mark's own name free, and `others` as far as there is room within some steps.
    """
    taken = box_of(spot, label.side, LEVELS[FEATURES_AT]) if label else (0.0, 0.0, 0.0, 0.0)
    last = step + _TRIES
    while True:
        away = spot.radius + 3 + 1.55 * math.sqrt(3 * step)
        angle = TURN * step - math.pi / 2
        x, y = spot.x + away * math.cos(angle), spot.y + away * math.sin(angle)
        step += 1
        free = not (taken[0] - 2 <= x <= taken[2] + 2 and taken[1] - 1.5 <= y <= taken[3] + 1.5)
        if free and (step > last or all(_is_clear(x, y, other) for other in others)):
            return x, y, step


def _is_clear(x: float, y: float, other: Spot) -> bool:
    return math.hypot(x - other.x, y - other.y) >= other.radius + 3 * _DOT
