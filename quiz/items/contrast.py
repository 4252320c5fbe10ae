"""Two sides that exclude each other: which property is that side's, not the other's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from knowledge.lexicon import Exclusive
from quiz.items.drafts import Candidate, Draft
from quiz.items.facts import Fact
from quiz.items.stems import sounded
from quiz.items.subject import Subject
from quiz.items.verbs import AUXILIARIES, THIRD
from quiz.items.words import content, stem, upper_first, words

# How much of a property its line says at least, by weight: of a key, and of a wrong option.
_WHOLE, _PROPER, _NAMED = 0.6, 0.55, 0.3


def with_article(side: str) -> str:
    """
    >>> with_article("network ACL"), with_article("IMDSv2"), with_article("interface VPC endpoint")
    ('a network ACL', 'IMDSv2', 'an interface VPC endpoint')
    """
    last = side.split()[-1]
    named = last[:1].isupper() and last not in {"ACL", "VIF", "URL", "VPN"}
    named = named or (side[:1].isupper() and last not in {"gateway", "endpoint", "key", "user"})
    if named and not side.endswith((" URL", "Balancer", " VPN")):
        return side
    if side.endswith(("mode", "cookies", "encryption", "material", "peering", "s")):
        return side
    return f"{sounded(side)} {side}"


def _reads(prop: str) -> bool:
    """Whether a property reads as a description: a verb, a participle, or three words."""
    first = prop.split(" ", 1)[0].lower()
    if first in {"to", "in", "on", "at", "for", "by", "with", "from", "through"}:
        return False
    return first in THIRD or first in AUXILIARIES or first.endswith(("ed", "ful", "less", "able"))


def line_of(
    subject: Subject, side: str, prop: str, at_least: float = _WHOLE, speaks_of: bool = False
) -> Fact | None:
    """The line that says most of a property of the side that it names whole; with `speaks_of`
    only where the side is the line's subject, or the heading's above it."""
    names = {stem(word) for word in words(side) if len(word) > 1}
    stems = content(prop)
    best: tuple[float, int] | None = None
    for index, share in subject.close_facts(stems, at_least).items():
        fact = subject.facts[index]
        if fact.kind not in {"statement", "fragment"}:
            continue
        spoken = fact.clause.subject if speaks_of and fact.clause is not None else fact.text
        said = {stem(word) for word in words(spoken)}
        if subject.records[fact.feature].text and fact.feature >= 0:
            said |= {stem(word) for word in words(subject.records[fact.feature].text)}
        if names <= said and (best is None or share > best[0]):
            best = share, index
    return subject.facts[best[1]] if best else None


def _halves(exclusive: Exclusive) -> list[tuple[int, list[tuple[str, ...]]]]:
    """Which side is asked with which pairs: of four pairs or more, each side with half of them,
    so that no property is a key of one item and wrong in another."""
    asked = sha256("|".join(exclusive.sides).encode()).digest()[0] % 2
    pairs = list(exclusive.pairs)
    if len(pairs) < 4:
        return [(asked, pairs), (1 - asked, pairs)]
    return [(asked, pairs[::2]), (1 - asked, pairs[1::2])]


def contrast_drafts(subject: Subject) -> Iterator[Draft]:
    for exclusive in subject.lexicon.exclusives:
        if len(exclusive.sides) != 2 or len(exclusive.pairs) < 2:
            continue
        for asked, pairs in _halves(exclusive):
            drafts = list(_drafts(subject, exclusive.sides, asked, pairs))
            yield from drafts
            if drafts and len(exclusive.pairs) < 4:
                break


def _drafts(
    subject: Subject, sides: Sequence[str], asked: int, pairs: Sequence[tuple[str, ...]]
) -> Iterator[Draft]:
    side, other = sides[asked], sides[1 - asked]
    wrong = []
    for pair in pairs:
        # The lexicon says that it is false of the side asked; the line shows the other side.
        line = line_of(subject, other, pair[1 - asked], _NAMED)
        if line is not None and _reads(pair[1 - asked]):
            wrong.append(
                Candidate(
                    upper_first(pair[1 - asked]),
                    f"That is true of {with_article(other)}: {line.text}",
                    "other_side_of_contrast", (subject.evidence(line),), 0.95,
                )
            )  # fmt: skip
    if len(wrong) < 2:
        return
    for pair in pairs:
        line = line_of(subject, side, pair[asked], _PROPER, speaks_of=True)
        if line is None or not _reads(pair[asked]):
            continue
        evidence = subject.evidence(line)
        yield Draft(
            "contrast",
            f"Which of these describes {with_article(side)} and NOT {with_article(other)}?",
            [Candidate(upper_first(pair[asked]), line.text, "states_it", (evidence,))],
            wrong, (line.index,), line.service, line.text, (evidence,), distinctive=0.6,
        )  # fmt: skip
