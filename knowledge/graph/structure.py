"""What holds a subject together: hubs, bridges and communities of the graph of services."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from knowledge.graph.topics import Topics

MOST = 12
# Betweenness looks at all pairs; above so many topics a sample of starts stands for all.
SAMPLED = 200
# Above so many linked topics only hubs are counted.
LARGEST = 3000


@dataclass(frozen=True)
class Place:
    """A topic with its measure and a sentence that says what it means here."""

    topic: int
    value: float
    text: str


@dataclass
class Structure:
    """The measures, strongest first; `missing` are sentences on what the outline doesn't give."""

    hubs: list[Place] = field(default_factory=list)
    bridges: list[Place] = field(default_factory=list)
    communities: list[list[int]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def link_graph(topics: Topics) -> Any:
    """The topics as an undirected graph: lines that name one another, and relations, as weights."""
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for naming in topics.namings:
        if naming.source != naming.target:
            weights[min(naming.source, naming.target), max(naming.source, naming.target)] += 1
    for tie in topics.ties:
        weights[min(tie.source, tie.target), max(tie.source, tie.target)] += 2
    graph: Any = nx.Graph()
    graph.add_nodes_from(range(len(topics)))
    graph.add_weighted_edges_from((a, b, w) for (a, b), w in sorted(weights.items()))
    return graph


def find_structure(topics: Topics, graph: Any) -> Structure:
    """Hubs by how many topics name them, bridges by betweenness, communities by modularity."""
    found = Structure()
    names = [topic.name for topic in topics.topics]
    naming: dict[int, set[int]] = defaultdict(set)
    for each in topics.namings:
        if each.source != each.target:
            naming[each.target].add(each.source)
    whole = [i for i, topic in enumerate(topics.topics) if topic.home is None]
    for i in sorted(whole, key=lambda i: (-len(naming[i]), i))[:MOST]:
        if len(naming[i]) > 1:
            text = f"{len(naming[i])} of {len(topics)} topics name {names[i]}."
            found.hubs.append(Place(i, float(len(naming[i])), text))
    if not topics.namings:
        found.missing.append(
            "No topic of this outline names another one, so there are no hubs and no bridges;"
            " related topics come from the words that they share."
        )
    elif not topics.ties:
        found.missing.append(
            "No line of this outline says what one topic does to another, so the links are only"
            " that one names the other."
        )
    # A copy: a view asks for every node and edge whether it belongs.
    linked = graph.subgraph([i for i in graph if graph.degree(i)]).copy()
    if 2 < len(linked) <= LARGEST:
        _find_bridges(found, linked, names)
        _find_communities(found, linked)
    elif len(linked) > LARGEST:
        found.missing.append(
            f"With {len(linked)} linked topics, bridges and communities would take too long."
        )
    return found


def _find_bridges(found: Structure, linked: Any, names: Sequence[str]) -> None:
    """Betweenness centrality (Freeman 1977; Brandes 2001): the share of shortest ways through."""
    sample = SAMPLED if len(linked) > 2 * SAMPLED else None
    # Numbered in the outline's order, so that a sample is the same every time.
    value = nx.betweenness_centrality(linked, k=sample, seed=7)
    cut = set(nx.articulation_points(linked))
    for i in sorted(value, key=lambda i: (-round(value[i], 9), i))[:MOST]:
        if value[i] <= 0:
            continue
        share = f"{100 * value[i]:.0f}" if value[i] >= 0.01 else "under 1"
        text = f"{share} % of the shortest ways between other topics lead over {names[i]}."
        if i in cut:
            alone = min(
                nx.connected_components(_without(linked, i)), key=lambda c: (len(c), min(c))
            )
            text += f" Without it, {_few(sorted(alone), names)} would hang by nothing."
        found.bridges.append(Place(i, round(value[i], 6), text))


def _without(linked: Any, node: int) -> Any:
    near = nx.node_connected_component(linked, node) - {node}
    return linked.subgraph(near)


def _few(nodes: Sequence[int], names: Sequence[str]) -> str:
    shown = [names[i] for i in nodes[:3]]
    if len(nodes) > 3:
        return f"{', '.join(shown)} and {len(nodes) - 3} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


def _find_communities(found: Structure, linked: Any) -> None:
    """Louvain communities (Blondel et al. 2008), the largest first, each by its closeness."""
    groups = nx.community.louvain_communities(linked, weight="weight", seed=7)
    ordered = sorted((sorted(group) for group in groups), key=lambda g: (-len(g), g))
    for group in ordered:
        if len(group) > 1:
            inside = linked.subgraph(group)
            degree = dict(inside.degree(weight="weight"))
            found.communities.append(sorted(group, key=lambda i: (-degree[i], i)))
