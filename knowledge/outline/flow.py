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
        self.items = bytearray()

    def __len__(self) -> int:
        return len(self.nodes)

    def add_heading(self, level: int, node: Node) -> None:
        """A heading of that level."""
        self._add(level, 0, node, is_item=False)

    def add_fact(self, depth: int, node: Node, *, is_item: bool = False) -> None:
        """A fact, nested so deep under the heading above; `is_item` tells list items."""
        self._add(0, depth, node, is_item=is_item)

    def holds(self, index: int) -> bool:
        """Whether the fact at `index` has others nested in it."""
        after = index + 1
        if after >= len(self.nodes) or self.levels[after]:
            return False
        return self.depths[after] > self.depths[index]

    def pop(self) -> Node:
        """Take the last block back."""
        self.levels.pop()
        self.depths.pop()
        self.items.pop()
        return self.nodes.pop()

    def _add(self, level: int, depth: int, node: Node, *, is_item: bool) -> None:
        self.nodes.append(node)
        self.levels.append(level)
        self.depths.append(depth)
        self.items.append(is_item)
