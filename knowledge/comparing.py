"""The rows of two services or features → what they have in common and where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from knowledge.graph.compare import Comparison, Side, Statement, compare
from knowledge.graph.paths import AGAINST, Step, Ways
from knowledge.graph.wording import Wording
from knowledge.lexicon import fold, plain
from knowledge.models import Fact, Outline
from knowledge.names import Names, Place
from knowledge.relations import KINDS, OF_MANY
from knowledge.search.languages import stemmer, stop_words

# A short line with others beneath it says what they are about; it is read before each of them.
LONGEST_LABEL = 48
# Of two large topics so many facts are read at most.
MOST = 3000
_END = ".!?。"


@dataclass
class Compared:
    """`between` are sentences on one and the other, with their lines; `way` where none is.

    `parts` are features of one name, as (name, slug of the first's, slug of the second's);
    `links` are what both are tied to in the same way: (sentence, line, line).
    """

    comparison: Comparison
    between: list[Step] = field(default_factory=list)
    way: list[Step] = field(default_factory=list)
    parts: list[tuple[str, str, str]] = field(default_factory=list)
    links: list[tuple[str, int | None, int | None]] = field(default_factory=list)


def compare_places(
    outline: Outline, first: Place, second: Place, names: Names, ways: Ways
) -> Compared:
    """Everything that the page shows of two topics; reads their facts in one query."""
    by_place = _facts(outline, (first, second))
    sides = [
        _side(place, by_place[place.key], _named(place, names, ways)) for place in (first, second)
    ]
    words = Wording(stop_words(outline.language), stemmer(outline.language))
    found = Compared(compare(sides[0], sides[1], words))
    direct = [step for step in ways.between(first.key, second.key) if step.kind != "contains"]
    stated = {step.line for step in direct if step.kind != "mentions"}
    found.between = [
        replace(step, text=step.text.removeprefix(AGAINST))
        for step in direct
        # That a line names the other is no news where it says what they have to do.
        if step.kind != "mentions" or step.line not in stated
    ]
    if not found.between:
        found.way = ways.shortest(first.key, second.key)
    found.parts = _parts(first, second, names)
    found.links = _links(first, second, names, ways)
    return found


def _facts(outline: Outline, places: Sequence[Place]) -> dict[str, list[Any]]:
    """The facts of each place, in the order of the outline."""
    rows = Fact.objects.for_outline(outline).of_places(
        [place.pk for place in places if place.kind == "service"],
        [place.pk for place in places if place.kind == "feature"],
        MOST,
    )
    found: dict[str, list[Any]] = defaultdict(list)
    keys = {place.key for place in places}
    for row in rows:
        for key in (f"s{row.service_id}", f"f{row.feature_id}"):
            if key in keys:
                found[key].append(row)
    return found


def _side(place: Place, facts: Sequence[Any], named: dict[str, int]) -> Side:
    """A place's facts as they read by themselves: each after the label that it stands under.

    'Default' with 'Allows everything' beneath it is 'Default: Allows everything'.
    """
    parents = {fact.parent_id for fact in facts}
    labels: dict[int, Statement] = {}
    statements = []
    for fact in facts:
        is_short = len(fact.text) <= LONGEST_LABEL and fact.text[-1:] not in _END
        if fact.pk in parents and is_short:
            labels[fact.pk] = (fact.text.rstrip(":"), fact.line)
            continue
        above, _ = labels.get(fact.parent_id, ("", 0))
        statements.append((f"{above}: {fact.text}" if above else fact.text, fact.line))
    return Side(plain(place.name), statements, named, list(labels.values()))


def _named(place: Place, names: Names, ways: Ways) -> dict[str, int]:
    """What a place names, with the first line that does."""
    found: dict[str, int] = {}
    for step in ways.leaving(place.key):
        if step.kind == "mentions" and not step.backwards and step.line:
            found.setdefault(plain(names.by_key[str(step.end)].name), step.line)
    return found


def _parts(first: Place, second: Place, names: Names) -> list[tuple[str, str, str]]:
    """Features that the two services have under one name."""
    if first.kind != "service" or second.kind != "service":
        return []
    parts: tuple[dict[str, Place], dict[str, Place]] = ({}, {})
    for place in names.by_key.values():
        for side, whole in zip(parts, (first, second), strict=True):
            if place.kind == "feature" and place.service == whole.pk:
                side.setdefault(fold(place.name), place)
    return [
        (plain(place.name), place.slug, parts[1][name].slug)
        for name, place in parts[0].items()
        if name in parts[1]
    ]


def _links(
    first: Place, second: Place, names: Names, ways: Ways
) -> list[tuple[str, int | None, int | None]]:
    """What both are tied to in the same way and direction."""
    ties = []
    for place in (first, second):
        known: dict[tuple[str, str, bool], Step] = {}
        for step in ways.leaving(place.key):
            if step.kind not in ("mentions", "contains"):
                known.setdefault((step.kind, str(step.end), step.backwards), step)
        ties.append(known)
    found = []
    for way, step in ties[0].items():
        if way in ties[1]:
            both = f"{plain(first.name)} and {plain(second.name)}"
            other = plain(names.by_key[way[1]].name)
            text = _sentence(way[0], both, other, way[2])
            found.append((text, step.line, ties[1][way].line))
    return found


def _sentence(kind: str, both: str, other: str, backwards: bool) -> str:
    verb = OF_MANY.get(kind, kind.replace("_", " "))
    if kind == "integrates_with" or not backwards:
        return f"{both} both {verb} {other}"
    return f"{other} {KINDS.get(kind, kind)} both {both}"
