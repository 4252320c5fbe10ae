"""What is typed → what is looked for: each word with all that may stand for it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from knowledge.search.languages import everyday_words, light_words, stemmer, stop_words
from knowledge.search.lexis import Lexis, synonym_key
from knowledge.search.naming import compact
from knowledge.search.wording import (
    EVERYDAY,
    SYNONYM,
    Alternative,
    Stem,
    Word,
    known_tokens,
    mend_word,
    read_unspaced,
    read_word,
)
from knowledge.search.words import Piece, pieces

# What is read of a query: a page of text pasted in is searched by its beginning.
LONGEST_QUERY = 400
MOST_PIECES = 40
MOST_WORDS = 10
MOST_PAIRS = 16
# Of how many words the name of a service may consist to be seen in a query.
LONGEST_ANCHOR = 5
# How much more such a word tells than another as rare.
ANCHOR = 1.2

_VERSUS = re.compile(r"\s+(?:vs\.?|versus|v/s)\s+", re.IGNORECASE)
_COMPARED = re.compile(
    r".{0,40}?\b(?:differences?\s+between|compare|comparing|distinguish)\s+(.*)", re.IGNORECASE
)

# What is left of a word's rarity where it only qualifies others.
LIGHT = 0.4
# What a synonym counts beside a word that the outline has itself, as a share.
SYNONYM_OF_KNOWN = 0.65


@dataclass(slots=True)
class Plan:
    """A query as it is searched; `corrected` is its text where a word was mended."""

    key: str
    words: list[Word] = field(default_factory=list)
    text: str = ""
    corrected: str | None = None
    # Stretches of it that are a name by themselves, with the words that they consist of.
    named: list[tuple[str, frozenset[str]]] = field(default_factory=list)

    @property
    def required(self) -> list[Word]:
        return [word for word in self.words if word.required]


def clean(query: str) -> str:
    """The query's beginning, without control characters, on one line."""
    return "".join(c if c.isprintable() else " " for c in query[:LONGEST_QUERY])


def sides(query: str) -> list[str]:
    """The things that a query compares; the query alone where it compares nothing.

    >>> sides("difference between a NACL and a security group")
    ['a NACL', 'a security group']
    """
    text = clean(query)
    if compared := _COMPARED.match(text):
        found = re.split(r"\s+(?:and|or|to|with|from)\s+", compared[1], maxsplit=1)
    else:
        found = _VERSUS.split(text, maxsplit=2)
    found = [side.strip(" ?") for side in found]
    return found if len(found) > 1 and all(found) else [text]


def make_plan(query: str, lexis: Lexis, language: str) -> Plan:
    """What to look for. The words come in the order in which they were typed."""
    text = clean(query)
    found = pieces(text, MOST_PIECES)
    plan = Plan(compact(text), text=" ".join(text.split()))
    stop = stop_words(language)
    meaning = [piece for piece in found if piece.whole not in stop] or found
    typing = bool(found) and found[-1].end == len(text)
    stem = stemmer(language)
    synonyms = _synonyms(found, lexis, stem, language)
    light = light_words(language)
    anchors = _anchors(found, lexis)
    plan.named = _named(found, lexis)
    edits: list[tuple[int, int, str]] = []
    for piece in meaning:
        if piece.unspaced:
            plan.words += read_unspaced(piece, lexis)
            continue
        last = typing and piece is found[-1]
        word = read_word(piece, found, lexis, stem, last=last)
        if piece.start in anchors:
            word.anchor = True
            word.rarity *= ANCHOR
        elif piece.whole in light:
            word.rarity *= LIGHT
        share = SYNONYM_OF_KNOWN if word.alternatives else 1.0
        word.alternatives += [
            replace(alternative, weight=alternative.weight * share)
            for stretch, alternatives in synonyms
            if piece in stretch
            for alternative in alternatives
        ]
        if not word.alternatives:
            mend_word(word, piece, lexis, edits, typing=last)
        if word.alternatives:
            plan.words.append(word)
    for stretch, alternatives in synonyms:
        if not any(piece in meaning for piece in stretch):
            # The everyday phrase is of stop words alone.
            plan.words.append(Word("", alternatives, lexis.rarity(1)))
    if edits:
        plan.corrected = _edited(text, edits)
    plan.words = _fewest(plan.words)
    return plan


def _anchors(found: list[Piece], lexis: Lexis) -> set[int]:
    """Where the pieces start that name a service."""
    anchors: set[int] = set()
    keys = [compact(piece.whole) for piece in found]
    for place, piece in enumerate(found):
        if lexis.services_with_word.get(piece.whole, 0) == 1:
            anchors.add(piece.start)
        key = ""
        for end in range(place, min(len(found), place + LONGEST_ANCHOR)):
            key += keys[end]
            if key in lexis.service_keys:
                anchors.update(p.start for p in found[place : end + 1])
    return anchors


def _named(found: list[Piece], lexis: Lexis) -> list[tuple[str, frozenset[str]]]:
    """The stretches, shorter than the whole, that are the name of something; the longest win."""
    named: list[tuple[str, frozenset[str]]] = []
    keys = [compact(piece.whole) for piece in found]
    place = 0
    while place < len(found):
        most = min(len(found) - place, LONGEST_ANCHOR, len(found) - 1)
        for length in range(most, 0, -1):
            key = "".join(keys[place : place + length])
            if key in (lexis.service_keys if length == 1 else lexis.by_name):
                words = frozenset(piece.whole for piece in found[place : place + length])
                named.append((key, words))
                place += length - 1
                break
        place += 1
    return named


def _synonyms(
    found: list[Piece], lexis: Lexis, stem: Stem, language: str
) -> list[tuple[list[Piece], list[Alternative]]]:
    """The stretches of a query that have synonyms, with what they stand for; the longest win.

    What the outline's pack says comes before what everybody says.
    """
    stretches: list[tuple[list[Piece], list[Alternative]]] = []
    stems = [stem(piece.whole) for piece in found]
    everyday, longest = _everyday(language)
    longest = max(longest, lexis.longest_synonym)
    place = 0
    while place < len(found):
        for length in range(min(longest, len(found) - place), 0, -1):
            key = tuple(stems[place : place + length])
            own = lexis.synonyms.get(key)
            if means := own or everyday.get(key):
                weight = SYNONYM if own else EVERYDAY
                alternatives = [
                    Alternative(tuple(tokens), weight * len(tokens) / len(given))
                    for given in means
                    if 2 * len(tokens := known_tokens(given, lexis, stem)) >= len(given)
                ]
                if alternatives:
                    stretches.append((found[place : place + length], alternatives))
                place += length - 1
                break
        place += 1
    return stretches


@lru_cache(maxsize=16)
def _everyday(language: str) -> tuple[dict[tuple[str, ...], list[list[str]]], int]:
    """What each everyday phrase (its words' stems) may stand for; and the longest one's length."""
    stem = stemmer(language)
    table: dict[tuple[str, ...], list[list[str]]] = {}
    for group in everyday_words(language):
        for phrase in group:
            key = synonym_key(phrase, stem)
            known = table.setdefault(key, [])
            for other in group:
                words = [piece.whole for piece in pieces(other)]
                if synonym_key(other, stem) != key and words not in known:
                    known.append(words)
    return table, max(map(len, table), default=0)


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, other in sorted(edits, reverse=True):
        text = text[:start] + other + text[end:]
    return " ".join(text.split())


def _fewest(words: list[Word]) -> list[Word]:
    """The rarest words where there are many: bounded work, whatever is pasted in."""
    most = MOST_PAIRS if any(len(word.text) <= 2 for word in words) else MOST_WORDS
    unique = list({(w.text, w.required): w for w in words}.values())
    if len(unique) <= most:
        return unique
    rarest = sorted(unique, key=lambda word: -word.rarity)[:most]
    return [word for word in unique if word in rarest]
