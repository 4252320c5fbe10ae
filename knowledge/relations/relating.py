"""Records and mentions → relations with all their evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.lexicon import Lexicon
from knowledge.linking import Linked
from knowledge.records import Record
from knowledge.relations.outline import Lines
from knowledge.relations.refining import Found
from knowledge.relations.roles import Roles
from knowledge.relations.stating import State

# Between a whole and its part nothing else is worth an edge, unless both have pages.
_WITHIN = frozenset({"part_of", "successor_of"})


@dataclass(frozen=True)
class Relation:
    """`source` and `target` are indices of `Linked.targets`; evidence is (record, line, text)."""

    source: int
    target: int
    kind: str
    evidence: tuple[tuple[int, int, str], ...]


def relate(
    records: Sequence[Record], linked: Linked, lexicon: Lexicon, language: str = "en"
) -> list[Relation]:
    """What the lines state, in the order of their first evidence."""
    roles = Roles(linked.targets, lexicon)
    lines = Lines(records, linked)
    evidence: dict[tuple[int, int, str], dict[int, None]] = {}
    for found in State(lines, roles, language).all():
        if _may_be(found, linked, records):
            key = found.source, found.target, found.kind
            evidence.setdefault(key, {})[found.record] = None
    return [
        Relation(
            source, target, kind,
            tuple((index, records[index].line or 0, records[index].text) for index in where),
        )
        for (source, target, kind), where in evidence.items()
    ]  # fmt: skip


def _may_be(found: Found, linked: Linked, records: Sequence[Record]) -> bool:
    if found.source == found.target:
        return False
    ends = linked.targets[found.source], linked.targets[found.target]
    if any(end.kind == "theme" for end in ends):
        return False
    inside = ends[0].home == found.target or ends[1].home == found.source
    if not inside or found.kind in _WITHIN:
        return True
    pages = (end.record for end in ends if end.record is not None)
    return sum(records[page].kind == "service" for page in pages) == len(ends)
