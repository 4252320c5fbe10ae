"""The sentences of a pack's outline, read so that notes can be held against them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.lexicon import Lexicon, fold
from knowledge.records import Record
from quiz.items.entities import singular
from quiz.items.facts import leans_back, read_facts, split_clause
from quiz.items.meanings import Meanings, Unit, tokens
from quiz.items.roots import KINDS_OF_THING, root
from quiz.items.words import plain

# What a word weighs that a sentence has for its grammar; the most that any weighs.
LIGHT, MOST_WEIGHT = 0.25, 7.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence, or a part of one that stands alone; `source` is the index of its fact."""

    source: int
    text: str
    cut: bool
    units: tuple[Unit, ...]
    said: frozenset[str]
    weights: tuple[float, ...] = ()


class Phrasebook:
    """The sentences of a pack's outline by topic."""

    def __init__(self, records: Sequence[Record], lexicon: Lexicon) -> None:
        self.records = records
        self.lexicon = lexicon
        self.meanings = Meanings(lexicon)
        self.facts = read_facts(records)
        self.meanings.learn_codes(record.text for record in records)
        topics: dict[str, list[Phrase]] = {}
        seen: Counter[str] = Counter()
        for fact in self.facts.values():
            if fact.kind not in {"statement", "need"} or leans_back(fact.text):
                continue
            topic = topic_of(records, fact.service, lexicon)
            for number, text in enumerate(_variants(records[fact.index].text)):
                said = self.meanings.said(text)
                units = _lightened(self.meanings.units(_asked(text)), text)
                topics.setdefault(topic, []).append(
                    Phrase(fact.index, text, number > 0, units, said)
                )
                if not number:
                    seen.update(said)
        self._seen = seen
        self._of: dict[str, list[int]] | None = None
        self.topics = {
            topic: [self._weighed(phrase) for phrase in phrases]
            for topic, phrases in topics.items()
        }

    def facts_of(self, name: str) -> Sequence[int]:
        """The sentences that stand under what a name names, or say the name."""
        if self._of is None:
            self._of = {}
            for topic, phrases in self.topics.items():
                for phrase in phrases:
                    if phrase.cut:
                        continue
                    named = {key for key in phrase.said if key.startswith("n:")}
                    for key in sorted(named | {f"n:{topic}"}):
                        self._of.setdefault(key, []).append(phrase.source)
        groups = self.meanings.groups_of(name)
        return sorted({i for group in groups for i in self._of.get(f"n:{group}", ())})

    def _weighed(self, phrase: Phrase) -> Phrase:
        """A phrase with its units' weights, the heaviest first: what is missing shows at once."""
        rows = sorted(
            ((self.weight(unit), place, unit) for place, unit in enumerate(phrase.units)),
            key=lambda row: (-row[0], row[1]),
        )
        units = tuple(unit for _, _, unit in rows)
        return replace(phrase, units=units, weights=tuple(weight for weight, _, _ in rows))

    def weight(self, unit: Unit) -> float:
        """How rare a unit is among the sentences; what is there for grammar weighs little."""
        seen = min((self._seen[key] for way in unit.ways[-1:] for key in way), default=0)
        weight = math.log((len(self.facts) + 1) / (seen + 1)) + 0.1
        return min(weight, MOST_WEIGHT) * (LIGHT if unit.kind == "light" else 1.0)


def topic_of(records: Sequence[Record], service: int, lexicon: Lexicon) -> str:
    heading = plain(records[service].text)
    entry = lexicon.find(heading)
    return entry.official if entry is not None else fold(heading)


NEED = re.compile(r"^Need:\s+")


def _asked(text: str) -> str:
    return _FILLING.sub(" ", NEED.sub("", text))


_FILLING = re.compile(
    r"\b(?:one or more(?: of)?|(?:is|are) one of|one of|more than one|at the same time|"
    r"on (?:one's|the \w+'s) (?:own|behalf))\b"
)


def _lightened(units: list[Unit], text: str) -> tuple[Unit, ...]:
    """The units of a sentence, those that it has for its grammar marked as light."""
    verbs = set()
    if match := _NEED_PARTS.match(text):
        verbs = {match[1], match[2]}
    elif (clause := split_clause(text)) is not None:
        verbs = {clause.verb}
        rest = clause.rest.split(" ")
        if clause.verb in _BEFORE_VERB and rest[0] == "be":
            rest = rest[1:]
        if clause.verb in _BEFORE_VERB and rest:
            verbs.add(rest[0])
    fixed = {root(word) for part in _CONDITION.findall(text) for word in tokens(part)}
    fixed |= {
        root(word) for pair in _JOINED.findall(text) for word in pair if word not in _BARE
    }  # fmt: skip
    found = []
    for place, unit in enumerate(units):
        beside = [units[i] for i in (place - 1, place + 1) if 0 <= i < len(units)]
        kind = unit.kind
        if unit.kind in {"word", "name"} and unit.text.strip(",.") in verbs:
            kind = "light"
            verbs.discard(unit.text)
        elif (
            unit.kind == "word"
            and singular(unit.text.lower()) in KINDS_OF_THING
            and any(other.kind in {"name", "code"} for other in beside)
        ):
            kind = "light"
        if kind == "word" and root(unit.text) in fixed:
            kind = "strict"
        found.append(replace(unit, kind=kind))
    return tuple(found)


# What limits when a sentence holds: a note must say all of it.
_CONDITION = re.compile(
    r"\b(?:[Ii]f|[Ww]hen|[Uu]nless|[Uu]ntil|[Oo]nce|[Bb]efore|[Aa]fter|[Dd]uring|[Ww]hile|[Ww]ithout|"
    r"[Ee]xcept|[Dd]espite|[Pp]rovided|[Oo]utside|(?:that|which) (?:is|are|was|were)|"
    r"(?<=s )(?:created|made|issued|enabled) (?:in|by|with|after|before|since))\b([^,;→]*)"
)
_BARE = frozenset({"address", "addresses", "name", "names", "number", "numbers", "files", "data"})
# Members of a list: one more than the note has would be an addition.
_JOINED = re.compile(
    r"([\w-]+)(?:, (?:and |or )?| and | or )(?:(?:an?|the|to|by|in|for|of|from|[A-Z]+) )?(\w+)"
)
_NEED_PARTS = re.compile(r"^Need:\s+(\w+).*?(?:→|->)\s+(\w+)")
_BEFORE_VERB = frozenset(
    {"can", "cannot", "can't", "must", "may", "should", "is", "are", "doesn't", "don't"}
)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_EXAMPLE = re.compile(
    r", (?:for example|for instance|such as|e\.g\.|including|usually|mostly)\b[^;]*$"
)
_TAIL = re.compile(r", (?:which|so|because|since|whereas|while|where|although|and|but)\b|; ")


def _variants(text: str) -> list[str]:
    """A sentence and the parts of it that stand alone, the whole first."""
    found = [text]

    def add(part: str) -> None:
        part = part.rstrip(" ,;.") + "."
        if part not in found and len(part.split()) >= 4 and split_clause(part) is not None:
            found.append(part)

    if NEED.match(text):
        return found
    for base in list(dict.fromkeys([text, _BRACKETS.sub("", text)])):
        if base != text:
            add(base)
        if match := _EXAMPLE.search(base):
            add(base[: match.start()])
        for match in _TAIL.finditer(base):
            rest = base[match.end() :].strip()
            joined = match[0].strip(" ,")
            if joined in {"and", "but", "so", "while", "whereas"} and not _is_whole(rest):
                continue
            add(base[: match.start()])
            if joined == ";" and not leans_back(rest[:1].upper() + rest[1:]):
                add(rest[:1].upper() + rest[1:])
    return found


def _is_whole(rest: str) -> bool:
    """Whether a part behind 'and' has a subject of its own."""
    return split_clause(rest.rstrip(".") + ".") is not None
