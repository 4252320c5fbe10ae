"""How deep a list item stands: indents compared with those above it, whatever the step."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence

from .flow import MAX_DEPTH
from .marks import ITEM, width
from .problems import Problems


class Nesting:
    """The open list items, outermost first, as (column of the marker, column of the words, depth).

    `base` is the depth of top items: 1 under a paragraph that introduces a list.
    """

    def __init__(self, lines: Sequence[str], problems: Problems) -> None:
        self.lines = lines
        self.problems = problems
        self.open: list[tuple[int, int, int]] = []
        self.base = 0
        self._steps: Counter[int] = Counter()
        self._wide_lines = array("l")
        self._wide_steps = array("l")
        self._by_one: bool | None = None
        self._was_too_deep = False

    def clear(self) -> None:
        """A heading or paragraph ended all lists."""
        self.open.clear()
        self.base = 0

    def enter(self, column: int, content: int, line: int, tabbed: bool) -> int:
        """Depth of an item whose marker stands at `column`; it becomes the innermost one."""
        open_items = self.open
        while open_items and open_items[-1][0] > column:
            open_items.pop()
        marker = column
        if open_items:
            step = column - open_items[-1][0]
            if step == 1 and not self._one_space_nests():
                self.problems.repaired(line, "indent-odd")
                step, marker = 0, open_items[-1][0]
            if step == 0:
                open_items.pop()
            else:
                self._steps[step] += 1
                if step > (4 if tabbed else 2) and column > open_items[-1][1]:
                    self._wide_lines.append(line)
                    self._wide_steps.append(step)
        depth = open_items[-1][2] + 1 if open_items else self.base
        if depth >= MAX_DEPTH:
            depth = MAX_DEPTH - 1
            if not self._was_too_deep:
                self.problems.repaired(line, "too-deep")
            self._was_too_deep = True
        else:
            self._was_too_deep = False
        open_items.append((marker, content, depth))
        return depth

    def hollow(self) -> None:
        """The innermost item has no words: what is nested in it goes one level up."""
        marker, content, depth = self.open[-1]
        self.open[-1] = (marker, content, depth - 1)

    def pass_over(self, column: int, content: int) -> None:
        """An item that is left out: what is nested in it goes one level up."""
        while self.open and self.open[-1][0] >= column:
            self.open.pop()
        depth = self.open[-1][2] if self.open else self.base - 1
        self.open.append((column, content, depth))

    def hold(self, depth: int) -> None:
        """A block at the margin holds what is indented below it, as an item does."""
        self.open[:] = [(0, 4, depth)]

    def place(self, column: int) -> int:
        """Depth of a block that is no list item and starts at `column`."""
        while self.open and self.open[-1][0] >= column:
            self.open.pop()
        if self.open:
            return min(self.open[-1][2] + 1, MAX_DEPTH)
        return self.base

    def inside(self) -> int:
        """Depth of a block that belongs to the innermost item."""
        return min(self.open[-1][2] + 1, MAX_DEPTH) if self.open else self.base

    def report_jumps(self) -> None:
        """Tell of steps that are wide for this file, now that all of it is known."""
        if not self._wide_lines:
            return
        total = sum(self._steps.values())
        most = max(self._steps.values())
        usual = min(step for step, count in self._steps.items() if count == most)
        habit = max(3, total // 10)
        least = 2 * usual if most > 3 else max(2 * usual, 5)  # few items show no habit
        for line, step in zip(self._wide_lines, self._wide_steps, strict=True):
            if step >= least and self._steps[step] < habit:
                self.problems.repaired(line, "indent-jump")

    def _one_space_nests(self) -> bool:
        """Whether one space is the usual step of this file."""
        if self._by_one is None:
            steps: Counter[int] = Counter()
            before = 0
            for line in self.lines:
                item = ITEM.match(line)
                if item:
                    column = width(item[1])
                    if column > before:
                        steps[column - before] += 1
                    before = column
            self._by_one = 2 * steps[1] > sum(steps.values())
        return self._by_one
