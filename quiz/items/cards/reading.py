"""Reading cards: the notations by which people write a question and its answer into their notes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from quiz.items.cards.places import clean, is_example
from quiz.items.subject import Subject
from quiz.items.verbs import BASES
from quiz.items.words import STOP

CardKind = Literal["question", "term"]

# 'Q: … A: …', in the letters that people of several languages use for it.
_ASKED = re.compile(
    r"^(?:Q|F|P|D|В|問|问)\s?[:.：]\s*(?P<front>.+?)\s+(?:A|R|О|答)\s?[:.：]\s*(?P<back>.+)$"
)
# 'front :: back', 'front ::: back' (both ways), 'front? ? back' (two lines with '?' between).
_SPACED = re.compile(r"^(?P<front>[^:]+?)\s*(?P<sign>:{2,3})\s*(?P<back>[^:\s].*)$")
_LINED = re.compile(r"^(?P<front>.+[?？])\s+\?\??\s+(?P<back>.+)$")
_BOLD = re.compile(
    r"^(?P<marks>\*\*|__|==)(?P<front>[^*_=]{2,60}?)[:：]?(?P=marks)[:：]?\s*(?:[:：–—=-]\s*)?(?P<back>.+)$"
)
_PLAIN = re.compile(
    r"^(?P<front>[^\s:：–—=][^:：–—=]{1,50}?)(?:\s*：\s*|:\s+|\s+[–—-]\s+|\s+=\s+)(?P<back>.+)$"
)
# A property of a note-taking app ('type:: book'), an address, a time of day.
_NO_CARD = re.compile(r"^[a-z_-]+::|https?:$|^\d{1,2}:\d\d|[{}|\\]|^\W*$")
# A question that belongs to the sentence beside it and not to its answer.
_TASK = re.compile(r"^\[[ xX-]\]")
_FORMULA = re.compile(r"\$|\\\\|\{\{|https?:")
LONGEST_BACK = 160


@dataclass(frozen=True, slots=True)
class Card:
    """What one line asks and answers: `front` and `back`, plain; `marked` tells that the author
    wrote it as a card, and didn't just explain a term."""

    fact: int
    kind: CardKind
    front: str
    back: str
    marked: bool


def read_card(raw: str, form: str = "bullet") -> tuple[CardKind, str, str, bool] | None:
    """Kind, front, back and whether it is marked as a card, or None.

    >>> read_card("Q: Antidote for heparin? A: Protamine sulfate")
    ('question', 'Antidote for heparin?', 'Protamine sulfate', True)
    >>> read_card("**Thread** – a unit of scheduling.")
    ('term', 'Thread', 'a unit of scheduling', False)
    >>> read_card("Closes at 12:30")
    """
    text = " ".join(raw.split())
    if form in {"code", "row"} or _TASK.match(text):
        return None
    if match := _ASKED.match(text) or _LINED.match(text):
        return _made("question", match["front"], match["back"], True)
    if "::" in text:
        match = _SPACED.match(text)
        if match is None or _NO_CARD.search(text):
            return None
        kind: CardKind = "question" if match["front"].rstrip().endswith(("?", "？")) else "term"
        return _made(kind, match["front"], match["back"], True)
    if match := _BOLD.match(text):
        if match["back"][:1].isspace() or not re.match(
            r"^(?:\*\*|__|==)[^*_=]+(?:[:：](?:\*\*|__|==)|(?:\*\*|__|==)\s*[:：–—=-])", text
        ):
            return None
        return _made("term", match["front"], match["back"], False)
    match = _PLAIN.match(clean(text))
    if match is None or _NO_CARD.search(match["front"]) or len(match["front"].split()) > 5:
        return None
    if match["front"][:1].islower() and form != "definition" and not _is_name(match["front"]):
        return None  # a remark with its reason, not a term
    return _made("term", match["front"], match["back"], form == "definition")


def _is_name(front: str) -> bool:
    """Whether words in small letters may be a term: short, no verb first, none of little weight."""
    said = front.split()
    return len(said) <= 3 and said[0] not in BASES and not any(word in STOP for word in said)


def _made(
    kind: CardKind, front: str, back: str, marked: bool
) -> tuple[CardKind, str, str, bool] | None:
    front, back = clean(front).strip(" *_"), clean(back).strip(" .。;")
    if not front or not back or len(back) > LONGEST_BACK or _FORMULA.search(front + back):
        return None
    return kind, front, back, marked


def cards_of(subject: Subject, services: Collection[int] | None = None) -> Iterator[Card]:
    """The cards of an outline, in its order."""
    for fact in subject.facts_in(services):
        if is_example(subject, fact):
            continue
        record = subject.records[fact.index]
        found = read_card(record.text, record.form)
        if found is not None:
            yield Card(fact.index, *found)
