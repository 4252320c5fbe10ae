"""What counts as one word, for the index and for what is typed. Pure.

Both sides cut text in the same way, so that a database only ever compares whole tokens. A piece of
text between two spaces gives:

- its whole, where signs hold it together: `kms:Decrypt` → kms:decrypt
- its parts: kms, decrypt; GuardDuty → guardduty and guard, duty
- for scripts without spaces each character and each pair of neighbours.

All of it is folded: case and accents are taken off, ß is ss, ø is o.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# Longer pieces are data (base64, hashes, addresses with parameters), not words that people type.
LONGEST = 64

# Latin letters that Unicode doesn't take apart into a letter and a mark.
_LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h",
        "ı": "i", "ŋ": "n", "ŧ": "t", "ſ": "s", "’": "'", "‘": "'", "ʼ": "'", "‐": "-",
        "‑": "-", "–": "-", "—": "-", "−": "-", "\u00ad": None, "\u200b": None, "\ufeff": None,
    }
)  # fmt: skip
# Marks that a search ignores: accents, Hebrew points, Arabic vowels (not Indic ones).
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]+")
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})  # codespell:ignore

# Scripts that are written without spaces; Hangul too, as its particles stick to the word.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\u1100-\u11ff\uac00-\ud7af\U00020000-\U0003ffff"
)
_WORD = f"(?:[^\\W_{UNSPACED}]|[\u0900-\u0dff])"
_UNSPACED_RUN = re.compile(f"[{UNSPACED}]+")
# A word, signs within it, and a + or # that ends a name (C++, F#).
_PIECE = re.compile(
    rf"{_WORD}+(?:[-_.:/@&'*$+%#=~]+{_WORD}+)*(?:\+\+?|#)?(?![^\W_{UNSPACED}])|[{UNSPACED}]+"
)
SPACELESS = re.compile(r"\S+")
_PART = re.compile(rf"{_WORD}+")
# IPs, VPCs: abbreviations in the plural.
_PLURAL = re.compile(r"[A-Z][A-Z0-9]+s$")
_CAMEL = re.compile(
    r"[A-Z]{2,}(?=v\d)|[A-Z]{2,}s(?![a-z])|[A-Z]+(?![a-z])\d*|[A-Z]?[^\W\d_A-Z]+\d*|\d+[a-z]*"
)


def fold(text: str) -> str:
    """Case, accents and typographic variants taken off; the words stay apart.

    >>> fold("Perché Straße SØREN İzmir")
    'perche strasse soren izmir'
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    return unicodedata.normalize("NFC", _MARKS.sub("", text))


class Piece(NamedTuple):
    """One stretch of text without a space: what it is called as a whole, and of what it consists.

    `start` and `end` are its place in the text. `parts` are folded words with their own place,
    in order; of an unspaced script they are its characters' pairs (or its one character).
    """

    whole: str
    start: int
    end: int
    parts: tuple[tuple[str, int, int], ...]
    unspaced: bool = False

    @property
    def length(self) -> int:
        """Of how many words it consists: 1 for kms, 2 for kms:Decrypt, 3 for RunPatchBaseline."""
        whole_parts = sum(
            1
            for _, start, end in self.parts
            if not any(start <= a and b <= end and b - a < end - start for _, a, b in self.parts)
        )
        return max(1, whole_parts)

    def moved(self, by: int) -> Piece:
        """The same piece further on in a text."""
        parts = tuple((part, start + by, end + by) for part, start, end in self.parts)
        return Piece(self.whole, self.start + by, self.end + by, parts, self.unspaced)

    @property
    def words(self) -> list[str]:
        return list(dict.fromkeys([self.whole, *(part for part, _, _ in self.parts)]))


def _parts(text: str, offset: int) -> Iterator[tuple[str, int, int]]:
    for match in _PART.finditer(text):
        word, start = match.group(), match.start() + offset
        yield fold(word)[:LONGEST], start, start + len(word)
        if word.islower() or word.isdigit():
            continue
        if _PLURAL.match(word):
            yield fold(word[:-1]), start, start + len(word)
            continue
        humps = list(_CAMEL.finditer(word))
        if len(humps) > 1 and all(len(hump.group()) > 1 for hump in humps):
            for hump in humps:
                yield fold(hump.group()), start + hump.start(), start + hump.end()


def pairs(run: str) -> list[tuple[str, int]]:
    """The neighbours of an unspaced run with their offset; a single character by itself."""
    if len(run) == 1:
        return [(fold(run), 0)]
    return [(fold(run[i : i + 2]), i) for i in range(len(run) - 1)]


def pieces(text: str, limit: int | None = None) -> list[Piece]:
    """The pieces of a text with their places, in order; at most `limit`.

    >>> [p.words for p in pieces("Allow kms:Decrypt, C++ 10.0.0.0/8")]
    [['allow'], ['kms:decrypt', 'kms', 'decrypt'], ['c++', 'c'], ['10.0.0.0/8', '10', '0', '8']]
    """
    found: list[Piece] = []
    for start, cut in chunks(text):
        found += [piece.moved(start) for piece in cut] if start else cut
        if limit is not None and len(found) >= limit:
            return found[:limit]
    return found


def wholes(text: str, limit: int) -> list[str]:
    """The pieces of a text as wholes, in order; at most `limit`."""
    return [piece.whole for _, cut in chunks(text) for piece in cut][:limit]


def chunks(text: str) -> Iterator[tuple[int, tuple[Piece, ...]]]:
    """Where each chunk between spaces starts, and its pieces, whose places count from there."""
    for match in SPACELESS.finditer(text):
        yield match.start(), pieces_of(match.group())


def pieces_of(chunk: str) -> tuple[Piece, ...]:
    """The pieces of what stands between two spaces."""
    return _cut(chunk) if len(chunk) <= 2 * LONGEST else _cut.__wrapped__(chunk)


@lru_cache(maxsize=1 << 15)
def _cut(chunk: str) -> tuple[Piece, ...]:
    """The pieces between two spaces. Few chunks make up most of a text: each is cut once."""
    if chunk.isascii() and chunk.isalnum() and (chunk.islower() or chunk.isdigit()):
        # Most chunks are one plain word.
        word = chunk[:LONGEST]
        return (Piece(word, 0, len(chunk), ((word, 0, len(chunk)),)),)
    found: list[Piece] = []
    for match in _PIECE.finditer(chunk):
        word, start = match.group(), match.start()
        if _UNSPACED_RUN.match(word):
            spots = [(p, start + i, start + i + min(2, len(word))) for p, i in pairs(word)]
            found.append(Piece(fold(word), start, match.end(), tuple(spots), unspaced=True))
        else:
            parts = tuple(_parts(word, start))
            whole = fold(word)
            whole = whole if len(whole) <= LONGEST else parts[0][0]
            found.append(Piece(whole, start, match.end(), parts))
    return tuple(found)


def german(text: str) -> str | None:
    """How a German word with an umlaut is written without one (Schlüssel → schluessel)."""
    folded = text.casefold()
    other = folded.translate(_GERMAN)
    return fold(other) if other != folded else None
