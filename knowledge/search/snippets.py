"""The part of a text that a hit shows, and where in it the typed words stand. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.search.languages import Stemmer
from knowledge.search.wording import Alternative
from knowledge.search.words import SPACELESS, pieces_of

LONGEST_SNIPPET = 160

Spans = list[tuple[int, int]]


class Marker:
    """Finds the words of one query in any text."""

    def __init__(self, alternatives: Iterable[Alternative], stem: Stemmer) -> None:
        self._stem = stem
        self._tokens: set[str] = set()
        starts: set[str] = set()
        for alternative in alternatives:
            *others, last = alternative.tokens
            self._tokens.update(others)
            (starts if alternative.prefix else self._tokens).add(last)
        self._starts = tuple(starts)
        self._letters = {token[:1] for token in self._tokens}
        self._known: dict[str, list[tuple[str, int, int, Spans]]] = {}

    def _fits(self, word: str) -> bool:
        if word in self._tokens or (self._starts and word.startswith(self._starts)):
            return True
        if self._stem.keeps_first_letter and word[:1] not in self._letters:
            return False
        return self._stem(word) in self._tokens

    def _read(self, chunk: str) -> list[tuple[str, int, int, Spans]]:
        """Of each piece of a chunk what it is as a whole, its place, and what in it was meant."""
        return [
            (
                piece.whole,
                piece.start,
                piece.end,
                [(piece.start, piece.end)]
                if self._fits(piece.whole)
                else [(a, b) for part, a, b in piece.parts if self._fits(part)]
                if len(piece.parts) > 1
                else [],
            )
            for piece in pieces_of(chunk)
        ]

    def spans(self, text: str) -> Spans:
        """The places of the query's words, in order and apart."""
        found: Spans = []
        known, tokens = self._known, self._tokens
        before, began = "", 0
        for match in SPACELESS.finditer(text):
            chunk, start = match.group(), match.start()
            read = known.get(chunk)
            if read is None:
                read = known[chunk] = self._read(chunk)
            for whole, at, end, fitting in read:
                if before and before + whole in tokens:
                    # Written apart, typed as one.
                    found.append((began, start + end))
                elif fitting:
                    found += [(start + a, start + b) for a, b in fitting]
                before, began = whole, start + at
        return merge(found) if len(found) > 1 else found


def merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch or overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def excerpt(
    text: str, spans: list[tuple[int, int]], longest: int = LONGEST_SNIPPET
) -> tuple[str, list[tuple[int, int]]]:
    """At most `longest` characters of a text around its first marked words, and the marks there.

    >>> excerpt("Deny all", [(5, 8)])
    ('Deny all', [(5, 8)])
    """
    if len(text) <= longest:
        return text, spans
    first = spans[0][0] if spans else 0
    room = longest - 2
    start = 0 if first < room // 2 else first - room // 4
    start = max(0, min(start, len(text) - room))
    if start:
        # Begin at a word where there is one nearby.
        space = text.find(" ", start, start + 20)
        start = space + 1 if 0 <= space < first else start
    end = min(len(text), start + room)
    if end < len(text):
        space = text.rfind(" ", end - 20, end)
        end = space if space > start else end
    head, tail = ("…" if start else ""), ("…" if end < len(text) else "")
    moved = len(head) - start
    marks = [
        (max(a, start) + moved, min(b, end) + moved) for a, b in spans if a < end and b > start
    ]
    return head + text[start:end] + tail, marks
