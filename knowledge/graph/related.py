"""Related topics of every service and feature of an outline, with reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.graph.features import Features, find_features, rank_features, why
from knowledge.graph.ranking import Ranking
from knowledge.graph.reasons import Reason, Reasons, quote
from knowledge.graph.terms import Vocabulary, weigh_terms
from knowledge.graph.topics import Topics
from knowledge.graph.wording import Wording
from knowledge.lexicon import plain

SERVICES, FEATURES = 12, 8
# How much a heading's words say more of a service than a line beneath.
HEADING = 2.0
# Features less alike than this are not called related.
LEAST = 0.05
# A topic that so many lines name has a score of a half beside a feature that is like no other.
NAMED_HALF = 10


@dataclass(frozen=True, slots=True)
class Related:
    """`other` is the index of a topic, or of a feature's record where the list is a feature's."""

    other: int
    score: float
    because: tuple[Reason, ...]


def read_words(topics: Topics, wording: Wording) -> Vocabulary:
    """The topics as documents."""

    def uses() -> Iterator[tuple[int, int, str, float]]:
        for index, record in enumerate(topics.records):
            topic = topics.of(index)
            if topic is not None and not record.stated:
                yield topic, index, record.text, 1.0 if record.kind == "fact" else HEADING

    headed = sum(topic.record is not None for topic in topics.topics)
    return weigh_terms(len(topics), uses(), wording, headed)


def read_abouts(topics: Topics, wording: Wording) -> Vocabulary:
    """The topics as the lexicon describes them, as documents."""
    uses = (
        (index, 0, f"{topic.entry.about} {topic.family}", 1.0)
        for index, topic in enumerate(topics.topics)
        if topic.entry
    )
    return weigh_terms(len(topics), uses, wording)


def relate_topics(topics: Topics, wording: Wording, most: int = SERVICES) -> list[list[Related]]:
    """For each topic its related ones, best first: never itself, nor what it is a part of."""
    if not len(topics):
        return []
    vocabulary = read_words(topics, wording)
    reasons = Reasons(topics, vocabulary)
    ranking = Ranking(topics, vocabulary, read_abouts(topics, wording))
    return [
        [Related(b, score, tuple(reasons.of(a, b))) for b, score in row]
        for a, row in enumerate(ranking.best(most))
    ]


def relate_features(
    topics: Topics, wording: Wording, related: list[list[Related]], most: int = FEATURES
) -> dict[int, list[Related]]:
    """By a feature's record, the related features of other services, best first.

    Where there is none, the services that it names or that name it, by their headings' records.
    """
    found: Features = find_features(topics, wording)
    if not found.records:
        return {}
    close = [[(item.other, item.score) for item in row] for row in related]
    ranked = rank_features(found, close, most)
    rows = {
        found.records[a]: [
            Related(found.records[b], score, tuple(why(found, a, b)))
            for b, score in row
            if score >= LEAST
        ]
        for a, row in enumerate(ranked)
    }
    beside = _name_each_other(topics)
    return {record: row or beside.get(record, [])[:most] for record, row in rows.items()}


def _name_each_other(topics: Topics) -> dict[int, list[Related]]:
    """By a feature's record, the topics that name it or that its lines name, most lines first."""
    records = topics.records
    lines: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for naming in topics.namings:
        if naming.source == naming.target:
            continue
        if naming.part is not None:
            lines[naming.part][naming.source].append(naming.record)
        if records[naming.record].feature >= 0:
            lines[records[naming.record].feature][naming.target].append(naming.record)
    found: dict[int, list[Related]] = {}
    for feature, others in lines.items():
        rows = []
        for other, where in sorted(others.items(), key=lambda each: (-len(each[1]), each[0])):
            topic, line = topics.topics[other], records[where[0]]
            if topic.record is None:
                continue
            names = [topic.name, plain(records[feature].text)]
            if topics.of(where[0]) != other:
                names.reverse()
            text = f"{names[0]} names {names[1]}: “{quote(line.text)}”"
            score = len(where) / (len(where) + NAMED_HALF)
            rows.append(Related(topic.record, score, (Reason("mention", text, line.line),)))
        found[feature] = rows
    return found
