"""Lines that hold no notes, or whose markup is not Markdown: settings, comments, HTML, contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import marks, regions
from .marks import is_rule
from .tree import Node

if TYPE_CHECKING:
    from .blocks import Blocks


class Margins:
    """Recognises such lines for a reader of blocks and reports what it leaves out."""

    def __init__(self, blocks: Blocks) -> None:
        self.blocks = blocks
        self.lines = blocks.lines
        self.problems = blocks.problems
        self.finder = blocks.finder
        self.nesting = blocks.nesting

    def front_matter(self) -> int:
        """Skip the settings at the top of the file; the index after them."""
        end = regions.front_matter_end(self.lines)
        if end:
            self.blocks.metadata.update(regions.front_matter(self.lines[1 : end - 1]))
            self._skip_to(end, 0, "front-matter")
        return end

    def line(self, index: int, text: str, column: int) -> int | None:
        """Leave out what starts here; the index after it, None where there are words to read."""
        first = text[0]
        after = None
        if first in "=-_*~":
            after = self._line(index, text)
        elif first == "<":
            after = self._html(index, text, column)
        elif first in "[{!":
            after = self._bracket(index, text)
        elif first == ":":
            after = self._colon(index, text)
        elif first in "ei" and not column and self._is_import(text):
            after = self._skip_to(regions.export_end(self.lines, index), index, "import")
        elif first == "%" and text.startswith("%%"):
            after = self._remark(index, text)
        elif first == "+" and text.startswith(("+-", "+=")) and not text.strip("+-=|: "):
            after = self._skip(index, "rule")
        if after is None and "::" in text:
            after = self._property(index, text)
        if after is None and marks.is_invisible(text):
            after = self._skip(index, "invisible")
        if after is None and len(text) >= 256 and marks.is_image_data(text):
            after = self._skip(index, "image-data")
        return after

    def without_comments(self, index: int) -> str:
        """Take the comments off the line; lines that hold nothing else are blanked and reported."""
        lines = self.lines
        line = lines[index]
        kept: list[str] = []
        at = ticks = 0
        while (start := line.find("<!--", at)) >= 0:
            ticks += line.count("`", at, start)
            if ticks % 2:
                kept.append(line[at : start + 4])
                at = start + 4
                continue
            kept.append(line[at:start])
            end = line.find("-->", start + 4)
            if end >= 0:
                at = end + 3
                continue
            at = len(line)
            last = self.finder.find("-->", index + 1)
            if last == len(lines):
                if not "".join(kept).strip():
                    self._blank(index, "unclosed-comment")
                    return ""
                break
            for inner in range(index + 1, last):
                self._blank(inner, "comment")
            tail = lines[last]
            lines[last] = tail[tail.find("-->") + 3 :]
            if not lines[last].strip():
                lines[last] = tail
                self._blank(last, "comment")
        kept.append(line[at:])
        lines[index] = "".join(kept).rstrip()
        if not lines[index].strip():
            lines[index] = line
            self._blank(index, "comment")
        return lines[index]

    def item_is_skipped(self, index: int, text: str) -> bool:
        """Whether a list item is an entry of a table of contents, a setting or an image."""
        code = ""
        if "](#" in text and marks.ANCHOR.match(text):
            code = "toc" if self._has_neighbour_in_contents(index) else ""
        elif text and marks.TOC.fullmatch(text):
            code = "toc"
        elif "::" in text and (found := marks.PROPERTY.match(text)):
            known = marks.APP_KEYS.match(found[1])
            if known and not len(self.blocks.flow):
                self.blocks.metadata[found[1]] = found[2] or ""
            code = "property" if known else ""
        elif text.startswith("![](data:"):
            code = "image-data" if marks.is_image_data(text) else ""
        if code:
            self.blocks.close()
            self.problems.skip(index + 1, code)
        return bool(code)

    def is_contents_heading(self, index: int, words: str) -> bool:
        """Whether the heading is that of a table of contents."""
        if words.strip("*_: ").casefold() not in marks.CONTENTS_WORDS:
            return False
        for line in self.lines[index + 1 : index + 6]:
            text = line.strip()
            if text:
                return "](#" in text or marks.TOC.fullmatch(text) is not None
        return False

    def _has_neighbour_in_contents(self, index: int) -> bool:
        for step in (-1, 1):
            near = index + step
            while 0 <= near < len(self.lines) and abs(near - index) < 3:
                if self.lines[near].strip():
                    if "](#" in self.lines[near]:
                        return True
                    break
                near += step
        return False

    def _property(self, index: int, text: str) -> int | None:
        found = marks.PROPERTY.match(text)
        if not found:
            return None
        at_top = not len(self.blocks.flow)
        if at_top:
            self.blocks.metadata[found[1]] = found[2] or ""
        elif not self.nesting.open:
            return None
        return self._skip(index, "property")

    def _line(self, index: int, text: str) -> int | None:
        """An underline of a heading, or a dividing line."""
        node = self.blocks.node
        if text[0] in "=-" and len(text) >= 2 and not text.strip(text[0]):
            if node and self.blocks.is_single_line_paragraph and len(node.text) <= 200:
                self.blocks.flow.pop()
                self.blocks.node = None
                node.form, node.more = "heading", (index + 1,)
                self.blocks.add_heading(1 if text[0] == "=" else 2, node)
                return index + 1
            if len(text) == 2:
                return None
        if not is_rule(text):
            return None
        self.blocks.close()
        return self._skip(index, "rule")

    def _bracket(self, index: int, text: str) -> int | None:
        if marks.TOC.fullmatch(text):
            return self._skip(index, "toc")
        if text[0] == "[" and marks.LINK_DEFINITION.match(text):
            return self._skip(index, "image-data" if "data:image" in text else "link-definition")
        if text.startswith("[") and marks.ANCHOR.match(text):
            return self._skip(index, "toc") if self._has_neighbour_in_contents(index) else None
        if text.startswith("{/*"):
            last = self.finder.find("*/}", index)
            end = last + 1 if last < len(self.lines) else index + 1
            return self._skip_to(end, index, "comment")
        if text[0] == "!" and marks.is_image_data(text):
            return self._skip(index, "image-data")
        return None

    def _colon(self, index: int, text: str) -> int | None:
        blocks = self.blocks
        if text.startswith(":::"):
            return self._directive(index, text)
        if text in (":LOGBOOK:", ":PROPERTIES:"):
            last = self.finder.find(":END:", index)
            end = last + 1 if last < len(self.lines) else index + 1
            return self._skip_to(end, index, "property")
        if text[1:2] in (" ", "\t") and blocks.node is not None and not blocks.after_blank:
            node = blocks.node
            if blocks.is_single_line_paragraph:
                node.form = "definition"
                node.text = node.text.rstrip(":") + ":"
                blocks.add_line(index + 1, text[1:].strip())
                return index + 1
        return None

    def _remark(self, index: int, text: str) -> int | None:
        """A remark between `%%` and `%%`, as Obsidian has it."""
        if len(text) >= 4 and text.endswith("%%"):
            return self._skip(index, "comment")
        last = self.finder.find("%%", index + 1) if text == "%%" else len(self.lines)
        return self._skip_to(last + 1, index, "comment") if last < len(self.lines) else None

    def _directive(self, index: int, text: str) -> int:
        """`:::note Title` keeps its title as a paragraph of its own."""
        words = text.strip(": ").split(None, 1)
        self.blocks.close()
        if len(words) < 2:
            return self._skip(index, "directive")
        depth = self.blocks.depth_at(0)
        self.blocks.flow.add_fact(depth, Node("fact", words[1], index + 1, "paragraph"))
        return index + 1

    def _html(self, index: int, text: str, column: int) -> int | None:
        if marks.is_image_data(text):
            return self._skip(index, "image-data")
        lowered = text[:7].lower()
        for name in ("script", "style"):
            if lowered.startswith("<" + name):
                last = self.finder.find(f"</{name}", index)
                end = last + 1 if last < len(self.lines) else index + 1
                return self._skip_to(end, index, "html")
        if marks.TAGS_ONLY.fullmatch(text):
            return self._skip(index, "html")
        if marks.OPEN_TAG.fullmatch(text):
            end = regions.tag_end(self.lines, index)
            return self._skip_to(end, index, "html") if end > index else None
        found = marks.HTML_HEADING.fullmatch(text)
        if found and not self.nesting.open:
            self.blocks.close()
            node = Node("fact", found[2].strip(), index + 1, "heading")
            self.blocks.add_heading(int(found[1]), node)
            return index + 1
        if marks.BLOCK_TAG.match(text):
            words = " ".join(marks.TAG.sub(" ", text).split())
            if not words:
                return self._skip(index, "html")
            self.blocks.close()
            node = Node("fact", words, index + 1, "paragraph")
            self.blocks.open_node(node, self.blocks.depth_at(column))
            return index + 1
        return None

    def _is_import(self, text: str) -> bool:
        if self.nesting.open or (self.blocks.node is not None and not self.blocks.after_blank):
            return False
        return text.startswith(("import", "export")) and marks.IMPORT.match(text) is not None

    def _skip(self, index: int, code: str) -> int:
        self.problems.skip(index + 1, code)
        return index + 1

    def _skip_to(self, end: int, index: int, code: str) -> int:
        for line_no in regions.filled(self.lines, index, end):
            self.problems.skip(line_no, code)
        return end

    def _blank(self, index: int, code: str) -> None:
        if self.lines[index].strip():
            self.problems.skip(index + 1, code)
        self.lines[index] = ""
