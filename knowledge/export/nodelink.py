"""Node-link JSON as NetworkX's `node_link_graph(data, edges="edges")` reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from knowledge.export.elements import read_edges, read_nodes
from knowledge.models import Outline


def write_node_link(outline: Outline) -> Iterator[str]:
    """One node or edge a line."""
    graph = {"outline": outline.slug, "title": outline.title, "sha256": outline.sha256}
    yield f'{{"directed": true, "multigraph": true, "graph": {_json(graph)}, "nodes": [\n'
    yield from _listed(node.as_dict() for node in read_nodes(outline))
    yield '], "edges": [\n'
    yield from _listed(edge.as_dict() for edge in read_edges(outline))
    yield "]}\n"


def _listed(items: Iterator[dict[str, Any]]) -> Iterator[str]:
    before = ""
    for item in items:
        yield before + _json(item)
        before = ",\n"
    yield "\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
