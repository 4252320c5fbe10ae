"""Block quotes: what stands behind the `>` is read as blocks of its own, one level deeper or not.

The first line of a callout (`> [!tip] Title`) names it, and what follows hangs under its title.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from . import regions
from .flow import MAX_DEPTH
from .problems import Problems
from .tree import Node

if TYPE_CHECKING:
    from .blocks import Blocks

_MARKS = re.compile(r"\s*(?:>\s*(?=>))*>[ \t]?")
_CALLOUT = re.compile(r"\[!([\w-]+)(?:\|[^\]]*)?\][+-]?(?:\s+(.*))?$")
_WORDS = re.compile(r"\s*(?:[^\W\d_]|[\"'“‘«…—–]|[*_](?=\S))[^|:`$]*$")


def is_comparison(lines: list[str], index: int) -> bool:
    """`>50% of the patients` on a line of its own: more than, not a quote."""
    text = lines[index].lstrip()
    if not (text[1:2].isdigit() or text[1:2] == "="):
        return False
    near = [lines[at].lstrip()[:1] for at in (index - 1, index + 1) if 0 <= at < len(lines)]
    return ">" not in near


def read_quote(blocks: Blocks, index: int, column: int) -> int:
    """Read the quote that starts at `index`; the index after it."""
    end = regions.quote_end(blocks.lines, index)
    blocks.close()
    depth = blocks.depth_at(column)
    inner = [_MARKS.sub("", line, count=1) for line in blocks.lines[index:end]]
    if all(map(_WORDS.match, inner)):
        text = " ".join(part.strip() for part in inner)
        more = tuple(range(index + 2, end + 1))
        blocks.open_node(Node("fact", text, index + 1, "quote", more=more), depth)
        return end
    callout = _CALLOUT.match(inner[0].strip())
    title: Node | None = None
    if callout:
        inner[0] = ""
        if callout[2]:
            title = Node("fact", callout[2], index + 1, "quote")
            blocks.flow.add_fact(depth, title)
        else:
            blocks.problems.skip(index + 1, "directive")
    last = _read_inside(blocks, inner, index, depth, title, 1 if callout else 0)
    if last is not None and inner[-1].strip() and last.form != "code":
        blocks.reopen(last)
    return end


def _read_inside(
    blocks: Blocks, inner: list[str], index: int, depth: int, title: Node | None, start: int
) -> Node | None:
    """Add what the lines hold, under the title where there is one; the last block."""
    blank = [at for at in range(start, len(inner)) if not inner[at].strip()]
    problems = Problems()
    sub = type(blocks)(inner, problems, inside=True)
    sub.read()
    nodes = sub.flow.nodes
    lines = [node.line for node in nodes]
    empty: dict[int, list[int]] = {}
    for at in blank:
        if nodes:
            empty.setdefault(max(0, bisect_right(lines, at + 1) - 1), []).append(at + 1)
        elif title:
            title.more += (at + 1 + index,)
        else:
            problems.skip(at + 1, "empty-item")
    for at, more in empty.items():
        nodes[at].more += tuple(more)
    for problem in problems.found:
        problem.line += index
    blocks.problems.found += problems.found
    blocks.problems.skipped += [line + index for line in problems.skipped]
    for node, inside in zip(nodes, sub.flow.depths, strict=True):
        node.line += index
        node.more = tuple(sorted(line + index for line in node.more))
        if node.form == "paragraph":
            node.form = "quote"
        blocks.flow.add_fact(min(depth + inside + bool(title), MAX_DEPTH), node)
    return nodes[-1] if nodes else title
