"""Places on the map: the same for the same outline, and hardly changed by a small change of it.

Units are those of a plane 1000 wide and high that holds the connected topics; those without any
link stand in rows beneath it. y grows downward.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.graph.forces import settle

SIDE = 1000.0
# Closer than this, two labels would lie on each other; rows beneath keep it too.
APART = 42.0
# More than this many topics are no map but a hairball: the rest stands around its nearest topic.
MOST = 400
# Of a topic's links, so many of the strongest pull.
PULLS = 6
# With less than this share of the topics in their places, the map is laid out anew.
KEPT = 0.6
STEPS = 200

Point = tuple[float, float]
Edge = tuple[int, int, float]


@dataclass(frozen=True)
class _Plan:
    core: list[int]
    satellites: list[int]
    lonely: list[int]
    neighbours: dict[int, dict[int, float]]


def lay_out(
    size: int, edges: Sequence[Edge], previous: Mapping[int, Point] | None = None
) -> list[Point]:
    """A place for each of `size` topics, linked by (a, b, weight).

    `previous` are the places that topics had: they keep them, and new topics come to stand by
    their neighbours, unless too few are left.
    """
    plan = _plan(size, edges)
    placed: dict[int, Point] = {}
    known = {i: p for i, p in (previous or {}).items() if 0 <= i < size and _finite(p)}
    held = {i: known[i] for i in plan.core if i in known and known[i][1] <= SIDE}
    if plan.core and len(held) >= KEPT * len(plan.core):
        placed.update(held)
        missing = [i for i in plan.core if i not in held]
        _settle_beside(plan, missing, placed)
    elif plan.core:
        placed.update(_force(plan))
    _settle_beside(plan, plan.satellites, placed)
    _set_in_rows(plan.lonely, placed)
    return [(round(placed[i][0], 2), round(placed[i][1], 2)) for i in range(size)]


def _finite(point: Point) -> bool:
    return math.isfinite(point[0]) and math.isfinite(point[1])


def _plan(size: int, edges: Sequence[Edge]) -> _Plan:
    neighbours: dict[int, dict[int, float]] = defaultdict(dict)
    for a, b, weight in edges:
        if a != b and weight > 0:
            both = neighbours[a].get(b, 0.0) + weight
            neighbours[a][b] = neighbours[b][a] = both
    linked = [i for i in range(size) if i in neighbours]
    lonely = [i for i in range(size) if i not in neighbours]
    strength = {i: sum(sorted(neighbours[i].values())) for i in linked}
    core = sorted(sorted(linked, key=lambda i: (-strength[i], i))[:MOST])
    inside = set(core)
    return _Plan(core, [i for i in linked if i not in inside], lonely, neighbours)


def _force(plan: _Plan) -> dict[int, Point]:
    """ForceAtlas2 (Jacomy et al. 2014) over each topic's strongest links."""
    if len(plan.core) == 1:
        return {plan.core[0]: (SIDE / 2, SIDE / 2)}
    number = {node: place for place, node in enumerate(plan.core)}
    size = len(plan.core)
    pull = np.zeros((size, size))
    for a in plan.core:
        near = [(b, w) for b, w in plan.neighbours[a].items() if b in number]
        for b, weight in sorted(near, key=lambda each: (-each[1], each[0]))[:PULLS]:
            pull[number[a], number[b]] = pull[number[b], number[a]] = weight
    # A spiral of equal steps, in the outline's order: what stands together begins together.
    turn = [(math.cos(2.4 * i), math.sin(2.4 * i)) for i in range(size)]
    start = np.array(turn) * np.sqrt(np.arange(size) + 1.0)[:, None]
    points = settle(start, pull, STEPS if size <= 150 else STEPS * 3 // 4)
    if not np.isfinite(points).all():
        points = start
    return dict(zip(plan.core, _fit(points), strict=True))


def _fit(points: np.ndarray) -> list[Point]:
    """Into the plane, evenly scaled, and pushed apart where too close."""
    low, high = points.min(axis=0), points.max(axis=0)
    span = float((high - low).max()) or 1.0
    points = (points - (low + high) / 2) / span * (SIDE - 2 * APART)
    for _ in range(60):
        x, y = points.T
        across, down = x[:, None] - x[None, :], y[:, None] - y[None, :]
        distance = np.sqrt(across * across + down * down)
        np.fill_diagonal(distance, np.inf)
        one, other = np.nonzero(distance < APART)
        if not len(one):
            break
        across, down, distance = across[one, other], down[one, other], distance[one, other]
        # Those in the very same place part along the line of their numbers.
        same = distance < 1e-6
        across[same] = (np.cos(one * 2.4) - np.cos(other * 2.4))[same]
        down[same] = (np.sin(one * 2.4) - np.sin(other * 2.4))[same]
        push = (APART - distance) / 2
        length = np.maximum(np.sqrt(across * across + down * down), 1e-6)
        points = points + np.stack(
            [
                np.bincount(one, weights=way / length * push, minlength=len(points))
                for way in (across, down)
            ],
            axis=1,
        )
    points = points * min(1.0, (SIDE / 2) / max(1.0, float(np.abs(points).max()))) + SIDE / 2
    return [(float(x), float(y)) for x, y in points]


def _settle_beside(plan: _Plan, nodes: Sequence[int], placed: dict[int, Point]) -> None:
    """Each at the nearest free place to the middle of its neighbours that have one."""
    taken = _Taken(placed.values())
    waiting = list(nodes)
    while waiting:
        later: list[int] = []
        for node in waiting:
            near = [(w, placed[b]) for b, w in plan.neighbours[node].items() if b in placed]
            if not near:
                later.append(node)
                continue
            total = sum(w for w, _ in near)
            middle = (
                sum(w * p[0] for w, p in near) / total,
                sum(w * p[1] for w, p in near) / total,
            )
            placed[node] = taken.claim(middle)
        if len(later) == len(waiting):
            for node in later:
                placed[node] = taken.claim((SIDE / 2, SIDE / 2))
            break
        waiting = later


class _Taken:
    """Where no more may stand, by cells of the plane."""

    def __init__(self, points: object) -> None:
        self.cells: dict[tuple[int, int], list[Point]] = defaultdict(list)
        for point in points:  # type: ignore[attr-defined]
            self._add(point)

    def _add(self, point: Point) -> None:
        self.cells[int(point[0] // APART), int(point[1] // APART)].append(point)

    def _free(self, point: Point) -> bool:
        x, y = int(point[0] // APART), int(point[1] // APART)
        return not any(
            math.dist(point, other) < APART * 0.9
            for i in (x - 1, x, x + 1)
            for j in (y - 1, y, y + 1)
            for other in self.cells.get((i, j), ())
        )

    def claim(self, wanted: Point) -> Point:
        point = wanted
        for step in range(2000):
            radius = APART * 0.55 * math.sqrt(step)
            angle = 2.4 * step
            point = (
                min(SIDE, max(0.0, wanted[0] + radius * math.cos(angle))),
                min(SIDE, max(0.0, wanted[1] + radius * math.sin(angle))),
            )
            if self._free(point):
                break
        self._add(point)
        return point


def _set_in_rows(nodes: Sequence[int], placed: dict[int, Point]) -> None:
    """Those without a link, in rows beneath the rest, in the outline's order."""
    across = max(1, int(SIDE // (3 * APART)))
    top = SIDE + 2 * APART if placed else APART
    for i, node in enumerate(nodes):
        row, column = divmod(i, across)
        placed[node] = ((column + 0.5) * SIDE / across, top + row * 1.5 * APART)
