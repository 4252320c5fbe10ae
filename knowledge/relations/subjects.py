"""Whom a line without a subject speaks of."""

from __future__ import annotations

from knowledge.relations.masking import is_name
from knowledge.relations.outline import Lines

HIGHEST_CLIMB = 5


class Subjects:
    """What earlier lines handed on, at hand for those below and after them.

    `handed` is what a line's relations lead to, `stepped` the same where the line is a sentence,
    `in_list` the lines that are related by the heading that they are listed under, `passes_on`
    those of them that data goes to.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.handed: dict[int, tuple[int, ...]] = {}
        self.stepped: dict[int, tuple[int, ...]] = {}
        self.in_list: set[int] = set()
        self.passes_on: set[int] = set()

    def find(self, index: int, kind: str = "") -> tuple[int, ...]:
        """Whom a line without a subject speaks of: what is above it, then the page."""
        records = self._lines.records
        if kind in ("triggers", "sends_to"):
            chained = self._chained(index)
            if chained:
                return chained
        place = records[index].parent
        for _ in range(HIGHEST_CLIMB):
            if place < 0 or records[place].kind != "fact":
                break
            if place in self.handed:
                return self.handed[place]
            heads = self._lines.heads(place)
            if heads:
                return heads
            place = records[place].parent
        return self._lines.own(index)

    def _chained(self, index: int) -> tuple[int, ...]:
        """In a sequence of steps, the one before hands on to this one."""
        records = self._lines.records
        parent = records[index].parent
        if records[parent].kind != "fact" or parent in self.handed or self._lines.heads(parent):
            return ()
        before = self._step_before(index)
        if before < 0:
            return ()
        masked = self._lines.masked(before)
        if before in self.stepped:
            return self.stepped[before]
        leads = bool(masked.text) and is_name(masked.text[0]) and " " in masked.text
        leads = leads and before not in self.in_list
        numbered = records[index].ordinal is not None and records[before].ordinal is not None
        return masked.targets[:1] if leads or numbered else ()

    def _step_before(self, index: int) -> int:
        """The step before; in a list that is said to be a sequence, the last that names any."""
        records = self._lines.records
        before = self.sibling_before(index)
        is_sequence = records[records[index].parent].text.rstrip().endswith(":")
        is_sequence = is_sequence or records[index].ordinal is not None
        while is_sequence and before >= 0 and not self._lines.linked.named[before]:
            before = self.sibling_before(before)
        return before

    def sibling_before(self, index: int) -> int:
        records = self._lines.records
        parent, before = records[index].parent, index - 1
        while before > parent and records[before].parent != parent:
            before = records[before].parent
        return before if before > parent else -1
