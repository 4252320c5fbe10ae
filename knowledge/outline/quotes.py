"""Block quotes: what stands behind the `>` is read as blocks of its own, one level deeper or not.

The first line of a callout (`> [!tip] Title`) names it, and what follows hangs under its title.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from . import regions
from .draft import Draft
from .flow import MAX_DEPTH, Flow
from .problems import Problems
from .tree import Node

# Reads the lines of a quote, so many quotes deep, as blocks.
ReadInside = Callable[[list[str], Problems, int], Flow]

_DEEPEST = 8  # quotes within quotes; deeper ones are read as one
_MARK = re.compile(r"\s*>[ \t]?")
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


def read_quote(draft: Draft, index: int, column: int, read_inside: ReadInside) -> int:
    """Read the quote that starts at `index`; the index after it."""
    end = regions.quote_end(draft.lines, index)
    draft.close()
    depth = draft.depth_at(column)
    mark = _MARK if draft.inside < _DEEPEST else _MARKS
    inner = [mark.sub("", line, count=1) for line in draft.lines[index:end]]
    if all(map(_WORDS.match, inner)):
        text = " ".join(part.strip() for part in inner)
        more = tuple(range(index + 2, end + 1))
        draft.open_node(Node("fact", text, index + 1, "quote", more=more), depth)
        return end
    callout = _CALLOUT.match(inner[0].strip())
    title: Node | None = None
    if callout:
        inner[0] = ""
        if callout[2]:
            title = Node("fact", callout[2], index + 1, "quote")
            draft.flow.add_fact(depth, title)
        else:
            draft.problems.skip(index + 1, "directive")
    blank = [at for at in range(bool(callout), len(inner)) if not inner[at].strip()]
    problems = Problems()
    held = read_inside(inner, problems, draft.inside + 1)
    last = _add(draft, held, problems, blank, index, depth, title)
    if last is not None and inner[-1].strip() and last.form != "code":
        draft.reopen(last)
    return end


def _add(
    draft: Draft, held: Flow, problems: Problems, blank: list[int], index: int, depth: int,
    title: Node | None,
) -> Node | None:  # fmt: skip
    """Add what the lines hold, under the title where there is one; the last block."""
    nodes = held.nodes
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
    draft.problems.found += problems.found
    draft.problems.skipped += [line + index for line in problems.skipped]
    for node, inside in zip(nodes, held.depths, strict=True):
        node.line += index
        node.more = tuple(sorted(line + index for line in node.more))
        if node.form == "paragraph":
            node.form = "quote"
        draft.flow.add_fact(min(depth + inside + bool(title), MAX_DEPTH), node)
    return nodes[-1] if nodes else title
