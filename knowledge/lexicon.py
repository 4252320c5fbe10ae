"""Names of services: what a heading gives, and what a pack's lexicon adds. Pure."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

Origin = Literal["heading", "official", "abbreviation", "former", "spelling"]

# An abbreviation or other name in brackets at the end of a heading, also in full-width brackets.
_BRACKETED = re.compile(r"^(?P<name>.*\S)\s*[(\[（【](?P<inner>[^()\[\]（）【】]+)[)\]）】]\s*$")
# Where a CamelCase word may be split: 'GuardDuty' is also written 'Guard Duty'.
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`~]{1,3}")
_MARKS = re.compile(r"[\[*_`~]")
_SIGNS = re.compile(r"[^0-9a-z]+")


class LexiconError(Exception):
    """A lexicon that can't be used; the text is a sentence that names what is wrong."""


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """What two spellings of one name have in common: case, accents, spaces and signs taken off.

    >>> fold("Guard Duty") == fold("guardduty") == fold("Guard-Duty")
    True
    """
    if text.isascii():
        kept = _SIGNS.sub("", text.lower())
    else:
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        kept = "".join(c for c in decomposed if c.isalnum())
    # A name of signs alone ('C++' has a letter, '***' has none) is compared as it is written.
    return kept or text.strip().casefold()


def plain(text: str) -> str:
    """A heading's words without inline Markdown."""
    if _MARKS.search(text):
        text = _MARKUP.sub(lambda m: m.group(1) or "", text)
    return " ".join(text.split())


def names_in_heading(heading: str) -> list[str]:
    """The names that a heading gives, the whole first.

    >>> names_in_heading("Security Token Service (STS)")
    ['Security Token Service (STS)', 'Security Token Service', 'STS']
    >>> names_in_heading("GuardDuty")
    ['GuardDuty', 'Guard Duty']
    """
    whole = plain(heading)
    names = [whole]
    match = _BRACKETED.match(whole)
    if match:
        names.append(match["name"])
        inner = [part.strip() for part in re.split(r"[,;/|]|\bor\b", match["inner"])]
        # 'Backups (on the second region, nightly)' gives no names: too long to be one.
        names += [part for part in inner if part and len(part.split()) <= 3]
    for name in list(names[: 2 if match else 1]):
        split = _CAMEL.sub(" ", name)
        if split != name and not match:
            names.append(split)
    return list(dict.fromkeys(name for name in names if name))


@dataclass(frozen=True)
class Entry:
    """One service of a lexicon; the fields are those of `lexicon.toml` (see docs/packs.md)."""

    official: str
    short: str = ""
    abbreviations: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    kind: str = "service"
    part_of: str = ""
    domains: tuple[str, ...] = ()
    about: str = ""
    family: str = ""

    def names(self) -> Iterable[tuple[str, Origin]]:
        yield self.official, "official"
        if self.short:
            yield self.short, "official"
        for text in self.abbreviations:
            yield text, "abbreviation"
        for text in self.former:
            yield text, "former"
        for text in self.spellings:
            yield text, "spelling"


@dataclass(frozen=True)
class NotService:
    """A phrase that looks like a service and isn't one."""

    phrase: str
    looks_like: str
    because: str = ""


@dataclass(frozen=True)
class Part:
    """A named feature with one home; `generic` where other services have one of that name too."""

    name: str
    home: str
    aliases: tuple[str, ...] = ()
    generic: bool = False


@dataclass(frozen=True)
class Synonym:
    """Everyday words and the words of the outline that they stand for."""

    words: tuple[str, ...]
    means: tuple[str, ...]
    both: bool = False


@dataclass(frozen=True)
class Exclusive:
    """A contrast whose sides exclude each other, with pairs of properties, one a side."""

    sides: tuple[str, ...]
    of: str = ""
    pairs: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Field:
    """Families of services that are studied together."""

    name: str
    families: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """A pack's knowledge of names; empty for an outline without a pack."""

    language: str = "en"
    domains: tuple[str, ...] = ()
    services: tuple[Entry, ...] = ()
    not_services: tuple[NotService, ...] = ()
    parts: tuple[Part, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    exclusives: tuple[Exclusive, ...] = field(default=())
    fields: tuple[Field, ...] = ()

    @cached_property
    def _by_name(self) -> dict[str, Entry]:
        table: dict[str, Entry] = {}
        for entry in self.services:
            for name, _ in entry.names():
                table.setdefault(fold(name), entry)
        return table

    @cached_property
    def by_official(self) -> dict[str, Entry]:
        return {entry.official: entry for entry in self.services}

    def fields_of(self, entry: Entry) -> tuple[str, ...]:
        """The names of the fields that an entry's family belongs to."""
        return tuple(each.name for each in self.fields if entry.family in each.families)

    def find(self, name: str) -> Entry | None:
        """The entry that a heading or a typed name means, or None."""
        for candidate in names_in_heading(name):
            entry = self._by_name.get(fold(candidate))
            if entry is not None:
                return entry
        return None

    def fit(self, headings: Iterable[str]) -> float:
        """The share (0..1) of headings that the lexicon knows."""
        known = [self.find(heading) is not None for heading in headings]
        return sum(known) / len(known) if known else 0.0


EMPTY = Lexicon()

_TABLES: dict[str, type] = {
    "service": Entry,
    "not_service": NotService,
    "part": Part,
    "synonym": Synonym,
    "exclusive": Exclusive,
    "field": Field,
}
_FIELDS = {
    "service": "services",
    "not_service": "not_services",
    "part": "parts",
    "synonym": "synonyms",
    "exclusive": "exclusives",
    "field": "fields",
}


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def parse_lexicon(text: str, where: str = "lexicon.toml") -> Lexicon:
    """The lexicon that a TOML text describes; LexiconError names what is wrong in it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise LexiconError(f"{where} isn't valid TOML: {problem}.") from None
    read: dict[str, Any] = {}
    for table, kind in _TABLES.items():
        rows = []
        for number, row in enumerate(data.pop(table, []), 1):
            try:
                rows.append(kind(**{key: _frozen(value) for key, value in row.items()}))
            except TypeError as problem:
                raise LexiconError(
                    f"{where}: [[{table}]] number {number} can't be read "
                    f"({str(problem).split('__init__() ')[-1]})."
                ) from None
        read[_FIELDS[table]] = tuple(rows)
    read["language"] = data.pop("language", "en")
    read["domains"] = tuple(data.pop("domains", ()))
    if data:
        raise LexiconError(f"{where}: unknown key {next(iter(data))!r}.")
    lexicon = Lexicon(**read)
    officials = [entry.official for entry in lexicon.services]
    twice = {name for name in officials if officials.count(name) > 1}
    if twice:
        raise LexiconError(f"{where}: {min(twice)!r} stands there twice.")
    return lexicon


def read_lexicon(file: Path) -> Lexicon:
    return parse_lexicon(file.read_text("utf-8"), file.name)
