"""Lines that hold no notes, or whose markup is not Markdown: settings, comments, HTML, contents."""

from __future__ import annotations

from . import marks, regions
from .contents import Contents
from .draft import Draft
from .headings import Headings
from .html import Html
from .marks import is_rule, is_underline
from .settings import Settings
from .tree import Node


class Margins:
    """Recognises such lines, and reports what it leaves out of a draft."""

    def __init__(
        self, draft: Draft, settings: Settings, headings: Headings, contents: Contents, html: Html
    ) -> None:
        self.draft = draft
        self.settings = settings
        self.headings = headings
        self.contents = contents
        self.html = html
        self.lines = draft.lines
        self.problems = draft.problems
        self.finder = draft.finder
        self.nesting = draft.nesting

    def line(self, index: int, text: str, column: int) -> int | None:
        """Leave out what starts here; the index after it, None where there are words to read."""
        first = text[0]
        after = None
        if first in "=-_*~^":
            after = self._line(index, text)
        elif first == "<":
            after = self.html.read(index, text, column)
        elif first in "[{!(\\":
            after = self._bracket(index, text)
        elif first == ":":
            after = self._colon(index, text, column)
        elif first in "ei" and not column and self._is_import(text):
            after = self.draft.leave_out(index, regions.export_end(self.lines, index), "import")
        elif first == "%" and text.startswith("%%"):
            after = self._remark(index, text)
        elif first == "#":
            after = self.settings.marked(index, text)
        elif first == "+" and text.startswith(("+-", "+=")) and not text.strip("+-=|: "):
            after = self.draft.leave_out(index, index + 1, "rule")
        if after is None and "](#" in text and len(text) < 2000:
            after = self._links(index, text)
        if after is None and "::" in text:
            after = self.settings.property(index, text, column)
        if after is None and first in "SDC" and marks.PLANNING.fullmatch(text):
            after = self.draft.leave_out(index, index + 1, "property")
        if after is None and marks.is_invisible(text):
            after = self.draft.leave_out(index, index + 1, "invisible")
        if after is None and len(text) >= 256 and marks.is_image_data(text):
            after = self.draft.leave_out(index, index + 1, "image-data")
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
        if not text:
            return False
        code = ""
        listed = text[0] in "[*_" and self.contents.has(index, text)
        if listed or (text[0] == "[" and marks.TOC.fullmatch(text)):
            code = "toc"
        elif text[0] in "({" and marks.REFERENCE.fullmatch(text):
            code = "reference"
        elif "::" in text and (found := marks.PROPERTY.match(text)):
            known = marks.APP_KEYS.match(found[1])
            if known:
                self.settings.keep(found[1], found[2] or "")
            code = "property" if known else ""
        elif text.startswith("![](data:"):
            code = "image-data" if marks.is_image_data(text) else ""
        elif text.startswith("#+") and marks.ORG_BLOCK.fullmatch(text):
            code = "directive"
        if code:
            self.draft.close()
            self.problems.skip(index + 1, code)
        return bool(code)

    def _links(self, index: int, text: str) -> int | None:
        """Links within the page that stand alone on their line."""
        if self.draft.goes_on:
            return None
        if marks.BACK_LINK.fullmatch(text):
            return self.draft.leave_out(index, index + 1, "navigation")
        if marks.ANCHORS.match(text) or (text[0] in "[*_" and self.contents.has(index, text)):
            return self.draft.leave_out(index, index + 1, "toc")
        return None

    def _line(self, index: int, text: str) -> int | None:
        """An underline of a heading, or a dividing line."""
        node = self.draft.node
        if text[0] in "=-" and len(text) >= 2 and not text.strip(text[0]):
            if node and self.draft.is_single_line_paragraph and len(node.text) <= 200:
                self.draft.take_back()
                node.form, node.more = "heading", (index + 1,)
                self.headings.add(1 if text[0] == "=" else 2, node)
                return index + 1
            if len(text) == 2:
                return None
        elif text[0] in "~^":
            return self._underline(index, text)
        if not is_rule(text):
            return None
        self.draft.close()
        return self.draft.leave_out(index, index + 1, "rule")

    def _underline(self, index: int, text: str) -> int | None:
        """An underline as reStructuredText has it for lower headings; else only words."""
        node = self.draft.node
        if node is None or not self.draft.is_single_line_paragraph:
            return None
        if not is_underline(text, self.lines[index - 1]):
            return None
        self.draft.take_back()
        node.form, node.more = "heading", (index + 1,)
        self.headings.add(3 if text[0] == "~" else 4, node)
        return index + 1

    def _bracket(self, index: int, text: str) -> int | None:
        if marks.TOC.fullmatch(text):
            return self.draft.leave_out(index, index + 1, "toc")
        if text[0] == "[" and marks.LINK_DEFINITION.match(text):
            return self.draft.leave_out(
                index, index + 1, "image-data" if "data:image" in text else "link-definition"
            )
        if text.startswith("{/*"):
            last = self.finder.find("*/}", index)
            end = last + 1 if last < len(self.lines) else index + 1
            return self.draft.leave_out(index, end, "comment")
        if text[0] == "!" and marks.is_image_data(text):
            return self.draft.leave_out(index, index + 1, "image-data")
        if len(text) > 2000:
            return None
        if text[0] in "![" and marks.BADGES.match(text):
            return self.draft.leave_out(index, index + 1, "badge")
        if text[0] in "({" and marks.REFERENCE.fullmatch(text):
            return self.draft.leave_out(index, index + 1, "reference")
        if text[0] in "{\\" and marks.SHORTCODE.fullmatch(text):
            return self.draft.leave_out(index, index + 1, "shortcode")
        return None

    def _colon(self, index: int, text: str, column: int) -> int | None:
        draft = self.draft
        if text.startswith(":::"):
            return self._directive(index, text, column)
        if text in (":LOGBOOK:", ":PROPERTIES:"):
            last = self.finder.find(":END:", index)
            end = last + 1 if last < len(self.lines) else index + 1
            return self.draft.leave_out(index, end, "property")
        if text[1:2] in (" ", "\t") and draft.node is not None and not draft.after_blank:
            node = draft.node
            if draft.is_single_line_paragraph:
                node.form = "definition"
                node.text = node.text.rstrip(":") + ":"
                draft.add_line(index + 1, text[1:].strip())
                self.nesting.hold(self.nesting.base)
                return index + 1
            if node.form == "definition" and not column:
                draft.add_line(index + 1, text[1:].strip(), after=";")
                return index + 1
        return None

    def _remark(self, index: int, text: str) -> int | None:
        """A remark between `%%` and `%%`, as Obsidian has it."""
        self.draft.close()
        if len(text) >= 4 and text.endswith("%%"):
            return self.draft.leave_out(index, index + 1, "comment")
        last = self.finder.find("%%", index + 1) if text == "%%" else len(self.lines)
        return self.draft.leave_out(index, last + 1, "comment") if last < len(self.lines) else None

    def _directive(self, index: int, text: str, column: int) -> int:
        """`:::note Title` keeps its title as a paragraph of its own."""
        found = marks.DIRECTIVE.match(text) if len(text) < 2000 else None
        self.draft.close()
        title = text.strip(": ") if found is None else found["label"] or found["rest"]
        for attributes in (found["attributes"], found["more"]) if found else ():
            if not title and attributes and (named := marks.TITLE_OF.search(attributes)):
                title = named[1] or named[2]
        if not title:
            return self.draft.leave_out(index, index + 1, "directive")
        depth = self.draft.depth_at(column)
        self.draft.flow.add_fact(depth, Node("fact", title, index + 1, "paragraph"))
        return index + 1

    def _is_import(self, text: str) -> bool:
        if self.nesting.open or self.draft.goes_on:
            return False
        return text.startswith(("import", "export")) and marks.IMPORT.match(text) is not None

    def _blank(self, index: int, code: str) -> None:
        if self.lines[index].strip():
            self.problems.skip(index + 1, code)
        self.lines[index] = ""
