"""Lists: which member of a short list under a heading of its own is missing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from hashlib import sha256

from quiz.items.cards.places import clean, first_letters, folded, names_above, stands_in
from quiz.items.facts import Fact
from quiz.items.item import Item
from quiz.items.labels import is_label
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.verbs import BASES
from quiz.items.words import content

LEAST, MOST = 3, 7
MOST_WORDS, LONGEST = 3, 32
_ODD = re.compile(r"[:：=→>{}\[\]?]|\d|->|\.\w|\b(?:and|or|und|e|y|et|see|no|not|only|etc)\b", re.I)


def member_gaps(subject: Subject, services: Collection[int] | None = None) -> Iterator[Item]:
    """One missing member of each list whose members are names and nothing more."""
    if subject.lexicon.services:
        return  # there is better to ask where names are known
    inner = {record.parent for record in subject.records}
    for parent, facts in subject.by_parent.items():
        if services is not None and facts[0].service not in services:
            continue
        record = subject.records[parent]
        heading = clean(record.text).strip(" :*")
        if record.kind == "service" or is_label(heading) or not 1 <= len(heading.split()) <= 6:
            continue
        if not LEAST <= len(facts) <= MOST or not all(_is_name(subject, fact) for fact in facts):
            continue
        # What has notes of its own is a heading and no member of a list.
        if any(fact.index in inner for fact in facts):
            continue
        ranked = sorted(facts, key=lambda fact: sha256(fact.text.encode()).digest())
        for fact in ranked:
            others = [_name(subject, other) for other in facts if other is not fact]
            answer = _name(subject, fact)
            around = " ".join([*others, *names_above(subject, fact)])
            if len(answer) > 2 and content(answer) and not stands_in(answer, around):
                yield _item(subject, fact, heading, others, answer)
                break


def _name(subject: Subject, fact: Fact) -> str:
    return clean(subject.records[fact.index].text).strip(" .")


def _is_name(subject: Subject, fact: Fact) -> bool:
    text = _name(subject, fact)
    return (
        len(text) <= LONGEST
        and len(text.split()) <= MOST_WORDS
        and not _ODD.search(text)
        and bool(folded(text))
        and subject.records[fact.index].form in {"bullet", "numbered", "paragraph"}
        and not text[:1].islower()
        and not is_label(text)
        and not (subject.english and text.split()[0].lower() in BASES)
    )


def _item(subject: Subject, fact: Fact, heading: str, others: list[str], answer: str) -> Item:
    names = [name for name in names_above(subject, fact) if name != heading][:1]
    where = f" ({names[0]})" if names else ""
    listed = ", ".join(others)
    stem = pick(
        (f"Under “{heading}”{where} the notes list {listed} and which other?",
         f"Which one is missing from the list under “{heading}”{where}: {listed}?"), answer,
    )  # fmt: skip
    return Item(
        "cloze", "list_member", subject.topic(fact), subject.feature(fact),
        subject.domain(fact.service), f"{stem} ({first_letters(answer)})",
        f"{heading}: {', '.join(sorted([*others, answer]))}.", (subject.evidence(fact),),
        (fact.index,), fact.service, answers=(answer,), difficulty=0.5,
    )  # fmt: skip
