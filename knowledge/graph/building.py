"""Everything about an outline's graph that is computed when it is loaded."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.graph.layout import Edge
from knowledge.graph.related import Related, relate_features, relate_topics
from knowledge.graph.structure import Structure, find_structure, link_graph
from knowledge.graph.topics import Topics
from knowledge.graph.wording import Wording


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
    features = relate_features(topics, wording, related)
    return Analysis(related, features, edges, find_structure(topics, graph))
