"""Items of notes that a sentence words: what their explanations tell, and how many quote notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from quiz.items.item import Item
from quiz.items.subject import Subject
from quiz.items.words import content, plain

# Kinds that show notes as they stand.
QUOTING = frozenset(
    ["which_term", "which_note", "two_notes", "matching_notes", "true_false_note", "note_value",
     "note_value_gap", "true_false_note_value", "which_service_note", "note_term_gap",
     "note_term", "note_number"]
)  # fmt: skip
# Kinds that quote a note and ask what it speaks of: where sentences are to be had, not asked.
RIDDLES = frozenset(
    ["which_term", "which_note", "two_notes", "matching_notes", "true_false_note",
     "which_service_note", "note_term_gap", "note_number", "note_value", "note_value_gap",
     "true_false_note_value", "card_term"]
)  # fmt: skip
# Kinds that ask of what something is told.
TOLD_OF = frozenset(
    ["which_service", "which_part", "which_code", "which_term", "which_service_note", "matching",
     "matching_notes"]
)  # fmt: skip
# Where sentences word notes, at most this many items quote notes for each one that doesn't, and
# so many in any topic.
QUOTING_SHARE, LEAST_QUOTING = 0.25, 1
# A topic with so many items needs no true or false ones about quotes.
ENOUGH = 4
MOST_TOLD = 4
# A sentence that has this share of what is told may say the same.
DOUBT = 0.5
# Of services, which do much that others do as well, a smaller share is enough.
DOUBT_OF_SERVICE = 0.35


def asks_added(subject: Subject, item: Item) -> bool:
    """Whether the key has a word that the sentence adds to the note."""
    added = subject.facts[item.facts[0]].added
    if not added:
        return False
    keys = [option.text for option in item.options if option.correct and item.kind == "single"]
    return any(content(key) & added for key in (*keys, *(item.answers or ())[:1]))


def is_doubted(subject: Subject, item: Item) -> bool:
    """Whether the outline, or its pack, says of a wrong answer half of what it says of the right
    one: it may hold of both."""
    if item.shape not in TOLD_OF:
        return False
    if item.pairs is not None:
        return any(
            _may_be_said(subject, left, content(right) - content(name))
            for left, _ in item.pairs
            for name, right in item.pairs
            if name != left
        )
    keys = [option.text for option in item.options if option.correct]
    told = frozenset().union(*(subject.facts[index].stems for index in item.facts))
    told -= frozenset().union(*map(content, keys))
    wrong = [option.text for option in item.options if not option.correct]
    least = DOUBT_OF_SERVICE if item.shape == "which_service" else DOUBT
    return any(_may_be_said(subject, name, told, least) for name in wrong)


def _may_be_said(subject: Subject, name: str, told: frozenset[str], least: float = DOUBT) -> bool:
    told -= content(name)
    whole = subject.mass(told)
    return whole > 0 and any(
        subject.mass(told & stems) >= least * whole for stems in _said_of(subject, name)
    )


def _said_of(subject: Subject, name: str) -> Iterator[frozenset[str]]:
    """The stems of what the pack, or else the outline itself, says of what a name names."""
    if subject.book is not None:
        for index in subject.book.facts_of(name):
            yield subject.book.facts[index].stems
        return
    entry = subject.lexicon.find(name)
    for service in subject.services if entry is not None else ():
        if subject.entries[service] is entry:
            for fact in subject.by_service.get(service, ()):
                yield fact.stems
    for entity in subject.entities:
        if entity.name == name:
            for index in (*entity.own, *entity.mentioned):
                yield subject.facts[index].stems


def with_note(subject: Subject, item: Item) -> Item:
    """The item with the notes told that its sentences word, and the lines below that they need."""
    told, evidence = [], list(item.evidence)
    for index in dict.fromkeys(item.facts):
        match = subject.reworded.get(index)
        if match is None:
            continue
        shown = subject.evidence(subject.facts[index])
        below = [subject.facts[i] for i in match.below[:MOST_TOLD] if i in subject.facts]
        # A heading that states a fact is its own place.
        told.append(" › ".join(dict.fromkeys([*shown.path[-2:], shown.text])))
        if below:
            told[-1] += ": " + "; ".join(plain(subject.records[fact.index].text) for fact in below)
        if item.kind != "matching":
            lines = {each.line for each in evidence}
            evidence += [subject.evidence(fact) for fact in below if fact.line not in lines]
    if not told:
        return item
    said = ", ".join(f"“{note}”" for note in told[:MOST_TOLD])
    return replace(
        item, explanation=f"{item.explanation} In the notes: {said}.", evidence=tuple(evidence)
    )


def few_quoting(subject: Subject, items: Sequence[Item]) -> list[Item]:
    """The items, with no more of those that quote notes than a topic's others bear.

    True and false ones come in twos, so that they stay or go together; they go first, and
    wherever a topic has enough without them.
    """
    if subject.book is not None:
        items = [item for item in items if item.shape not in RIDDLES]
    worded = {subject.facts[index].service for index in subject.reworded}
    dropped: set[str] = set()
    for service in sorted(worded):
        here = [item for item in items if item.service == service]
        quoting = [item for item in here if item.shape in QUOTING]
        most = max(int((len(here) - len(quoting)) * QUOTING_SHARE), LEAST_QUOTING)
        if len(quoting) > most or len(here) - len(quoting) >= ENOUGH:
            dropped |= {item.id for item in quoting if item.kind == "true_false"}
            left = [item for item in quoting if item.kind != "true_false"]
            left.sort(key=lambda item: sha256(item.id.encode()).digest())
            dropped |= {item.id for item in left[most:]}
    return [item for item in items if item.id not in dropped]
