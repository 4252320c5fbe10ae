"""Nodes and edges of an outline as docs/interfaces.md has them, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from knowledge.models import Alias, Fact, Feature, Mention, Outline, Relation, Service

CHUNK = 2000


@dataclass(slots=True)
class Node:
    """`path` leads from the service down to the node itself."""

    id: str
    kind: str
    name: str
    official: str | None
    line: int | None
    parent: str | None
    path: list[str]
    aliases: list[str]
    domain: str | None
    first_line: int | None = None

    def as_dict(self) -> dict[str, Any]:
        found = {name: getattr(self, name) for name in self.__slots__ if name != "first_line"}
        return found | ({"first_line": self.first_line} if self.line is None else {})


@dataclass(slots=True)
class Edge:
    """`evidence` are the lines that say so, as {"line", "text"}."""

    source: str
    target: str
    kind: str
    evidence: list[dict[str, Any]]

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def read_nodes(outline: Outline) -> Iterator[Node]:
    """Services in the outline's order, those without a heading last; then features and facts."""
    others: dict[int, list[str]] = {}
    for key, text, _, _ in Alias.objects.for_outline(outline).for_loading():
        others.setdefault(key, []).append(text)
    names: dict[str, str] = {}
    domains: dict[int, str | None] = {}
    services = Service.objects.for_outline(outline).order_by("position", "id")
    for row in services.iterator(CHUNK):
        names[row.key], domains[row.pk] = row.name, row.domain
        aliases = [text for text in others.get(row.pk, ()) if text not in (row.name, row.official)]
        yield Node(
            row.key, "service", row.name, row.official or None, row.line, None, [row.name],
            aliases, row.domain, row.first_line,
        )  # fmt: skip
    features = Feature.objects.for_outline(outline).order_by("position")
    for feature in features.iterator(CHUNK):
        home = f"s{feature.service_id}"
        names[feature.key] = feature.name
        yield Node(
            feature.key, "feature", feature.name, feature.official or None, feature.line, home,
            [names[home], feature.name], feature.aliases or [], domains[feature.service_id],
        )  # fmt: skip
    yield from _facts(outline, names, domains)


def _facts(
    outline: Outline, names: dict[str, str], domains: dict[int, str | None]
) -> Iterator[Node]:
    # The facts over the next one: they come in preorder, each after its parent.
    above: list[tuple[int, str]] = []
    for fact in Fact.objects.for_outline(outline).order_by("position").iterator(CHUNK):
        while above and above[-1][0] != fact.parent_id:
            above.pop()
        path = [names[f"s{fact.service_id}"]]
        if fact.feature_id is not None:
            path.append(names[f"f{fact.feature_id}"])
        path += [text for _, text in above]
        above.append((fact.pk, fact.text))
        yield Node(
            fact.key, "fact", fact.text, None, fact.line, parent_of(fact),
            [*path, fact.text], [], domains[fact.service_id],
        )  # fmt: skip


def parent_of(fact: Fact) -> str:
    """The public id of what a fact stands under."""
    if fact.parent_id is not None:
        return f"n{fact.parent_id}"
    return f"f{fact.feature_id}" if fact.feature_id is not None else f"s{fact.service_id}"


def read_edges(outline: Outline) -> Iterator[Edge]:
    """The tree, then what names what, then the relations, each in the outline's order."""
    for feature in Feature.objects.for_outline(outline).order_by("position").iterator(CHUNK):
        evidence = [{"line": feature.line, "text": feature.name}]
        yield Edge(f"s{feature.service_id}", feature.key, "contains", evidence)
    for fact in Fact.objects.for_outline(outline).order_by("position").iterator(CHUNK):
        evidence = [{"line": fact.line, "text": fact.text}]
        yield Edge(parent_of(fact), fact.key, "contains", evidence)
    for mention in Mention.objects.for_outline(outline).told().iterator(CHUNK):
        here = mention.fact or mention.feature
        assert here is not None
        evidence = [{"line": mention.line, "text": str(here)}]
        yield Edge(here.key, _end(mention.service_id, mention.target_feature_id), "mentions",
                   evidence)  # fmt: skip
    for relation in Relation.objects.for_outline(outline).order_by("line", "id").iterator(CHUNK):
        yield Edge(
            _end(relation.source_id, relation.source_feature_id),
            _end(relation.target_id, relation.target_feature_id),
            relation.kind,
            [{"line": each["line"], "text": each["text"]} for each in relation.evidence],
        )


def _end(service: int, feature: int | None) -> str:
    return f"s{service}" if feature is None else f"f{feature}"
