"""The blocks of a file in order, before they become a tree."""

from __future__ import annotations

from array import array

from .tree import Node

MAX_DEPTH = 64


class Flow:
    """Headings (level 1–6) and facts (level 0, with their depth under the heading), in order.

    Three columns instead of a list of records: a million lines stay small.
    """

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.levels = array("b")
        self.depths = array("b")

    def __len__(self) -> int:
        return len(self.nodes)

    def add_heading(self, level: int, node: Node) -> None:
        """A heading of that level."""
        self._add(level, 0, node)

    def add_fact(self, depth: int, node: Node) -> None:
        """A fact, nested so deep under the heading above."""
        self._add(0, depth, node)

    def pop(self) -> Node:
        """Take the last block back."""
        self.levels.pop()
        self.depths.pop()
        return self.nodes.pop()

    def _add(self, level: int, depth: int, node: Node) -> None:
        self.nodes.append(node)
        self.levels.append(level)
        self.depths.append(depth)
