"""What the lines of an outline say of one topic and others, in groups as a page shows them.

Relations and mentions come from one query: a page has few.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.lexicon import plain
from knowledge.models import Feature, Mention, Relation, Service
from knowledge.tied_rows import Tied, read_tied

# So many relations and lines that name it are read of a topic at most, relations first.
MOST = 600
# How each kind is headed: of what the topic does, and of what is done to it.
HEADINGS = {
    "sends_to": ("Sends to", "Receives from"),
    "logs_to": ("Logs to", "Holds the logs of"),
    "stores_in": ("Stores in", "Stores for"),
    "triggers": ("Triggers", "Is triggered by"),
    "encrypts_with": ("Encrypts with", "Encrypts for"),
    "authenticates_with": ("Authenticates with", "Authenticates"),
    "managed_by": ("Is managed by", "Manages"),
    "requires": ("Requires", "Is required by"),
    "integrates_with": ("Integrates with", "Integrates with"),
    "shares_via": ("Shares via", "Shares"),
    "queries": ("Queries", "Is queried by"),
    "protects": ("Protects", "Is protected by"),
    "successor_of": ("Is the successor of", "Is succeeded by"),
    "part_of": ("Is a part of", "Has as parts"),
    "aggregates_from": ("Aggregates from", "Is aggregated by"),
}


@dataclass(frozen=True)
class Evidence:
    """A line as it stands in the outline; `key` is the public id of what states it."""

    text: str
    line: int
    key: str

    @property
    def fact(self) -> int | None:
        """The primary key of the fact that states it, None for a heading."""
        return int(self.key[1:]) if self.key[:1] == "n" else None


@dataclass
class Other:
    """A topic that this one is tied to; `own` is the part of this one that is meant, if any."""

    name: str
    slug: str
    part: str
    part_slug: str
    own: str
    evidence: list[Evidence] = field(default_factory=list)


@dataclass
class Group:
    """All that this topic is tied to in one way; `of_its_own` where it does it, isn't done to."""

    heading: str
    kind: str
    of_its_own: bool
    others: list[Other] = field(default_factory=list)


@dataclass
class Ties:
    """`relations` by kind and direction, what it does before what is done to it; `named_by`."""

    relations: list[Group] = field(default_factory=list)
    named_by: list[Other] = field(default_factory=list)

    @property
    def lines(self) -> int:
        return sum(len(other.evidence) for other in self.named_by)


def ties_of_service(service: Service) -> Ties:
    """What ties a service, its parts included."""
    relations, mentions = Relation.objects.of_service(service), Mention.objects.of_service(service)
    return _group(
        read_tied(relations, mentions, MOST), lambda row: row.source == service.pk, whole=True
    )


def ties_of_feature(feature: Feature) -> Ties:
    """What ties a feature that is a service in its own right."""
    relations, mentions = Relation.objects.of_feature(feature), Mention.objects.of_feature(feature)
    return _group(
        read_tied(relations, mentions, MOST),
        lambda row: row.source_feature == feature.pk,
        whole=False,
    )


def _group(rows: Iterable[Tied], is_source: Any, whole: bool) -> Ties:
    found = Ties()
    groups: dict[tuple[int, str], Group] = {}
    naming: dict[tuple[str, str], Other] = {}
    for row in rows:
        if row.kind == "mentions":
            # The words of which place: those under one feature stand together.
            place = (row.source_slug, "")
            other = naming.setdefault(place, Other(plain(row.source_name), place[0], "", "", ""))
            key = f"n{row.fact}" if row.fact is not None else f"f{row.source_feature}"
            other.evidence.append(Evidence(row.text, row.line, key))
            continue
        if whole and row.source == row.target:
            continue
        out = is_source(row)
        heading = HEADINGS.get(row.kind, (row.kind.replace("_", " ").capitalize(),) * 2)
        at = (0 if out else 1, row.kind)
        if row.kind == "integrates_with":
            at = (0, row.kind)
        group = groups.setdefault(at, Group(heading[at[0]], row.kind, at[0] == 0))
        group.others.append(_other(row, out, whole))
    found.relations = [groups[at] for at in sorted(groups, key=lambda at: (at[0], _rank(at[1])))]
    found.named_by = sorted(naming.values(), key=lambda other: -len(other.evidence))
    return found


def _rank(kind: str) -> int:
    kinds = list(HEADINGS)
    return kinds.index(kind) if kind in kinds else len(kinds)


def _other(row: Tied, out: bool, whole: bool) -> Other:
    ends = (
        (row.source_name, row.source_slug, row.source_part, row.source_part_slug),
        (row.target_name, row.target_slug, row.target_part, row.target_part_slug),
    )
    own, far = ends if out else ends[::-1]
    given: Sequence[dict[str, Any]] = json.loads(row.text)
    lines = [Evidence(each["text"], each["line"], each.get("key", "")) for each in given]
    return Other(
        plain(far[0]), far[1], plain(far[2]) if far[2] else "", far[3] or "",
        plain(own[2]) if own[2] and whole else "", lines,
    )  # fmt: skip
