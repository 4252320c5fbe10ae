"""Choosing wrong options so that nothing on the surface tells the key from them.

Every draft brings more good candidates than it needs. Sets of them are tried, and the one is taken
that keeps running sums over the whole bank at zero: for each cue that a test-wise guesser may use
(length, words of the stem, words of the other options, capitals and digits, how often a text is a
key elsewhere), how often the key is the first, the last, and how far it lies from the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from random import Random

from quiz.items.drafts import Candidate, Draft
from quiz.items.words import STOP, cue_words, long_words, stem, words

MAX_OPTION = 120
SETS = 48
CUES = 8
_ABSOLUTE = re.compile(
    r"\b(?:always|never|all|none|only|every|any|must|cannot|no|completely)\b", re.I
)

_NEGATION = re.compile(r"n't\b|\b(?:not|no|cannot|without)\b", re.I)


_FUNCTION = STOP - frozenset(
    ["amazon", "service", "services", "uses", "used", "using", "make", "makes", "made", "gets",
     "lets", "give", "gives", "given", "sets", "need", "needs"]
)  # fmt: skip
# Words that a test-wise reader takes for a sign of truth or falsehood.
_LOADED = re.compile(
    r"\b(?:always|never|all|none|only|every|completely|absolutely|usually|often|sometimes|generally|"
    r"may|might|typically)\b",
    re.I,
)


@lru_cache(maxsize=65536)
def _exact(text: str) -> frozenset[str]:
    return long_words(text) - _FUNCTION


@lru_cache(maxsize=65536)
def _bag(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text))


@lru_cache(maxsize=65536)
def _fixed(text: str) -> tuple[float, float, float]:
    """Length, specificity (capitals and digits), absolutes."""
    signs = sum(c.isupper() or c.isdigit() for c in text)
    return float(len(text)), float(signs), float(len(_ABSOLUTE.findall(text)))


def fits(stem_text: str, keys: Sequence[str], wrong: Sequence[str]) -> bool:
    """Whether a set of options is free of the flaws that a machine can see."""
    texts = [*keys, *wrong]
    folded = [" ".join(words(text)).casefold() or text for text in texts]
    if len(set(folded)) < len(folded):
        return False
    padded = [f" {text} " for text in folded]
    for one, other in combinations(padded, 2):
        if (one in other or other in one) and not re.search(r"\d", one):
            return False
    longest = max(len(text) for text in wrong)
    shared = cue_words(stem_text)
    offered = frozenset().union(*(cue_words(text) for text in wrong))
    for key in keys:
        if len(key) * 3 >= longest * 4 and len(key) - longest > 2:
            return False
        if (cue_words(key) & shared) - offered:
            return False
        if (_exact(key) & _exact(stem_text)) - frozenset().union(*(_exact(text) for text in wrong)):
            return False
    return True


@dataclass
class Balance:
    """The running sums, and how often each text is a key in the bank."""

    keyed: Counter[str] = field(default_factory=Counter)
    used: Counter[str] = field(default_factory=Counter)
    first: list[float] = field(default_factory=lambda: [0.0] * CUES)
    last: list[float] = field(default_factory=lambda: [0.0] * CUES)
    tilt: list[float] = field(default_factory=lambda: [0.0] * CUES)
    spread: list[float] = field(default_factory=lambda: [0.0] * CUES)
    positions: Counter[tuple[int, int]] = field(default_factory=Counter)

    def measure(
        self, stem_bag: frozenset[str], keys: Sequence[str], wrong: Sequence[str]
    ) -> list[tuple[float, float, float, float]]:
        """For each cue: first, last, tilt and spread of the keys against the wrong options."""
        texts = [*keys, *wrong]
        bags = [_bag(text) for text in texts]
        rows: list[list[float]] = [[] for _ in range(CUES)]
        for place, text in enumerate(texts):
            length, signs, absolutes = _fixed(text)
            others = [bags[i] for i in range(len(texts)) if i != place]
            shared = sum(len(bags[place] & other) for other in others)
            union = sum(
                len(bags[place] & other) / (len(bags[place] | other) or 1) for other in others
            )
            rows[0].append(length)
            rows[1].append(float(len(bags[place] & stem_bag)))
            rows[2].append(float(shared))
            rows[3].append(union)
            rows[4].append(signs)
            rows[5].append(absolutes)
            rows[7].append(float(len(_NEGATION.findall(text))))
            rows[6].append(float(self.keyed[text] - (place < len(keys))))
        result = []
        count, n_keys = len(texts), len(keys)
        for row in rows:
            top, bottom = max(row), min(row)
            tops = [place for place, value in enumerate(row) if value >= top - 1e-9]
            bottoms = [place for place, value in enumerate(row) if value <= bottom + 1e-9]
            chance = n_keys / count
            first = sum(place < n_keys for place in tops) / len(tops) - chance
            last = sum(place < n_keys for place in bottoms) / len(bottoms) - chance
            mean = sum(row) / count
            deviation = (sum((value - mean) ** 2 for value in row) / count) ** 0.5
            key_mean = sum(row[:n_keys]) / n_keys
            spread = (key_mean - mean) / deviation if deviation > 1e-9 else 0.0
            tilt = sum(
                (row[k] > row[w]) - (row[k] < row[w])
                for k in range(n_keys)
                for w in range(n_keys, count)
            ) / (n_keys * (count - n_keys))
            result.append((first, last, tilt, spread))
        return result

    def cost(self, measured: Sequence[tuple[float, float, float, float]]) -> float:
        total = 0.0
        for cue, (first, last, tilt, spread) in enumerate(measured):
            before = total
            total += (self.first[cue] + first) ** 2 - self.first[cue] ** 2
            total += (self.last[cue] + last) ** 2 - self.last[cue] ** 2
            total += 0.5 * ((self.tilt[cue] + tilt) ** 2 - self.tilt[cue] ** 2)
            total += 0.5 * ((self.spread[cue] + spread) ** 2 - self.spread[cue] ** 2)
            if cue >= 6:  # how often a text is a key, and negations: the hardest to keep even
                total += 2.0 * (total - before)
        return total

    def take(
        self, measured: Sequence[tuple[float, float, float, float]], wrong: Sequence[str]
    ) -> None:
        for cue, (first, last, tilt, spread) in enumerate(measured):
            self.first[cue] += first
            self.last[cue] += last
            self.tilt[cue] += tilt
            self.spread[cue] += spread
        self.used.update(wrong)

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
    if any(len(key) > MAX_OPTION or _LOADED.search(key) for key in keys):
        return None
    pool = [c for c in draft.candidates if len(c.text) <= MAX_OPTION and not _LOADED.search(c.text)]
    near_pool = [c for c in pool if c.closeness >= 0.5]
    pools = [near_pool, pool] if 5 <= len(near_pool) < len(pool) else [pool]
    stem_bag = _bag(draft.stem)
    tries = [(w, p) for w in range(draft.wanted, draft.at_least - 1, -1) for p in pools]
    for wanted, offered in tries:
        best: tuple[float, list[Candidate]] | None = None
        for chosen in _sets(draft, offered, wanted, rng):
            wrong = [candidate.text for candidate in chosen]
            if not fits(draft.stem, keys, wrong):
                continue
            if draft.shape in {"statement", "two_statements"} and _denials(wrong) > 1 + sum(
                bool(_NEGATION.search(key)) for key in keys
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
            cost = balance.cost(balance.measure(stem_bag, keys, wrong)) - 5.0 * near + 0.05 * worn
            if best is None or cost < best[0]:
                best = cost, chosen
        if best is not None:
            wrong = [candidate.text for candidate in best[1]]
            balance.take(balance.measure(stem_bag, keys, wrong), wrong)
            if draft.numeric:
                balance.positions[len(wrong) + 1, _rank(keys[0], wrong)] += 1
            return best[1]
    return None


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
    # Near candidates come up more often; those that hold the words that stem and key share must.
    shared = frozenset().union(*(cue_words(key.text) for key in draft.keys)) & cue_words(draft.stem)
    helping = [c for c in pool if shared & cue_words(c.text)]
    sets: list[list[Candidate]] = []
    weights = [0.05 + candidate.closeness**2 for candidate in pool]
    for _ in range(SETS):
        chosen: dict[str, Candidate] = {}
        if helping:
            one = rng.choice(helping)
            chosen[one.text] = one
        for one in rng.choices(pool, weights, k=wanted * 3):
            if len(chosen) == wanted:
                break
            chosen.setdefault(one.text, one)
        if len(chosen) == wanted:
            sets.append(list(chosen.values()))
    return sets
