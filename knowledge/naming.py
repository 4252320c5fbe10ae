"""What each service is called: its heading's names and those of the pack's lexicon. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.lexicon import Entry, Lexicon, Origin, fold, names_in_heading, plain
from knowledge.records import Record


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a service; `folded` is what lookups compare."""

    text: str
    folded: str
    origin: Origin


@dataclass(slots=True)
class Named:
    """A service's names, the heading's first, and its entry in the lexicon if it has one."""

    entry: Entry | None
    names: list[Name] = field(default_factory=list)


# By the index of the service's record.
Naming = dict[int, Named]


def name_services(records: Sequence[Record], lexicon: Lexicon) -> Naming:
    """The names of every service record.

    An entry of the lexicon names one service, the first heading that it fits; a further heading of
    the same entry keeps the names that it gives itself.
    """
    naming: Naming = {}
    taken: set[str] = set()
    for index, record in enumerate(records):
        if record.kind != "service" or record.implied:
            continue
        entry = lexicon.find(record.text)
        named = naming[index] = Named(entry)
        names: list[tuple[str, Origin]] = [
            (text, "heading") for text in (*names_in_heading(record.text), *record.aliases)
        ]
        if entry and entry.official not in taken:
            taken.add(entry.official)
            names += entry.names()
        seen: set[str] = set()
        for text, origin in names:
            if text not in seen:
                seen.add(text)
                named.names.append(Name(text, fold(text), origin))
    return naming


def shown_name(text: str) -> str:
    """A heading as a name: its words without inline Markdown."""
    return plain(text) or text


def short_name(name: str, short: str) -> str:
    """What a map or a sentence calls a service."""
    return short or shown_name(name)
