"""Spelling slips that no list foresaw: one edit from a long name, and no word of the outline."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from knowledge.linking.matching import Hit
from knowledge.linking.names import Name

TOKEN = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"[a-z][A-Z]")
SHORTEST_NAME = 6  # letters of a one-word name with inner capitals or a capital first
SHORTEST_PLAIN = 9  # letters of a one-word name that a lexicon doesn't vouch for
SHORTEST_PHRASE = 10  # letters of a name of several words
SHORTEST_WORD = 4  # letters of the word in it that may hold the slip
RARE = 3  # a slip stands on fewer lines, or on a fifth of those of the right word
TIMES_RARER = 5


class _Place(NamedTuple):
    words: tuple[str, ...]
    at: int
    name: Name


class Slips:
    """One-edit neighbours of names, looked up word by word."""

    def __init__(self, table: Mapping[str, list[Name]], lines: Counter[str]) -> None:
        self._lines = lines
        self._places: dict[str, list[_Place]] = defaultdict(list)
        words: set[str] = set()
        for key, names in table.items():
            parts = tuple(TOKEN.findall(key))
            words.update(parts)
            for name in names:
                if name.sort == "name" and name.target >= 0 and not name.ambiguous:
                    for at in _slippery(parts, name):
                        self._places[parts[at]].append(_Place(parts, at, name))
        self._vocabulary = words
        self._shortened: dict[str, set[str]] = defaultdict(set)
        for word in self._places:
            for form in _deletions(word):
                self._shortened[form].add(word)
        found = ((token, tuple(self._look_up(token))) for token in lines)
        self._near = {token: words for token, words in found if words}

    def near(self, token: str) -> tuple[str, ...]:
        """Words of names that a token of the lines, in lower case, may be meant for."""
        return self._near.get(token, ())

    def _look_up(self, token: str) -> Iterator[str]:
        if len(token) < SHORTEST_WORD or token in self._vocabulary or token.isdigit():
            return
        found: set[str] = set()
        for form in _deletions(token):
            if form in self._shortened:
                found |= self._shortened[form]
        for word in sorted(found):
            if token[0] != word[0] or token in (word + "s", word[:-1] if word[-1] == "s" else ""):
                continue
            if _digits(token) != _digits(word) or OSA.distance(token, word, score_cutoff=1) > 1:
                continue
            seen = self._lines[token]
            if seen < RARE or seen * TIMES_RARER <= self._lines[word]:
                yield word

    def find(self, text: str, low: str, taken: Sequence[Hit]) -> Iterator[Hit]:
        """Hits of slips in a text, beside what is taken."""
        if self._near.keys().isdisjoint(TOKEN.findall(low)):
            return
        tokens = list(TOKEN.finditer(low))
        for here, match in enumerate(tokens):
            for word in self.near(match[0]):
                for place in self._places[word]:
                    hit = _fits(text, tokens, here, place)
                    if hit and not any(hit.meets(other) for other in taken):
                        yield hit


def _slippery(parts: tuple[str, ...], name: Name) -> list[int]:
    """Which words of a name may hold a slip."""
    if len(parts) == 1:
        least = SHORTEST_PLAIN if name.everyday else SHORTEST_NAME
        return [0] if len(parts[0]) >= least and not name.cased else []
    if sum(map(len, parts)) < SHORTEST_PHRASE:
        return []
    return [at for at, word in enumerate(parts) if len(word) >= SHORTEST_WORD]


def _fits(text: str, tokens: Sequence[re.Match[str]], here: int, place: _Place) -> Hit | None:
    first = here - place.at
    last = first + len(place.words) - 1
    if first < 0 or last >= len(tokens):
        return None
    for offset, word in enumerate(place.words):
        if offset != place.at and tokens[first + offset][0] != word:
            return None
        if offset and tokens[first + offset].start() - tokens[first + offset - 1].end() != 1:
            return None
    start, end = tokens[first].start(), tokens[last].end()
    shown = text[start].isupper() or place.name.everyday or _CAMEL.search(place.name.text)
    if len(place.words) == 1 and not shown:
        return None
    if text[start - 1 : start] in ("/", "@", ".", "-", "_") or text[end : end + 1] in ("@", "_"):
        return None
    return Hit(start, end, place.name.target, place.name)


def _deletions(word: str) -> Iterable[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _digits(word: str) -> str:
    return "".join(char for char in word if char.isdigit())
