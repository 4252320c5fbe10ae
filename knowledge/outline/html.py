"""Lines of HTML: words are kept, tables become rows, tags alone are left out."""

from __future__ import annotations

import re

from . import marks, regions
from .draft import Draft
from .headings import Headings
from .tree import Node

_CELL = re.compile(r"<(t[dh])\b[^<>]*>(.*?)(?=</?t[dhr]\b|$)", re.IGNORECASE)
_ROW = re.compile(r"<tr[\s>]", re.IGNORECASE)
_TABLE = re.compile(r"</?table[\s>]", re.IGNORECASE)
_OPEN_HEADING = re.compile(r"<h([1-6])(?:\s[^<>]*)?>", re.IGNORECASE)
_LONGEST_ROW = 200  # lines


class Html:
    """Reads such lines into a draft."""

    def __init__(self, draft: Draft, headings: Headings) -> None:
        self.draft = draft
        self.headings = headings
        self.lines = draft.lines
        self.problems = draft.problems
        self.last = -9  # index of the last line of HTML
        self._header: list[str] = []
        self._header_lines: tuple[int, ...] = ()
        self._header_depth = 0

    def read(self, index: int, text: str, column: int) -> int | None:
        """Read the HTML that starts here; the index after it, None where it is none."""
        after = self._read(index, text, column)
        if after is not None:
            self.last = after - 1
        return after

    def _read(self, index: int, text: str, column: int) -> int | None:
        if marks.is_image_data(text):
            self.problems.skip(index + 1, "image-data")
            return index + 1
        lowered = text[:7].lower()
        for name in ("script", "style"):
            if lowered.startswith("<" + name):
                last = self.draft.finder.find(f"</{name}", index)
                return self.draft.leave_out(
                    index, last + 1 if last < len(self.lines) else index + 1, "html"
                )
        if _TABLE.match(text):
            self.flush()
        if _ROW.match(text) and (after := self._row(index, text, column)) is not None:
            return after
        found = _OPEN_HEADING.match(text)
        if found and not self.draft.nesting.open:
            after = self._heading(index, text, int(found[1]))
            if after is not None:
                return after
        if marks.TAGS_ONLY.fullmatch(text):
            return self.draft.leave_out(index, index + 1, "html")
        if marks.OPEN_TAG.fullmatch(text):
            end = regions.tag_end(self.lines, index)
            return self.draft.leave_out(index, end, "html") if end > index else None
        component = marks.COMPONENT.match(text)
        if component or marks.BLOCK_TAG.match(text):
            words = component[2].strip() if component else _words(text)
            if not words:
                return self.draft.leave_out(index, index + 1, "html")
            self.draft.close()
            node = Node("fact", words, index + 1, "paragraph")
            self.draft.open_node(node, self.draft.depth_at(column))
            return index + 1
        return None

    def _heading(self, index: int, text: str, level: int) -> int | None:
        """A heading on one line, or with its words on lines between the tags."""
        closing = f"</h{level}>"
        end = index + 1
        while closing not in text.lower():
            if end >= min(index + 8, len(self.lines)) or not self.lines[end].strip():
                return None
            text += " " + self.lines[end].strip()
            end += 1
        if not text.lower().endswith(closing):
            return None
        words = _words(text)
        if not words:
            return self.draft.leave_out(index, end, "html")
        self.draft.close()
        more = regions.filled(self.lines, index + 1, end)
        node = Node("fact", words, index + 1, "heading", more=more)
        self.headings.add(level, node)
        return end

    def _row(self, index: int, text: str, column: int) -> int | None:
        parts = [text]
        end = index + 1
        while "</tr" not in parts[-1].lower():
            if end >= min(index + _LONGEST_ROW, len(self.lines)):
                return None
            line = self.lines[end].strip()
            if _ROW.match(line) or _TABLE.match(line) or line[:1] == "#":
                break
            parts.append(line)
            end += 1
        joined = " ".join(parts)
        if len(_ROW.findall(joined)) != 1 or len(joined) > 20_000:
            return None
        cells = [(name.lower(), _words(words)) for name, words in _CELL.findall(joined)]
        row = [words for _, words in cells]
        if not any(row):
            return self.draft.leave_out(index, end, "html")
        self.draft.close()
        depth = self.draft.depth_at(column)
        more = regions.filled(self.lines, index + 1, end)
        if all(name == "th" for name, _ in cells):
            self.flush()
            self._header, self._header_depth = row, depth
            self._header_lines = (index + 1, *more)
            return end
        words = regions.row_text(self._header, row)
        node = Node("fact", words, index + 1, "row", more=(*self._header_lines, *more))
        self._header_lines = ()
        self.draft.flow.add_fact(depth, node)
        return end

    def flush(self) -> None:
        """A table ends: a header that no row followed is a row itself."""
        if self._header_lines:
            first, *more = self._header_lines
            words = "; ".join(filter(None, self._header))
            node = Node("fact", words, first, "row", more=tuple(more))
            self.draft.flow.add_fact(self._header_depth, node)
        self._header, self._header_lines = [], ()


def _words(text: str) -> str:
    return " ".join(marks.TAG.sub(" ", text).split())
