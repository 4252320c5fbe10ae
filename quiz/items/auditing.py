"""What a bank is worth: its flaws, how guessers fare, which facts it asks. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quiz.items.bank import Bank
from quiz.items.bank_flaws import giveaways, uneven_positions
from quiz.items.flaws import Question, flaws_of
from quiz.items.guessers import Guess, run_guessers
from quiz.items.quiz import make_quiz
from quiz.items.worth import WORTH

# Quizzes drawn from the bank to see whether an item tells another's answer.
QUIZZES = 5
QUIZ = 65
EXAMPLES = 5


@dataclass
class Audit:
    """`examples` are the ids of some items that break a rule, or what is uneven."""

    questions: int
    facts: int
    facts_worth_asking: int
    facts_asked: int
    by_kind: Mapping[str, int]
    flaws: Mapping[str, int]
    guessers: Mapping[str, Guess]
    refused: Mapping[str, int]
    examples: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def exceeding(self) -> dict[str, Guess]:
        """The guessers that see more than they should."""
        return {name: guess for name, guess in self.guessers.items() if not guess.within}

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `audit_questions`; `facts_asked` counts those worth asking."""
        return {
            "questions": self.questions,
            "facts": self.facts,
            "facts_worth_asking": self.facts_worth_asking,
            "facts_asked": self.facts_asked,
            "by_kind": dict(self.by_kind),
            "flaws": dict(self.flaws),
            "guessers": {name: guess.as_dict() for name, guess in self.guessers.items()},
            "refused": dict(self.refused),
            "examples": {rule: list(found) for rule, found in self.examples.items()},
        }


def audit(bank: Bank, *, seed: int = 0) -> Audit:
    """Run every check and every guesser over a bank."""
    questions = [item.as_dict() for item in bank.items]
    found = find_flaws(questions)
    told = sorted(
        {
            f"{teller} tells {asked}"
            for number in range(QUIZZES)
            for teller, asked in giveaways(
                [i.as_dict() for i in make_quiz(bank.items, count=QUIZ, seed=seed + number)]
            )
        }
    )
    found |= {"gives_away_another": told} if told else {}
    worth = {index for index, score in bank.worth.items() if score >= WORTH}
    asked = {index for item in bank.items for index in item.facts}
    return Audit(
        questions=len(questions),
        facts=len(bank.worth),
        facts_worth_asking=len(worth),
        facts_asked=len(worth & asked),
        by_kind=dict(sorted(Counter(question["kind"] for question in questions).items())),
        flaws={rule: len(examples) for rule, examples in found.items()},
        guessers=run_guessers(questions),
        refused=dict(sorted(bank.refused.items())),
        examples={rule: examples[:EXAMPLES] for rule, examples in found.items()},
    )


def find_flaws(questions: Sequence[Question]) -> dict[str, list[str]]:
    """The ids of the items that break each rule that is broken, and where keys are uneven."""
    found: dict[str, list[str]] = {}
    for question in questions:
        for rule in flaws_of(question):
            found.setdefault(rule, []).append(question["id"])
    uneven = uneven_positions(questions)
    return found | ({"uneven_positions": uneven} if uneven else {})
