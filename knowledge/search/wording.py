"""What may stand for one typed word: itself, stem, parts, what it begins, a mending. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import nlargest

from knowledge.search.lexis import Lexis
from knowledge.search.spelling import divide, mend
from knowledge.search.words import Piece

Stem = Callable[[str], str]
_MEASURE = re.compile(r"(\d+)([^\W\d_]+)")

# How much a match tells, by what stands for the typed word.
WHOLE, STEM, JOINED, PARTS, COMPLETION, SPLIT, BEGINNING, MENDED, SYNONYM, EVERYDAY = (
    1.0, 0.94, 0.97, 0.9, 0.85, 0.85, 0.7, 0.75, 0.7, 0.55,
)  # fmt: skip
# How many words a beginning may stand for, the commonest first: where it is still being typed, and
# in the middle of a query, where a known word that begins more than that stands for itself alone.
MOST_COMPLETIONS = 32
FEW_COMPLETIONS = 8
# Beginnings of fewer letters are looked for among names alone, while names are to be found.
SHORT = 3


@dataclass(frozen=True, slots=True)
class Alternative:
    """Tokens that all have to be there for the typed word.

    With `prefix` the only token is a beginning, and `completions` are words that begin so.
    """

    tokens: tuple[str, ...]
    weight: float
    prefix: bool = False
    completions: tuple[str, ...] = ()


@dataclass(slots=True)
class Word:
    """One typed word. Without `required` it moves hits up but finds none by itself.

    `length` is the number of words that it consists of; `anchor` tells that it names a service, or
    is a word of one service's name alone: what stands elsewhere is hardly meant.
    """

    text: str
    alternatives: list[Alternative]
    rarity: float = 1.0
    required: bool = True
    length: int = 1
    anchor: bool = False
    mended: bool = False


def read_word(piece: Piece, found: list[Piece], lexis: Lexis, stem: Stem, *, last: bool) -> Word:
    """A piece of a query with what the outline has for it; `last` is still being typed."""
    whole = piece.whole
    word = Word(whole, [], length=piece.length)
    add = word.alternatives.append
    known = lexis.knows(whole)
    count = lexis.count(whole)
    if known:
        add(Alternative((whole,), WHOLE))
    stemmed = _stem(whole, lexis, stem)
    if stemmed != whole and lexis.knows(stemmed):
        add(Alternative((stemmed,), STEM))
        count = max(count, lexis.count(stemmed))
    for joined in _neighbours(piece, found, lexis):
        add(Alternative((joined,), JOINED))
    parts = tuple(dict.fromkeys(part for part, _, _ in piece.parts if part != whole))
    if (
        len(parts) > 1
        and (tokens := known_tokens(parts, lexis, stem))
        and len(tokens) == len(parts)
    ):
        add(Alternative(tuple(tokens), PARTS))
        if not known:
            count = min(lexis.count(token) for token in tokens)
    if not known and (cut := _MEASURE.fullmatch(whole)) and all(map(lexis.knows, cut.groups())):
        # 4kb, where the outline has 4 KB.
        add(Alternative(cut.groups(), PARTS))
        count = min(map(lexis.count, cut.groups()))
    beginning = _beginning(word, known, lexis, stem, last=last)
    if beginning is not None:
        add(beginning)
        if not known and word.required:
            count = max((lexis.count(other) for other in beginning.completions), default=1)
    if not word.alternatives and not lexis.complete:
        add(Alternative((whole,), WHOLE))
    word.rarity = lexis.rarity(count)
    return word


def _stem(whole: str, lexis: Lexis, stem: Stem) -> str:
    stemmed = stem(whole)
    if stemmed == whole and len(whole) in (3, 4) and whole.endswith("s") and whole[-2:] != "ss":
        # Snowball leaves 'ips' and 'ids' alone.
        return whole[:-1] if whole[:-1] in lexis.words else whole
    return stemmed


def _beginning(
    word: Word, known: bool, lexis: Lexis, stem: Stem, *, last: bool
) -> Alternative | None:
    """The word as the beginning of others, of those that its stem doesn't find."""
    whole = word.text
    if len(whole) < SHORT:
        if not last or not lexis.completions(whole, 1):
            return None
        # So short a beginning would match half the outline: it only sorts what others find.
        word.required = bool(word.alternatives)
        return Alternative((whole,), BEGINNING if known else COMPLETION, prefix=True)
    own = stem(whole)
    completions = [other for other in lexis.completions(whole) if stem(other) != own]
    weight = COMPLETION if last else BEGINNING
    if not lexis.complete and last:
        return Alternative((whole,), weight, prefix=True)
    if not completions or (known and not last and len(completions) > FEW_COMPLETIONS):
        return None
    commonest = nlargest(MOST_COMPLETIONS, completions, key=lexis.count)
    return Alternative((whole,), weight, prefix=True, completions=tuple(commonest))


def _neighbours(piece: Piece, found: list[Piece], lexis: Lexis) -> list[str]:
    """The piece and the one beside it as one word, where the outline has that: `cloud front`."""
    place = found.index(piece)
    left = found[place - 1].whole + piece.whole if place else ""
    right = piece.whole + found[place + 1].whole if place + 1 < len(found) else ""
    return [word for word in (left, right) if word and lexis.knows(word)]


def read_unspaced(piece: Piece, lexis: Lexis) -> list[Word]:
    """A piece of a script without spaces: its pairs, or its characters, that the outline has."""
    words = []
    for part in dict.fromkeys(part for part, _, _ in piece.parts):
        if lexis.knows(part):
            words.append(Word(part, [Alternative((part,), WHOLE)], lexis.rarity(lexis.count(part))))
    if not words and len(piece.whole) > 1:
        # No pair is known: the characters one by one.
        return [
            Word(char, [Alternative((char,), PARTS)], lexis.rarity(lexis.count(char)))
            for char in dict.fromkeys(piece.whole)
            if lexis.knows(char)
        ]
    return words


def known_tokens(words: Iterable[str], lexis: Lexis, stem: Stem) -> list[str]:
    """Those of the words that the outline has, as it has them."""
    tokens = []
    for word in words:
        stemmed = stem(word)
        if lexis.knows(stemmed):
            tokens.append(stemmed)
        elif lexis.knows(word):
            tokens.append(word)
    return tokens


def mend_word(
    word: Word, piece: Piece, lexis: Lexis, edits: list[tuple[int, int, str]], *, typing: bool
) -> None:
    """Gives an unknown word what it may be a slip of; `edits` gets what to write instead."""
    divided = divide(piece.whole, lexis)
    if divided:
        word.alternatives.append(Alternative(divided, SPLIT))
        word.rarity = lexis.rarity(min(map(lexis.count, divided)))
        return
    for place, other in enumerate(mend(piece.whole, lexis, typing=typing)):
        word.alternatives.append(Alternative((other,), MENDED - 0.05 * place))
        if not place:
            word.mended = True
            word.rarity = lexis.rarity(lexis.count(other))
            edits.append((piece.start, piece.end, other))
