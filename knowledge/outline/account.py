"""What became of every line: the counts, and a table for checks."""

from __future__ import annotations

from .tree import Counts, Node, Tree


def count(tree: Tree, lines: int, blank: int) -> Counts:
    """The lines by what became of them."""
    counts = Counts(lines=lines, blank=blank)
    counts.titles = len(tree.title_lines)
    counts.continuations = len(tree.title_more)
    counts.skipped = len(tree.skipped)
    for index, service in enumerate(tree.services):
        for node in service.walk():
            counts.continuations += len(node.more)
            if node.kind == "fact":
                counts.facts += 1
            elif node.kind == "feature":
                counts.features += 1
            elif index not in tree.implied:
                counts.services += 1
    return counts


def account(tree: Tree) -> dict[int, str]:
    """The role of each line that is not blank; two roles for one are an error here."""
    roles: dict[int, str] = {}

    def note(line: int, role: str) -> None:
        if line in roles:
            raise ValueError(f"line {line} is counted as {roles[line]} and as {role}")
        roles[line] = role

    for line in tree.title_lines:
        note(line, "title")
    for line in (*tree.title_more, *_continuations(tree)):
        note(line, "continuation")
    for line in tree.skipped:
        note(line, "skipped")
    for index, service in enumerate(tree.services):
        for node in service.walk():
            if node.kind != "service" or index not in tree.implied:
                note(node.line, node.kind)
    return roles


def _continuations(tree: Tree) -> list[int]:
    nodes: list[Node] = [node for service in tree.services for node in service.walk()]
    return [line for node in nodes for line in node.more]
