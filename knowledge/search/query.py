"""What is typed → what is looked for: each word with all that may stand for it. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from knowledge.search.languages import stemmer, stop_words
from knowledge.search.lexis import Lexis
from knowledge.search.naming import compact
from knowledge.search.spelling import divide, mend
from knowledge.search.words import Piece, pieces

Stem = Callable[[str], str]

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

# What a synonym counts beside a word that the outline has itself, as a share.
SYNONYM_OF_KNOWN = 0.65
# A whole word in the middle of a query is also the beginning of others, if of few.
FEW_COMPLETIONS = 12

# How much a match tells, by what stands for the typed word.
WHOLE, STEM, JOINED, PARTS, COMPLETION, SPLIT, BEGINNING, MENDED, SYNONYM = (
    1.0, 0.94, 0.97, 0.9, 0.85, 0.85, 0.7, 0.75, 0.7,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alternative:
    """Tokens that all have to be there for the typed word; the last is a beginning if `prefix`."""

    tokens: tuple[str, ...]
    weight: float
    prefix: bool = False


@dataclass(slots=True)
class Word:
    """One typed word. Without `required` it moves hits up but finds none by itself.

    `length` is the number of words that it consists of; `anchor` tells that it names a service, or
    is a word of one service's name alone: what stands elsewhere is hardly meant.
    """

    text: str
    alternatives: list[Alternative]
    rarity: float = 1.0
    required: bool = True
    length: int = 1
    anchor: bool = False
    mended: bool = False


@dataclass(slots=True)
class Plan:
    """A query as it is searched; `corrected` is its text where a word was mended."""

    key: str
    words: list[Word] = field(default_factory=list)
    text: str = ""
    corrected: str | None = None

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
    synonyms = _synonyms(found, lexis, stem)
    anchors = _anchors(found, lexis)
    edits: list[tuple[int, int, str]] = []
    for piece in meaning:
        if piece.unspaced:
            plan.words += _unspaced(piece, lexis)
            continue
        last = typing and piece is found[-1]
        word = _word(piece, found, lexis, stem, last=last)
        if piece.start in anchors:
            word.anchor = True
            word.rarity *= ANCHOR
        share = SYNONYM_OF_KNOWN if word.alternatives else 1.0
        word.alternatives += [
            replace(alternative, weight=alternative.weight * share)
            for stretch, alternatives in synonyms
            if piece in stretch
            for alternative in alternatives
        ]
        if not word.alternatives:
            _mend(word, piece, lexis, edits, typing=last)
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


def _word(piece: Piece, found: list[Piece], lexis: Lexis, stem: Stem, *, last: bool) -> Word:
    whole = piece.whole
    parts = tuple(dict.fromkeys(part for part, _, _ in piece.parts if part != whole))
    word = Word(whole, [], length=piece.length)
    add = word.alternatives.append
    known = lexis.knows(whole)
    count = lexis.count(whole)
    if known:
        add(Alternative((whole,), WHOLE))
    stemmed = stem(whole)
    if stemmed == whole and len(whole) in (3, 4) and whole.endswith("s") and whole[-2:] != "ss":
        # Snowball leaves 'ips' and 'ids' alone.
        stemmed = whole[:-1] if whole[:-1] in lexis.words else whole
    if stemmed != whole and lexis.knows(stemmed):
        add(Alternative((stemmed,), STEM))
        count = max(count, lexis.count(stemmed))
    for joined in _neighbours(piece, found, lexis):
        add(Alternative((joined,), JOINED))
    if len(parts) > 1 and all(lexis.knows(p) or lexis.knows(stem(p)) for p in parts):
        add(Alternative(tuple(p if lexis.knows(p) else stem(p) for p in parts), PARTS))
        if not known:
            count = min(lexis.count(p) for p in parts)
    completions = lexis.completions(whole)
    if completions or (last and not lexis.complete):
        if len(whole) >= 3 and (last or not known or len(completions) <= FEW_COMPLETIONS):
            add(Alternative((whole,), COMPLETION if last else BEGINNING, prefix=True))
            if not known:
                count = max(lexis.count(other) for other in completions) if completions else 1
        elif last and len(whole) < 3:
            # So short a beginning would match half the outline: it only sorts what others find.
            word.required = bool(word.alternatives)
            add(Alternative((whole,), COMPLETION if not known else BEGINNING, prefix=True))
    if not word.alternatives and not lexis.complete:
        add(Alternative((whole,), WHOLE))
    word.rarity = lexis.rarity(count)
    return word


def _anchors(found: list[Piece], lexis: Lexis) -> set[int]:
    """Where the pieces start that name a service."""
    anchors: set[int] = set()
    for place, piece in enumerate(found):
        if lexis.services_with_word.get(piece.whole, 0) == 1:
            anchors.add(piece.start)
        key = ""
        for other in found[place : place + LONGEST_ANCHOR]:
            key += compact(other.whole)
            if key in lexis.service_keys:
                anchors.update(p.start for p in found[place : found.index(other) + 1])
    return anchors


def _neighbours(piece: Piece, found: list[Piece], lexis: Lexis) -> list[str]:
    """The piece and the one beside it as one word, where the outline has that: `cloud front`."""
    place = found.index(piece)
    left = found[place - 1].whole + piece.whole if place else ""
    right = piece.whole + found[place + 1].whole if place + 1 < len(found) else ""
    return [word for word in (left, right) if word and lexis.knows(word)]


def _unspaced(piece: Piece, lexis: Lexis) -> list[Word]:
    words = []
    for part in dict.fromkeys(part for part, _, _ in piece.parts):
        if lexis.knows(part):
            words.append(Word(part, [Alternative((part,), WHOLE)], lexis.rarity(lexis.count(part))))
    if not words and len(piece.whole) > 1:
        # No pair is known: the characters one by one.
        return [
            Word(char, [Alternative((char,), PARTS)], lexis.rarity(lexis.count(char)))
            for char in dict.fromkeys(piece.whole)
            if lexis.knows(char)
        ]
    return words


def _synonyms(
    found: list[Piece], lexis: Lexis, stem: Stem
) -> list[tuple[list[Piece], list[Alternative]]]:
    """The stretches of a query that have synonyms, with what they stand for; the longest win."""
    stretches: list[tuple[list[Piece], list[Alternative]]] = []
    stems = [stem(piece.whole) for piece in found]
    place = 0
    while place < len(found):
        for length in range(min(lexis.longest_synonym, len(found) - place), 0, -1):
            means = lexis.synonyms.get(tuple(stems[place : place + length]))
            if means:
                alternatives = [
                    Alternative(tuple(tokens), SYNONYM * len(tokens) / len(given))
                    for given in means
                    if 2 * len(tokens := _known(given, lexis, stem)) >= len(given)
                ]
                if alternatives:
                    stretches.append((found[place : place + length], alternatives))
                place += length - 1
                break
        place += 1
    return stretches


def _known(words: list[str], lexis: Lexis, stem: Stem) -> list[str]:
    """Those of the words that the outline has, as it has them."""
    tokens = []
    for word in words:
        stemmed = stem(word)
        if lexis.knows(stemmed):
            tokens.append(stemmed)
        elif lexis.knows(word):
            tokens.append(word)
    return tokens


def _mend(
    word: Word, piece: Piece, lexis: Lexis, edits: list[tuple[int, int, str]], *, typing: bool
) -> None:
    divided = divide(piece.whole, lexis)
    if divided:
        word.alternatives.append(Alternative(divided, SPLIT))
        word.rarity = lexis.rarity(min(map(lexis.count, divided)))
        return
    for place, other in enumerate(mend(piece.whole, lexis, typing=typing)):
        word.alternatives.append(Alternative((other,), MENDED - 0.05 * place))
        if not place:
            word.mended = True
            word.rarity = lexis.rarity(lexis.count(other))
            edits.append((piece.start, piece.end, other))


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
