"""More for topics that have little to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from quiz.items.cloze import IN_THIN, cloze_items
from quiz.items.item import Item
from quiz.items.subject import Subject

# Topics with fewer items than this get gaps and true-or-false items of all their statements.
THIN = 12


def thin_gaps(
    subject: Subject, refused: Counter[str], items: Sequence[Item], services: Collection[int] | None
) -> list[Item]:
    """More gaps for topics with few items, of facts that nothing asks yet."""
    made = Counter(item.service for item in items)
    asked = {index for item in items for index in item.facts}
    thin = [one for one in subject.services if made[one] < THIN]
    thin = [one for one in thin if services is None or one in services]
    found = cloze_items(subject, refused, thin, {}, IN_THIN)
    return [item for item in found if item.facts[0] not in asked]
