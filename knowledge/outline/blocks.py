"""Lines → blocks: headings, list items, paragraphs and what runs over several lines."""

from __future__ import annotations

import re

from . import marks
from .flow import Flow
from .inline import trailing, without_data_images
from .margins import Margins
from .marks import ITEM, Finder, heading, indent_of, is_rule, width
from .nesting import Nesting
from .problems import Problems
from .repair import TornCode, TornHeadings
from .special import Special
from .tree import Form, Node

# A line without any of these signs needs no look at what is rare.
_RARE = re.compile(r"""[\[{"<`#|$>]|::|data:|\*\*|__|- |[–—：:]""")


class Blocks:
    """Reads lines into a flow of blocks. `flow` and `metadata` hold the result after `read`."""

    def __init__(self, lines: list[str], problems: Problems) -> None:
        self.lines = lines
        self.problems = problems
        self.flow = Flow()
        self.metadata: dict[str, str] = {}
        self.finder = Finder(lines)
        self.nesting = Nesting(lines, problems)
        self.torn_headings = TornHeadings(lines)
        self.torn_code = TornCode(lines)
        self.special = Special(self)
        self.margins = Margins(self)
        self.seen_heading = False
        self.after_blank = True
        self.node: Node | None = None  # the block that a further line may continue
        self._is_item = False
        self._parts: list[str] = []
        self._more: list[int] = []

    def read(self) -> None:
        """Read all lines."""
        index = self.margins.front_matter()
        count = len(self.lines)
        step = self._step
        while index < count:
            index = step(index)
        self.close()
        self.nesting.report_jumps()

    def _step(self, index: int) -> int:
        """Read the block or line at `index`; the index after it."""
        line = self.lines[index]
        if "<!--" in line:
            line = self.margins.without_comments(index)
        text = line.strip()
        if not text:
            self.close()
            self.after_blank = True
            return index + 1
        found = ITEM.match(line)
        if found and not is_rule(text):
            after = self._item(index, line, found)
        else:
            after = self._other(index, line, text)
        self.after_blank = False
        return after

    def _item(self, index: int, line: str, found: re.Match[str]) -> int:
        column = width(found[1])
        number = found[2]
        text = line[found.end() :].strip()
        line_no = index + 1
        if number is not None and self._is_wrapped_number(int(number)):
            self.add_line(line_no, line.strip())
            return index + 1
        rare = _RARE.search(text) is not None
        if rare:
            task = marks.TASK.match(text)
            if task:
                text = text[task.end() :]
            if self.margins.item_is_skipped(index, text):
                return index + 1
        self.close()
        lead = found[1]
        content = column + max(1, min(len(line[: found.end()]) - len(lead), 5))
        depth = self.nesting.enter(column, content, line_no, "\t" in lead)
        form: Form = "bullet" if number is None else "numbered"
        node = Node("fact", text, line_no, form, ordinal=int(number) if number else None)
        self.open_node(node, depth, is_item=True)
        return self._item_words(index, node, content) if rare and text else index + 1

    def _item_words(self, index: int, node: Node, content: int) -> int:
        """What is rare in the words of a list item; the index after the item's own lines."""
        text = node.text
        if text[0] in "`~" and marks.FENCE.match(text):
            self.flow.pop()
            self.node = None
            return self.special.fence(index, text, content, self.nesting.open[-1][2], node)
        if text[0] == "#":
            found = heading(text)
            if found and found[1] and found[2]:
                node.text = found[1]
        if "data:" in text or "<img" in text:
            node.text = self._without_images(node.text, node.line)
        if marks.DEFINITION.match(text):
            node.form = "definition"
        end = self.torn_code.end_at(index, text)
        for further in range(index + 1, end):
            words = self.lines[further].strip()
            item = ITEM.match(words)
            self.add_line(further + 1, words[item.end() :] if item else words)
        if end > index + 1:
            self.problems.repaired(node.line, "torn-code")
        return end

    def _is_wrapped_number(self, number: int) -> bool:
        """`in the year` / `1986. What a…`: a number at the start of a wrapped line is no item."""
        if self.node is None or self.after_blank or number <= 1:
            return False
        if self._is_item:
            return number >= 1000 and self.node.ordinal is None
        return self.node.form in ("paragraph", "quote") and not self.nesting.open

    def _other(self, index: int, line: str, text: str) -> int:
        column = indent_of(line)
        if self._is_indented_code(column):
            return self.special.indented_code(index, column)
        if text[0] == "#" and (found := heading(text)) is not None:
            return self._heading(index, column, text, found)
        after = self.special.block(index, text, column)
        if after is None:
            after = self.margins.line(index, text, column)
        if after is not None:
            return after
        self._words(index + 1, text, column)
        return index + 1

    def _is_indented_code(self, column: int) -> bool:
        if column < 4 or (self.node is not None and not self.after_blank):
            return False
        open_items = self.nesting.open
        if not open_items:
            return True
        outer = [content for marker, content, _ in open_items if marker < column]
        return self.after_blank and (not outer or column >= outer[-1] + 4)

    def _words(self, line_no: int, text: str, column: int) -> None:
        """A line of plain words: it goes on with what is open, or starts a paragraph."""
        form: Form = "paragraph"
        rare = _RARE.search(text) is not None
        if rare and ("data:" in text or "<img" in text):
            text = self._without_images(text, line_no)
        if rare and marks.DEFINITION.match(text):
            form = "definition"
        goes_on = self.node is not None and not self.after_blank
        if goes_on and (column or not self._starts_anew(text, form)):
            self.add_line(line_no, text)
            return
        self.close()
        if not column:
            self.nesting.clear()
        self.open_node(Node("fact", text, line_no, form), self.nesting.place(column))

    def _starts_anew(self, text: str, form: Form) -> bool:
        """A definition, or a line in bold, stands for itself though no blank line is above it."""
        if form == "definition":
            return not self._is_item
        return text[0] in "*_" and marks.BOLD_ONLY.match(text) is not None

    def _heading(self, index: int, column: int, text: str, found: tuple[int, str, bool]) -> int:
        level, words, spaced = found
        line_no = index + 1
        open_items = self.nesting.open
        if open_items and column > open_items[0][0]:
            if not self.after_blank and self.node is not None:
                self.add_line(line_no, words)
                self.problems.repaired(line_no, "heading-in-example")
                return index + 1
            self.close()
            node = Node("fact", words, line_no, "heading")
            self.open_node(node, self.nesting.place(column))
            self.close()
            return index + 1
        if self.node is not None and self._is_item and not self.after_blank and words:
            torn = self._torn_headings(index)
            if torn > index:
                return torn
        self.close()
        if not words:
            self.problems.skip(line_no, "empty-item")
            self.nesting.clear()
            return index + 1
        if self.margins.is_contents_heading(index, words):
            self.problems.skip(line_no, "toc")
            return index + 1
        if not spaced:
            self.problems.repaired(line_no, "heading-space")
        self.add_heading(level, Node("fact", words, line_no, "heading"))
        return index + 1

    def _torn_headings(self, index: int) -> int:
        assert self.node is not None
        last = self._parts[-1] if self._parts else self.node.text
        columns = [marker for marker, _, _ in self.nesting.open]
        end = self.torn_headings.run_at(index, last, columns)
        for further in range(index, end):
            found = heading(self.lines[further].strip())
            assert found is not None
            self.add_line(further + 1, found[1])
            self.problems.repaired(further + 1, "heading-in-example")
        return end

    def add_heading(self, level: int, node: Node) -> None:
        """A real heading: lists end here."""
        node.text, node.tags = trailing(self._without_images(node.text, node.line))
        if not node.text:
            self.problems.skip(node.line, "image-data")
            return
        self.nesting.clear()
        self.seen_heading = True
        self.flow.add_heading(level, node)

    def open_node(self, node: Node, depth: int, *, is_item: bool = False) -> None:
        """Add a block that further lines may continue."""
        self.flow.add_fact(depth, node, is_item=is_item)
        self.node = node
        self._is_item = is_item

    def depth_at(self, column: int) -> int:
        """Depth of a block at `column`; one that hugs the item above belongs to it."""
        if not column and self.nesting.open and not self.after_blank:
            return self.nesting.inside()
        if not column:
            self.nesting.open.clear()
        return self.nesting.place(column)

    def add_line(self, line_no: int, text: str) -> None:
        """A further line of the open block."""
        if text:
            self._parts.append(text)
        self._more.append(line_no)

    @property
    def is_single_line_paragraph(self) -> bool:
        """The line above is a paragraph of one line, outside of lists."""
        node = self.node
        return (
            node is not None
            and node.form == "paragraph"
            and not self._more
            and not self.after_blank
            and not self.nesting.open
        )

    def close(self) -> None:
        """Nothing continues the open block any more."""
        node = self.node
        if node is None:
            return
        self.node = None
        if self._more:
            node.text = " ".join([node.text, *self._parts]).strip()
            node.more += tuple(self._more)
            self._parts.clear()
            self._more.clear()
        text = node.text
        if ("#" in text or "^" in text) and node.form not in ("code", "quote"):
            node.text, node.tags = trailing(text)
        if not text:
            self._drop(node)
        elif not self._is_item and not self.nesting.open and node.form == "paragraph":
            introduces = text.endswith((":", "：")) and self.seen_heading
            self.nesting.base = 1 if introduces or marks.BOLD_ONLY.match(text) else 0

    def _drop(self, node: Node) -> None:
        """Take back a block without words."""
        self.flow.pop()
        if self._is_item and self.nesting.open:
            self.nesting.hollow()
        for line_no in (node.line, *node.more):
            self.problems.skip(line_no, "empty-item")

    def _without_images(self, text: str, line_no: int) -> str:
        if "data:" not in text:
            return text
        bare = without_data_images(text)
        if bare != text:
            self.problems.repaired(line_no, "image-data")
        return bare
