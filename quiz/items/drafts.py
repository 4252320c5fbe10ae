"""A choice item before its wrong options are chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from quiz.items.item import Evidence, ItemKind

# The shapes whose options are statements, and the one of them that asks for what isn't true.
STATEMENT, TWO, NOT_TRUE = "statement", "two_statements", "not_true"
STATED = frozenset([STATEMENT, TWO, NOT_TRUE])

# Why an option is wrong. No reason, no distractor.
Reason = Literal[
    "states_it",  # the key: its line says so
    "other_part_of_service",  # the outline states something else of this sibling
    "belongs_to_other_service",  # the proper name of another service or of its part
    "other_value",  # another value of a quantity whose one value the line states
    "not_in_closed_list",  # the outline closes the list and this isn't in it
    "denied_by_line",  # the line says the opposite
    "other_side_of_contrast",  # true of the side that excludes this one
    "serves_another_need",  # another scenario's resolution
    "stated_by_line",  # what isn't true is asked for, and the line states this
]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible wrong option; `closeness` (0..1) is how near it is to the key."""

    text: str
    why: str
    reason: Reason
    evidence: tuple[Evidence, ...]
    closeness: float = 0.5


@dataclass(slots=True)
class Draft:
    shape: str
    stem: str
    keys: list[Candidate]
    candidates: list[Candidate]
    facts: tuple[int, ...]
    service: int
    explanation: str
    evidence: tuple[Evidence, ...]
    kind: ItemKind = "single"
    numeric: bool = False
    wanted: int = 3
    at_least: int = 2
    distinctive: float = 0.5
    ranks: dict[str, float] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.keys[0].text
