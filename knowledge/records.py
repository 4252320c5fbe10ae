"""Tree → records: the outline's nodes in a flat list, in the order of the file. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from knowledge.outline.tree import Kind, Node, Tree

SLUG_LENGTH = 80


@dataclass(slots=True)
class Record:
    """One node; `parent`, `service` and `feature` are indices into the list, -1 for none.

    The fact that a sentence heading states is a record of its own right after its feature, with
    the same line and form `heading`, and `stated` set. `position` counts features and facts in
    preorder through the whole outline, and services apart.
    """

    kind: Kind
    text: str
    line: int | None
    more: tuple[int, ...]
    form: str
    ordinal: int | None
    tags: tuple[str, ...]
    parent: int
    service: int
    feature: int
    depth: int
    position: int
    states: bool = False
    stated: bool = False
    implied: bool = False
    slug: str = ""
    aliases: tuple[str, ...] = ()


def make_slug(name: str, taken: set[str]) -> str:
    """A readable address for a name, unlike those in `taken` (and added to them).

    >>> make_slug("Security Token Service (STS)", set())
    'security-token-service-sts'
    """
    words = re.sub(r"[^\w\s-]", "", unicodedata.normalize("NFKC", name).lower())
    base = re.sub(r"[-\s]+", "-", words)[:SLUG_LENGTH].strip("-_") or "topic"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug


def make_records(tree: Tree) -> list[Record]:
    """All nodes of the tree in preorder, each after its parent."""
    records: list[Record] = []
    service_slugs: set[str] = set()
    position = 0
    for place, top in enumerate(tree.services):
        home = len(records)
        implied = place in tree.implied
        records.append(
            _record(top, -1, home, -1, 0, place, slug=make_slug(_words(top.text), service_slugs))
        )
        records[home].implied = implied
        feature_slugs: set[str] = set()
        # (node, parent's index, feature's index, depth), the next one last.
        stack = [(child, home, -1, 0) for child in reversed(top.children)]
        while stack:
            node, parent, feature, depth = stack.pop()
            index = len(records)
            if node.kind == "feature":
                slug = make_slug(_words(node.text), feature_slugs)
                records.append(_record(node, parent, home, index, 0, position, slug=slug))
                position += 1
                if node.states:
                    records.append(_stated(node, index, home, position))
                    position += 1
                stack.extend((child, index, index, 0) for child in reversed(node.children))
            else:
                records.append(_record(node, parent, home, feature, depth, position))
                position += 1
                stack.extend(
                    (child, index, feature, depth + 1) for child in reversed(node.children)
                )
    return records


def _record(
    node: Node, parent: int, service: int, feature: int, depth: int, position: int, slug: str = ""
) -> Record:
    return Record(
        node.kind, node.text, node.line, node.more, node.form, node.ordinal, node.tags,
        parent, service, feature, depth, position, states=node.states, slug=slug,
        aliases=node.aliases,
    )  # fmt: skip


def _stated(node: Node, feature: int, service: int, position: int) -> Record:
    return Record(
        "fact", node.text, node.line, (), "heading", None, node.tags,
        feature, service, feature, 0, position, stated=True,
    )  # fmt: skip


def _words(text: str) -> str:
    """A name without the address of its links, for an address of its own."""
    return re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
