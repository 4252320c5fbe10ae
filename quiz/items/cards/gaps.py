"""Cards asked one by one, the answer typed; and several beside each other, to be matched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256

from quiz.items.cards.places import first_letters, folded, place_of, stands_in
from quiz.items.cards.reading import Card, cards_of
from quiz.items.echoes import echoes
from quiz.items.flaws import pair_tells_itself
from quiz.items.item import Item
from quiz.items.labels import is_label
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.words import content

_LATIN = re.compile(r"^[\x00-\u024f\u2000-\u2bff]*$")
_SAID = re.compile(r"(?<![\w:/.-])[^\W\d_]{2,}(?![\w:/])")
# Longer answers aren't typed but matched.
LONGEST_TYPED, MOST_WORDS = 48, 5
LEAST, SIZE = 3, 4
_YES_NO = frozenset(
    [
        "yes",
        "no",
        "true",
        "false",
        "ja",
        "nein",
        "sì",
        "si",
        "oui",
        "non",
        "是",
        "否",
        "有",
        "无",
        "対",
        "否",
    ]
)


def card_gaps(subject: Subject, services: Collection[int] | None = None) -> Iterator[Item]:
    """The answer of each question; the term that each explanation belongs to."""
    cards = [card for card in cards_of(subject, services) if _is_sound(card)]
    told = Counter(folded(card.back) for card in cards)
    # What heads several notes ('Exception') says of what kind they are and names nothing.
    headed = Counter(folded(card.front) for card in cards if card.kind == "term")
    for card in cards:
        if card.kind == "question":
            item = _question(subject, card)
        else:
            alone = told[folded(card.back)] == 1 and headed[folded(card.front)] == 1
            item = _term(subject, card) if alone else None
        if item is not None:
            yield item


def _is_sound(card: Card) -> bool:
    return bool(folded(card.front) and folded(card.back))


def spellings(text: str) -> list[str]:
    """An answer and what of it is as good: without what stands in brackets or after a comma.

    >>> spellings("COX-1 and COX-2 (both), irreversibly")
    ['COX-1 and COX-2 (both), irreversibly', 'COX-1 and COX-2, irreversibly', 'COX-1 and COX-2']
    """
    bare = re.sub(r"\s*[(（][^()（）]*[)）]", "", text).strip()
    found = [text, bare, re.split(r"[,;，；]\s", bare)[0].strip()]
    found += re.findall(r"[(（]([A-Z][A-Z0-9/-]{1,11})[)）]", text) if bare else []
    return [one for one in dict.fromkeys(found) if one]


def _says_much(text: str) -> bool:
    """Whether a text without spaces between its words is long enough to explain something."""
    return bool(re.search(r"[\u3040-\u30ff\u3400-\u9fff]{4}", text))


def _is_typed(text: str) -> bool:
    return (
        len(text) <= LONGEST_TYPED
        and len(text.split()) <= MOST_WORDS
        and folded(text) not in _YES_NO
        and not text.startswith(("-", "=", "<", ">"))
    )


def _question(subject: Subject, card: Card) -> Item | None:
    answers = spellings(card.back)
    shortest = min(answers[:3], key=len)
    if not _is_typed(shortest) or stands_in(shortest, card.front):
        return None
    fact = subject.facts[card.fact]
    asked = card.front if card.front.endswith(("?", "？")) else f"{card.front.rstrip('.:')}?"
    return Item(
        "cloze", "card_question", subject.topic(fact), subject.feature(fact),
        subject.domain(fact.service), f"{asked} ({first_letters(shortest)})",
        f"{asked} {card.back}.", (subject.evidence(fact),), (card.fact,), fact.service,
        answers=tuple(answers), difficulty=0.6,
    )  # fmt: skip


def _term(subject: Subject, card: Card) -> Item | None:
    bare = spellings(card.front)
    if is_label(card.front) or not _is_typed(min(bare[:3], key=len)):
        return None
    if not card.marked and len(content(card.back)) < 2 and not _says_much(card.back):
        return None
    if not card.marked and _LATIN.search(card.back) and len(_SAID.findall(card.back)) < 2:
        return None  # code or numbers alone
    fact = subject.facts[card.fact]
    place = place_of(subject, fact)
    if any(stands_in(name, card.back) or stands_in(name, place) for name in bare):
        return None
    if echoes(card.back, card.front) or re.search(r"\d", card.front):
        return None
    where = f" in {place}" if place else ""
    stem = pick(
        (f"Which term{where} is explained as “{card.back}”?",
         f"Of which term{where} do the notes say “{card.back}”?",
         f"Which term{where} do these words describe: “{card.back}”?"), card.back,
    )  # fmt: skip
    return Item(
        "cloze", "card_term", subject.topic(fact), subject.feature(fact),
        subject.domain(fact.service), f"{stem} ({first_letters(bare[min(1, len(bare) - 1)])})",
        f"{card.front}: {card.back}.", (subject.evidence(fact),), (card.fact,), fact.service,
        answers=tuple(bare), difficulty=0.55,
    )  # fmt: skip


def card_matchings(subject: Subject, services: Collection[int] | None = None) -> Iterator[Item]:
    """Fronts and backs of one heading, three or four at a time, each in one item."""
    groups: dict[tuple[int, str], list[Card]] = {}
    for card in cards_of(subject, services):
        fact = subject.facts[card.fact]
        if not is_label(card.front) and _is_sound(card) and len(card.back) <= 110:
            key = (fact.parent if card.kind == "term" else fact.service, card.kind)
            groups.setdefault(key, []).append(card)
    for (_, kind), cards in groups.items():
        left = sorted(cards, key=lambda card: sha256(card.back.encode()).digest())
        while len(left) >= LEAST:
            chosen: list[Card] = []
            for card in left:
                if len(chosen) < SIZE and all(_apart(card, other) for other in chosen):
                    chosen.append(card)
            left = [card for card in left[1:] if card not in chosen]
            item = _matching(subject, chosen, kind) if len(chosen) >= LEAST else None
            if item is not None and not pair_tells_itself(item.as_dict()):
                yield item


def _apart(one: Card, other: Card) -> bool:
    """Whether no side of one card could stand for that of the other."""
    fronts, backs = {folded(one.front), folded(other.front)}, {folded(one.back), folded(other.back)}
    if len(fronts) < 2 or len(backs) < 2:
        return False
    mine, theirs = content(one.back), content(other.back)
    shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    return shared < 0.34 and not stands_in(one.front, other.back) and not stands_in(
        other.front, one.back
    )  # fmt: skip


def _matching(subject: Subject, cards: Sequence[Card], kind: str) -> Item | None:
    if any(stands_in(card.front, card.back) for card in cards):
        return None
    fact = subject.facts[cards[0].fact]
    place = place_of(subject, fact)
    what = "answer belongs to which question" if kind == "question" else (
        "explanation belongs to which term"
    )  # fmt: skip
    return Item(
        "matching", f"card_matching_{kind}", subject.topic(fact), subject.feature(fact),
        subject.domain(fact.service), f"Which {what}{f' of {place}' if place else ''}?",
        "; ".join(f"{card.front}: {card.back}" for card in cards) + ".",
        tuple(subject.evidence(subject.facts[card.fact]) for card in cards),
        tuple(card.fact for card in cards), fact.service,
        pairs=tuple((card.front, card.back) for card in cards), difficulty=0.45,
    )  # fmt: skip
