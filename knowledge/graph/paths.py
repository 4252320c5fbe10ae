"""The shortest explained ways between two topics: over relations, then mentions. No libraries."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

MOST_STEPS = 6
# What a step costs: along a relation, along a line that names the next topic, within a service.
COSTS = {"mentions": 3.0, "contains": 1.6}
RELATION = 1.0
# Against its direction a link counts so much more, and its sentence says so.
BACKWARDS = 0.7
AGAINST = "Read from its end: "
# Neither has a direction that a reader would miss.
EITHER_WAY = ("contains", "integrates_with")
# Ways that lead over what everything names say little: so much more for each tenfold of links.
CROWDED = 0.25

Node = Hashable


@dataclass(frozen=True, slots=True)
class Link:
    """A stated link from `source` to `target`: a relation's kind, `mentions` or `contains`."""

    source: Node
    target: Node
    kind: str
    text: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way; `backwards` where the link points from `end` to `start`."""

    start: Node
    end: Node
    kind: str
    text: str
    line: int | None
    backwards: bool


@dataclass(frozen=True, slots=True)
class _Edge:
    cost: float
    order: int
    step: Step


class Ways:
    """The links of an outline, ready to be walked."""

    def __init__(self, links: Iterable[Link]) -> None:
        """`links` in the outline's order: of two alike ones the first is taken."""
        self._out: dict[Node, list[_Edge]] = defaultdict(list)
        edges = list(links)
        degree: dict[Node, int] = defaultdict(int)
        for link in edges:
            degree[link.source] += 1
            degree[link.target] += 1
        for order, link in enumerate(edges):
            if link.source == link.target:
                continue
            cost = COSTS.get(link.kind, RELATION)
            for backwards in (False, True):
                start, end = link.source, link.target
                text = link.text
                if backwards:
                    start, end = end, start
                    text = text if link.kind in EITHER_WAY else AGAINST + text
                step = Step(start, end, link.kind, text, link.line, backwards)
                back = BACKWARDS if backwards and link.kind not in EITHER_WAY else 0.0
                crowd = CROWDED * len(str(max(1, degree[end]))) - CROWDED
                self._out[start].append(_Edge(cost + back + crowd, 2 * order + backwards, step))
        for found in self._out.values():
            found.sort(key=lambda edge: (edge.cost, edge.order))
        # Of all links of two nodes only the cheapest is ever walked.
        self._walked: dict[Node, list[_Edge]] = {
            node: list({edge.step.end: edge for edge in reversed(found)}.values())
            for node, found in self._out.items()
        }

    def _hops(self, end: Node, most: int) -> dict[Node, int]:
        """How many steps each node is from the end, as far as `most`; links go both ways."""
        found = {end: 0}
        border = [end]
        for hops in range(1, most + 1):
            reached = []
            for node in border:
                for edge in self._walked.get(node, ()):
                    if edge.step.end not in found:
                        found[edge.step.end] = hops
                        reached.append(edge.step.end)
            border = reached
        return found

    def leaving(self, node: Node) -> list[Step]:
        """Every step from a node, along a link or against it, in the outline's order."""
        return [e.step for e in sorted(self._out.get(node, ()), key=lambda edge: edge.order)]

    def between(self, start: Node, end: Node) -> list[Step]:
        """Every link of two nodes, as a step from one to the other."""
        return [step for step in self.leaving(start) if step.end == end]

    def shortest(
        self,
        start: Node,
        end: Node,
        most_steps: int = MOST_STEPS,
        without: frozenset[Node] = frozenset(),
        barred: frozenset[tuple[Node, Node]] = frozenset(),
        hops: Mapping[Node, int] | None = None,
    ) -> list[Step]:
        """The cheapest way of at most so many steps; [] where there is none, or start is end.

        A* (Hart, Nilsson and Raphael 1968): no step costs less than a relation, so the number of
        steps to the end is a bound. `hops` is that number, where it is known already.
        """
        if start == end or start not in self._out or end not in self._out:
            return []
        hops = hops if hops is not None else self._hops(end, most_steps)
        if hops.get(start, most_steps + 1) > most_steps:
            return []
        counter = 0
        heap: list[tuple[float, int, int, float, Node]] = [(0.0, 0, 0, 0.0, start)]
        came: dict[tuple[Node, int], Step] = {}
        best: dict[Node, list[tuple[float, int]]] = {start: [(0.0, 0)]}
        while heap:
            _, steps, _, cost, node = heapq.heappop(heap)
            if node == end:
                return self._trace(came, node, steps)
            if steps == most_steps:
                continue
            for edge in self._walked[node]:
                target = edge.step.end
                left = hops.get(target, most_steps + 1)
                if steps + 1 + left > most_steps:
                    continue
                if target in without or (node, target) in barred or target == start:
                    continue
                total = round(cost + edge.cost, 6)
                known = best.setdefault(target, [])
                if any(c <= total and s <= steps + 1 for c, s in known):
                    continue
                known.append((total, steps + 1))
                came[target, steps + 1] = edge.step
                counter += 1
                bound = total + left * RELATION
                heapq.heappush(heap, (bound, steps + 1, counter, total, target))
        return []

    @staticmethod
    def _trace(came: dict[tuple[Node, int], Step], node: Node, steps: int) -> list[Step]:
        way: list[Step] = []
        while steps:
            step = came[node, steps]
            way.append(step)
            node, steps = step.start, steps - 1
        return way[::-1]

    def cost(self, way: Sequence[Step]) -> float:
        """What a way costs in all."""
        return round(sum(
            min(edge.cost for edge in self._out[step.start] if edge.step == step) for step in way
        ), 6)  # fmt: skip

    def several(
        self, start: Node, end: Node, most: int = 3, most_steps: int = MOST_STEPS
    ) -> list[list[Step]]:
        """The best ways that differ in the topics they lead over (Yen 1971), cheapest first."""
        hops = self._hops(end, most_steps)
        first = self.shortest(start, end, most_steps, hops=hops)
        found = [first] if first else []
        waiting: list[tuple[float, int, list[Step]]] = []
        seen = {self._nodes(first)} if first else set()
        while found and len(found) < most:
            last = found[-1]
            for at in range(len(last)):
                root = last[:at]
                before = self._nodes(root) if root else (start,)
                barred = frozenset(
                    (way[at].start, way[at].end)
                    for way in found
                    if len(way) > at and self._nodes(way)[: at + 1] == before
                )
                rest = self.shortest(
                    last[at].start, end, most_steps - at, frozenset(before[:-1]), barred, hops
                )
                way = [*root, *rest]
                if rest and self._nodes(way) not in seen:
                    seen.add(self._nodes(way))
                    heapq.heappush(waiting, (self.cost(way), len(seen), way))
            if not waiting:
                break
            found.append(heapq.heappop(waiting)[2])
        return found

    @staticmethod
    def _nodes(way: Sequence[Step]) -> tuple[Node, ...]:
        return (way[0].start, *(step.end for step in way)) if way else ()
