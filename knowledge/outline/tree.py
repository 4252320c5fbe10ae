"""What reading an outline gives: a tree of nodes, problems, an account of every line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["service", "feature", "fact"]
Form = Literal["heading", "bullet", "numbered", "paragraph", "row", "code", "quote", "definition"]
Level = Literal["error", "warning", "repaired"]


class OutlineError(Exception):
    """The root of what reading an outline can refuse; its text is a sentence for the person."""


@dataclass(slots=True)
class Problem:
    """One remark on one line: `line` is 1-based (0 for the file as a whole)."""

    line: int
    level: Level
    code: str
    message: str


@dataclass(slots=True)
class Node:
    """A service, feature or fact with what hangs under it.

    `text` is the words as written, with list markers, heading marks and trailing `#tags` taken
    off and the lines of a wrapped statement joined by one space (by newlines where `form` is
    `code`). Inline Markdown stays in it.
    `line` is the 1-based line where the node starts; `more` are the further lines that belong to
    its own words (continuations), each counted once, in order. Those of a table's first row are
    the lines of the header above it.
    `tags` and, of a heading, `aliases` are what it is filed under and also called: trailing
    `#tags`, and the lines `tags::`, `alias::` or of tags alone right below a heading.
    `ordinal` is the number of a numbered item. A heading that is itself a sentence is a feature
    with `states` set: it is a fact as well.
    """

    kind: Kind
    text: str
    line: int
    form: Form = "bullet"
    more: tuple[int, ...] = ()
    ordinal: int | None = None
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    states: bool = False
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This node and all beneath it, in the order of the file, without recursion."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


@dataclass(slots=True)
class Counts:
    """Lines by what became of them; all but `lines` and `blank` add up to `lines - blank`.

    `implied` are services that no line of the file names (facts before the first topic, a file
    without any heading): they hold facts but count for no line.
    """

    lines: int = 0
    blank: int = 0
    titles: int = 0
    services: int = 0
    features: int = 0
    facts: int = 0
    continuations: int = 0
    skipped: int = 0


@dataclass(slots=True)
class Tree:
    """One outline as read.

    `services` are in the order of the file; a service that no line names (`implied`) is told by
    its index in `implied`. `metadata` holds front matter and properties as read (text to text).
    `language` is a BCP 47 tag from front matter or guessed from the text's script and words.
    `titles` and `title_lines` are the words and lines of all titles in the file, `title_more` what
    continues them (an underline), `skipped` the lines that hold no notes; each of those has its
    entry in `problems`.
    """

    title: str
    services: list[Node]
    counts: Counts
    problems: list[Problem]
    language: str = "en"
    title_line: int | None = None
    implied: frozenset[int] = frozenset()
    metadata: dict[str, str] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    title_lines: tuple[int, ...] = ()
    title_more: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()
