"""GraphML (http://graphml.graphdrawing.org), as Gephi, yEd and NetworkX read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from knowledge.export.elements import read_edges, read_nodes
from knowledge.models import Outline

# (id, of what, name, type); Gephi shows `label`.
KEYS = (
    ("label", "node", "label", "string"),
    ("kind", "node", "kind", "string"),
    ("official", "node", "official", "string"),
    ("line", "node", "line", "int"),
    ("first_line", "node", "first_line", "int"),
    ("parent", "node", "parent", "string"),
    ("path", "node", "path", "string"),
    ("aliases", "node", "aliases", "string"),
    ("domain", "node", "domain", "string"),
    ("relation", "edge", "kind", "string"),
    ("edge_label", "edge", "label", "string"),
    ("lines", "edge", "lines", "string"),
    ("text", "edge", "text", "string"),
)
BETWEEN = " › "
# Signs that XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(outline: Outline) -> Iterator[str]:
    """A directed graph; several edges may lie between two nodes, each with its own id."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for key, of, name, kind in KEYS:
        yield f'<key id="{key}" for="{of}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield f'<graph id={quoteattr(_clean(outline.slug))} edgedefault="directed">\n'
    for node in read_nodes(outline):
        values = {
            "label": node.name, "kind": node.kind, "official": node.official, "line": node.line,
            "first_line": node.first_line, "parent": node.parent, "path": BETWEEN.join(node.path),
            "aliases": "; ".join(node.aliases), "domain": node.domain,
        }  # fmt: skip
        yield f'<node id="{node.id}">{_data(values)}</node>\n'
    for number, edge in enumerate(read_edges(outline)):
        values = {
            "relation": edge.kind, "edge_label": edge.kind,
            "lines": " ".join(str(each["line"]) for each in edge.evidence),
            "text": " | ".join(each["text"] for each in edge.evidence),
        }  # fmt: skip
        ends = f'source="{edge.source}" target="{edge.target}"'
        yield f'<edge id="e{number}" {ends}>{_data(values)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _data(values: dict[str, str | int | None]) -> str:
    return "".join(
        f'<data key="{key}">{escape(_clean(str(value)))}</data>'
        for key, value in values.items()
        if value not in (None, "")
    )


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
