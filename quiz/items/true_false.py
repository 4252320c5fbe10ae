"""Is it true or false that …: a line as it stands, or a variant that its line proves false.

As many are true as false among those that look alike. Lines whose one change leaves their look as
it was (another number, an opposite, another identifier) are told as they stand every other time.
A denial shows: each false one has a true one beside it that denies as well, and each denial that
was taken off has a true plain line beside it, as like it in length and signs as one can be found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256

from quiz.items.cues import STATEMENT_CUES
from quiz.items.facts import Fact
from quiz.items.item import Item, Option
from quiz.items.mutations import Mutation, mutations, true_statement
from quiz.items.stems import emphasize
from quiz.items.subject import Subject

_VAGUE = re.compile(r"\b(?:usually|often|typically|sometimes|may|might|mostly|normally)\b", re.I)
# Nobody takes such a line for false.
_GUESSED = frozenset(["supports", "support", "advises", "recommends", "helps", "should"])
MOST_SIGNS = 170
# How unlike a partner may be, and what it costs that something else asks it already.
FARTHEST, STALE = 4.0, 1.5
# What a step of each cue weighs when two statements are compared.
_STEPS = {"long": 12.0, "few absolutes": 0.4, "few denials": 0.3, "capitals": 1.5, "digits": 0.8}


def _mark(seed: int, *texts: str) -> bytes:
    return sha256("|".join((str(seed), "tf", *texts)).encode()).digest()


def stem_of(subject: Subject, told: str) -> str:
    return f"Is it true or false that {emphasize(subject.soften(told)).rstrip('.')}?"


def true_false_items(
    subject: Subject, wanted: Sequence[int], most: int, seed: int, fresh: Collection[int] = ()
) -> Iterator[Item]:
    """Up to `most` items of the facts of `wanted`, those named first before the others, and above
    all those that nothing else asks (`fresh`)."""
    told: dict[int, str] = {}
    for index in dict.fromkeys(wanted):
        fact = subject.facts[index]
        text = true_statement(fact)
        guessed = fact.clause is not None and fact.clause.verb in _GUESSED
        if text is None or guessed:
            continue
        if len(text) <= MOST_SIGNS and not _VAGUE.search(text):
            told[index] = text
    rank = {index: place for place, index in enumerate(told)}
    made: list[tuple[int, Mutation | None]] = []
    left = _alike(subject, told, seed, made)
    _denials(subject, told, left, seed, set(fresh), made)
    made.sort(key=lambda row: rank[row[0]])
    true = [row for row in made if row[1] is None][: most // 2]
    false = [row for row in made if row[1] is not None][: most // 2]
    for index, mutation in (*true, *false):
        yield _item(subject, subject.facts[index], told[index], mutation)


def _alike(
    subject: Subject, told: dict[int, str], seed: int, made: list[tuple[int, Mutation | None]]
) -> list[int]:
    """Facts whose variants look like themselves, each second one false; gives back the others."""
    left: list[int] = []
    kinds: dict[str, list[tuple[int, list[Mutation]]]] = {}
    for index in told:
        found = [
            one for one in mutations(subject, subject.facts[index])
            if one.how in {"value", "opposite", "swap"}
        ]  # fmt: skip
        if found:
            kinds.setdefault(found[0].how, []).append((index, found))
        else:
            left.append(index)
    for how in sorted(kinds):
        rows = sorted(kinds[how], key=lambda row: _mark(seed, told[row[0]]))
        for place, (index, found) in enumerate(rows[: len(rows) // 2 * 2]):
            one = min(found, key=lambda m: _distance(told[index], m.text)) if place % 2 else None
            made.append((index, one))
        left += [index for index, _ in rows[len(rows) // 2 * 2 :]]
    return left


def _denials(
    subject: Subject, told: dict[int, str], left: list[int], seed: int, fresh: Collection[int],
    made: list[tuple[int, Mutation | None]],
) -> None:  # fmt: skip
    flips: dict[str, list[tuple[int, Mutation]]] = {"denied": [], "affirmed": []}
    plain: dict[int, str] = {}
    negative: dict[int, str] = {}
    for index in left:
        clause = subject.facts[index].clause
        denies = clause is not None and clause.negative
        (negative if denies else plain)[index] = told[index]
        for one in mutations(subject, subject.facts[index]):
            if one.how in flips and len(one.text) <= MOST_SIGNS:
                flips[one.how].append((index, one))
    for how, lookalikes in (("affirmed", plain), ("denied", negative)):
        rows = sorted(flips[how], key=lambda row: (row[0] not in fresh, _mark(seed, told[row[0]])))
        if how == "affirmed":
            # The other half of the denials is told as it stands.
            rows = rows[: len(rows) // 2]
        for index, one in rows:
            if index not in plain and index not in negative:
                continue
            others = [other for other in lookalikes if other != index]
            if not others:
                break
            best = min(
                others,
                key=lambda other: (
                    _distance(lookalikes[other], one.text) + STALE * (other not in fresh),
                    other,
                ),
            )  # fmt: skip
            if _distance(lookalikes[best], one.text) > FARTHEST:
                continue
            made += [(index, one), (best, None)]
            for used in (index, best):
                plain.pop(used, None)
                negative.pop(used, None)


def _distance(one: str, other: str) -> float:
    """How unlike two statements look to a guesser."""
    return sum(abs(mine - theirs) for mine, theirs in zip(_look(one), _look(other), strict=True))


@lru_cache(maxsize=16384)
def _look(text: str) -> tuple[float, ...]:
    shown = emphasize(text)
    return tuple(cue(shown) / _STEPS[name] for name, cue in STATEMENT_CUES.items())


def _item(subject: Subject, fact: Fact, text: str, mutation: Mutation | None) -> Item:
    told = mutation.text if mutation else text
    evidence = subject.evidence(fact)
    is_true = mutation is None
    why = fact.text if mutation is None else mutation.why
    reason = "states_it" if mutation is None else mutation.reason
    stem = stem_of(subject, told)
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
