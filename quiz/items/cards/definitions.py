"""Sentences that say what something is: the thing itself is the gap."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from quiz.items.cards.places import clean, first_letters, folded, place_of, stands_in
from quiz.items.cards.spans import LONGEST, SENTENCES, notes_of
from quiz.items.facts import leans_back
from quiz.items.item import Item
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.words import content

# 'X is …' in the languages that say it with a word of its own between X and what it is.
_IS = {
    "en": r"(?:is|are|means|refers to|denotes) (?:an?|the|when|any|one|that|how)\b",
    "de": r"(?:ist|sind|bezeichnet|heißt) (?:ein|eine|einen|der|die|das)\b",
    "fr": r"(?:est|sont|désigne) (?:une?|le|la|les|l'|des)\b",
    "it": r"(?:è|sono|indica) (?:un|uno|una|un'|il|lo|la|i|gli|le|l')\b",
    "es": r"(?:es|son|significa) (?:una?|el|la|los|las)\b",
    "pt": r"(?:é|são|significa) (?:uma?|o|a|os|as)\b",
    "nl": r"(?:is|zijn|betekent) (?:een|de|het)\b",
}
_ARTICLE = (
    r"(?:The|An?|Der|Die|Das|Ein|Eine|Le|La|Les|Une?|Il|Lo|I|Gli|Uno|Una|El|Los|Las|O|A|Os|As|De|"
    r"Het|Een)"
)
_DEFINED = {
    language: re.compile(
        rf"^(?P<article>{_ARTICLE}\s+|L')?(?P<term>[^\s,;:()]+(?:\s[^\s,;:()]+){{0,3}}?)\s(?P<rest>{verb}.+)$"
    )
    for language, verb in _IS.items()
}
_CHINESE = re.compile(
    r"^(?P<term>[\u3400-\u9fffA-Za-z]{2,10}?)(?P<rest>(?:是指|是|指)[\u3400-\u9fff]{6,}[^\d]*)$"
)
_JAPANESE = re.compile(r"^(?P<term>[\u3040-\u9fffA-Za-z]{2,12})(?P<rest>とは、?.{6,})$")
_NO_TERM = re.compile(
    r"\b(?:it|this|that|there|here|what|which|who|he|she|they|we|you|one|goal|aim|idea|point|result|"
    r"reason|difference|purpose|problem|example|es|dies|das|ce|cela|questo|esto|isso|on|if|when|"
    r"because|only|first|second|third|last|other|same|most|main)\b",
    re.I,
)


def read_definition(sentence: str, language: str) -> tuple[str, str, str] | None:
    """Article, term and the rest of a sentence that says what the term is.

    >>> read_definition("A spanning tree is a tree that reaches every vertex.", "en")
    ('A ', 'spanning tree', 'is a tree that reaches every vertex.')
    >>> read_definition("There is a tree in the garden.", "en")
    """
    pattern = {"zh": _CHINESE, "ja": _JAPANESE}.get(language) or _DEFINED.get(language)
    match = pattern.match(sentence) if pattern is not None else None
    if match is None or _NO_TERM.search(match["term"]):
        return None
    article = match.groupdict().get("article") or ""
    return article, match["term"], match["rest"]


def _unquoted(raw: str) -> str:
    return re.sub('[«»„“”"]', "", clean(raw)).strip()


def definition_gaps(subject: Subject, services: Collection[int] | None = None) -> Iterator[Item]:
    if subject.lexicon.services:
        return  # names that are known are asked better elsewhere
    language = subject.language.lower().split("-")[0]
    for fact in notes_of(subject, services):
        for sentence in SENTENCES.split(_unquoted(subject.records[fact.index].text)):
            found = read_definition(sentence.strip(), language)
            if found is None or len(sentence) > LONGEST or leans_back(sentence):
                continue
            article, term, rest = found
            place = place_of(subject, fact)
            if not folded(term) or stands_in(term, f"{rest} {place}"):
                continue
            if language not in ("zh", "ja") and len(content(rest)) < 3:
                continue
            about = f" on {place}" if place else ""
            told = f"{article}{first_letters(term)}{'' if language in ('zh', 'ja') else ' '}{rest}"
            stem = pick(
                (f"Which term does this sentence{about} define: “{told}”?",
                 f"What is defined here{f' ({place})' if place else ''}: “{told}”?"), sentence,
            )  # fmt: skip
            yield Item(
                "cloze", "definition", subject.topic(fact), subject.feature(fact),
                subject.domain(fact.service), stem, sentence.strip(), (subject.evidence(fact),),
                (fact.index,), fact.service, answers=(term,), difficulty=0.55,
            )  # fmt: skip
            break
