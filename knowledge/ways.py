"""The rows of an outline as links to walk: how one service or feature reaches another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from knowledge.graph.paths import Link, Step, Ways
from knowledge.models import Mention, Outline, Relation
from knowledge.names import Names
from knowledge.relations import explain
from knowledge.search.naming import plain_text
from knowledge.versions import Versions

QUOTED = 110
# So many ways a page shows at most, none of which costs so much more than the best.
SHOWN = 4
FARTHER = 1.6
# How many outlines a process keeps ready to be walked.
MOST_OUTLINES = 4

walks: Versions[tuple[Names, Ways]] = Versions(MOST_OUTLINES)


def read_ways(outline: Outline, names: Names) -> Ways:
    """All links between the services and features of an outline, nodes by their public ids."""
    return Ways(_links(outline, names))


def walk_of(outline: Outline) -> tuple[Names, Ways]:
    """The names and links of an outline, read once a version."""
    return walks.get(outline, _read_walk)


def _read_walk(outline: Outline) -> tuple[Names, Ways]:
    names = Names(outline)
    return names, read_ways(outline, names)


def several_ways(ways: Ways, start: str, end: str) -> list[list[Step]]:
    """The ways that are worth showing, those of the fewest steps first.

    Beside the best one those that are as short, or have one stop on the way.
    """
    found = ways.several(start, end, most=SHOWN)
    if not found:
        return []
    cheapest = ways.cost(found[0])
    longest = max(2, len(found[0]))
    near = [way for way in found if len(way) <= longest and ways.cost(way) <= cheapest + FARTHER]
    return sorted(near, key=len)


def _links(outline: Outline, names: Names) -> Iterator[Link]:
    called = {key: place.name for key, place in names.by_key.items()}
    seen: set[tuple[str, str, str]] = set()

    def end(service: int, feature: int | None) -> str:
        return f"s{service}" if feature is None else f"f{feature}"

    for row in Relation.objects.for_outline(outline).ends():
        service, feature, other, other_feature, kind, evidence, line = row
        source, target = end(service, feature), end(other, other_feature)
        official = names.by_key[source].official
        text = explain(
            kind, called[source], called[target], feature=feature is not None, official=official
        )
        first = evidence[0]["text"] if evidence else ""
        yield Link(source, target, kind, f"{text}: {_quoted(first)}" if first else text, line)
    for row in Mention.objects.for_outline(outline).ends():
        namer, namer_feature, service, feature, line, text = row
        target = end(service, feature)
        for source in (f"s{namer}", end(namer, namer_feature)):
            if (source, target, "mentions") in seen or source == target:
                continue
            seen.add((source, target, "mentions"))
            said = f"{called[source]} names {called[target]}: {_quoted(text)}"
            yield Link(source, target, "mentions", said, line)
    for key, place in names.by_key.items():
        if place.kind == "feature":
            above = f"s{place.service}"
            said = f"{place.name} stands under {called[above]}"
            yield Link(key, above, "contains", said, place.line)


def _quoted(text: str) -> str:
    words = plain_text(text)
    if len(words) > QUOTED:
        words = words[:QUOTED].rsplit(" ", 1)[0] + " …"
    return f"“{words}”"


def as_steps(way: Sequence[Step], names: Names) -> list[dict[str, Any]]:
    """A way as docs/interfaces.md has it, with the public ids beside the names."""
    return [
        {
            "from": names.by_key[str(step.start)].name,
            "to": names.by_key[str(step.end)].name,
            "kind": step.kind,
            "text": step.text,
            "line": step.line,
            "backwards": step.backwards,
        }
        for step in way
    ]
