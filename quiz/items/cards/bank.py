"""All items of this room. What the author asks is always asked; what can be read from the notes'
own shape is asked where nothing else asks it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from quiz.items.cards.dates import date_gaps, date_orders
from quiz.items.cards.definitions import definition_gaps
from quiz.items.cards.gaps import card_gaps, card_matchings
from quiz.items.cards.members import member_gaps
from quiz.items.cards.names import name_gaps
from quiz.items.cards.spans import marked_gaps, number_gaps
from quiz.items.cards.tables import cell_drafts, cell_gaps, cell_matchings
from quiz.items.drafts import Draft
from quiz.items.item import Item
from quiz.items.subject import Subject

# Items of these kinds that ask one fact.
MOST_OF_FACT = 3
# Kinds that the author didn't put as a question, a term or a table.
BY_CHANCE = frozenset(["note_term", "note_number", "definition", "list_member", "note_name"])


def card_drafts(subject: Subject, services: Collection[int] | None = None) -> Iterator[Draft]:
    yield from cell_drafts(subject, services)


def card_items(
    subject: Subject, asked: Collection[int], services: Collection[int] | None = None
) -> Iterator[Item]:
    """The items of an outline's cards, tables, dates, marks, numbers and lists; of the kinds
    in `BY_CHANCE` only those of facts that aren't in `asked`."""
    made: Counter[int] = Counter()
    kinds = (
        card_gaps, cell_gaps, date_gaps, marked_gaps, definition_gaps, number_gaps, member_gaps,
        name_gaps,
    )  # fmt: skip
    for found in kinds:
        for item in found(subject, services):
            index = item.facts[0]
            by_chance = item.shape in BY_CHANCE and (index in asked or made[index])
            if by_chance or made[index] >= MOST_OF_FACT:
                continue
            made[index] += 1
            yield item
    for found in (card_matchings, cell_matchings, date_orders):
        yield from found(subject, services)
