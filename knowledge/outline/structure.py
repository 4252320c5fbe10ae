"""Blocks → tree: which headings or bullets are titles, services, features and facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .flow import Flow
from .marks import BOLD_ONLY
from .problems import Problems
from .sentences import is_sentence
from .tree import Node

_NO_LEVEL = 7  # deeper than any heading


@dataclass(slots=True)
class Structure:
    """The services of an outline and its titles, in the order of the file.

    `implied` are the indexes of services that no line names; they have no text as yet where
    `titles` is empty, since then the outline's title names them.
    """

    services: list[Node] = field(default_factory=list)
    titles: list[Node] = field(default_factory=list)
    implied: set[int] = field(default_factory=set)


def structure(flow: Flow, language: str, problems: Problems) -> Structure:
    """Make the tree of the blocks; this uses their nodes up."""
    builder = _Builder(language, problems)
    level = _service_level(flow)
    if level:
        builder.by_headings(flow, level)
    elif _items_are_services(flow):
        builder.by_items(flow)
    else:
        builder.by_headings(flow, max(flow.levels, default=0) or _NO_LEVEL)
    return builder.result


def _service_level(flow: Flow) -> int:
    """The shallowest level with two headings or more, 0 where there is none."""
    for level in range(1, _NO_LEVEL):
        if flow.levels.count(level) >= 2:
            return level
    return 0


def _tops(flow: Flow) -> Iterator[tuple[Node, bool]]:
    """The facts that are nested in no other, each with whether others are nested in it."""
    last = len(flow) - 1
    for index, node in enumerate(flow.nodes):
        if flow.levels[index] or flow.depths[index]:
            continue
        holds = index < last and not flow.levels[index + 1] and flow.depths[index + 1] > 0
        yield node, holds


def _is_top_item(node: Node, holds: bool) -> bool:
    """A list item, or a line in bold that stands above a list as a heading does."""
    if node.form == "paragraph":
        return holds and BOLD_ONLY.match(node.text) is not None
    return node.ordinal is not None or node.form == "bullet" or (holds and node.form != "quote")


def _items_are_services(flow: Flow) -> bool:
    """Whether the top items, not a heading, are the topics of a file without repeated headings."""
    items = holding = others = 0
    for node, holds in _tops(flow):
        if _is_top_item(node, holds):
            items += 1
            holding += holds
        else:
            others += 1
    if any(flow.levels):
        return holding >= 2 and holding * 3 >= items
    return items > 0 and (holding > 0 or others <= items)


class _Builder:
    def __init__(self, language: str, problems: Problems) -> None:
        self.language = language
        self.problems = problems
        self.result = Structure()
        self.service: Node | None = None
        self.container: Node | None = None  # what facts hang under: the innermost heading
        self._stack: list[tuple[int, Node]] = []  # features and deeper headings, by level
        self._nested: list[Node] = []  # the open facts, by depth
        self._services: dict[str, Node] = {}
        self._features: dict[int, dict[str, Node]] = {}

    def by_headings(self, flow: Flow, service_level: int) -> None:
        """Headings of that level are the services, shallower ones titles, deeper ones features."""
        for node, level, depth in zip(flow.nodes, flow.levels, flow.depths, strict=True):
            if not level:
                self._fact(node, depth)
            elif level < service_level:
                self._title(node)
            elif level == service_level:
                self._service(node)
            else:
                self._feature(node, level)

    def _title(self, node: Node) -> None:
        self.result.titles.append(node)
        self.service = self.container = None
        self._nested.clear()
        self._stack.clear()

    def _service(self, node: Node) -> None:
        self._nested.clear()
        self._stack.clear()
        key = _key(node.text)
        first = self._services.get(key)
        if first is not None:
            self._merge(first, node)
            self.service = self.container = first
            return
        node.kind = "service"
        self._services[key] = node
        self.result.services.append(node)
        self.service = self.container = node

    def _feature(self, node: Node, level: int) -> None:
        service = self.service or self._implied(node)
        self._nested.clear()
        stack = self._stack
        while stack and stack[-1][0] >= level:
            stack.pop()
        if stack:
            stack[-1][1].children.append(node)
        else:
            node = self._as_feature(service, node)
        stack.append((level, node))
        self.container = node

    def _as_feature(self, service: Node, node: Node) -> Node:
        """The node as a feature of the service, or the feature of the same name."""
        features = self._features.setdefault(id(service), {})
        key = _key(node.text)
        first = features.get(key)
        if first is not None:
            self._merge(first, node)
            return first
        features[key] = node
        node.kind = "feature"
        node.states = node.form == "heading" and is_sentence(node.text, self.language)
        service.children.append(node)
        return node

    def _fact(self, node: Node, depth: int) -> None:
        nested = self._nested
        del nested[depth:]
        if nested:
            nested[-1].children.append(node)
        else:
            container = self.container or self._implied(node)
            container.children.append(node)
        nested.append(node)

    def _implied(self, first: Node) -> Node:
        """A service for what comes before the first topic, named like the title above it."""
        titles = self.result.titles
        name, line = (titles[-1].text, titles[-1].line) if titles else ("", first.line)
        key = _key(name)
        service = self._services.get(key)
        if service is None:
            service = Node("service", name, line, "heading")
            self._services[key] = service
            self.result.implied.add(len(self.result.services))
            self.result.services.append(service)
        self.service = self.container = service
        return service

    def by_items(self, flow: Flow) -> None:
        """Top items are the services; of what they hold, the items that hold more are features."""
        count = len(flow)
        for index, (node, level, depth) in enumerate(
            zip(flow.nodes, flow.levels, flow.depths, strict=True)
        ):
            if level:
                self._title(node)
                continue
            holds = (
                index + 1 < count
                and not flow.levels[index + 1]
                and (flow.depths[index + 1] > depth)
            )
            if not depth:
                if _is_top_item(node, holds):
                    self._service(node)
                else:
                    self._nested.clear()
                    self._stack.clear()
                    (self.service or self._implied(node)).children.append(node)
                    self._nested.append(node)
                continue
            self._item(node, depth - 1, holds)

    def _item(self, node: Node, depth: int, holds: bool) -> None:
        nested = self._nested
        del nested[depth:]
        if nested:
            nested[-1].children.append(node)
        else:
            service = self.service or self._implied(node)
            if holds and depth == 0 and node.form != "code":
                node = self._as_feature(service, node)
            else:
                service.children.append(node)
        nested.append(node)

    def _merge(self, first: Node, again: Node) -> None:
        """The second heading of that name continues the first."""
        first.more += (again.line, *again.more)
        first.tags = tuple(dict.fromkeys(first.tags + again.tags))
        self.problems.repaired(
            again.line,
            "duplicate-heading",
            f"“{again.text[:80]}” was used before, in line {first.line}: "
            "what follows is added there.",
        )


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
