"""The bank: every item that can be made of an outline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from random import Random

from quiz.items.choosing import Balance, choose
from quiz.items.difficulty import estimate
from quiz.items.drafts import Draft
from quiz.items.item import Item, Option
from quiz.items.scenarios import scenario_drafts
from quiz.items.subject import Subject
from quiz.items.things import thing_drafts


@dataclass
class Bank:
    items: list[Item]
    refused: Counter[str]
    worth: dict[int, float]


def _order(seed: int, *marks: object) -> bytes:
    return sha256("|".join(map(str, (seed, *marks))).encode("utf-8")).digest()


def drafts_of(subject: Subject, refused: Counter[str]) -> Iterator[Draft]:
    if subject.english:
        yield from scenario_drafts(subject, refused)
        yield from thing_drafts(subject, refused)


def make_bank(
    subject: Subject, *, seed: int = 0, services: Collection[int] | None = None
) -> Bank:
    refused: Counter[str] = Counter()
    drafts = [
        draft
        for draft in drafts_of(subject, refused)
        if services is None or draft.service in services
    ]
    drafts.sort(key=lambda draft: _order(seed, draft.stem, draft.key))
    balance = Balance()
    for draft in drafts:
        balance.keyed.update(key.text for key in draft.keys)
    items: list[Item] = []
    for draft in drafts:
        rng = Random(int.from_bytes(_order(seed, "options", draft.stem, draft.key)[:8], "big"))
        item = finish(subject, draft, balance, rng)
        if item is None:
            refused[f"{draft.shape}_too_few_options"] += 1
            balance.keyed.subtract(key.text for key in draft.keys)
        else:
            items.append(item)
    return Bank(items, refused, {})


def finish(subject: Subject, draft: Draft, balance: Balance, rng: Random) -> Item | None:
    """The item of a draft, with its wrong options and its key's position."""
    chosen = choose(draft, balance, rng)
    if chosen is None:
        return None
    wrong = [Option(c.text, False, c.why, c.reason, c.evidence) for c in chosen]
    right = [Option(c.text, True, c.why, c.reason, c.evidence) for c in draft.keys]
    rng.shuffle(wrong)
    options = list(wrong)
    for option in right:
        options.insert(balance.place(1, len(wrong) + 1, rng) if len(right) == 1
                       else rng.randint(0, len(options)), option)  # fmt: skip
    fact = subject.facts[draft.facts[0]]
    return Item(
        draft.kind, draft.shape, subject.topic(fact), subject.feature(fact),
        subject.domain(draft.service), draft.stem, draft.explanation, draft.evidence,
        draft.facts, draft.service, tuple(options), difficulty=estimate(draft, chosen),
    )  # fmt: skip
