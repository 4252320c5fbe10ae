"""What an outline without a lexicon names beside its services' headings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from knowledge.lexicon import fold
from knowledge.linking import wikilinks
from knowledge.linking.concepts import find_concepts
from knowledge.linking.names import headings_of
from knowledge.linking.targets import Cast, called, heading_names
from knowledge.linking.terms import CAPITAL_NOUNS, find_surnames, find_terms, read_usage, tag
from knowledge.records import Record


def learn(
    records: Sequence[Record], texts: Sequence[str], cast: Cast, language: str
) -> list[tuple[str, int]]:
    """Add to the cast what an outline names beside its services' headings; gives (term, target)."""
    known = headings_of(cast.drafts)
    for record, names, cased in find_concepts(records, texts, known, language):
        target = cast.add(called(records[record].text), "part", None)
        cast.by_record[record] = target
        draft = cast.drafts[target]
        draft.record, draft.headings, draft.cased = record, names, cased
        draft.aliases.extend(records[record].aliases)
    known = headings_of(cast.drafts)
    for topic in wikilinks.linked_topics(texts):
        if fold(topic) not in known:
            known.add(fold(topic))
            target = cast.add(topic, "service", None)
            cast.drafts[target].headings = heading_names(topic)
    usage = read_usage(records, language)
    headed = [(name, i) for i, draft in enumerate(cast.drafts) for name in draft.headings]
    terms = list(find_surnames(usage, headed)) if tag(language) not in CAPITAL_NOUNS else []
    known = headings_of(cast.drafts) | {fold(term) for term, _ in terms}
    features = _features(records)
    for term in find_terms(usage, known):
        feature = features.get(fold(term))
        target = cast.add(term, "service" if feature is None else "part", None)
        if feature is not None and cast.drafts[target].record is None:
            cast.drafts[target].record = feature
            cast.drafts[target].aliases.extend(records[feature].aliases)
            cast.by_record[feature] = target
        terms.append((term, target))
    return terms


def _features(records: Sequence[Record]) -> dict[str, int]:
    """The features by their folded names, those that only one of them has."""
    found: dict[str, set[int]] = defaultdict(set)
    for index, record in enumerate(records):
        if record.kind == "feature":
            for name in heading_names(record.text):
                found[fold(name)].add(index)
    return {name: min(where) for name, where in found.items() if len(where) == 1}
