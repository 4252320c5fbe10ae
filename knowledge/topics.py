"""The services of an outline in the groups in which its home shows them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

# So many marks and hues there are; the domains of other subjects take them in turn.
MARKS = 6


class TopicLine(NamedTuple):
    """What a list shows of a service."""

    id: int
    name: str
    slug: str
    kind: str
    domains: Sequence[str]
    feature_count: int
    fact_count: int
    implied: bool


@dataclass
class Group:
    """Topics under one heading, of the outline's domain `number` from 1; 0 where it has none.

    `mark` is the number of the domain's mark and hue.
    """

    name: str
    number: int
    mark: int
    topics: list[TopicLine] = field(default_factory=list)
    # The group began on the page before.
    continued: bool = False


def mark_of(domains: Sequence[str], domain: str | None) -> int:
    """The number of a domain's mark and hue, from 1; 0 for none."""
    return domains.index(domain) % MARKS + 1 if domain in domains else 0


def group_topics(
    topics: Iterable[TopicLine], domains: Sequence[str], *, page: int, size: int
) -> tuple[list[Group], int]:
    """The groups of one page and the number of pages.

    Each topic stands under its first domain, in the order of `domains` and then of the outline;
    what has none comes last. Without domains there is one group, which needs no name.
    """
    order = {domain: place for place, domain in enumerate(domains)}
    ordered = sorted(topics, key=lambda topic: _place(topic, order))
    pages = max(1, -(-len(ordered) // size))
    first = (page - 1) * size
    groups: list[Group] = []
    for at, topic in enumerate(ordered[first : first + size], first):
        place = _place(topic, order)
        name = domains[place] if place < len(domains) else "Other topics" if domains else ""
        if not groups or groups[-1].name != name:
            continued = at == first > 0 and _place(ordered[at - 1], order) == place
            number = place + 1 if place < len(domains) else 0
            groups.append(Group(name, number, mark_of(domains, name), continued=continued))
        groups[-1].topics.append(topic)
    return groups, pages


def _place(topic: TopicLine, order: dict[str, int]) -> int:
    return order.get(topic.domains[0], len(order)) if topic.domains else len(order)
