"""What the words of a note and of a sentence mean alike: names, numbers, units, short forms.

Two texts say the same in other words: 'Mandatory 7-30d wait' and 'must wait 7 to 30 days'. Here
both become keys: of a name, what it names; of a word, its root, or that of a word for the same.
"""
# ruff: noqa: SIM905

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from knowledge.lexicon import Lexicon, fold
from quiz.items.roots import LIGHT_ROOTS, STRICT, STRICT_ROOTS, root
from quiz.items.words import codes, plain

UnitKind = Literal["word", "light", "strict", "number", "name", "code"]
LONGEST = 6

_CODE = re.compile(r"`+([^`]*)`+")
_WORD = re.compile(r"[^\W_]+(?:['’·][^\W_]+)*", re.UNICODE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_GLUED = re.compile(r"(?<![^\W_])(\d+(?:\.\d+)?)(?=[A-Za-z]{1,6}\b)")
_POWERS = {"100s": "hundreds", "1000s": "thousands", "1,000s": "thousands", "10s": "tens"}
_MANY = re.compile(r"\b(10s|100s|1,?000s)\b(?= |$)(?! of (?:seconds|s)\b)")
_DOLLARS = re.compile(r"(?:US)?\$ ?(\d[\d.]*)")
_RATE = re.compile(r"(?<=[a-z])/s(?:ec)?\b|(?<=\d)[rR][pP][sS]\b")
_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

_UNITS = {
    "d": "day", "h": "hour", "hr": "hour", "hrs": "hour", "m": "minute", "min": "minute",
    "mins": "minute", "s": "second", "sec": "second", "secs": "second", "yr": "year",
    "yrs": "year", "y": "year", "mo": "month", "wk": "week", "k": "thousand",
}  # fmt: skip
_NUMBERS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "twice": "2", "both": "2",
}  # fmt: skip
_MOST = re.compile(
    r"\b(?:up to|at most|no more than|not more than|within|limit\w*|max)\b|<=|≤", re.I
)
_LEAST = re.compile(r"\b(?:at least|no less than|not less than|from)\b|>=|≥|\d\+", re.I)
_STOP = frozenset(
    """a an the of in on at to for from by with and or nor but as if then than that which who whose
    whom what when where while is are was were be been being am do does did has have had can could
    may might must shall should will would no not it its they their them this these those there here
    such so also only own other another one ones each every any all some both either neither into
    onto over under between through per via about after before until up out off aws amazon service
    services use uses used using makes make made gets get lets let gives give given sets set needs
    need cannot can't doesn't don't isn't aren't won't eg ie etc s t how why your you our we my
    without during unless still yet too even just amongst among against upon per x""".split()
)
_NEVER_NAMES = frozenset({"aws", "amazon"})


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a text says. `ways` are sets of keys: any whole one of them says it.

    `proper` are those words of a name that are written large.
    """

    text: str
    kind: UnitKind
    ways: tuple[frozenset[str], ...]
    proper: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text in order, numbers apart from their units, without thousands' commas."""
    flat = _THOUSANDS.sub("", plain(text).replace("’", "'"))
    flat = _MANY.sub(lambda match: _POWERS[match[1]], flat)
    flat = _DOLLARS.sub(r"\1 USD", flat)
    flat = _RATE.sub(" per second", flat)
    flat = _DECIMAL.sub("·", _GLUED.sub(r"\1 ", flat))
    return tuple(token.replace("·", ".") for token in _WORD.findall(flat))


class Meanings:
    """The names that a lexicon gives, by what they name."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._names: dict[str, set[str]] = {}
        for entry in lexicon.services:
            self._add(entry.official, [name for name, _ in entry.names()])
        for part in lexicon.parts:
            self._add(part.name, (part.name, *part.aliases))
        for synonym in lexicon.synonyms:
            if synonym.both:
                self._add(f"={synonym.words[0]}", synonym.words)
                for name in synonym.means:
                    # What the words mean may be more than one thing; each is said by them.
                    for group in sorted(self._names.get(fold(name), {f"={name}"})):
                        self._add(group, synonym.words)
                    if len(synonym.means) == 1:
                        self._add(f"={synonym.words[0]}", (name,))
        self._codes: set[str] = set()

    def learn_codes(self, texts: Iterable[str]) -> None:
        """Identifiers to know in notes, where nothing marks them; before `said` is asked."""
        self._codes.update(fold(code) for text in texts for code in codes(text))

    def _add(self, group: str, names: tuple[str, ...] | list[str]) -> None:
        for name in names:
            single = fold(_single(name))
            plural = f"{single[:-1]}ies" if single.endswith("y") else f"{single}s"
            for folded in {fold(name), single, plural} - {"", "s"}:
                self._names.setdefault(folded, set()).add(group)

    def groups_of(self, name: str) -> frozenset[str]:
        """What a whole name names."""
        return frozenset(self._names.get(fold(name), ()))

    def said(self, text: str) -> frozenset[str]:
        """All keys of a text: roots of its words, runs of its words without signs, its names."""
        return frozenset(self._keys(text))

    def _keys(self, text: str) -> Iterator[str]:
        every = tokens(text)
        lower = [token.lower().replace("'", "").replace(".", "") for token in every]
        names, known = self._names, self._codes
        for place, token in enumerate(every):
            yield from _word_keys(token, lower[place - 1] if place else "")
            run = ""
            for word in lower[place : place + LONGEST]:
                run += word
                if run in known:
                    yield f"c:{run}"
                if run in names:
                    for group in names[run]:
                        yield f"n:{group}"
        if _MOST.search(text):
            yield root("maximum")
        if _LEAST.search(text):
            yield root("minimum")
        for sign in set(re.findall(r"(?<!\S)[^\w\s]+(?!\S)", plain(text))):
            yield f"c:{sign}"

    def units(self, sentence: str) -> list[Unit]:
        """What a sentence says, one unit after another: its code, names, numbers, words."""
        found: list[Unit] = []
        for place, piece in enumerate(_CODE.split(sentence)):
            if place % 2:
                found.append(Unit(piece, "code", (frozenset([f"c:{fold(piece)}"]),)))
            else:
                found += self._plain_units(piece)
        return found

    def _plain_units(self, text: str) -> Iterator[Unit]:
        every = tokens(text)
        lower = [token.lower().replace("'", "").replace(".", "") for token in every]
        place = 0
        while place < len(every):
            size = self._longest(lower, place)
            token = every[place]
            if size > 1 or (size and not token.islower() and token.lower() not in _STOP):
                run = every[place : place + size]
                groups = sorted(self._names["".join(lower[place : place + size])])
                proper = [
                    root(word) for i, word in enumerate(run)
                    if word != word.lower() and (place + i or not word[1:].islower())
                ]  # fmt: skip
                literal = frozenset(
                    key for word in run if word.lower() not in _STOP for key in [root(word)]
                )
                ways = [frozenset([f"n:{group}"]) for group in groups]
                yield Unit(
                    " ".join(run), "name", (*ways, *([literal] if literal else [])),
                    frozenset(proper),
                )  # fmt: skip
                place += size
                continue
            before = lower[place - 1] if place else ""
            yield from _word_units(token, before, place == 0)
            place += 1

    def _longest(self, lower: list[str], place: int) -> int:
        longest, run = 0, ""
        for size, word in enumerate(lower[place : place + LONGEST], 1):
            run += word
            if run in self._names:
                longest = size
        return longest


def _single(name: str) -> str:
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us", "is")) else name


def _word_keys(token: str, before: str) -> Iterator[str]:
    small = token.lower()
    if small in _UNITS and before[:1].isdigit():
        yield root(_UNITS[small])
        return
    yield _NUMBERS.get(small, "") or root(small)
    if small in {"1", "one"}:
        yield root("single")
    if re.fullmatch(r"v\d+", small):
        yield from (root("version"), small[1:])
    if small == "min":
        yield root("minute")
    split = _CAMEL.sub(" ", token)
    if " " in split:
        yield from (root(part) for part in split.split())


def _word_units(token: str, before: str, first: bool) -> Iterator[Unit]:
    small = token.lower()
    if small in _STOP and (small in _NEVER_NAMES or not token.isupper() or len(token) < 2):
        return
    if small in _UNITS and before[:1].isdigit():
        yield Unit(token, "word", (frozenset([root(_UNITS[small])]),))
        return
    if small in _NUMBERS or token[0].isdigit():
        key = _NUMBERS.get(small, small)
        yield Unit(token, "number" if small != "both" else "light", (frozenset([root(key)]),))
        return
    key = root(small)
    kind: UnitKind = "word"
    if small in STRICT or key in STRICT_ROOTS:
        kind = "strict"
    elif key in LIGHT_ROOTS:
        kind = "light"
    elif not first and not token.islower() and len(token) > 1:
        kind = "name"
    ways = [frozenset([key])]
    if small.endswith("ly"):
        ways.append(frozenset([root(small.removesuffix("ly"))]))
    yield Unit(token, kind, tuple(ways), frozenset([key] if kind == "name" else []))
