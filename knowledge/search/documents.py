"""Rows of the graph → what is searched of each: its own words and those it stands under. Pure.

A document is three strings of space-separated tokens, with a space at either end, so that
`" kms " in own` asks for a token and `" km" in own` for a beginning:

- own: the words of the name or text in order, then their stems and joined spellings
- extra: what also leads there, with less certainty: initials, what a service is about, tags
- context: the words of all that it stands under, nearest first
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from knowledge.search.languages import stemmer, stop_words
from knowledge.search.naming import LONGEST_NAME, initials, labels, plain_text
from knowledge.search.words import LONGEST, fold, german, pieces

SERVICE, FEATURE, FACT = 0, 1, 2
KINDS = ("service", "feature", "fact")

# A text of more words than this is indexed by its first.
LONGEST_TEXT = 3000
LONGEST_CONTEXT = 120


class Document(NamedTuple):
    """What a database holds of one node. `size` is the number of words that say something, `reach`
    grows with how much stands beneath (0 for nothing): where the notes go on is the place."""

    id: int
    own: str
    extra: str
    context: str
    size: int
    reach: int = 0


def document_id(outline: int, kind: int, pk: int) -> int:
    """One number for a node: those of an outline, and of a kind within it, are a range."""
    if not 0 <= pk < 1 << 36 or not 0 <= outline < 1 << 24:
        raise ValueError(f"outline {outline} or row {pk} is beyond what can be searched")
    return (outline << 38) | (kind << 36) | pk


def split_id(number: int) -> tuple[int, int]:
    """The kind and the primary key that are in a document's number."""
    return (number >> 36) & 3, number & ((1 << 36) - 1)


@dataclass(slots=True)
class _Tokens:
    """A piece's tokens: words as they are read, what else finds them, how many say something."""

    words: tuple[str, ...]
    more: tuple[str, ...]
    counts: int


class Analyser:
    """Cuts text for one language. Each piece between two spaces is worked out once."""

    def __init__(self, language: str) -> None:
        self.stem = stemmer(language)
        self.stop = stop_words(language)
        self.german = language.lower().startswith("de")
        self._known: dict[str, _Tokens] = {}

    def tokens(self, chunk: str) -> _Tokens:
        known = self._known.get(chunk)
        if known is None:
            known = self._analyse(chunk)
            if len(self._known) < 300_000 and len(chunk) <= 2 * LONGEST:
                self._known[chunk] = known
        return known

    def _analyse(self, chunk: str) -> _Tokens:
        if chunk.isascii() and chunk.isalnum() and (chunk.islower() or chunk.isdigit()):
            # Most chunks are one plain word.
            stem = self.stem(chunk)
            return _Tokens(
                (chunk[:LONGEST],), (stem,) if stem != chunk else (), chunk not in self.stop
            )
        words: list[str] = []
        more: list[str] = []
        counts = 0
        for piece in pieces(chunk, LONGEST_TEXT):
            own = [part for part, _, _ in piece.parts]
            if piece.unspaced:
                words += own
                more += [fold(char) for char in chunk[piece.start : piece.end]]
                counts += len(own)
                continue
            words += [word for word in piece.words if word]
            more += [stem for word in own if (stem := self.stem(word)) != word]
            if self.german and (other := german(chunk[piece.start : piece.end])):
                more.append(other)
            if piece.whole not in self.stop:
                counts += piece.length
        return _Tokens(tuple(words), tuple(more), counts)

    def text(self, text: str) -> tuple[list[str], list[str], int]:
        """A text's words in order, what else finds it, and how many of its words say something."""
        words: list[str] = []
        more: list[str] = []
        size = 0
        for chunk in plain_text(text).split():
            found = self.tokens(chunk)
            words += found.words
            more += found.more
            size += found.counts
            if len(words) > LONGEST_TEXT:
                break
        return words, more, size

    def joined(self, names: Iterable[str]) -> list[str]:
        """Neighbouring words of names written as one: 'Route 53' is also typed route53."""
        found: list[str] = []
        for name in names:
            spaced = [fold(chunk) for chunk in re.findall(r"\w+", plain_text(name))]
            found += [left + right for left, right in pairwise(spaced[:LONGEST_NAME])]
            if len(spaced) > 2:
                found.append("".join(spaced[:LONGEST_NAME]))
        return [word for word in found if len(word) <= LONGEST]


def line_of(tokens: Iterable[str]) -> str:
    """A column: the tokens with a space at either end, empty without any."""
    joined = " ".join(tokens)
    return f" {joined} " if joined else ""


class ServiceRow(NamedTuple):
    pk: int
    name: str
    other_names: list[str]
    about: str = ""


class FeatureRow(NamedTuple):
    pk: int
    name: str
    service: int
    other_names: list[str]
    facts: int = 0


class FactRow(NamedTuple):
    pk: int
    text: str
    parent: int | None
    feature: int | None
    service: int
    tags: list[str]
    children: int = 0


class _Open(NamedTuple):
    """A fact that others may stand under: its words and what stands above it."""

    pk: int
    own: str
    above: str


@dataclass(slots=True)
class Builder:
    """Makes the documents of one outline and counts in how many of them each word stands.

    Services come first, then features, then the facts in preorder: only the facts that are open
    at a place are kept, so that a file of any length takes no more memory than its vocabulary.
    `words` are those that are written, `others` what else is found (stems, initials, aliases).
    """

    outline: int
    language: str
    documents: int = 0
    words: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    _analyser: Analyser = field(init=False)
    _service: dict[int, str] = field(default_factory=dict)
    _feature: dict[int, str] = field(default_factory=dict)
    _open: list[_Open] = field(default_factory=list)
    _beneath: tuple[int, str] = (-1, "")

    def __post_init__(self) -> None:
        self._analyser = Analyser(self.language)

    def _count(self, words: Iterable[str], others: Iterable[str]) -> None:
        known = set(words)
        self.documents += 1
        self.words.update(known)
        self.others.update(set(others) - known)

    def service(self, row: ServiceRow) -> Document:
        """A service's document."""
        words, more, size = self._analyser.text(row.name)
        names = [row.name, *row.other_names]
        named = list(words)
        for name in row.other_names:
            alias_words, alias_more, _ = self._analyser.text(name)
            named += alias_words
            more += alias_more
        joined = self._analyser.joined(names)
        short = [text for name in names for text in initials(name, whole_only=True)]
        about_words, about_more, _ = self._analyser.text(row.about)
        self._count(named, [*more, *joined, *short])
        self._service[row.pk] = line_of(
            list(dict.fromkeys([*named, *more, *joined, *short]))[:LONGEST_CONTEXT]
        )
        return Document(
            document_id(self.outline, SERVICE, row.pk),
            line_of(dict.fromkeys([*named, *more, *joined])),
            line_of(dict.fromkeys([*short, *about_words, *about_more])),
            "",
            size,
        )

    def feature(self, row: FeatureRow) -> Document:
        """A feature's document."""
        words, more, size = self._analyser.text(row.name)
        for name in row.other_names:
            alias_words, alias_more, _ = self._analyser.text(name)
            more += [*alias_words, *alias_more]
        more += self._analyser.joined([row.name])
        short = initials(row.name)
        self._count(words, [*more, *short])
        above = self._service.get(row.service, "")
        own = line_of([*words, *dict.fromkeys(more)])
        self._feature[row.pk] = beneath(own + " ".join(initials(row.name, whole_only=True)), above)
        number = document_id(self.outline, FEATURE, row.pk)
        return Document(number, own, line_of(short), above, size, reach(row.facts))

    def fact(self, row: FactRow) -> Document:
        """A fact's document; in preorder, each after its parent."""
        words, more, size = self._analyser.text(row.text)
        self._count(words, more)
        above = self._above(row)
        extra = [word for tag in row.tags for word in self._analyser.text(tag)[0]]
        if words and size <= LONGEST_NAME:
            extra += labels(row.text)
        own = line_of([*words, *dict.fromkeys(more)])
        self._open.append(_Open(row.pk, own, above))
        number = document_id(self.outline, FACT, row.pk)
        return Document(number, own, line_of(extra), above, size, reach(row.children))

    def _above(self, row: FactRow) -> str:
        while self._open and self._open[-1].pk != row.parent:
            self._open.pop()
        if self._open:
            parent = self._open[-1]
            if self._beneath[0] != parent.pk:
                self._beneath = parent.pk, beneath(parent.own, parent.above)
            return self._beneath[1]
        if row.feature is not None:
            return self._feature.get(row.feature, "")
        return self._service.get(row.service, "")


def reach(children: int) -> int:
    """0 to 4 for none, one, a few, many: a bullet more or less seldom changes it."""
    return min(4, children.bit_length())


def beneath(own: str, above: str) -> str:
    """The context of what stands under a node: the nearest words first, each once."""
    tokens = dict.fromkeys(own.split()[:LONGEST_CONTEXT])
    tokens.update(dict.fromkeys(above.split()))
    return line_of(list(tokens)[: 2 * LONGEST_CONTEXT])
