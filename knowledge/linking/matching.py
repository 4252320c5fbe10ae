"""Names in one text: Aho-Corasick, whole words only, the longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import ahocorasick_rs

from knowledge.linking.names import Name
from knowledge.linking.text import is_whole

# 'a resource data sync' has 'data sync' as plain words of a longer term.
_COMPOUND = re.compile(r"\b(?i:an?|one|each|every|the|its) [a-z]+ $")


@dataclass(frozen=True, slots=True)
class Mention:
    """A record's own words that name a target: text[start:end] is `surface`."""

    record: int
    target: int
    start: int
    end: int
    surface: str
    line: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of a text that may name a target; `name` says how sure that is."""

    start: int
    end: int
    target: int
    name: Name | None = None

    @property
    def unsure(self) -> bool:
        return self.name is not None and self.name.ambiguous

    def within(self, other: Hit) -> bool:
        return other.start <= self.start and self.end <= other.end

    def meets(self, other: Hit) -> bool:
        return self.start < other.end and other.start < self.end

    def meets_any(self, stretches: Iterable[tuple[int, int]]) -> bool:
        return any(self.start < end and start < self.end for start, end in stretches)


class Matcher:
    """Finds names in texts; built once for an outline."""

    def __init__(self, table: Mapping[str, list[Name]], homes: Mapping[int, Sequence[int]]) -> None:
        self._names = list(table.values())
        self._finder = ahocorasick_rs.AhoCorasick(
            list(table), matchkind=ahocorasick_rs.MatchKind.Standard
        )
        self._homes = homes  # a part's home and what that is a part of

    def candidates(self, text: str, low: str) -> list[Hit]:
        """All stretches of `text` that are written like a name, overlapping or not.

        `low` is the text in lower case, sign by sign.
        """
        found: list[Hit] = []
        for number, start, end in self._finder.find_matches_as_indexes(low, overlapping=True):
            for name in self._names[number]:
                stop = _end(text, start, end, name)
                if stop:
                    found.append(Hit(start, stop, name.target, name))
        return found

    def resolve(self, candidates: Iterable[Hit], ancestors: Sequence[str]) -> list[Hit]:
        """The stretches that count: longest first, without what is known not to be a service.

        `ancestors` are the folded texts above, for phrases that mean something only there.
        """
        names, parts, nots = [], [], []
        for hit in candidates:
            sort = hit.name.sort if hit.name else "name"
            if sort == "name":
                names.append(hit)
            elif sort == "part":
                parts.append(hit)
            elif not hit.name or not hit.name.context or _applies(hit.name.context, ancestors):
                nots.append(hit)
        names = [
            hit
            for hit in names
            if not any(no.target in (hit.target, -1) and hit.within(no) for no in nots)
        ]
        kept: list[Hit] = []
        closed: list[Hit] = []
        for hit in sorted(
            names + parts,
            key=lambda h: (h.start - h.end, h.start, bool(h.name and h.name.sort == "part")),
        ):
            if any(hit.meets(other) for other in closed):
                continue
            if hit.name is not None and hit.name.sort == "part":
                inner = self._home_in(hit, names)
                if inner is not None:
                    kept.append(inner)
                    closed.append(hit)
            else:
                kept.append(hit)
                closed.append(hit)
        return sorted(kept, key=lambda h: (h.start, h.end))

    def _home_in(self, part: Hit, names: Sequence[Hit]) -> Hit | None:
        """The name of a part's home inside the part's own name: 'S3' in 'S3 Object Lambda'."""
        homes = self._homes.get(part.target, ())
        inside = [hit for hit in names if hit.within(part) and hit.target in homes]
        if not inside:
            return None
        best = max(inside, key=lambda h: (h.end - h.start, -h.start))
        # The part vouches for a name that is a plain word elsewhere: 'Config rule'.
        return Hit(best.start, best.end, best.target)


def _end(text: str, start: int, end: int, name: Name) -> int:
    """Where the stretch ends with a plural's s, or 0 if it isn't written like the name."""
    surface = text[start:end]
    if name.cased and surface != name.text:
        return 0
    if name.ambiguous and not surface[0].isupper():
        return 0
    if name.apart and surface.islower() and _COMPOUND.search(text, 0, start):
        return 0
    if is_whole(text, start, end):
        return end
    plural = text[end : end + 1] == "s" and not name.ambiguous and surface[-1] not in "sS"
    if plural and is_whole(text, start, end + 1) and name.sort != "not":
        return end + 1
    return 0


def _applies(context: str, ancestors: Sequence[str]) -> bool:
    wanted = context.casefold()
    return any(text == wanted or text.rstrip(":") == wanted for text in ancestors)
