"""Topics of small outlines, as a load finds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.graph.topics import Topics, find_topics
from knowledge.graph.wording import Wording
from knowledge.lexicon import EMPTY, Lexicon
from knowledge.linking import link
from knowledge.outline.reading import read_outline
from knowledge.records import make_records
from knowledge.search.languages import stemmer, stop_words

ENGLISH = Wording(stop_words("en"), stemmer("en"))


@dataclass(frozen=True)
class Stated:
    """A relation as `knowledge.relations` gives it."""

    source: int
    target: int
    kind: str
    evidence: tuple[tuple[int, int, str], ...]


def make_topics(
    text: str, lexicon: Lexicon = EMPTY, stated: tuple[tuple[str, str, str], ...] = ()
) -> Topics:
    """Topics of an outline; `stated` are (source, kind, target) by their official names."""
    data = text.encode()
    records = make_records(read_outline(data, title=None, file_name="t.md", max_bytes=10**8))
    linked = link(records, lexicon, "en")
    number = {target.official: i for i, target in enumerate(linked.targets)}
    relations = [
        Stated(number[a], number[b], kind, ((0, records[0].line or 1, f"{a} and {b}"),))
        for a, kind, b in stated
    ]
    return find_topics(
        records, linked, relations, lexicon, lambda kind, a, b, **of: f"{a} {kind} {b}"
    )


def names(topics: Topics, indices: Iterator[int] | list[int]) -> list[str]:
    return [topics.topics[i].name for i in indices]


def number(topics: Topics, name: str) -> int:
    return [topic.name for topic in topics.topics].index(name)
