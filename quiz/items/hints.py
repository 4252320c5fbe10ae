"""The first letters that a gap shows: as few as leave one term of the outline."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from quiz.items.phrases import phrases_of
from quiz.items.subject import Subject
from quiz.items.words import stem

GAP = "____"
# Two letters at the most, and one of an abbreviation: more would spell it out.
MOST_LETTERS = 2
Words = tuple[str, ...]


@lru_cache(maxsize=65536)
def _stems(words: Words) -> Words:
    return tuple(stem(word) for word in words)


class Rivals:
    """The terms of an outline by their initials: what else a gap could be taken for."""

    def __init__(self, subject: Subject, services: Collection[int] | None = None) -> None:
        self.by_initials: dict[Words, set[Words]] = defaultdict(set)
        self.heads: dict[tuple[int, str], set[str]] = defaultdict(set)
        self.before: dict[str, set[str]] = defaultdict(set)
        self.behind: dict[str, set[str]] = defaultdict(set)
        self.seen: dict[Words, int] = defaultdict(int)
        # Names of one word, and identifiers by topic.
        self.names: dict[str, set[Words]] = defaultdict(set)
        self.codes: dict[int, set[str]] = defaultdict(set)
        for fact in subject.facts_in(services):
            self.codes[fact.service].update(fact.codes)
            for phrase in phrases_of(fact.text):
                self._take(tuple(token.text for token in phrase.words), fact.service)
        for entry in subject.lexicon.services:
            for name, _ in entry.names():
                self._name(name)
        for part in subject.lexicon.parts:
            for name in (part.name, *part.aliases):
                self._name(name)

    def _take(self, words: Words, service: int) -> None:
        for start in range(len(words)):
            for size in range(1, 5):
                span = words[start : start + size]
                if len(span) == size:
                    self.seen[_stems(span)] += 1
                    if start + size == len(words):
                        self.by_initials[_initials(span)].add(span)
        self.heads[service, words[-1][:1].casefold()].add(words[-1])
        for one, other in pairwise(words):
            self.before[other.casefold()].add(one)
            self.behind[one.casefold()].add(other)

    def count(self, text: str) -> int:
        """How often the words stand together in the outline, in any number."""
        return self.seen.get(_stems(tuple(text.split())), 0)

    def _name(self, name: str) -> None:
        words = tuple(re.sub(r"[()]", "", name).split())
        if 0 < len(words) <= 4:
            self.by_initials[_initials(words)].add(words)
        if len(words) == 1:
            self.names[words[0][:1].casefold()].add(words)

    def of(self, words: Words, service: int, before: str, behind: str) -> list[Words]:
        """Other terms with the same initials that could stand where these words do."""
        own = _stems(words)
        found: set[Words]
        if len(words) > 1:
            found = self.by_initials.get(_initials(words), set())
        else:
            word = words[0]
            if behind:
                near = set(self.before.get(behind.casefold(), ()))
            else:
                near = set(self.heads.get((service, word[:1].casefold()), ()))
                near |= self.behind.get(before.casefold(), set()) if before else set()
            found = {(other,) for other in near if other.islower() == word.islower()}
            if not word.islower():
                found |= self.names.get(word[:1].casefold(), set())
        return [other for other in sorted(found) if _stems(other) != own]


def _initials(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word[:1].casefold() for word in words)


def hint(
    rivals: Rivals,
    words: Words,
    service: int,
    before: str = "",
    behind: str = "",
    accepted: Iterable[str] = (),
) -> str | None:
    """The gap with its first letters ('v____ s____'), or None where too many would be needed."""
    others = {answer.casefold() for answer in accepted}
    found = [
        tuple(part.casefold() for part in rival)
        for rival in rivals.of(words, service, before, behind)
        if " ".join(rival).casefold() not in others
    ]
    for letters in range(1, MOST_LETTERS + 1):
        sizes = [1 if word.isupper() else min(letters, max(1, len(word) // 2)) for word in words]
        shown = [word[:size].casefold() for word, size in zip(words, sizes, strict=True)]
        if not any(
            all(part.startswith(start) for part, start in zip(rival, shown, strict=True))
            for rival in found
        ):
            return " ".join(_masked(word, size) for word, size in zip(words, sizes, strict=True))
    return None


def _masked(word: str, size: int) -> str:
    """
    >>> _masked("socket", 1), _masked("resource-based", 1), _masked("X.509", 1)
    ('s____', 'r____-b____', 'X____')
    """
    parts = word.split("-")
    if len(parts) > 1 and all(len(part) > 2 for part in parts):
        return "-".join(f"{part[:size]}{GAP}" for part in parts)
    return f"{word[:size].rstrip('-')}{GAP}"


# What operations begin with: shown, as the word behind it is what tells them apart.
_VERB = re.compile(
    r"(?:Get|Put|List|Create|Delete|Describe|Update|Start|Stop|Generate|Assume|Send|Run|Is|Enable|"
    r"Disable|Batch|Attach|Detach|Register|Import|Export|Set|Add|Remove|Modify|get|put|list|create|"
    r"delete|describe|update|enable|disable|is|set)(?=[A-Z])"
)


def code_hint(rivals: Rivals, code: str, service: int) -> str | None:
    """An identifier's gap with its namespace, its verb and a first letter, or as many letters as
    tell it from the topic's other identifiers; None where that would be more than half of it."""
    match = re.match(r"(?:[a-z0-9-]+:)?[^A-Za-z0-9]*", code)
    start = match.end() if match else 0
    others = [other for other in rivals.codes.get(service, ()) if other != code]
    verb = _VERB.match(code, start)
    least = verb.end() - start + 1 if verb else 1
    for letters in range(least, max(least + 1, (len(code) - start) // 2 + 1)):
        shown = code[: start + letters]
        taken = any(other.startswith((shown, shown[start:])) for other in others)
        if shown[-1].isalnum() and not taken:
            return f"{shown}{GAP}"
    return None
