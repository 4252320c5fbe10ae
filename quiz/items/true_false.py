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
from quiz.items.echoes import parts_of
from quiz.items.facts import Fact
from quiz.items.falsehoods import BELIEVABLE, Spent, belief
from quiz.items.item import Item, Option
from quiz.items.mutations import Mutation, mutations, true_statement
from quiz.items.stems import emphasize
from quiz.items.subject import Subject
from quiz.items.words import content

# A fact told falsely, how, and the fact that is told truly beside it.
Pair = tuple[int, Mutation, int]
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


def stem_of(subject: Subject, fact: Fact, told: str) -> str:
    """The question; a statement that doesn't say what it belongs to is told with its topic."""
    asked = f"s it true or false that {emphasize(subject.soften(told)).rstrip('.')}?"
    if subject.says_topic(fact):
        return f"I{asked}"
    return f"On {subject.place(fact.service)}: i{asked}"


def true_false_items(
    subject: Subject, wanted: Sequence[int], most: int, seed: int, fresh: Collection[int] = (),
    spent: Spent | None = None,
) -> Iterator[Item]:  # fmt: skip
    """Up to `most` items of the facts of `wanted`, those named first before the others, and above
    all those that nothing else asks (`fresh`); what was told falsely before is in `spent`."""
    told: dict[int, str] = {}
    for index in dict.fromkeys(wanted):
        fact = subject.facts[index]
        text = true_statement(fact)
        guessed = fact.clause is not None and fact.clause.verb in _GUESSED
        if text is None or guessed or _tells_itself(subject, fact):
            continue
        if len(text) <= MOST_SIGNS and not _VAGUE.search(text):
            told[index] = text
    rank = {index: place for place, index in enumerate(told)}
    spent = spent or Spent()
    false = {index: _false_of(subject, subject.facts[index], spent) for index in told}
    made: list[Pair] = []
    poor: list[Pair] = []
    left = _alike(subject, told, false, seed, set(fresh), made)
    _denials(subject, told, false, left, seed, set(fresh), made, poor)
    # Denials that few believe come last, with the true lines beside them.
    pairs = [
        pair for rows in (made, poor)
        for pair in sorted(rows, key=lambda pair: (min(rank[pair[0]], rank[pair[2]]), pair[0]))
    ][: most // 2]  # fmt: skip
    for index, mutation, other in pairs:
        yield _item(subject, subject.facts[index], told[index], mutation)
        yield _item(subject, subject.facts[other], told[other], None)


def _tells_itself(subject: Subject, fact: Fact) -> bool:
    """Whether the subject's own words say what is told of it: 'Peering connects two peers'."""
    clause = fact.clause
    if clause is None:
        return False
    topic = content(subject.name(fact.service)) | content(subject.topic(fact))
    own = parts_of(clause.subject)
    return bool((own & parts_of(clause.predicate)) - topic)


def _may_be_asked(one: Mutation, fact: Fact) -> bool:
    """Whether a falsehood can be taken for true: not half of a pair, and of denials only that
    something can be done."""
    if one.how in {"half", "only"}:
        return False
    return one.how != "denied" or (fact.clause is not None and fact.clause.verb == "can")


def _false_of(subject: Subject, fact: Fact, spent: Spent) -> list[Mutation]:
    """What of a line may still be told falsely, the most believable first."""
    found = [
        one for one in mutations(subject, fact)
        if len(one.text) <= MOST_SIGNS
        and _may_be_asked(one, fact)
        and spent.has_left(fact.line, one.text)
    ]  # fmt: skip
    return sorted(found, key=lambda one: -belief(one, fact, subject))


def _signs(text: str) -> tuple[float, ...]:
    """The absolutes and denials that a statement shows."""
    shown = emphasize(text)
    return tuple(STATEMENT_CUES[name](shown) for name in ("few absolutes", "few denials"))


def _alike(
    subject: Subject, told: dict[int, str], false: dict[int, list[Mutation]], seed: int,
    fresh: Collection[int], made: list[Pair],
) -> list[int]:  # fmt: skip
    """Facts that can be told falsely with the same signs, each second one false; gives back the
    others. What was told falsely elsewhere is told here as it stands."""
    left: list[int] = []
    kinds: dict[str, list[tuple[int, list[Mutation]]]] = {}
    for index, text in told.items():
        could = [one for one in mutations(subject, subject.facts[index])
                 if _signs(one.text) == _signs(text)]  # fmt: skip
        if could:
            may = [one for one in false[index] if one in could]
            kinds.setdefault(could[0].how, []).append((index, may))
        else:
            left.append(index)
    for how in sorted(kinds):
        rows = sorted(
            kinds[how],
            key=lambda row: (not row[1], row[0] not in fresh, _mark(seed, told[row[0]])),
        )
        free = sum(bool(may) for _, may in rows)
        half = min(free, len(rows) // 2)
        # Those that may be told falsely stand first: each second of them, then what is missing.
        chosen = [*rows[:free:2], *rows[1:free:2]][:half]
        lies = {index for index, _ in chosen}
        true = [index for index, _ in rows if index not in lies]
        for index, may in chosen:
            one = min(may, key=lambda m: _distance(told[index], m.text))
            best = min(true, key=lambda other: (_distance(told[other], one.text), other))
            true.remove(best)
            made.append((index, one, best))
        left += true
    return left


def _denials(
    subject: Subject, told: dict[int, str], false: dict[int, list[Mutation]], left: list[int],
    seed: int, fresh: Collection[int], made: list[Pair], poor: list[Pair],
) -> None:  # fmt: skip
    flips: dict[str, list[tuple[int, Mutation]]] = {"denied": [], "affirmed": []}
    plain: dict[int, str] = {}
    negative: dict[int, str] = {}
    for index in left:
        denies = _signs(told[index])[1] < 0
        (negative if denies else plain)[index] = told[index]
        for one in false[index]:
            shows = _signs(one.text)[1] < 0
            if shows != denies:
                flips["denied" if shows else "affirmed"].append((index, one))
                break
    for how, lookalikes in (("affirmed", plain), ("denied", negative)):
        rows = sorted(
            flips[how],
            key=lambda row: (
                belief(row[1], subject.facts[row[0]], subject) < BELIEVABLE,
                row[0] not in fresh, _mark(seed, told[row[0]]),
            ),
        )  # fmt: skip
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
            weak = belief(one, subject.facts[index], subject) < BELIEVABLE
            (poor if weak else made).append((index, one, best))
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
    stem = stem_of(subject, fact, told)
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
