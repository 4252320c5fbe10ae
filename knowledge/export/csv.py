"""One table for spreadsheets: a row for each node, then one for each edge."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from knowledge.export.elements import read_edges, read_nodes
from knowledge.models import Outline

COLUMNS = (
    "record", "id", "kind", "name", "official", "line", "first_line", "parent", "path", "aliases",
    "domain", "source", "target", "lines", "text",
)  # fmt: skip
# A cell that begins so would be run as a formula (OWASP, "CSV Injection").
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Line:
    """What a csv writer writes to: keeps the line for the one who asks."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text = text
        return len(text)


def write_csv(outline: Outline) -> Iterator[str]:
    """UTF-8 with a byte order mark, which spreadsheets need to know it by."""
    line = _Line()
    table = csv.writer(line)
    table.writerow(COLUMNS)
    yield "\ufeff" + line.text
    for node in read_nodes(outline):
        table.writerow(_safe(
            "node", node.id, node.kind, node.name, node.official, node.line, node.first_line,
            node.parent, " › ".join(node.path), "; ".join(node.aliases), node.domain, "", "", "",
            "",
        ))  # fmt: skip
        yield line.text
    for number, edge in enumerate(read_edges(outline)):
        table.writerow(_safe(
            "edge", f"e{number}", edge.kind, "", "", "", "", "", "", "", "", edge.source,
            edge.target, " ".join(str(each["line"]) for each in edge.evidence),
            " | ".join(each["text"] for each in edge.evidence),
        ))  # fmt: skip
        yield line.text


def _safe(*cells: str | int | None) -> list[str | int | None]:
    return [
        f"'{cell}" if isinstance(cell, str) and cell.startswith(_RUN) else cell for cell in cells
    ]
