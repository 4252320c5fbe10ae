"""Blocks → tree: which headings or bullets are titles, services, features and facts."""

from __future__ import annotations

from dataclasses import dataclass, field

from .flow import Flow
from .marks import BOLD_ONLY, BOLD_SIGNS
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


def structure(flow: Flow, language: str, problems: Problems, asked_level: int = 0) -> Structure:
    """Make the tree of the blocks; this uses their nodes up.

    `asked_level` is the level of heading that are the services, if the file names it.
    """
    builder = _Builder(language, problems)
    level = asked_level
    if not level or level not in flow.levels:
        level = _service_level(flow)
    if level:
        builder.by_headings(flow, level)
    elif _items_are_services(flow):
        builder.by_items(flow)
    else:
        builder.by_headings(flow, max(flow.levels, default=0) or _NO_LEVEL)
    builder.finish()
    return builder.result


def _service_level(flow: Flow) -> int:
    """The shallowest level with two headings or more, 0 where there is none."""
    for level in range(1, _NO_LEVEL):
        if flow.levels.count(level) >= 2:
            return level
    return 0


def _is_topic(flow: Flow, index: int) -> bool:
    """A top list item, or a line in bold that stands above a list as a heading does."""
    if flow.levels[index] or flow.depths[index]:
        return False
    if flow.items[index]:
        return True
    node = flow.nodes[index]
    bold = node.form == "paragraph" and BOLD_ONLY.match(node.text) is not None
    return bold and flow.holds(index)


def _items_are_services(flow: Flow) -> bool:
    """Whether the top items, not a heading, are the topics of a file without repeated headings."""
    items = holding = others = 0
    for index, node in enumerate(flow.nodes):
        if flow.levels[index] or flow.depths[index]:
            continue
        holds = flow.holds(index)
        if _is_topic(flow, index) and (holds or node.form != "definition"):
            items += 1
            holding += holds
        else:
            others += 1
    if any(flow.levels):
        return holding >= 2 and holding * 3 >= items
    return items > 0 and (holding > 0 or others <= items)


def name_implied(shape: Structure, title: str) -> None:
    """Give the outline's title to the service that the title's own facts imply.

    Where a heading, or what another title implies, has that name already, it takes the facts in.
    """
    for index in sorted(shape.implied, reverse=True):
        service = shape.services[index]
        if service.text and not (shape.titles and service.line == shape.titles[0].line):
            continue
        service.text = title
        named = [
            other
            for at, other in enumerate(shape.services)
            if at != index and _key(other.text) == _key(title)
        ]
        if named:
            named[0].children[:0] = service.children
            del shape.services[index]
            shape.implied = {at - (at > index) for at in shape.implied if at != index}


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
        self._implied_by_key: dict[str, Node] = {}
        self._further: dict[int, tuple[Node, list[int]]] = {}
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
        implied = self._implied_by_key.pop(key, None)
        if implied is not None:
            # What came before the heading of that name waits in a service that it implied.
            at = self.result.services.index(implied)
            node.children = implied.children
            self._features[id(node)] = self._features.pop(id(implied), {})
            self.result.services[at] = node
            self.result.implied.discard(at)
        else:
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
        service = self._services.get(key) or self._implied_by_key.get(key)
        if service is None:
            service = Node("service", name, line, "heading")
            self._implied_by_key[key] = service
            self.result.implied.add(len(self.result.services))
            self.result.services.append(service)
        self.service = self.container = service
        return service

    def by_items(self, flow: Flow) -> None:
        """Top items are the services; of what they hold, the items that hold more are features."""
        for index, node in enumerate(flow.nodes):
            depth = flow.depths[index]
            if flow.levels[index]:
                self._title(node)
            elif depth:
                self._item(node, depth - 1, flow.holds(index))
            elif _is_topic(flow, index):
                if node.form == "paragraph":
                    node.text = node.text.strip(BOLD_SIGNS + ":： ")
                self._service(node)
            else:
                self._nested.clear()
                self._nested.append(node)
                (self.service or self._implied(node)).children.append(node)

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

    def finish(self) -> None:
        """Give the merged nodes their lines, all at once: one by one would take square time."""
        for node, further in self._further.values():
            node.more += tuple(further)

    def _merge(self, first: Node, again: Node) -> None:
        """The second heading of that name continues the first."""
        _, further = self._further.setdefault(id(first), (first, []))
        further += (again.line, *again.more)
        first.tags = tuple(dict.fromkeys(first.tags + again.tags))
        self.problems.repaired(
            again.line,
            "duplicate-heading",
            f"“{again.text[:80]}” was used before, in line {first.line}: "
            "what follows is added there.",
        )


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
