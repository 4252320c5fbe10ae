"""Headings of one plain word, without a lexicon: where the word is only a word."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from knowledge.linking.matching import Hit
from knowledge.linking.text import starts_sentence, words
from knowledge.records import Record

# A heading of one plain word that more of the services use than this is no name in lower case.
UBIQUITOUS = 0.3
LEAST_UBIQUITOUS = 4
# Who writes 'Service' with its capital so often means something else by 'service account'.
CAPITALS = 3
_NEXT = re.compile(r" ([a-z]{3,})\b")
_NO_NOUN = words(
    """and or but nor for with without from into onto over under than then that which who when
    where while can cannot could may might must shall should will would has have had was were are
    not the its his her their one via per off out are only also too first last again itself before
    after during between within through until because if needs gets runs"""
)


def without_common(
    records: Sequence[Record], texts: Sequence[str], found: list[list[Hit]]
) -> list[list[Hit]]:
    """Drop words of headings that the outline uses everywhere, or in terms of another sense."""
    users: dict[int, set[int]] = defaultdict(set)
    capitals: Counter[int] = Counter()
    for index, hits in enumerate(found):
        for hit in hits:
            if hit.name and hit.name.everyday:
                if texts[index][hit.start].islower():
                    users[hit.target].add(records[index].service)
                elif not starts_sentence(texts[index], hit.start):
                    capitals[hit.target] += 1
    if not users:
        return found
    services = sum(record.kind == "service" for record in records)
    limit = max(LEAST_UBIQUITOUS, UBIQUITOUS * services)
    common = {target for target, where in users.items() if len(where) > limit}

    def is_plain(index: int, hit: Hit) -> bool:
        if not (hit.name and hit.name.everyday):
            return False
        if hit.target in common:
            return True
        return capitals[hit.target] >= CAPITALS and _is_part_of_term(texts[index], hit)

    return [[hit for hit in hits if not is_plain(i, hit)] for i, hits in enumerate(found)]


def _is_part_of_term(text: str, hit: Hit) -> bool:
    """Whether a word written small stands before the noun of a longer term."""
    after = _NEXT.match(text, hit.end)
    if not text[hit.start].islower() or text[hit.end - 1] == "s" or not after:
        return False
    return after[1] not in _NO_NOUN and not after[1].endswith(("ed", "ing", "ly"))
