"""Without a lexicon: headings within a page that other pages speak of by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import ahocorasick_rs

from knowledge.lexicon import fold
from knowledge.linking.names import LONGEST_HEADING_NAME, STRUCTURAL, is_identifier
from knowledge.linking.targets import heading_names
from knowledge.linking.terms import CAPITAL_NOUNS, MOST_SMALL, is_title, tag
from knowledge.linking.text import is_whole, lower, starts_sentence
from knowledge.records import Record

SHORTEST = 3
LEAST_LINES = 2
# Where so many headings begin with a capital, one that doesn't is a name: 'etcd'.
CAPITALISED = 0.7


@dataclass(eq=False)
class _Candidate:
    record: int
    names: list[str]
    telling: bool  # by itself a name: an identifier, or with its abbreviation in brackets
    lines: set[int] = field(default_factory=set)
    elsewhere: int = 0
    capitals: int = 0
    small: int = 0

    def is_concept(self) -> bool:
        if len(self.lines) < LEAST_LINES or not self.elsewhere:
            return False
        if self.telling:
            return True
        return self.capitals >= LEAST_LINES and self.small <= MOST_SMALL * self.capitals


def find_concepts(
    records: Sequence[Record], texts: Sequence[str], known: set[str], language: str
) -> Iterator[tuple[int, list[str], bool]]:
    """(record, names, whether only with capitals) of features that lines of other pages name.

    `known` are the folded names of the services.
    """
    by_name: dict[str, _Candidate] = {}
    for candidate in _candidates(records, known):
        for name in candidate.names:
            key = lower(name)
            if len(key) == len(name):
                by_name.setdefault(key, candidate)
    if not by_name:
        return
    names = list(by_name)
    finder = ahocorasick_rs.AhoCorasick(names)
    nouns = tag(language) in CAPITAL_NOUNS
    for index, text in enumerate(texts):
        if records[index].kind == "service" or records[index].form == "code":
            continue
        for number, start, end in finder.find_matches_as_indexes(lower(text), overlapping=True):
            candidate = by_name[names[number]]
            if records[index].feature == candidate.record or not _is_word(text, start, end):
                continue
            candidate.lines.add(index)
            candidate.elsewhere += records[index].service != records[candidate.record].service
            if text[start].islower():
                candidate.small += 1
            elif not (nouns or starts_sentence(text, start) or is_title(text)):
                candidate.capitals += 1
    for candidate in dict.fromkeys(by_name.values()):
        if candidate.is_concept():
            yield candidate.record, candidate.names, not candidate.telling


def _is_word(text: str, start: int, end: int) -> bool:
    return is_whole(text, start, end) or (
        text[end : end + 1] == "s" and is_whole(text, start, end + 1)
    )


def _candidates(records: Sequence[Record], known: set[str]) -> list[_Candidate]:
    features = [(i, r) for i, r in enumerate(records) if r.kind == "feature" and not r.states]
    seen = Counter(fold(name) for _, r in features for name in set(heading_names(r.text)))
    begins = [r.text[:1].isupper() for r in records if r.kind != "fact"]
    lower_is_rare = sum(begins) >= CAPITALISED * len(begins)
    found = []
    for index, record in features:
        names = [
            name
            for name in heading_names(record.text)
            if len(name) >= SHORTEST
            and len(name.split()) <= LONGEST_HEADING_NAME
            and fold(name) not in STRUCTURAL | known
            and seen[fold(name)] == 1
        ]
        if not names:
            continue
        whole = names[0]
        small = lower_is_rare and whole[0].islower() and " " not in whole
        telling = small or is_identifier(whole) or bool(re.search(r"\([A-Z][\w-]*[A-Z]s?\)", whole))
        found.append(_Candidate(index, names, telling))
    return found
