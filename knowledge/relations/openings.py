"""Which patterns are worth trying on a clause: those that one of its words may begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# Endings that may be missing: 'logs?', 'publish(?:es|ed)?'.
_SUFFIX = re.compile(r"(?<=[^\W\d_\]])\(\?:[^()]*\)\??|[^\W\d_]\?")
_LOOKING_BACK = re.compile(r"\(\?<[=!][^()]*\)")
_START = re.compile(r"(?:^|[(|:^]|\)\?)((?!\?:)[^\W\d_](?:[^\W\d_]|(?=\[)){1,})", re.UNICODE)
_WORD = re.compile(r"[^\W\d_]+")


def openings(trigger: str) -> frozenset[str] | None:
    """Beginnings of the words that a trigger can start with; None if it can start with any.

    >>> sorted(openings("!(?:send|sent|publish(?:es|ed)?)~ (?:to|into)") or ())
    ['publish', 'send', 'sent']
    """
    head = _LOOKING_BACK.sub("", trigger.lstrip("!").split("~")[0])
    if head.startswith("^"):
        return None
    return frozenset(_START.findall(_SUFFIX.sub("", head)))


class Openings:
    """Finds the rows for a clause; what a word may begin is worked out once."""

    def __init__(self, triggers: Sequence[str]) -> None:
        self._always: list[int] = []
        self._by_start: dict[str, list[int]] = {}
        for row, trigger in enumerate(triggers):
            starts = openings(trigger)
            if starts is None:
                self._always.append(row)
            for start in sorted(starts or ()):
                self._by_start.setdefault(start, []).append(row)
        self._longest = max(map(len, self._by_start), default=0)
        self._known: dict[str, frozenset[int]] = {}

    def _rows(self, word: str) -> frozenset[int]:
        known = self._known.get(word)
        if known is None:
            lengths = range(1, min(len(word), self._longest) + 1)
            known = self._known[word] = frozenset(
                row for length in lengths for row in self._by_start.get(word[:length], ())
            )
        return known

    def find(self, clause: str) -> Iterable[int]:
        """The rows to try, in the table's order."""
        found = set(self._always)
        for word in set(_WORD.findall(clause)):
            found |= self._rows(word)
        return sorted(found)
