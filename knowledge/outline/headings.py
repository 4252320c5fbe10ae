"""Headings of blocks: real ones, those of list items, and those that are lines of an example."""

from __future__ import annotations

import re

from . import marks
from .contents import Contents
from .draft import Draft
from .inline import trailing, without_data_images
from .marks import heading
from .repair import TornHeadings, is_weak
from .tree import Node

_ANCHOR = re.compile(r"<a\s+(?:name|id)=[^<>]*>\s*(?:</a>)?|<a\s[^<>]*></a>", re.IGNORECASE)
_PERMALINK = re.compile(r"[ \t]*\[(?:¶|#|🔗|§|)\]\(#[^)\s]*(?:\s[^)]*)?\)$")
_BADGE = re.compile(r"[ \t]*\[!\[[^\[\]]*\]\([^()]*\)\]\([^()]*\)$")


class Headings:
    """Reads lines with heading marks into a draft."""

    def __init__(self, draft: Draft, contents: Contents) -> None:
        self.draft = draft
        self.contents = contents
        self.problems = draft.problems
        self.nesting = draft.nesting
        self.torn = TornHeadings(draft.lines)

    def read(self, index: int, column: int, found: tuple[int, str, bool]) -> int:
        """Read the heading that starts here; the index after it."""
        level, words, spaced = found
        draft = self.draft
        line_no = index + 1
        open_items = self.nesting.open
        if open_items and column > open_items[0][0] and column >= min(4, open_items[0][1]):
            return self._in_item(index, column, level, words)
        if draft.open_item is not None and words:
            torn = self._torn(index)
            if torn > index:
                return torn
        draft.close()
        if not words:
            self.problems.skip(line_no, "empty-item")
            self.nesting.clear()
            return index + 1
        if self.contents.is_heading(index, words):
            self.problems.skip(line_no, "toc")
            return index + 1
        if not spaced:
            self.problems.repaired(line_no, "heading-space")
        self.add(level, Node("fact", words, line_no, "heading"))
        return index + 1

    def _in_item(self, index: int, column: int, level: int, words: str) -> int:
        """A comment of the example above, or a heading within the item."""
        draft = self.draft
        line_no = index + 1
        goes_on = draft.goes_on
        if goes_on and (level == 1 or not words or is_weak(words)):
            draft.add_line(line_no, words)
            self.problems.repaired(line_no, "heading-in-example")
            return index + 1
        draft.close()
        draft.open_node(Node("fact", words, line_no, "heading"), self.nesting.place(column))
        draft.close()
        return index + 1

    def _torn(self, index: int) -> int:
        columns = [marker for marker, _, _ in self.nesting.open]
        end = self.torn.run_at(index, self.draft.last_words, columns)
        for further in range(index, end):
            found = heading(self.draft.lines[further].strip())
            assert found is not None
            self.draft.add_line(further + 1, found[1])
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
        self.draft.seen_heading = True
        self.contents.end()
        self.draft.flow.add_heading(level, node)


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
