"""Headings of blocks: real ones, those of list items, and those that are lines of an example."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import marks
from .inline import trailing, without_data_images
from .marks import heading
from .repair import TornHeadings, is_weak
from .tree import Node

if TYPE_CHECKING:
    from .blocks import Blocks

_ANCHOR = re.compile(r"<a\s+(?:name|id)=[^<>]*>\s*(?:</a>)?|<a\s[^<>]*></a>", re.IGNORECASE)
_PERMALINK = re.compile(r"[ \t]*\[(?:¶|#|🔗|§|)\]\(#[^)\s]*(?:\s[^)]*)?\)$")
_BADGE = re.compile(r"[ \t]*\[!\[[^\[\]]*\]\([^()]*\)\]\([^()]*\)$")


class Headings:
    """Reads lines with heading marks for a reader of blocks."""

    def __init__(self, blocks: Blocks) -> None:
        self.blocks = blocks
        self.problems = blocks.problems
        self.nesting = blocks.nesting
        self.torn = TornHeadings(blocks.lines)

    def read(self, index: int, column: int, found: tuple[int, str, bool]) -> int:
        """Read the heading that starts here; the index after it."""
        level, words, spaced = found
        blocks = self.blocks
        line_no = index + 1
        open_items = self.nesting.open
        if open_items and column > open_items[0][0] and column >= min(4, open_items[0][1]):
            return self._in_item(index, column, level, words)
        if blocks.open_item is not None and words:
            torn = self._torn(index)
            if torn > index:
                return torn
        blocks.close()
        if not words:
            self.problems.skip(line_no, "empty-item")
            self.nesting.clear()
            return index + 1
        if blocks.margins.contents.is_heading(index, words):
            self.problems.skip(line_no, "toc")
            return index + 1
        if not spaced:
            self.problems.repaired(line_no, "heading-space")
        self.add(level, Node("fact", words, line_no, "heading"))
        return index + 1

    def _in_item(self, index: int, column: int, level: int, words: str) -> int:
        """A comment of the example above, or a heading within the item."""
        blocks = self.blocks
        line_no = index + 1
        goes_on = blocks.node is not None and not blocks.after_blank
        if goes_on and (level == 1 or not words or is_weak(words)):
            blocks.add_line(line_no, words)
            self.problems.repaired(line_no, "heading-in-example")
            return index + 1
        blocks.close()
        blocks.open_node(Node("fact", words, line_no, "heading"), self.nesting.place(column))
        blocks.close()
        return index + 1

    def _torn(self, index: int) -> int:
        columns = [marker for marker, _, _ in self.nesting.open]
        end = self.torn.run_at(index, self.blocks.last_words, columns)
        for further in range(index, end):
            found = heading(self.blocks.lines[further].strip())
            assert found is not None
            self.blocks.add_line(further + 1, found[1])
            self.problems.repaired(further + 1, "heading-in-example")
        return end

    def add(self, level: int, node: Node) -> None:
        """A real heading: lists end here."""
        text = node.text
        if "data:" in text:
            text = without_data_images(text)
            if text != node.text:
                self.problems.repaired(node.line, "image-data")
        node.text, node.tags = trailing(_without_marks(text))
        if not node.text:
            for line_no in (node.line, *node.more):
                self.problems.skip(line_no, "image-data")
            return
        self.nesting.clear()
        self.blocks.seen_heading = True
        self.blocks.margins.contents.end()
        self.blocks.flow.add_heading(level, node)


def _without_marks(text: str) -> str:
    """The words without what only names the place: attributes, anchors, links to itself, badges."""
    bare = text
    if len(bare) > 2000:
        return bare
    if bare.endswith("}"):
        bare = marks.ATTRIBUTES.sub("", bare)
    if "<a" in bare:
        bare = _ANCHOR.sub("", bare).strip()
    while bare.endswith(")"):
        less = _BADGE.sub("", _PERMALINK.sub("", bare))
        if less == bare:
            break
        bare = less
    return bare.strip() or text
