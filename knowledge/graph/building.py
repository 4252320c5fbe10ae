"""Everything about an outline's graph that is computed when it is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.graph.layout import Point, lay_out
from knowledge.graph.related import Related, relate_features, relate_topics
from knowledge.graph.structure import Structure, find_structure, link_graph
from knowledge.graph.terms import Wording
from knowledge.graph.topics import Topics


@dataclass(frozen=True)
class Analysis:
    """Lists by topic, by a feature's record, and places by topic (see the modules)."""

    related: list[list[Related]]
    related_features: dict[int, list[Related]]
    places: list[Point]
    structure: Structure


def analyse(
    topics: Topics, wording: Wording, previous: Mapping[int, Point] | None = None
) -> Analysis:
    """Related topics, the map and what holds the subject together.

    `previous` are the places of topics on the map before.
    """
    related = relate_topics(topics, wording)
    graph = link_graph(topics)
    edges = sorted((min(a, b), max(a, b), float(w)) for a, b, w in graph.edges(data="weight"))
    return Analysis(
        related,
        relate_features(topics, wording, related),
        lay_out(len(topics), edges, previous),
        find_structure(topics, graph),
    )
