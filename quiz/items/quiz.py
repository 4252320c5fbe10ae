"""A quiz as a whole: spread over features, kinds and difficulty, and no item helps with another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Any

from quiz.items import bank_flaws
from quiz.items.item import Item, ItemKind
from quiz.items.words import content, words

# What part of a quiz each kind should have, where the bank has it.
SHARES: dict[str, float] = {
    "single": 0.56, "multiple": 0.12, "cloze": 0.1, "matching": 0.09, "ordering": 0.06,
    "true_false": 0.07,
}  # fmt: skip
_LOOK = 60


def _mark(seed: int, item: Item) -> bytes:
    return sha256(f"{seed}|{item.id}".encode()).digest()


def answers_of(item: Item) -> set[str]:
    """What a learner has to find, folded."""
    texts = [option.text for option in item.options if option.correct and item.kind != "true_false"]
    texts += list(item.answers or ())[:1]
    return {" ".join(words(text)).casefold() for text in texts if len(text) > 3}


def gives_away(one: Item, other: Item) -> bool:
    """Whether the words of one item say the answer of the other.

    An answer's name alone isn't enough: the two must speak of the same thing.
    """
    if set(one.facts) & set(other.facts):
        return True
    questions = _question(one), _question(other)
    if bank_flaws.gives_away(*questions) or bank_flaws.gives_away(*questions[::-1]):
        return True
    for teller, asked in ((one, other), (other, one)):
        told = " ".join(words(f"{teller.stem} {_shown(teller)}")).casefold()
        stems = content(asked.stem)
        if any(f" {answer} " in f" {told} " for answer in answers_of(asked)) and (
            len(stems & content(f"{teller.stem} {_shown(teller)}")) >= max(3, 0.5 * len(stems))
        ):
            return True
    return False


def _question(item: Item) -> dict[str, Any]:
    """What `bank_flaws` reads of an item."""
    return {
        "kind": item.kind, "stem": item.stem, "pairs": item.pairs, "sequence": item.sequence,
        "answers": item.answers, "evidence": [{"line": item.evidence[0].line}],
        "options": [{"text": o.text, "correct": o.correct} for o in item.options],
    }  # fmt: skip


def _shown(item: Item) -> str:
    if item.pairs:
        return " ".join(f"{left} {right}" for left, right in item.pairs)
    if item.sequence:
        return " ".join(item.sequence)
    return " ".join(option.text for option in item.options)


def make_quiz(
    bank_items: Sequence[Item],
    *,
    count: int,
    seed: int,
    kinds: Collection[ItemKind] | None = None,
    repeat_facts: bool = False,
) -> list[Item]:
    """Up to `count` items of a bank; the same for the same bank and seed."""
    pool = [item for item in bank_items if kinds is None or item.kind in kinds]
    pool.sort(key=lambda item: _mark(seed, item))
    chosen: list[Item] = []
    topics: Counter[int] = Counter()
    features: Counter[tuple[int, str | None]] = Counter()
    by_kind: Counter[str] = Counter()
    stems: Counter[str] = Counter()
    levels: Counter[int] = Counter()
    positions: Counter[int] = Counter()
    facts: set[int] = set()
    while pool and len(chosen) < count:
        ranked = sorted(
            range(min(_LOOK, len(pool))),
            key=lambda place: (
                2.0 * features[pool[place].service, pool[place].feature]
                + 0.7 * topics[pool[place].service]
                + 6.0
                * max(0.0, (by_kind[pool[place].kind] + 1) / count - _share(pool[place], kinds))
                + 0.5 * levels[int(pool[place].difficulty * 4)] / (len(chosen) + 1)
                + 3.0 * stems[pool[place].stem]
                + 0.3 * positions[_position(pool[place])],
                place,
            ),
        )
        taken = None
        for place in ranked:
            item = pool[place]
            clash = not repeat_facts and (
                bool(facts & set(item.facts)) or any(gives_away(item, other) for other in chosen)
            )
            if not clash:
                taken = place
                break
        if taken is None:
            pool = pool[_LOOK:]
            continue
        item = pool.pop(taken)
        chosen.append(item)
        topics[item.service] += 1
        features[item.service, item.feature] += 1
        by_kind[item.kind] += 1
        stems[item.stem] += 1
        levels[int(item.difficulty * 4)] += 1
        if item.kind == "single":
            positions[_position(item)] += 1
        facts |= set(item.facts)
    return chosen


def _share(item: Item, kinds: Collection[ItemKind] | None) -> float:
    if kinds is None:
        return SHARES[item.kind]
    return SHARES[item.kind] / sum(SHARES[kind] for kind in sorted(set(kinds)))


def _position(item: Item) -> int:
    if item.kind != "single":
        return -1
    return next(place for place, option in enumerate(item.options) if option.correct)
