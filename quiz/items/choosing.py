"""Choosing wrong options so that nothing on the surface tells the key from them.

Every draft brings more good candidates than it needs. Sets of them are tried, and the one is taken
that keeps running sums over the whole bank at zero: for each cue that a test-wise guesser may use
(length, words of the stem, words of the other options, capitals and digits, how often a text is a
key elsewhere), how often the key is the first, the last, and how far it lies from the others.

Sums that never left zero would tell as well: who has seen most of a bank knows what the rest must
make up for. So they follow a walk of chance, as far as options drawn blindly would stray in part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from random import Random

import numpy as np
from numpy.typing import NDArray

from quiz.items.cues import CUES
from quiz.items.drafts import NOT_TRUE, STATED, Candidate, Draft
from quiz.items.echoes import echoes, tells
from quiz.items.wording import ABSOLUTES
from quiz.items.words import STOP, cue_words, long_words, words

MAX_OPTION = 120
SETS = 48
_VENDORS = frozenset(["AWS", "TWO", "NOT", "CANNOT", "ONLY", "AND", "OR"])
# Cues of a text by itself; then the stem's words, the others' words and signs, how often a key.
ALONE = ("longest", "fewest denials", "fewest absolutes", "most specific")
ROWS = 8
WEIGHTS = np.outer([1.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 3.0], [1.0, 1.0, 0.4, 1.0])
# What part of the straying of options drawn blindly is left to the bank.
STRAY = 0.35
Floats = NDArray[np.float64]
_NEGATION = re.compile(r"n't\b|\b(?:not|no|cannot|without)\b", re.I)


_FUNCTION = STOP - frozenset(
    ["amazon", "service", "services", "uses", "used", "using", "make", "makes", "made", "gets",
     "lets", "give", "gives", "given", "sets", "need", "needs"]
)  # fmt: skip
# Words that a test-wise reader takes for a sign of truth or falsehood.
_LOADED = re.compile(
    r"\b(?:always|never|none|completely|absolutely|usually|often|sometimes|generally|may|might|"
    r"typically)\b",
    re.I,
)


@lru_cache(maxsize=65536)
def _exact(text: str) -> frozenset[str]:
    return long_words(text) - _FUNCTION


@lru_cache(maxsize=65536)
def _fixed(text: str) -> tuple[float, ...]:
    """What a text shows by itself: length, denials, absolutes, capitals and digits."""
    return tuple(CUES[name](text, (), "") for name in ALONE)


@lru_cache(maxsize=262144)
def _between(one: str, other: str) -> tuple[float, float]:
    """Words that two texts share, and how like their signs are."""
    likeness = -CUES["odd one out"](one, (other,), "")
    return CUES["convergence"](one, (other,), ""), likeness


@lru_cache(maxsize=65536)
def _short(text: str) -> frozenset[str]:
    """Abbreviations: 'VPN' tells as much as a long word."""
    return frozenset(
        word for word in words(text) if len(word) > 1 and word.isupper() and word not in _VENDORS
    )


@lru_cache(maxsize=65536)
def _folded(text: str) -> str:
    return " ".join(words(text)).casefold() or text


def fits(stem_text: str, keys: Sequence[str], wrong: Sequence[str]) -> bool:
    """Whether a set of options is free of the flaws that a machine can see."""
    texts = [*keys, *wrong]
    folded = [_folded(text) for text in texts]
    if len(set(folded)) < len(folded):
        return False
    padded = [f" {text} " for text in folded]
    for one, other in combinations(padded, 2):
        if (one in other or other in one) and not (one[1].isdigit() and other[1].isdigit()):
            return False
    lasts = {text.split(" ")[-1] for text in folded[len(keys) :]}
    if (
        len(wrong) > 1
        and len(lasts) == 1
        and not any(text.split(" ")[-1] in lasts for text in folded[: len(keys)])
    ):
        return False  # all wrong ones are of a sort that no key is of
    longest = max(len(text) for text in wrong)
    if any(tells(stem_text, key, wrong) for key in keys):
        return False
    shared = cue_words(stem_text)
    offered = frozenset().union(*(cue_words(text) for text in wrong))
    for key in keys:
        if len(key) * 3 >= longest * 4 and len(key) - longest > 2:
            return False
        if (cue_words(key) & shared) - offered:
            return False
        if (_short(key) & _short(stem_text)) - frozenset().union(*(_short(text) for text in wrong)):
            return False
        if (_exact(key) & _exact(stem_text)) - frozenset().union(*(_exact(text) for text in wrong)):
            return False
    return True


@dataclass
class Sums:
    """The running sums of the items with as many keys; `keyed` is that of their balance."""

    keyed: Counter[str]
    sums: Floats = field(default_factory=lambda: np.zeros((ROWS, 4)))
    aims: Floats = field(default_factory=lambda: np.zeros((ROWS, 4)))
    seen: Floats = field(default_factory=lambda: np.zeros((ROWS, 4)))
    drawn: int = 0

    def measure(self, stem_text: str, keys: Sequence[str], wrong: Sequence[str]) -> Floats:
        """For each cue: first, last, tilt and spread of the keys against the wrong options."""
        texts = [*keys, *wrong]
        count, n_keys = len(texts), len(keys)
        table = np.array(
            [
                [*_fixed(text), CUES["words of the stem"](text, (), stem_text),
                 *map(sum, zip(*(_between(text, other) for other in texts if other is not text),
                               strict=True)),
                 float(self.keyed[text] - (place < n_keys))]
                for place, text in enumerate(texts)
            ]
        ).T  # fmt: skip
        chance = n_keys / count
        tops = table >= table.max(axis=1, keepdims=True) - 1e-9
        bottoms = table <= table.min(axis=1, keepdims=True) + 1e-9
        first = tops[:, :n_keys].sum(axis=1) / tops.sum(axis=1) - chance
        last = bottoms[:, :n_keys].sum(axis=1) / bottoms.sum(axis=1) - chance
        mean = table.sum(axis=1) / count
        deviation = np.sqrt(np.square(table - mean[:, None]).sum(axis=1) / count)
        key_mean = table[:, :n_keys].sum(axis=1) / n_keys
        spread = (key_mean - mean) / np.where(deviation > 1e-9, deviation, 1)
        tilt = np.sign(table[:, :n_keys, None] - table[:, None, n_keys:]).sum(axis=(1, 2))
        tilt /= n_keys * (count - n_keys)
        return np.column_stack([first, last, tilt, spread])

    def cost(self, measured: Floats) -> float:
        off = self.sums - self.aims
        return float((WEIGHTS * ((off + measured) ** 2 - off**2)).sum())

    def stray(self, measured: Floats) -> None:
        """Move what the sums follow, as a set that was drawn blindly strays from the mean."""
        self.seen += measured
        self.drawn += 1
        self.aims += STRAY * (measured - self.seen / self.drawn)

    def take(self, measured: Floats) -> None:
        self.sums += measured


@dataclass
class Balance:
    """How often each text is a key or a wrong option, which places keys took, and the sums."""

    keyed: Counter[str] = field(default_factory=Counter)
    used: Counter[str] = field(default_factory=Counter)
    positions: Counter[tuple[int, int]] = field(default_factory=Counter)
    by_keys: dict[int, Sums] = field(default_factory=dict)

    def sums(self, keys: int) -> Sums:
        """Those of the items with so many keys; below zero where what isn't true is asked."""
        return self.by_keys.setdefault(keys, Sums(self.keyed))

    def places(self, keys: int, count: int, rng: Random) -> list[int]:
        """The positions for the keys among `count` options that have been used least."""
        places = list(range(count))
        rng.shuffle(places)
        # Items with several keys are counted apart from those with one.
        table = count if keys == 1 else -count
        best = sorted(places, key=lambda place: self.positions[table, place])[:keys]
        for place in best:
            self.positions[table, place] += 1
        return sorted(best)


def choose(draft: Draft, balance: Balance, rng: Random) -> list[Candidate] | None:
    """Wrong options for a draft, or None where too few fit."""
    keys = [key.text for key in draft.keys]
    sums = balance.sums(-len(keys) if draft.shape == NOT_TRUE else len(keys))
    if any(len(key) > MAX_OPTION or _LOADED.search(key) for key in keys):
        return None
    pool = [c for c in draft.candidates if len(c.text) <= MAX_OPTION and not _LOADED.search(c.text)]
    near_pool = [c for c in pool if c.closeness >= 0.5]
    pools = [near_pool, pool] if 5 <= len(near_pool) < len(pool) else [pool]
    # Among statements the near ones are all of one topic: their looks weigh more.
    weight = 1.5 if draft.shape in STATED else 5.0
    tries = [(w, p) for w in range(draft.wanted, draft.at_least - 1, -1) for p in pools]
    for wanted, offered in tries:
        best: tuple[float, list[Candidate], Floats] | None = None
        tried: list[Floats] = []
        for chosen in _sets(draft, offered, wanted, rng):
            wrong = [candidate.text for candidate in chosen]
            if not fits(draft.stem, keys, wrong):
                continue
            if draft.shape in STATED and not (
                _fairly_denied(draft, keys, wrong) and _of_different_lines(chosen)
            ):
                continue
            if sum(c.closeness >= 0.4 for c in chosen) < min(2, wanted):
                continue
            near = sum(candidate.closeness for candidate in chosen)
            worn = sum(balance.used[text] for text in wrong)
            if draft.numeric:
                rank = _rank(keys[0], wrong)
                near -= 0.4 * (
                    balance.positions[len(wrong) + 1, rank]
                    - min(balance.positions[len(wrong) + 1, p] for p in range(len(wrong) + 1))
                )
            measured = sums.measure(draft.stem, keys, wrong)
            tried.append(measured)
            cost = sums.cost(measured) - weight * near + 0.05 * worn
            if best is None or cost < best[0]:
                best = cost, chosen, measured
        if best is not None:
            wrong = [candidate.text for candidate in best[1]]
            sums.stray(rng.choice(tried))
            sums.take(best[2])
            balance.used.update(wrong)
            if draft.numeric:
                balance.positions[len(wrong) + 1, _rank(keys[0], wrong)] += 1
            return best[1]
    return None


def _fairly_denied(draft: Draft, keys: Sequence[str], wrong: Sequence[str]) -> bool:
    """Whether denials don't tell statements apart: one more than among the keys at the most."""
    if draft.shape == NOT_TRUE:
        return _denials(wrong) >= _denials(keys)
    if all(map(ABSOLUTES.search, wrong)) and not all(map(ABSOLUTES.search, keys)):
        return False
    # Of several keys, every other set is to have no denial that the keys don't match.
    spare = 1 if len(keys) == 1 or sum(map(len, keys)) % 2 else 0
    return _denials(wrong) <= spare + _denials(keys)


def _of_different_lines(chosen: Sequence[Candidate]) -> bool:
    return len({c.evidence[0].line for c in chosen}) == len(chosen)


def _denials(texts: Sequence[str]) -> int:
    return sum(bool(_NEGATION.search(text)) for text in texts)


def _numbers(text: str) -> list[float]:
    return [float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


def _rank(key: str, wrong: Sequence[str]) -> int:
    return sum(_numbers(text) < _numbers(key) for text in wrong)


def _sets(
    draft: Draft, pool: Sequence[Candidate], wanted: int, rng: Random
) -> list[list[Candidate]]:
    if len(pool) < wanted:
        return []
    if len(pool) <= 6:
        return [list(chosen) for chosen in combinations(pool, wanted)]
    # Near candidates come up more often; what stem and key share must be heard in others too.
    needed, covers = _shared(draft, pool)
    if needed - frozenset().union(*covers):
        return []
    sets: list[list[Candidate]] = []
    weights = [0.05 + candidate.closeness**2 for candidate in pool]
    places = range(len(pool))
    for _ in range(SETS):
        chosen: dict[str, Candidate] = {}
        missing = needed
        while missing and len(chosen) < wanted:
            helping = [place for place in places if covers[place] & missing]
            place = rng.choices(helping, [weights[place] for place in helping])[0]
            chosen[pool[place].text] = pool[place]
            missing -= covers[place]
        if missing:
            continue
        for one in rng.choices(pool, weights, k=wanted * 3):
            if len(chosen) == wanted:
                break
            chosen.setdefault(one.text, one)
        if len(chosen) == wanted:
            sets.append(list(chosen.values()))
    return sets


def _shared(draft: Draft, pool: Sequence[Candidate]) -> tuple[frozenset[str], list[frozenset[str]]]:
    """What of the keys is heard in the stem, and what of that each candidate says."""
    said = frozenset().union(*(heard(draft.stem, key.text) for key in draft.keys))
    return said, [heard(draft.stem, candidate.text) & said for candidate in pool]


def heard(stem_text: str, text: str) -> frozenset[str]:
    """What a stem and an option share, as `fits` looks at it."""
    return (
        frozenset(f"~{word}" for word in echoes(stem_text, text))
        | (cue_words(text) & cue_words(stem_text))
        | frozenset(f"={word}" for word in _exact(text) & _exact(stem_text))
        | (_short(text) & _short(stem_text))
    )
