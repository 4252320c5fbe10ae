"""Lines → blocks: headings, list items, paragraphs and what runs over several lines."""

from __future__ import annotations

import re

from . import marks
from .contents import Contents
from .draft import Draft
from .flow import Flow
from .headings import Headings
from .html import Html
from .margins import Margins
from .marks import ITEM, heading, indent_of, is_rule, is_underline, width
from .problems import Problems
from .repair import TornCode
from .settings import Settings
from .special import Special
from .tree import Form, Node

# After these a number at the start of the next line is not a part of the sentence.
_YEAR = 1000  # from here on a number is more than a place in a list
_ENDS = (".", "!", "?", "。", "！", "？", ".)")
# A line without any of these signs needs no look at what is rare.
_RARE = re.compile(r"""[\[{"<`#|$>]|::|data:|\*\*|__|- |[–—：:]""")


def read_blocks(lines: list[str], problems: Problems) -> Draft:
    """Read the lines of a file into blocks; lines of comments become blank in the list."""
    draft = Draft(lines, problems)
    _Blocks(draft).read()
    return draft


def _read_inside(lines: list[str], problems: Problems, inside: int) -> Flow:
    draft = Draft(lines, problems, inside)
    _Blocks(draft).read()
    return draft.flow


class _Blocks:
    """Tells line by line which kind of block it starts or continues."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.lines = draft.lines
        self.problems = draft.problems
        self.nesting = draft.nesting
        self.torn_code = TornCode(draft.lines)
        contents = Contents(draft)
        self.headings = Headings(draft, contents)
        self.html = Html(draft, self.headings)
        self.settings = Settings(draft)
        self.margins = Margins(draft, self.settings, self.headings, contents, self.html)
        self.special = Special(draft, _read_inside)

    def read(self) -> None:
        """Read all lines."""
        index = 0 if self.draft.inside else self.settings.front_matter()
        count = len(self.lines)
        step = self._step
        while index < count:
            index = step(index)
        self.draft.close()
        self.html.flush()
        self.settings.settle()
        self.nesting.report_jumps()

    def _step(self, index: int) -> int:
        """Read the block or line at `index`; the index after it."""
        line = self.lines[index]
        if "<!--" in line:
            line = self.margins.without_comments(index)
        text = line.strip()
        if not text:
            self.draft.close()
            self.draft.after_blank = True
            return index + 1
        found = ITEM.match(line)
        if found and not is_rule(text) and not self._is_underlined(index, found):
            after = self._item(index, line, found)
        else:
            after = self._other(index, line, text)
        self.draft.after_blank = False
        return after

    def _is_underlined(self, index: int, found: re.Match[str]) -> bool:
        """`1. Words` over a line of dashes of that length: a heading, not an item."""
        if not found[2] or found[1] or index + 1 >= len(self.lines):
            return False
        return is_underline(self.lines[index + 1], self.lines[index])

    def _item(self, index: int, line: str, found: re.Match[str]) -> int:
        column = width(found[1])
        number = found[2]
        text = line[found.end() :].strip()
        line_no = index + 1
        if number is not None:
            if self._is_wrapped_number(int(number)):
                self.draft.add_line(line_no, line.strip())
                return index + 1
            if int(number) >= _YEAR:
                number, text = None, line.strip()
        rare = _RARE.search(text) is not None
        if rare:
            task = marks.TASK.match(text)
            if task:
                text = text[task.end() :]
            if self.margins.item_is_skipped(index, text):
                self.nesting.pass_over(column, column + 2)
                return index + 1
        self.draft.close()
        lead = found[1]
        content = column + max(1, min(len(line[: found.end()]) - len(lead), 5))
        depth = self.nesting.enter(column, content, line_no, "\t" in lead)
        form: Form = "bullet" if number is None else "numbered"
        node = Node("fact", text, line_no, form, ordinal=int(number) if number else None)
        self.draft.open_node(node, depth, is_item=True)
        return self._item_words(index, node, content) if rare and text else index + 1

    def _item_words(self, index: int, node: Node, content: int) -> int:
        """What is rare in the words of a list item; the index after the item's own lines."""
        text = node.text
        if text[0] in "`~" and marks.FENCE.match(text):
            self.draft.take_back()
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
            node.text = self.draft.without_images(node.text, node.line)
        if marks.DEFINITION.match(text):
            node.form = "definition"
        end = self.torn_code.end_at(index, text)
        for further in range(index + 1, end):
            words = self.lines[further].strip()
            item = ITEM.match(words)
            self.draft.add_line(further + 1, words[item.end() :] if item else words)
        if end > index + 1:
            self.problems.repaired(node.line, "torn-code")
        return end

    def _is_wrapped_number(self, number: int) -> bool:
        """`in the year` / `1986. What a…`: a number at the start of a wrapped line is no item."""
        if self.draft.node is None or self.draft.after_blank or number <= 1:
            return False
        if self.draft.last_words.endswith(_ENDS):
            return False
        if self.draft.is_item:
            return number >= _YEAR and self.draft.node.ordinal is None
        return self.draft.node.form in ("paragraph", "quote") and not self.nesting.open

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
        if self.draft.goes_on:
            return False
        html = self.html.last
        if html == index - 1 or (text[0] == "<" and index - html <= 3):
            return False
        if text[0] in "`~" and marks.FENCE.match(text):
            return False
        open_items = self.nesting.open
        if not open_items:
            return True
        outer = [content for marker, content, _ in open_items if marker < column]
        return self.draft.after_blank and (not outer or column >= outer[-1] + 4)

    def _words(self, line_no: int, text: str, column: int) -> None:
        """A line of plain words: it goes on with what is open, or starts a paragraph."""
        form: Form = "paragraph"
        rare = _RARE.search(text) is not None
        if rare and ("data:" in text or "<img" in text):
            text = self.draft.without_images(text, line_no)
        if rare and marks.DEFINITION.match(text):
            form = "definition"
        if self.draft.goes_on and not self._starts_anew(line_no, text, column, form):
            # A question mark alone parts the sides of a card.
            self.draft.add_line(line_no, "" if text in ("?", "??") else text)
            return
        self.draft.close()
        if not column:
            self.nesting.clear()
        depth = self.nesting.place(column)
        self.draft.open_node(Node("fact", text, line_no, form), depth)
        if text[0] == "[" and not column and marks.FOOTNOTE.match(text):
            self.nesting.hold(depth)

    def _starts_anew(self, line_no: int, text: str, column: int, form: Form) -> bool:
        """Whether the line stands for itself though no blank line is above it."""
        if marks.KEY_VALUE.match(text) and self._is_among_keys(line_no):
            return not self._is_answer(text)
        node = self.draft.node
        if column or node is None:
            return False
        if form == "definition":
            return not self.draft.is_item
        if text[0] in marks.BOLD_SIGNS and marks.BOLD_ONLY.match(text):
            return True
        if node.form == "definition" and not self.draft.more and marks.CARD.match(node.text):
            return True
        first = node.text[:1] or "-"
        if node.form == "paragraph" and not self.draft.more and first in marks.BOLD_SIGNS:
            return marks.BOLD_ONLY.match(node.text) is not None
        after = self.lines[line_no][:2] if line_no < len(self.lines) else ""
        return node.form == "definition" and after in (": ", ":\t")

    def _is_answer(self, text: str) -> bool:
        """`A: …` below `Q: …` belongs to it."""
        node = self.draft.node
        if node is None or not marks.ANSWER.match(text):
            return False
        return marks.QUESTION.match(node.text) is not None

    def _is_among_keys(self, line_no: int) -> bool:
        """Whether the line above or below is one of the shape `Key: value`, too."""
        for near in (line_no - 2, line_no):
            if 0 <= near < len(self.lines):
                words = self.lines[near][:200].strip()
                item = ITEM.match(words) if near < line_no else None
                if marks.KEY_VALUE.match(words[item.end() :] if item else words):
                    return True
        return False
