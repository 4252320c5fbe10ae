"""Is it true or false that …: a line as it stands, or a variant that its line proves false."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256

from quiz.items.facts import Fact
from quiz.items.item import Item, Option
from quiz.items.mutations import Mutation, mutations, true_statement
from quiz.items.stems import emphasize
from quiz.items.subject import Subject

_VAGUE = re.compile(r"\b(?:usually|often|typically|sometimes|may|might|mostly|normally)\b", re.I)


def _mark(seed: int, fact: Fact) -> bytes:
    return sha256(f"{seed}|tf|{fact.text}".encode()).digest()


def _kind(mutation: Mutation) -> str:
    """What the statement looks like, so that true and false ones are even among lookalikes."""
    return {"affirmed": "plain", "swap": "swap", "value": "value", "denied": "negative"}[
        mutation.how
    ]


def true_false_items(
    subject: Subject, wanted: Sequence[int], most: int, seed: int, extra: Sequence[int] = ()
) -> Iterator[Item]:
    """Items of the first `most` facts of `wanted` that can be asked so, and of all of `extra`: as
    many true as false among those that look alike."""
    rows: list[tuple[Fact, list[Mutation]]] = []
    also = set(extra)
    for index in dict.fromkeys([*wanted, *extra]):
        if len(rows) >= most and index not in also:
            continue
        fact = subject.facts[index]
        text = true_statement(fact)
        if text is None or len(text) > 170 or _VAGUE.search(text):
            continue
        if found := mutations(subject, fact):
            rows.append((fact, found))
    balance: Counter[str] = Counter()
    rows.sort(key=lambda row: _mark(seed, row[0]))
    for fact, found in rows:
        negative = fact.clause is not None and fact.clause.negative
        looks_true = "negative" if negative else ("value" if found[0].how == "value" else "plain")
        choices: list[tuple[int, str, Mutation | None]] = [(balance[looks_true], looks_true, None)]
        for one in found:
            looks = _kind(one)
            looks = "plain" if looks == "swap" else looks
            choices.append((-balance[looks], looks, one))
        _, looks, mutation = min(choices, key=lambda choice: (choice[0], choice[2] is None))
        balance[looks] += 1 if mutation is None else -1
        yield _item(subject, fact, mutation)


def _item(subject: Subject, fact: Fact, mutation: Mutation | None) -> Item:
    told = mutation.text if mutation else (true_statement(fact) or fact.text)
    evidence = subject.evidence(fact)
    is_true = mutation is None
    why = fact.text if mutation is None else mutation.why
    reason = "states_it" if mutation is None else mutation.reason
    stem = f"Is it true or false that {emphasize(subject.soften(told)).rstrip('.')}?"
    wrong_why = f"The line says it: {fact.text}" if is_true else why
    return Item(
        "true_false", f"true_false_{mutation.how if mutation else 'true'}", subject.topic(fact),
        subject.feature(fact), subject.domain(fact.service), stem,
        fact.text if is_true else why, (evidence,), (fact.index,), fact.service,
        (
            Option("True", is_true, why if is_true else wrong_why,
                   reason if is_true else str(reason), (evidence,)),
            Option("False", not is_true, wrong_why if is_true else why,
                   "denied_by_line" if is_true else "states_it", (evidence,)),
        ),
        difficulty=0.4 if is_true else 0.45,
    )  # fmt: skip
