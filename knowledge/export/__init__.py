"""The graph of an outline for other tools: node-link JSON, GraphML, Turtle with SKOS, CSV.

Each format is a stream of text, so that a large outline is never held whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from knowledge.export.csv import write_csv
from knowledge.export.graphml import write_graphml
from knowledge.export.nodelink import write_node_link
from knowledge.export.turtle import write_turtle
from knowledge.models import Outline

# Format → (how it is written, file ending, media type).
FORMATS: dict[str, tuple[Callable[[Outline], Iterator[str]], str, str]] = {
    "node-link": (write_node_link, "json", "application/json"),
    "graphml": (write_graphml, "graphml", "application/graphml+xml"),
    "turtle": (write_turtle, "ttl", "text/turtle"),
    "csv": (write_csv, "csv", "text/csv"),
}


def export(outline: Outline, wanted: str) -> Iterator[str]:
    """The outline's whole graph in one of FORMATS, piece by piece."""
    return FORMATS[wanted][0](outline)
