"""Gaps for the names in a note: abbreviations, identifiers, what is written with a capital."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from quiz.items.cards.places import GAP, clean, stands_in
from quiz.items.cards.spans import LONGEST, SENTENCES, Span, is_askable, note_gap, notes_of
from quiz.items.facts import leans_back
from quiz.items.item import Item
from quiz.items.subject import Subject

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_NAME = re.compile(r"[^\W\d_]*[A-Z].*|[a-z]+\d+")
_CODE = re.compile(r"[{}<>\\$`|]|https?:|--\w|[a-z]\(|\w\.\w+\.\w|::|[=/]{2}|^\W*[$>#]")
LEAST_LETTERS = 3
# A language that writes all nouns with a capital: only long ones say much.
_NOUNS = {"de": 6, "lb": 6}


def name_span(text: str, language: str = "en") -> Span | None:
    """The note with the last of its names as the gap, where the note doesn't say it again.

    >>> name_span("Nitric oxide activates guanylate cyclase and raises cGMP").told
    'Nitric oxide activates guanylate cyclase and raises ____'
    >>> name_span("Smooth muscle relaxes slowly")
    """
    if _CODE.search(text) or len(text) > LONGEST:
        return None
    least = _NOUNS.get(language, LEAST_LETTERS)
    for match in reversed(list(_TOKEN.finditer(text))):
        name = match[0]
        first = not re.search(r"\w", text[: match.start()])
        if first or len(name) < least or not _NAME.fullmatch(name):
            continue
        if text[: match.start()].rstrip()[-1:] in ".:–—=(«“„\"'" or name.casefold() in _NO_NAME:
            continue
        # A name of several words is asked as a whole or not at all.
        before, after = text[: match.start()].split(), text[match.end() :].split()
        beside = [word.lstrip("(«“„\"'") for word in (*before[-1:], *after[:1])]
        if re.match(r"[+»”\"]|\.\w", text[match.end() :]):
            continue
        if any(word[:1].isupper() for word in beside) and language not in _NOUNS:
            continue
        rest = f"{text[: match.start()]} {text[match.end() :]}"
        if not stands_in(name, rest):
            return Span(f"{text[: match.start()]}{GAP}{text[match.end() :]}", name, False)
    return None


_NO_NAME = frozenset("the and not must only can may yes no note i a an if or".split())  # noqa: SIM905


def name_gaps(subject: Subject, services: Collection[int] | None = None) -> Iterator[Item]:
    """One gap of each note, in outlines whose names no lexicon knows better."""
    if subject.lexicon.services:
        return
    language = subject.language.lower().split("-")[0]
    for fact in notes_of(subject, services):
        for sentence in SENTENCES.split(clean(subject.records[fact.index].text)):
            span = name_span(sentence, language)
            if span is None or leans_back(sentence) or not is_askable(subject, fact, span):
                continue
            yield note_gap(subject, fact, span, "note_name")
            break
