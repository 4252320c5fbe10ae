"""Where the names of a map stand so that none lies on another, at every scale. Pure.

A map is seen at one of LEVELS, pixels of the screen to a unit of the plane. Letters keep about the
same size on the screen, so that in units a name shrinks as one zooms in: what found room once has
room ever after, and at each level further names find theirs. A name has one side of its mark, the
first one free at the level where it appears.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# The last one holds for everything nearer.
LEVELS = (0.3, 0.42, 0.6, 0.84, 1.2, 1.7, 2.4, 3.4, 4.8)
# Pixels: the letters' size at the beginning of a level, and the height of a line of them.
LETTERS = 12.5
LINE = 1.3
# Units between a mark and its name.
GAP = 3.0
# (side, text-anchor): where a name may stand, the best first.
SIDES = ("right", "left", "below", "above")
_CELL = 60.0
# Widths in ems, of the widest of the common sans-serif faces.
_NARROW = dict.fromkeys("ijl.,:;'|!()[] ", 0.4) | dict.fromkeys("frtI-/", 0.45)
_WIDE = dict.fromkeys("mwMW@%", 1.0)

Box = tuple[float, float, float, float]


def width_of(text: str) -> float:
    """How wide a text is at most, in ems."""
    total = 0.0
    for sign in text:
        known = _NARROW.get(sign) or _WIDE.get(sign)
        if known is None:
            if unicodedata.east_asian_width(sign) in "WF":
                known = 1.05
            elif unicodedata.combining(sign):
                known = 0.0
            else:
                known = 0.78 if sign.isupper() else 0.66
        total += known
    return total


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark of that radius, and what it is called; names of higher `rank` find room first.

    `since` is the level at which the mark itself appears.
    """

    x: float
    y: float
    radius: float
    name: str
    rank: float
    since: int = 0
    size: float = LETTERS


@dataclass(frozen=True, slots=True)
class Label:
    """A name's side, and the level from which on it is seen."""

    side: str
    level: int


class _Taken:
    """Boxes by cells of the plane."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[int, Box]]] = {}

    def _touched(self, box: Box) -> Iterable[tuple[int, int]]:
        for i in range(int(box[0] // _CELL), int(box[2] // _CELL) + 1):
            for j in range(int(box[1] // _CELL), int(box[3] // _CELL) + 1):
                yield i, j

    def add(self, owner: int, box: Box) -> None:
        for cell in self._touched(box):
            self._cells.setdefault(cell, []).append((owner, box))

    def free(self, owner: int, box: Box) -> bool:
        return not any(
            other != owner
            and box[0] < taken[2] and taken[0] < box[2]
            and box[1] < taken[3] and taken[1] < box[3]
            for cell in self._touched(box)
            for other, taken in self._cells.get(cell, ())
        )  # fmt: skip


def box_of(spot: Spot, side: str, scale: float) -> Box:
    """The box of a name at a scale, in units."""
    width = width_of(spot.name) * spot.size / scale
    height = LINE * spot.size / scale
    away = spot.radius + GAP
    if side == "right":
        return spot.x + away, spot.y - height / 2, spot.x + away + width, spot.y + height / 2
    if side == "left":
        return spot.x - away - width, spot.y - height / 2, spot.x - away, spot.y + height / 2
    top = spot.y + away if side == "below" else spot.y - away - height
    return spot.x - width / 2, top, spot.x + width / 2, top + height


def _inside(box: Box, within: Box | None) -> bool:
    return within is None or (within[0] <= box[0] and box[2] <= within[2])


def place_labels(
    spots: Sequence[Spot],
    levels: Sequence[float] = LEVELS,
    known: Sequence[Label | None] = (),
    within: Box | None = None,
) -> list[Label | None]:
    """A label for each spot, None where its name finds no room at any level.

    The first spots may have their labels already: those of `known`. No name reaches beyond the
    sides of `within`.
    """
    found: list[Label | None] = [*known, *[None] * (len(spots) - len(known))]
    order = sorted(range(len(spots)), key=lambda i: (-spots[i].rank, i))
    for level, scale in enumerate(levels):
        taken = _Taken()
        for i in order:
            spot = spots[i]
            if spot.since <= level:
                r = spot.radius
                taken.add(i, (spot.x - r, spot.y - r, spot.x + r, spot.y + r))
            label = found[i]
            if label is not None and label.level <= level:
                taken.add(i, box_of(spot, label.side, scale))
        for i in order:
            spot = spots[i]
            if found[i] is not None or i < len(known) or spot.since > level or not spot.name:
                continue
            for side in SIDES:
                box = box_of(spot, side, scale)
                if _inside(box, within) and taken.free(i, box):
                    found[i] = Label(side, level)
                    taken.add(i, box)
                    break
    return found
