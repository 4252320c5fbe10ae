"""What can be named: services with a heading, features that are services, and named ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.lexicon import Entry, Lexicon, fold, names_in_heading, plain
from knowledge.records import Record

_NUMBERING = re.compile(
    r"^(?:(?:chapter|part|section|unit|lecture|lesson|module|week|topic|kapitel|teil|vorlesung"
    r"|capitolo|parte|lezione|modulo|chapitre|partie|leçon|capítulo|lección)\s+)?"
    r"(?:\d+(?:\.\d+)*|[IVX]+)\s?[.):–—-]?\s+(?=\S)|^第[\d一二三四五六七八九十]+[章节課课]\s*",
    re.IGNORECASE,
)  # fmt: skip
# Signs before a heading's first letter: an emoji, a section's sign.
_ORNAMENT = re.compile(r"^[^\w(\[]+\s*(?=\w)")
_ARTICLE = re.compile(
    r"^(?:the|an?|il|lo|la|i|gli|le|l['’]|der|die|das|les?|un[ae]?|el|los|las|os?|as?|het|de)"
    r"(?:\s+|(?<=['’]))(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Target:
    """A service as linking knows it.

    `record` is the index of the heading that holds it (a service, or a feature that is a service
    in its own right), None where the outline only names it. `kind` is the lexicon's: 'service',
    'part' (a named feature) or 'theme'. `home` is the index of the target that it is a part of.
    """

    record: int | None
    official: str
    kind: str = "service"
    home: int | None = None


@dataclass(slots=True)
class Draft:
    """A target while it is being found; those that nothing names are dropped at the end.

    `aliases` are what the outline itself says that the headings are also called.
    """

    official: str
    kind: str
    entry: Entry | None
    record: int | None = None
    headings: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    cased: bool = False
    home: int | None = None


@dataclass(slots=True)
class Cast:
    """All candidates, and which of them each record stands under."""

    drafts: list[Draft] = field(default_factory=list)
    by_official: dict[str, int] = field(default_factory=dict)
    by_record: dict[int, int] = field(default_factory=dict)

    def add(self, official: str, kind: str, entry: Entry | None) -> int:
        known = self.by_official.get(official)
        if known is None:
            known = self.by_official[official] = len(self.drafts)
            self.drafts.append(Draft(official, kind, entry))
        return known

    def lineage(self, target: int) -> list[int]:
        """The target, its home, the home of that …"""
        line = [target]
        while (home := self.drafts[line[-1]].home) is not None and home not in line:
            line.append(home)
        return line

    def own(self, records: Sequence[Record], index: int) -> tuple[int, ...]:
        """The targets under which a record stands: its service's, and its feature's."""
        record = records[index]
        places = (record.service if record.service >= 0 else index, record.feature, index)
        found = [self.by_record[place] for place in places if place in self.by_record]
        return tuple(dict.fromkeys(found))


def heading_names(heading: str) -> list[str]:
    """The names that a heading gives, without its number, the whole first.

    >>> heading_names("3. The Golgi apparatus")
    ['The Golgi apparatus', 'Golgi apparatus']
    """
    bare = _NUMBERING.sub("", _ORNAMENT.sub("", plain(heading))).rstrip(" :")
    names = names_in_heading(bare)
    short = [_ARTICLE.sub("", name, count=1) for name in names]
    found = [*names, *(name for name in short if len(name) > 2)]
    # 'Workloads (15 %)' and 'The war (1914–1918)' have no second name.
    return list(dict.fromkeys(name for name in found if any(map(str.isalpha, name))))


def called(heading: str) -> str:
    """What a heading's topic is called: without its number and what stands in brackets.

    >>> called("Endoplasmic reticulum (ER)"), called("StatefulSet")
    ('Endoplasmic reticulum', 'StatefulSet')
    """
    names = heading_names(heading) or [heading]
    return names[1] if len(names) > 1 and names[0][-1] in ")]）】" else names[0]


def find_cast(records: Sequence[Record], lexicon: Lexicon) -> Cast:
    """The candidates for mentions, those with a heading first, in the outline's order."""
    cast = Cast()
    for index, record in enumerate(records):
        if record.kind == "service":
            _add_service(cast, index, record, lexicon)
    for index, record in enumerate(records):
        if record.kind == "feature":
            _add_feature(cast, index, record, records, lexicon)
    for entry in lexicon.services:
        if entry.kind in ("service", "part") or entry.official in cast.by_official:
            cast.add(entry.official, entry.kind, entry)
    for draft in cast.drafts:
        if draft.entry is not None and draft.entry.part_of:
            draft.home = cast.by_official.get(draft.entry.part_of)
    return cast


def _add_service(cast: Cast, index: int, record: Record, lexicon: Lexicon) -> None:
    if record.implied:
        return
    entry = _entry(lexicon, record.text)
    names = heading_names(record.text) or [record.text]
    official = entry.official if entry else called(record.text)
    target = cast.add(official, entry.kind if entry else "service", entry)
    cast.by_record[index] = target
    draft = cast.drafts[target]
    draft.headings.extend(names)
    draft.aliases.extend(record.aliases)
    if draft.record is None:
        draft.record = index


def _add_feature(
    cast: Cast, index: int, record: Record, records: Sequence[Record], lexicon: Lexicon
) -> None:
    """Make a feature a target where its heading is the name of a service in its own right."""
    entry = _entry(lexicon, record.text)
    if entry is None or entry.kind not in ("service", "part"):
        return
    if fold(plain(record.text)) in {fold(name) for name in entry.ambiguous}:
        return
    home = cast.by_record.get(record.service)
    page = cast.drafts[home].official if home is not None else ""
    if entry.part_of and page and entry.part_of != page and _is_service(lexicon, page):
        # A part of some other service than the page's: a mention, not its home.
        return
    known = cast.by_official.get(entry.official)
    if known is not None and cast.drafts[known].record is not None:
        return
    target = cast.add(entry.official, entry.kind, entry)
    cast.drafts[target].record = index
    cast.drafts[target].aliases.extend(record.aliases)
    cast.by_record[index] = target


def _entry(lexicon: Lexicon, heading: str) -> Entry | None:
    names = heading_names(heading)
    return lexicon.find(heading) or (lexicon.find(names[0]) if names else None)


def _is_service(lexicon: Lexicon, official: str) -> bool:
    entry = lexicon.by_official.get(official)
    return entry is not None and entry.kind != "theme"
