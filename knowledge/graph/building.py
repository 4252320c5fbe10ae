"""Everything about an outline's graph that is computed when it is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.graph.layout import Edge
from knowledge.graph.related import Related, relate_features, relate_topics
from knowledge.graph.structure import Structure, find_structure, link_graph
from knowledge.graph.topics import Topics
from knowledge.graph.wording import Wording

# A topic without links is drawn to so many related ones, and so much less than by a link.
DRAWN_TO = 2
LOOSE = 0.5


@dataclass(frozen=True)
class Analysis:
    """Lists by topic, and by a feature's record; `edges` are what the map is laid out by."""

    related: list[list[Related]]
    related_features: dict[int, list[Related]]
    edges: list[Edge]
    structure: Structure


def analyse(topics: Topics, wording: Wording) -> Analysis:
    """Related topics, and what holds the subject together."""
    related = relate_topics(topics, wording)
    graph = link_graph(topics)
    edges = sorted((min(a, b), max(a, b), float(w)) for a, b, w in graph.edges(data="weight"))
    edges += _loose_ends(graph, related)
    features = relate_features(topics, wording, related)
    return Analysis(related, features, edges, find_structure(topics, graph))


def _loose_ends(graph: Any, related: Sequence[Sequence[Related]]) -> list[Edge]:
    """What draws a topic that no line ties to another: the topics related by what they say."""
    pairs: dict[tuple[int, int], float] = {}
    for topic, found in enumerate(related):
        if graph.degree(topic) == 0:
            for item in found[:DRAWN_TO]:
                pair = (min(topic, item.other), max(topic, item.other))
                pairs[pair] = max(pairs.get(pair, 0.0), LOOSE * max(item.score, 0.1))
    return [(a, b, weight) for (a, b), weight in sorted(pairs.items())]
