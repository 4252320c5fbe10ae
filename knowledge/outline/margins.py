"""Lines that hold no notes, or whose markup is not Markdown: settings, comments, HTML, contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import marks, regions
from .contents import Contents
from .html import Html
from .inline import listed
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
        self.contents = Contents(blocks)
        self.html = Html(blocks)

    def front_matter(self) -> int:
        """Skip the settings at the top of the file; the index after them."""
        lines = self.lines
        end = regions.title_block(lines)
        if end:
            keys = ("title", "author", "date")
            words = (line[1:].strip() for line in lines[:end])
            self.blocks.metadata.update(zip(keys, words, strict=False))
            return self._skip_to(end, 0, "front-matter")
        start = regions.front_matter_start(lines)
        end = regions.front_matter_end(lines, start)
        if end:
            self.blocks.metadata.update(regions.front_matter(lines[start + 1 : end - 1]))
            self._skip_to(end, start, "front-matter")
        return end

    def line(self, index: int, text: str, column: int) -> int | None:
        """Leave out what starts here; the index after it, None where there are words to read."""
        first = text[0]
        after = None
        if first in "=-_*~":
            after = self._line(index, text)
        elif first == "<":
            after = self.html.read(index, text, column)
        elif first in "[{!(\\":
            after = self._bracket(index, text)
        elif first == ":":
            after = self._colon(index, text, column)
        elif first in "ei" and not column and self._is_import(text):
            after = self._skip_to(regions.export_end(self.lines, index), index, "import")
        elif first == "%" and text.startswith("%%"):
            after = self._remark(index, text)
        elif first == "#":
            after = self._hash(index, text)
        elif first == "+" and text.startswith(("+-", "+=")) and not text.strip("+-=|: "):
            after = self._skip(index, "rule")
        if after is None and "](#" in text and len(text) < 2000:
            after = self._links(index, text)
        if after is None and "::" in text:
            after = self._property(index, text, column)
        if after is None and first in "SDC" and marks.PLANNING.fullmatch(text):
            after = self._skip(index, "property")
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
                self._keep(found[1], found[2] or "")
            code = "property" if known else ""
        elif text.startswith("![](data:"):
            code = "image-data" if marks.is_image_data(text) else ""
        elif text.startswith("#+") and marks.ORG_BLOCK.fullmatch(text):
            code = "directive"
        if code:
            self.blocks.close()
            self.problems.skip(index + 1, code)
        return bool(code)

    def _keep(self, key: str, value: str) -> None:
        """A setting is of the heading right above it; before all words it is of the file."""
        flow = self.blocks.flow
        if not len(flow):
            if key == "tags":
                self._keep_tags(value)
            elif not self.blocks.inside:
                self.blocks.metadata[key] = value
        elif flow.levels[-1]:
            node = flow.nodes[-1]
            if key in ("alias", "aliases"):
                node.aliases = tuple(dict.fromkeys(node.aliases + listed(value)))
            elif key == "tags":
                node.tags = tuple(dict.fromkeys(node.tags + listed(value)))

    def _keep_tags(self, value: str) -> None:
        """Tags of the whole file, after those that it has."""
        if not self.blocks.inside:
            known = listed(self.blocks.metadata.get("tags", ""))
            self.blocks.metadata["tags"] = ", ".join(dict.fromkeys(known + listed(value)))

    def _property(self, index: int, text: str, column: int) -> int | None:
        """A setting of the note app; one of another name is a note like any other."""
        found = marks.PROPERTY.match(text)
        if not found:
            return None
        blocks = self.blocks
        at_top = not len(blocks.flow) and not blocks.inside
        if at_top or marks.APP_KEYS.match(found[1]):
            self._keep(found[1], found[2] or "")
        else:
            blocks.close()
            node = Node("fact", text, index + 1, "definition")
            blocks.open_node(node, blocks.depth_at(column))
            return index + 1
        return self._skip(index, "property")

    def _links(self, index: int, text: str) -> int | None:
        """Links within the page that stand alone on their line."""
        if self.blocks.node is not None and not self.blocks.after_blank:
            return None
        if marks.BACK_LINK.fullmatch(text):
            return self._skip(index, "navigation")
        if marks.ANCHORS.match(text) or (text[0] in "[*_" and self.contents.has(index, text)):
            return self._skip(index, "toc")
        return None

    def _hash(self, index: int, text: str) -> int | None:
        """Lines of tags, and those that Org mode starts by `#+`."""
        if text.startswith("#+"):
            if found := marks.ORG_KEY.match(text):
                if not self.blocks.inside:
                    self.blocks.metadata.setdefault(found[1].lower(), found[2])
                return self._skip(index, "property")
            if marks.ORG_BLOCK.fullmatch(text):
                self.blocks.close()
                return self._skip(index, "directive")
        goes_on = self.blocks.node is not None and not self.blocks.after_blank
        if goes_on or len(text) > 2000 or not marks.TAG_LINE.match(text):
            return None
        if len(self.blocks.flow) and not self.blocks.flow.levels[-1]:
            self._keep_tags(text)
        else:
            self._keep("tags", text)
        return self._skip(index, "tags")

    def _line(self, index: int, text: str) -> int | None:
        """An underline of a heading, or a dividing line."""
        node = self.blocks.node
        if text[0] in "=-" and len(text) >= 2 and not text.strip(text[0]):
            if node and self.blocks.is_single_line_paragraph and len(node.text) <= 200:
                self.blocks.flow.pop()
                self.blocks.node = None
                node.form, node.more = "heading", (index + 1,)
                self.blocks.headings.add(1 if text[0] == "=" else 2, node)
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
        if text.startswith("{/*"):
            last = self.finder.find("*/}", index)
            end = last + 1 if last < len(self.lines) else index + 1
            return self._skip_to(end, index, "comment")
        if text[0] == "!" and marks.is_image_data(text):
            return self._skip(index, "image-data")
        if len(text) > 2000:
            return None
        if text[0] in "![" and marks.BADGES.match(text):
            return self._skip(index, "badge")
        if text[0] in "({" and marks.REFERENCE.fullmatch(text):
            return self._skip(index, "reference")
        if text[0] in "{\\" and marks.SHORTCODE.fullmatch(text):
            return self._skip(index, "shortcode")
        return None

    def _colon(self, index: int, text: str, column: int) -> int | None:
        blocks = self.blocks
        if text.startswith(":::"):
            return self._directive(index, text, column)
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
                self.nesting.hold(self.nesting.base)
                return index + 1
            if node.form == "definition" and not column:
                blocks.add_line(index + 1, "; " + text[1:].strip())
                return index + 1
        return None

    def _remark(self, index: int, text: str) -> int | None:
        """A remark between `%%` and `%%`, as Obsidian has it."""
        self.blocks.close()
        if len(text) >= 4 and text.endswith("%%"):
            return self._skip(index, "comment")
        last = self.finder.find("%%", index + 1) if text == "%%" else len(self.lines)
        return self._skip_to(last + 1, index, "comment") if last < len(self.lines) else None

    def _directive(self, index: int, text: str, column: int) -> int:
        """`:::note Title` keeps its title as a paragraph of its own."""
        found = marks.DIRECTIVE.match(text) if len(text) < 2000 else None
        self.blocks.close()
        title = text.strip(": ") if found is None else found["label"] or found["rest"]
        for attributes in (found["attributes"], found["more"]) if found else ():
            if not title and attributes and (named := marks.TITLE_OF.search(attributes)):
                title = named[1] or named[2]
        if not title:
            return self._skip(index, "directive")
        depth = self.blocks.depth_at(column)
        self.blocks.flow.add_fact(depth, Node("fact", title, index + 1, "paragraph"))
        return index + 1

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
