"""What was read of a file so far: the finished blocks, and the one that is still open."""

from __future__ import annotations

from . import marks
from .flow import Flow
from .inline import trailing, without_data_images
from .marks import Finder
from .nesting import Nesting
from .problems import Problems
from .tree import Node


class Draft:
    """Takes blocks and further lines of the open one; those who read lines all write here.

    `flow` and `metadata` are the result. `inside` tells in how many quotes the lines stand, 0 for
    those of a file; `after_blank` that the line above is blank.
    """

    def __init__(self, lines: list[str], problems: Problems, inside: int = 0) -> None:
        self.lines = lines
        self.problems = problems
        self.flow = Flow()
        self.metadata: dict[str, str] = {}
        self.finder = Finder(lines)
        self.nesting = Nesting(lines, problems)
        self.inside = inside
        self.seen_heading = inside > 0
        self.after_blank = True
        self.node: Node | None = None  # the block that a further line may continue
        self.is_item = False
        self.parts: list[str] = []
        self.more: list[int] = []

    @property
    def goes_on(self) -> bool:
        """Whether a block is open and the line above belongs to it."""
        return self.node is not None and not self.after_blank

    @property
    def open_item(self) -> Node | None:
        """The list item directly above, which a further line would continue."""
        return self.node if self.is_item and not self.after_blank else None

    @property
    def last_words(self) -> str:
        """The words of the last line of the open block."""
        return self.parts[-1] if self.parts else self.node.text if self.node else ""

    @property
    def is_single_line_paragraph(self) -> bool:
        """The line above is a paragraph of one line, outside of lists."""
        node = self.node
        return (
            node is not None
            and node.form == "paragraph"
            and not self.more
            and not self.after_blank
            and not self.nesting.open
        )

    def open_node(self, node: Node, depth: int, *, is_item: bool = False) -> None:
        """Add a block that further lines may continue."""
        self.flow.add_fact(depth, node, is_item=is_item)
        self.node = node
        self.is_item = is_item

    def add_line(self, line_no: int, text: str, *, after: str = "") -> None:
        """A further line of the open block; `after` is put at the end of the words before it."""
        if text:
            if after and self.parts:
                self.parts[-1] += after
            elif after and self.node:
                self.node.text += after
            node = self.node
            if self.parts:
                self.parts[-1] = _without_break(self.parts[-1])
            elif node and node.text:
                node.text = _without_break(node.text)
            self.parts.append(text)
        self.more.append(line_no)

    def close(self) -> None:
        """Nothing continues the open block any more."""
        node = self.node
        if node is None:
            return
        self.node = None
        if self.more:
            node.text = " ".join([node.text, *self.parts]).strip()
            node.more += tuple(self.more)
            self.parts.clear()
            self.more.clear()
        text = node.text
        if ("#" in text or "^" in text) and node.form not in ("code", "quote"):
            node.text, tags = trailing(text)
            node.tags += tags
        if not text:
            self._drop(node)
        elif not self.is_item and not self.nesting.open and node.form == "paragraph":
            introduces = text.endswith((":", "：")) and self.seen_heading
            self.nesting.base = 1 if introduces or marks.BOLD_ONLY.match(text) else 0

    def take_back(self) -> None:
        """Take back the block that was just opened."""
        self.flow.pop()
        self.node = None

    def reopen(self, node: Node) -> None:
        """A further line may continue this block, which is in the flow already."""
        self.node = node
        self.is_item = False

    def depth_at(self, column: int) -> int:
        """Depth of a block at `column`; one that hugs the item above belongs to it."""
        if not column and self.nesting.open and not self.after_blank:
            return self.nesting.inside()
        if not column:
            self.nesting.open.clear()
        return self.nesting.place(column)

    def leave_out(self, start: int, end: int, code: str) -> int:
        """The lines from index `start` to before `end` hold no notes; gives `end`."""
        for at in range(start, end):
            if self.lines[at].strip():
                self.problems.skip(at + 1, code)
        return end

    def without_images(self, text: str, line_no: int) -> str:
        """The words of a line without the images that are stored in it, which is reported."""
        if "data:" not in text:
            return text
        bare = without_data_images(text)
        if bare != text:
            self.problems.repaired(line_no, "image-data")
        return bare

    def _drop(self, node: Node) -> None:
        """Take back a block without words."""
        self.flow.pop()
        if self.is_item and self.nesting.open:
            self.nesting.hollow()
        for line_no in (node.line, *node.more):
            self.problems.skip(line_no, "empty-item")


def _without_break(line: str) -> str:
    """One backslash at the end breaks the line; two are a formula's own."""
    if line[-1] == "\\" and line[-2:-1] != "\\":
        return line[:-1].rstrip() or line
    return line
