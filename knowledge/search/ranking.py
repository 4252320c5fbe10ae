"""Which of the found documents answers best. Pure; the same for every database."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, zip_longest
from typing import Literal, NamedTuple

from knowledge.search.documents import FACT, FEATURE, SERVICE, Document
from knowledge.search.lexis import Lexis
from knowledge.search.query import Plan
from knowledge.search.wording import Alternative, Word

Match = Literal["exact", "prefix", "alias", "text", "fuzzy"]

# Where a word was found: in the own words, in what else leads there, in what it stands under.
OWN, EXTRA = 1.0, 0.75
NEAR, FAR, ANCHORED = 0.8, 0.6, 0.75
KIND_BONUS = {SERVICE: 0.2, FEATURE: 0.1, FACT: 0.0}


# How much of a score hangs on how much of the text was asked for.
FIT = 0.38
# How much each further word of a text takes off its fit.
LENGTH = 0.6
# What is added where the notes go on beneath, where all of the text was typed, where two
# neighbouring words stand as typed, where a feature is named by its own name and what it stands
# under; and what is lost where a word is missing.
REACH, LABEL, PAIR, PATH, PARTIAL = 0.025, 0.6, 0.08, 0.12, 0.3


# Of how many first hits none may lack the same words as all before it, and what share of the best
# one's score such a hit must have.
SPREAD, WORTH = 3, 0.4
# The share of the best one's score under which a hit that lacks words isn't worth showing.
POOR = 0.45


class Found(NamedTuple):
    """A node with its score; `match` tells what found it, `missing` are the words that it lacks."""

    id: int
    score: float
    match: Match
    missing: frozenset[str] = frozenset()


def score_name(how: str, kind: int, headed: bool) -> float:
    """A node whose name, or another name of it, is all that was typed."""
    base = {"exact": 3.0, "alias": 2.7}[how]
    if kind == SERVICE:
        return base + (0.5 if headed else 0.0)
    return base


def rank_names(plan: Plan, lexis: Lexis, outline: int) -> dict[int, Found]:
    """Nodes that are called as typed, or begin so."""
    found: dict[int, Found] = {}
    numbers = lexis.numbers(outline)

    def offer(
        index: int, score: float, match: Match, missing: frozenset[str] = frozenset()
    ) -> None:
        number = numbers[index]
        known = found.get(number)
        if known is None or known[1] < score:
            found[number] = Found(number, score, match, missing)

    key = plan.key
    for entry in lexis.by_name.get(key, ()):
        node = lexis.nodes[entry.node]
        if entry.how in ("exact", "alias"):
            offer(
                entry.node,
                score_name(entry.how, node.kind, node.headed),
                "exact" if entry.how == "exact" else "alias",
            )
        else:
            # Initials are a guess: the more often the word stands for itself, the worse.
            doubt = 0.12 * lexis.words.get(key, 0).bit_length()
            base = 1.75 if entry.how == "initials" else 1.45
            offer(entry.node, base - doubt + KIND_BONUS[node.kind], "alias")
    nodes, length = lexis.nodes, len(key)
    for name, index, how in lexis.names_beginning(key, 1500):
        if (how == "exact" or how == "alias") and name != key:
            node = nodes[index]
            share = length / len(name)
            bonus = 0.25 if node.kind == SERVICE else 0.0
            base = 1.3 if how == "exact" else 1.2
            offer(index, base + 0.4 * share + bonus - (not node.headed) * 0.2, "prefix")
    if len(plan.words) <= 1 and len(key) <= 2:
        for index, whole in lexis.nodes_with_word_beginning(key, 1500):
            node = lexis.nodes[index]
            share = len(key) / max(1, len(node.name))
            offer(index, (1.1 if whole else 0.9) + 0.3 * share + KIND_BONUS[node.kind], "prefix")
    rarities = {word.text: word.rarity for word in plan.required}
    total = sum(rarities.values()) or 1.0
    for part, words in plan.named:
        # What is named in the midst of a query is a better answer than what lacks as much of it.
        share = sum(rarities.get(word, 0.0) for word in words) / total
        for entry in lexis.by_name.get(part, ()):
            node = lexis.nodes[entry.node]
            if entry.how in ("exact", "alias") and node.headed and share:
                score = share * (1 + KIND_BONUS[node.kind])
                offer(entry.node, score, "text", frozenset(rarities) - words)
    return found


class _Wanted(NamedTuple):
    """A word as documents are asked for it: the tokens of each alternative between spaces."""

    text: str
    alternatives: list[tuple[float, list[str]]]
    rarity: float
    required: bool
    mended: bool
    length: int
    far: float


def rank(plan: Plan, documents: Iterable[Document]) -> list[Found]:
    """The documents with their scores, in no order."""
    wanted = [
        _Wanted(
            word.text,
            sorted(((a.weight, _spaced(a)) for a in word.alternatives), reverse=True),
            word.rarity,
            word.required,
            word.mended,
            word.length,
            ANCHORED if word.anchor else FAR,
        )
        for word in plan.words
    ]
    total = sum(word.rarity for word in plan.words if word.required) or 1.0
    label = f" ={plan.key} "
    pairs = [_pair(left, right) for left, right in pairwise(plan.words)]
    return [_score(document, wanted, total, label, pairs) for document in documents]


def _spaced(alternative: Alternative) -> list[str]:
    spaced = [f" {token} " for token in alternative.tokens]
    if alternative.prefix:
        spaced[-1] = spaced[-1].rstrip()
    return spaced


def _pair(left: Word, right: Word) -> str:
    """Two neighbours as they would stand in a text, the second in any form."""
    stem = min((a.tokens[-1] for a in right.alternatives), key=len)
    return f" {left.text} {stem if right.text.startswith(stem) else right.text}"


def _score(
    document: Document, words: list[_Wanted], total: float, label: str, pairs: list[str]
) -> Found:
    number, own, extra, context, size, reach = document
    kind = (number >> 36) & 3
    covered = bonus = owned = 0.0
    mended = inherited = False
    missing: list[str] = []
    for text, alternatives, rarity, required, fuzzy, length, far in words:
        best = best_own = 0.0
        for weight, tokens in alternatives:
            if weight <= best:
                break
            place = OWN
            for token in tokens:
                if token in own:
                    continue
                if token in extra:
                    place = min(place, EXTRA)
                    continue
                at = context.find(token)
                if at < 0:
                    place = 0.0
                    break
                place = min(place, NEAR - (NEAR - far) * at / len(context))
            if place * weight > best:
                best = place * weight
                best_own = 1.0 if place == OWN else 0.75 if place == EXTRA else 0.0
        if required:
            if not best:
                missing.append(text)
            covered += best * rarity
            owned += best_own * length
            inherited = inherited or (best > 0 and not best_own)
            mended = mended or (fuzzy and best > 0)
        elif best:
            bonus += 0.12 * best
    match: Match = "fuzzy" if mended else "text"
    labelled = label in extra
    fit = 1.0 if labelled else min(1.0, owned / (1 + (size - 1) * LENGTH)) if size else 0.0
    covered /= total
    score = covered * (1 - FIT + FIT * fit + KIND_BONUS[kind] + REACH * reach) + bonus
    if missing:
        score *= 1 - PARTIAL
    elif kind == FEATURE and fit == 1 and inherited:
        score += PATH
    if labelled:
        score += LABEL
        match = "exact"
    for pair in pairs:
        if pair in own:
            score += PAIR * covered
    return Found(number, score, match, frozenset(missing))


def worthy(hits: list[Found]) -> list[Found]:
    """Where the best hit has all words, those that lack some and are much worse aren't shown."""
    if not hits or hits[0].missing:
        return hits
    least = hits[0].score * POOR
    return [hit for hit in hits if not hit.missing or hit.score >= least]


def spread(hits: list[Found], among: int = 60) -> list[Found]:
    """Where even the best hit lacks words, the next places go to the best of those that have them.

    `hits` come best first; scores never rise.
    """
    if not hits or not hits[0].missing:
        return hits
    hits = list(hits)
    lacking = hits[0].missing
    for place in range(1, min(SPREAD, len(hits))):
        found = next(
            (
                at
                for at in range(place, min(among, len(hits)))
                if lacking - hits[at].missing and hits[at].match != "fuzzy"
            ),
            None,
        )
        if found is None or hits[found].score < hits[0].score * WORTH:
            break
        moved = hits.pop(found)
        hits.insert(
            place, moved._replace(score=hits[place].score if found > place else moved.score)
        )
        lacking &= moved.missing
        if not lacking:
            break
    return hits


def in_turn(sides: list[list[Found]]) -> list[Found]:
    """The hits of several sides, one of each in turn, each node once; scores never rise."""
    if len(sides) == 1:
        return sides[0]
    merged: dict[int, Found] = {}
    score = max((side[0].score for side in sides if side), default=0.0)
    for row in zip_longest(*sides):
        for hit in row:
            if hit is not None and hit.id not in merged:
                score = min(score, hit.score)
                merged[hit.id] = hit._replace(score=score)
    return list(merged.values())
