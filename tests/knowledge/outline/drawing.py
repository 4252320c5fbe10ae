"""A tree drawn as text, so that a test shows what it expects at a glance."""

from __future__ import annotations

from knowledge.outline.account import account
from knowledge.outline.reading import read_outline
from knowledge.outline.tree import Node, Tree

MARKS = {"service": "##", "feature": "###", "fact": "-"}


def draw(tree: Tree) -> str:
    """One line a node: `##` service (`(##)` where implied), `###` feature, `-` fact."""
    lines: list[str] = []
    stack = [(0, node, at in tree.implied) for at, node in enumerate(tree.services)][::-1]
    while stack:
        depth, node, implied = stack.pop()
        mark = "(##)" if implied else MARKS[node.kind]
        text = node.text.replace("\n", "⏎")
        lines.append("  " * depth + f"{mark} {text}")
        stack.extend((depth + 1, child, False) for child in reversed(node.children))
    return "\n".join(lines)


def read(text: str | bytes, **options: str) -> Tree:
    """The tree of an outline, once its account was checked."""
    tree = read_outline(text, **options)  # type: ignore[arg-type]
    check_account(tree)
    return tree


def check_account(tree: Tree) -> None:
    """Every line that is not blank has one role, and the counts say so."""
    roles = list(account(tree).values())
    counts = tree.counts
    assert len(roles) == counts.lines - counts.blank
    assert counts.titles == roles.count("title")
    assert counts.services == roles.count("service")
    assert counts.features == roles.count("feature")
    assert counts.facts == roles.count("fact")
    assert counts.continuations == roles.count("continuation")
    assert counts.skipped == roles.count("skipped")
    told = {problem.line for problem in tree.problems if problem.level == "warning"}
    assert set(tree.skipped) == told


def codes(tree: Tree) -> list[tuple[int, str]]:
    """The problems as (line, code)."""
    return [(problem.line, problem.code) for problem in tree.problems]


def nodes(tree: Tree) -> list[Node]:
    """All nodes in order."""
    return [node for service in tree.services for node in service.walk()]


def node_of(tree: Tree, text: str) -> Node:
    """The one node whose words contain `text`."""
    (found,) = [node for node in nodes(tree) if text in node.text]
    return found
