"""Mends words that stand nowhere in an outline, against those that do. Pure.

The distance is optimal string alignment: a letter more, less or other, or two neighbours swapped.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract, extractOne

from knowledge.search.lexis import Lexis


def allowed(word: str) -> int:
    """How many slips a word of this length may have: none under 3 letters, never a third of it."""
    if len(word) < 3 or any(c.isdigit() for c in word):
        return 0 if len(word) < 5 else 1
    return 1 if len(word) < 8 else 2 if len(word) < 13 else 3


def mend(word: str, lexis: Lexis, *, typing: bool = False, most: int = 3) -> list[str]:
    """The outline's words that may have been meant, the likeliest first.

    With `typing`, the word may be the beginning of a longer one.
    """
    slips = allowed(word)
    if not slips or (not word.isascii() and len(word) < 4):
        return []
    lengths = range(len(word) - slips, len(word) + slips + 1)
    near = list(chain.from_iterable(lexis.words_of_length.get(length, ()) for length in lengths))
    found = extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=40)
    ranked = [
        (_unlikely(word, other, int(distance)), -lexis.count(other), other)
        for other, distance, _ in found
        if len(other) > 2 and other[0].isalpha() == word[0].isalpha()
    ]
    if not ranked and typing and len(word) >= 5:
        return _beginnings(word, lexis, slips, most)
    ranked.sort()
    best = ranked[0][0] if ranked else 0
    return [other for cost, _, other in ranked if cost <= best + 0.5][:most]


def _unlikely(word: str, other: str, distance: int) -> float:
    """The distance, with what people's slips have in common taken into account."""
    cost = float(distance)
    if word[0] != other[0]:
        cost += 0.7
    if len(word) == len(other) and sorted(word) == sorted(other):
        cost -= 0.5
    elif set(word) == set(other):
        # A letter doubled or not doubled.
        cost -= 0.4
    if len(word) < 4 and sorted(word) != sorted(other):
        cost += 1
    return cost


def _beginnings(word: str, lexis: Lexis, slips: int, most: int) -> list[str]:
    starts = lexis.starts_of_length(len(word))
    found = extract(word, starts.keys(), scorer=OSA.distance, score_cutoff=min(slips, 1), limit=20)
    ranked = sorted(
        (_unlikely(word, start, int(distance)), -lexis.count(starts[start]), starts[start])
        for start, distance, _ in found
    )
    return [other for _, _, other in ranked][:most]


def divide(word: str, lexis: Lexis) -> tuple[str, str] | None:
    """Two words of the outline that were typed as one, or None: `transitgateway`."""
    best: tuple[int, tuple[str, str]] | None = None
    for i in range(2, len(word) - 1):
        left, right = word[:i], word[i:]
        if left in lexis.words and right in lexis.words:
            count = min(lexis.words[left], lexis.words[right]) * min(len(left), len(right))
            if best is None or count > best[0]:
                best = count, (left, right)
    return best[1] if best else None


def nearest(name: str, known: Sequence[str]) -> str | None:
    """The name that is most like a mistyped one; None where none is loaded."""
    found = extractOne(name, known, scorer=OSA.normalized_distance)
    return found[0] if found else None
