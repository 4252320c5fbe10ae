"""Tree → text: an outline as it was understood, written anew in plain Markdown.

Reading the text again gives the same topics, features and facts under the same ones and in the
same order, but for facts of a topic that follow a feature: they come before its features. Forms are
put plainly: rows of tables and paragraphs become list items.
"""

from __future__ import annotations

import re

from .tree import Node, Tree

DEEPEST = 6
# Words that would be taken for a mark of Markdown where a line begins.
_MARK = re.compile(r"(?=[-+*>|:=~]|#{1,6}(?:\s|$)|(?:\d{1,9}[.)])(?:\s|$)|```|<)")


def as_outline(tree: Tree) -> str:
    """The tree as Markdown: title, topics, features as headings, facts as lists.

    >>> from knowledge.outline.reading import read_outline
    >>> tree = read_outline("Notes\\n=====\\n## KMS\\n+ Keys\\n## S3\\n+ Buckets\\n")
    >>> print(as_outline(tree), end="")
    # Notes
    <BLANKLINE>
    ## KMS
    - Keys
    <BLANKLINE>
    ## S3
    - Buckets
    """
    lines = [f"# {_one_line(tree.title)}"]
    for place, service in enumerate(tree.services):
        if place not in tree.implied:
            lines += ["", f"## {_words(service)}"]
        else:
            lines.append("")
        _children(service, lines)
    return "\n".join(lines) + "\n"


def _children(node: Node, lines: list[str]) -> None:
    # (node, indent of the list it stands in, level of the heading above), the next one last.
    in_order = sorted(node.children, key=lambda child: child.kind == "feature")
    stack = [(child, "", 3) for child in reversed(in_order)]
    while stack:
        child, indent, level = stack.pop()
        heading = child.kind == "feature" or (
            child.form == "heading" and not indent and level <= DEEPEST
        )
        if heading:
            own = 3 if child.kind == "feature" else level
            lines += ["", f"{'#' * own} {_words(child)}"]
            stack.extend((below, "", own + 1) for below in reversed(child.children))
            continue
        mark = _mark(child)
        lines += _item(child, mark, indent)
        beneath = indent + " " * (len(mark) + 1)
        stack.extend((below, beneath, level) for below in reversed(child.children))


def _mark(node: Node) -> str:
    return f"{node.ordinal}." if node.form == "numbered" and node.ordinal is not None else "-"


def _item(node: Node, mark: str, indent: str) -> list[str]:
    if node.form == "code":
        fence = "`" * (max((len(run) for run in re.findall("`+", node.text)), default=2) + 1)
        fence = max(fence, "```", key=len)
        inner = [f"{indent}{line}" for line in node.text.split("\n")]
        return ["", f"{indent}{fence}", *inner, f"{indent}{fence}", ""]
    return [f"{indent}{mark} {_words(node)}"]


def _words(node: Node) -> str:
    tags = "".join(f" #{tag}" for tag in node.tags)
    words = _one_line(node.text)
    return f"{chr(92) if _MARK.match(words) else ''}{words}{tags}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
