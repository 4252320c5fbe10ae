"""The order of steps, from numbered children of a line that says that they are a sequence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from quiz.items.item import Item
from quiz.items.subject import Subject
from quiz.items.words import content, plain, upper_first

_CUT = re.compile(
    r",? (?:with these steps, )?(?:in|with) (?:this|the following) order:?$|:$|,? with these steps$"
)
_STEPS = re.compile(r",? in (?:two|three|four|five|six|seven|\d+) steps$")
# What says in other languages that a list is a sequence.
_SEQUENCE = re.compile(
    r"\b(?:schritte?n?|reihenfolge|ablauf|phasen|fasi|passi|passaggi|étapes?|ordre|pasos|fases|orden|"
    r"passos|etapas|ordem|stappen|volgorde)\b|步骤|顺序|阶段|流程|手順|順序|段階|خطوات|مراحل",
    re.I,
)
LEAST, MOST = 3, 5


_TWO_WAYS = re.compile(
    r"\b(?:both|either|each|two) (?:directions?|sides?|ends?|ways?|parties)\b", re.I
)


# What is set up may be set up in another order; what runs, happens in the order that is told.
_SET_UP = re.compile(
    r"\b(?:sets? up|set up|shared?|sharing|specif\w+|configur\w+|permit\w*)\b", re.I
)
_RUNS = re.compile(
    r"\b(?:runs?|happens?|is (?:processed|reset|turned|moved|restored|migrated|rotated)|produces?|"
    r"restores?|has \w+ phases)\b",
    re.I,
)


def is_process(lead: str) -> bool:
    """Whether a lead tells of something that happens in time, step by step.

    >>> is_process("Blocking an address runs in this order"), is_process("Sharing is set up so")
    (True, False)
    """
    return bool(_RUNS.search(lead)) and not _SET_UP.search(lead) and not _TWO_WAYS.search(lead)


def is_chain(lead: str, steps: Sequence[str]) -> bool:
    """Whether each step takes up a word of the one before it: steps that don't may change places.

    >>> is_chain("Runs in this order", ["Create a key", "Encrypt the file with the key"])
    True
    >>> is_chain("Sets up trust in both directions", ["Create a key", "Share the key"])
    False
    """
    if _TWO_WAYS.search(lead):
        return False
    return all(content(one) & content(_object(other)) for one, other in pairwise(steps))


def _object(step: str) -> str:
    """A step without its verb: two steps that both 'specify' are no chain for that."""
    return step.partition(" ")[2]


def ordering_items(subject: Subject, services: Collection[int] | None = None) -> Iterator[Item]:
    for parent, facts in subject.by_parent.items():
        if services is not None and facts[0].service not in services:
            continue
        steps = [fact for fact in facts if subject.records[fact.index].form == "numbered"]
        if len(steps) < LEAST or parent < 0:
            continue
        record = subject.records[parent]
        lead = upper_first(plain(record.text).removeprefix("For example, "))
        said = record.kind == "fact" and bool(re.search(r"\border\b|\bsteps?\b|\bphases?\b", lead))
        if not said and (subject.english or not _SEQUENCE.search(lead)):
            continue
        texts = [fact.text.rstrip(".") for fact in steps]
        if any(len(text) > 160 for text in texts) or len(set(texts)) < len(texts):
            continue
        if subject.english and not is_chain(lead, texts) and not is_process(lead):
            continue
        windows = [range(len(steps))]
        if len(steps) > MOST:
            windows = [range(MOST), range(len(steps) - MOST, len(steps))]
        for window in windows:
            chosen = [steps[place] for place in window]
            told = _CUT.sub("", _CUT.sub("", lead)).rstrip(".:, ")
            told = re.sub(r", in this order$", "", told)
            if subject.english and not re.search(r"\b(?:steps?|phases?)\b", told):
                told = f"{told} in {len(steps)} steps"
            part = "" if len(window) == len(steps) else f" {len(window)} of the {len(steps)}"
            if subject.english:
                stem = f"{told}. In which order do these{part} steps come?"
            else:
                stem = f"{told}?"
            if any(
                re.search(r"\b(?:first|then|finally|second|last)\b", fact.text, re.I)
                for fact in chosen
            ):
                continue
            yield Item(
                "ordering", "ordering", subject.topic(chosen[0]), subject.feature(chosen[0]),
                subject.domain(chosen[0].service), stem,
                f"{told}: "
                + "; ".join(f"{n}. {f.text.rstrip('.')}" for n, f in enumerate(chosen, 1)) + ".",
                tuple(subject.evidence(fact) for fact in chosen),
                tuple(fact.index for fact in chosen), chosen[0].service,
                sequence=tuple(fact.text.rstrip(".") for fact in chosen), difficulty=0.6,
            )  # fmt: skip
