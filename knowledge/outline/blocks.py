"""Lines → blocks: headings, list items, paragraphs and what runs over several lines."""

from __future__ import annotations

import re

from . import marks
from .flow import Flow
from .headings import Headings
from .inline import trailing, without_data_images
from .margins import Margins
from .marks import ITEM, Finder, heading, indent_of, is_rule, width
from .nesting import Nesting
from .problems import Problems
from .repair import TornCode
from .special import Special
from .tree import Form, Node

# A line without any of these signs needs no look at what is rare.
_RARE = re.compile(r"""[\[{"<`#|$>]|::|data:|\*\*|__|- |[–—：:]""")


class Blocks:
    """Reads lines into a flow of blocks. `flow` and `metadata` hold the result after `read`.

    `inside` tells that the lines are those of a quote, not of a file.
    """

    def __init__(self, lines: list[str], problems: Problems, *, inside: bool = False) -> None:
        self.lines = lines
        self.problems = problems
        self.flow = Flow()
        self.metadata: dict[str, str] = {}
        self.finder = Finder(lines)
        self.nesting = Nesting(lines, problems)
        self.torn_code = TornCode(lines)
        self.special = Special(self)
        self.margins = Margins(self)
        self.headings = Headings(self)
        self.inside = inside
        self.seen_heading = inside
        self.after_blank = True
        self.node: Node | None = None  # the block that a further line may continue
        self._is_item = False
        self._parts: list[str] = []
        self._more: list[int] = []

    def read(self) -> None:
        """Read all lines."""
        index = 0 if self.inside else self.margins.front_matter()
        count = len(self.lines)
        step = self._step
        while index < count:
            index = step(index)
        self.close()
        self.margins.html.flush()
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
                self.nesting.pass_over(column, column + 2)
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
            self.take_back()
            return self.special.fence(index, text, content, self.nesting.open[-1][2], node)
        after = None
        if text[0] in "$\\":
            after = self.special.math_in_item(index, text)
        elif text[0] == "|":
            after = self.special.table_in_item(index, text)
        if after is not None:
            return after
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
        if column >= 4 and self._is_indented_code(index, text, column):
            return self.special.indented_code(index, column)
        if text[0] == "#" and (found := heading(text)) is not None:
            return self.headings.read(index, column, found)
        after = self.special.block(index, text, column)
        if after is None:
            after = self.margins.line(index, text, column)
        if after is not None:
            return after
        self._words(index + 1, text, column)
        return index + 1

    def _is_indented_code(self, index: int, text: str, column: int) -> bool:
        if self.node is not None and not self.after_blank:
            return False
        html = self.margins.html.last
        if html == index - 1 or (text[0] == "<" and index - html <= 3):
            return False
        if text[0] in "`~" and marks.FENCE.match(text):
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
        if goes_on and not self._starts_anew(line_no, text, column, form):
            self.add_line(line_no, text)
            return
        self.close()
        if not column:
            self.nesting.clear()
        depth = self.nesting.place(column)
        self.open_node(Node("fact", text, line_no, form), depth)
        if text[0] == "[" and not column and marks.FOOTNOTE.match(text):
            self.nesting.hold(depth)

    def _starts_anew(self, line_no: int, text: str, column: int, form: Form) -> bool:
        """Whether the line stands for itself though no blank line is above it."""
        if marks.KEY_VALUE.match(text) and self._is_among_keys(line_no):
            return True
        node = self.node
        if column or node is None:
            return False
        if form == "definition":
            return not self._is_item
        if text[0] in "*_" and marks.BOLD_ONLY.match(text):
            return True
        if node.form == "paragraph" and not self._more and node.text[:1] in ("*", "_"):
            return marks.BOLD_ONLY.match(node.text) is not None
        after = self.lines[line_no][:2] if line_no < len(self.lines) else ""
        return node.form == "definition" and after in (": ", ":\t")

    def _is_among_keys(self, line_no: int) -> bool:
        """Whether the line above or below is one of the shape `Key: value`, too."""
        for near in (line_no - 2, line_no):
            if 0 <= near < len(self.lines):
                words = self.lines[near][:200].strip()
                item = ITEM.match(words) if near < line_no else None
                if marks.KEY_VALUE.match(words[item.end() :] if item else words):
                    return True
        return False

    @property
    def open_item(self) -> Node | None:
        """The list item directly above, which a further line would continue."""
        return self.node if self._is_item and not self.after_blank else None

    @property
    def last_words(self) -> str:
        """The words of the last line of the open block."""
        return self._parts[-1] if self._parts else self.node.text if self.node else ""

    def take_back(self) -> None:
        """Take back the block that was just opened."""
        self.flow.pop()
        self.node = None

    def reopen(self, node: Node) -> None:
        """A further line may continue this block, which is in the flow already."""
        self.node = node
        self._is_item = False

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
            if self._parts and self._parts[-1][-1] == "\\":
                self._parts[-1] = self._parts[-1][:-1].rstrip() or self._parts[-1]
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
            node.text, tags = trailing(text)
            node.tags += tags
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
