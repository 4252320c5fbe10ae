"""Two sides that exclude each other: which property is that side's, not the other's."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from quiz.items.drafts import Candidate, Draft
from quiz.items.facts import Fact
from quiz.items.subject import Subject
from quiz.items.verbs import AUXILIARIES, THIRD
from quiz.items.words import content, stem, upper_first, words

_PROPER = 0.6


def with_article(side: str) -> str:
    """
    >>> with_article("network ACL"), with_article("IMDSv2"), with_article("interface VPC endpoint")
    ('a network ACL', 'IMDSv2', 'an interface VPC endpoint')
    """
    last = side.split()[-1]
    named = (last[:1].isupper() and last not in {"ACL", "VIF", "URL", "VPN"}) or side[:1].isupper()
    if named and not side.endswith((" URL", "Balancer", " VPN")):
        return side
    if side.endswith(("mode", "cookies", "encryption", "material", "peering", "s")):
        return side
    return f"{'an' if side[0].lower() in 'aeio' else 'a'} {side}"


def _reads(prop: str) -> bool:
    """Whether a property reads as a description: a verb, a participle, or three words."""
    first = prop.split(" ", 1)[0].lower()
    return (
        first in THIRD
        or first in AUXILIARIES
        or first.endswith(("ed", "ful", "less", "able"))
        or len(prop.split()) >= 4
    )


def line_of(subject: Subject, side: str, prop: str) -> Fact | None:
    """The line that says the property of the side: names it whole, and most of the property."""
    names = {stem(word) for word in words(side) if len(word) > 1}
    stems = content(prop)
    best: tuple[float, int] | None = None
    for index, share in subject.close_facts(stems, _PROPER).items():
        fact = subject.facts[index]
        if fact.kind not in {"statement", "fragment"}:
            continue
        said = {stem(word) for word in words(fact.text)}
        if subject.records[fact.feature].text and fact.feature >= 0:
            said |= {stem(word) for word in words(subject.records[fact.feature].text)}
        if names <= said and (best is None or share > best[0]):
            best = share, index
    return subject.facts[best[1]] if best else None


def contrast_drafts(subject: Subject) -> Iterator[Draft]:
    for exclusive in subject.lexicon.exclusives:
        if len(exclusive.sides) != 2 or len(exclusive.pairs) < 2:
            continue
        asked = sha256("|".join(exclusive.sides).encode()).digest()[0] % 2
        for asked_side in (asked, 1 - asked):
            side, other = exclusive.sides[asked_side], exclusive.sides[1 - asked_side]
            wrong = []
            for pair in exclusive.pairs:
                line = line_of(subject, other, pair[1 - asked_side])
                if line is not None and _reads(pair[1 - asked_side]):
                    wrong.append(
                        Candidate(
                            upper_first(pair[1 - asked_side]),
                            f"That is true of {with_article(other)}: {line.text}",
                            "other_side_of_contrast", (subject.evidence(line),), 0.95,
                        )
                    )  # fmt: skip
            drafts = []
            for pair in exclusive.pairs:
                line = line_of(subject, side, pair[asked_side])
                if line is None or len(wrong) < 2 or not _reads(pair[asked_side]):
                    continue
                evidence = subject.evidence(line)
                drafts.append(
                    Draft(
                        "contrast",
                        f"Which of these describes {with_article(side)} and NOT "
                        f"{with_article(other)}?",
                        [
                            Candidate(
                                upper_first(pair[asked_side]), line.text, "states_it", (evidence,)
                            )
                        ],
                        wrong, (line.index,), line.service, line.text, (evidence,), distinctive=0.6,
                    )
                )  # fmt: skip
            if drafts:
                yield from drafts
                break
