"""Blocks of their own rules: code, quotes, tables, formulas."""

from __future__ import annotations

from . import marks, regions
from .draft import Draft
from .quotes import ReadInside, is_comparison, read_quote
from .tree import Node


class Special:
    """Recognises such blocks and adds them to a draft; `read_inside` reads what a quote holds."""

    def __init__(self, draft: Draft, read_inside: ReadInside) -> None:
        self.draft = draft
        self.read_inside = read_inside
        self.lines = draft.lines
        self.problems = draft.problems
        self.finder = draft.finder
        self.nesting = draft.nesting

    def block(self, index: int, text: str, column: int) -> int | None:
        """Read the special block that starts here; None where there are only words."""
        first = text[0]
        if first == "~" and self._underlines(index, text):
            return None
        if first in "`~" and (found := marks.FENCE.match(text)):
            self.draft.close()
            return self.fence(index, found[1] or found[3], column, self.draft.depth_at(column))
        if first == ">" and not is_comparison(self.lines, index):
            return read_quote(self.draft, index, column, self.read_inside)
        if first in "$\\" and (after := self._math(index, text, column)) is not None:
            return after
        return self._table(index, text, column) if "|" in text else None

    def _underlines(self, index: int, text: str) -> bool:
        if not self.draft.is_single_line_paragraph:
            return False
        return marks.is_underline(text, self.lines[index - 1])

    def fence(
        self, index: int, fence: str, column: int, depth: int, item: Node | None = None
    ) -> int:
        """A fenced block; where it is the content of a list item, `item` becomes the code."""
        mark = fence[: len(fence) - len(fence.lstrip(fence[0]))]
        code = regions.fenced(self.lines, self.finder, index, mark, column)
        inner = regions.filled(self.lines, index + 1, code.end)
        if not code.closed:
            self.problems.repaired(index + 1, "unclosed-fence")
        if code.text.strip():
            node = item or Node("fact", "", index + 1, "code")
            node.form, node.text, node.more = "code", code.text, inner
            self.draft.flow.add_fact(depth, node, is_item=item is not None)
        else:
            for line_no in (index + 1, *inner):
                self.problems.skip(line_no, "empty-item")
            if item:
                self.nesting.hollow()
        return code.end

    def indented_code(self, index: int, column: int) -> int:
        """A block of code that only its indentation tells."""
        self.draft.close()
        depth = self.draft.depth_at(column)
        inner = [content for marker, content, _ in self.nesting.open if marker < column]
        least = inner[-1] + 4 if inner else 4
        end = regions.indented_end(self.lines, index, least)
        text = regions.dedented(self.lines[index:end], least)
        node = Node(
            "fact", text, index + 1, "code", more=regions.filled(self.lines, index + 1, end)
        )
        self.draft.flow.add_fact(depth, node)
        return end

    def table_in_item(self, index: int, text: str) -> int | None:
        """A table whose first row stands behind the marker of a list item."""
        lines = self.lines
        after = lines[index + 1].strip() if index + 1 < len(lines) else ""
        if not text.endswith("|") or len(text) < 3 or after[:1] != "|":
            return None
        self.draft.take_back()
        depth = self.nesting.open[-1][2]
        self.nesting.hollow()
        return self._rows(index, text, depth)

    def _table(self, index: int, text: str, column: int) -> int | None:
        lines = self.lines
        has_header = index + 1 < len(lines) and marks.is_delimiter(lines[index + 1])
        if marks.is_delimiter(lines[index]):
            if not text.startswith("|"):
                return None
            self.problems.skip(index + 1, "rule")
            return index + 1
        if not has_header and not (text.startswith("|") and text.endswith("|") and len(text) > 2):
            return None
        self.draft.close()
        return self._rows(index, text, self.draft.depth_at(column))

    def _rows(self, index: int, text: str, depth: int) -> int:
        """The rows of the table whose first line is `text`."""
        lines = self.lines
        has_header = index + 1 < len(lines) and marks.is_delimiter(lines[index + 1])
        header = marks.cells(text) if has_header else []
        pending: tuple[int, ...] = (index + 1, index + 2) if has_header else ()
        start = index + 2 if has_header else index + 1
        end = regions.table_end(lines, start)
        if not has_header:
            words = regions.row_text([], marks.cells(text))
            if words:
                self.draft.flow.add_fact(depth, Node("fact", words, index + 1, "row"))
            else:
                self.problems.skip(index + 1, "empty-item")
        for at in range(start, end):
            if marks.is_delimiter(lines[at]):
                self.problems.skip(at + 1, "rule")
                continue
            words = regions.row_text(header, marks.cells(lines[at]))
            if not words:
                self.problems.skip(at + 1, "empty-item")
                continue
            self.draft.flow.add_fact(depth, Node("fact", words, at + 1, "row", more=pending))
            pending = ()
        if pending:
            words = "; ".join(filter(None, header))
            if words:
                node = Node("fact", words, index + 1, "row", more=pending[1:])
                self.draft.flow.add_fact(depth, node)
            else:
                for line_no in pending:
                    self.problems.skip(line_no, "empty-item")
        return max(end, start)

    def math_in_item(self, index: int, text: str) -> int | None:
        """A formula that starts behind the marker of a list item."""
        last = self._math_end(index, text)
        return None if last is None else self._add_lines(index + 1, last)

    def _math(self, index: int, text: str, column: int) -> int | None:
        last = self._math_end(index, text)
        if last is None:
            return None
        draft = self.draft
        if not draft.goes_on:
            draft.close()
            node = Node("fact", text, index + 1, "paragraph")
            draft.open_node(node, draft.depth_at(column))
            return self._add_lines(index + 1, last)
        return self._add_lines(index, last)

    def _add_lines(self, start: int, last: int) -> int:
        for at in range(start, last + 1):
            if words := self.lines[at].strip():
                self.draft.add_line(at + 1, words)
        return last + 1

    def _math_end(self, index: int, text: str) -> int | None:
        """The last line of the formula that starts with `text`."""
        if text.startswith("$$") and text.count("$$") == 1:
            closing = "$$"
        elif text.startswith("\\[") and "\\]" not in text:
            closing = "\\]"
        elif text.startswith("\\begin{") and "\\end{" not in text:
            closing = "\\end{"
        else:
            return None
        last = self.finder.find(closing, index + 1)
        head = regions.next_section(self.lines, self.finder, index + 1)
        return last if last < min(head, len(self.lines)) else None
