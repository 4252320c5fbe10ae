"""What a quiz can be about: the topics of an outline by domain."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.lexicon import plain
from knowledge.models import Outline, Service
from knowledge.topics import TopicLine, group_topics
from quiz.specs import Spec

# Of a larger outline the first so many are listed; the others start from their own pages.
MOST = 400


@dataclass(frozen=True)
class TopicChoice:
    slug: str
    name: str
    facts: int
    chosen: bool


@dataclass(frozen=True)
class DomainChoice:
    """`value` is empty where the topics stand under no domain that could be chosen."""

    name: str
    value: str
    mark: int
    chosen: bool
    topics: tuple[TopicChoice, ...]


def choices_of(outline: Outline, spec: Spec) -> list[DomainChoice]:
    rows = Service.objects.for_outline(outline).shown().topics()[:MOST]
    lines = [TopicLine(*row) for row in rows]
    held = [line for line in lines if line.fact_count]
    groups, _ = group_topics(held, outline.domains, page=1, size=MOST)
    return [
        DomainChoice(
            group.name,
            group.name if group.name in outline.domains else "",
            group.mark,
            group.name in spec.domains,
            tuple(
                TopicChoice(line.slug, plain(line.name), line.fact_count, line.slug in spec.topics)
                for line in group.topics
            ),
        )
        for group in groups
    ]
