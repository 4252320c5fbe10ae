"""Choose TWO of a list that the outline closes: 'is one of', 'has three parts', 'either … or'."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256

from quiz.items.drafts import Candidate, Draft
from quiz.items.facts import Fact
from quiz.items.subject import Subject
from quiz.items.words import upper_first

_ONE_OF = re.compile(r"^(?P<what>.+?) is one of(?: these)?:? (?P<list>[^:]+)\.$")
_COUNTED = re.compile(
    r"^(?P<who>.+?) (?:has|have|supports|offers) (?:one of )?(?:exactly )?"
    r"(?P<count>two|three|four|five|six|seven|eight) (?P<what>[^:]+): (?P<list>.+)\.$"
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}


@dataclass(frozen=True)
class ClosedList:
    fact: Fact
    stem: str
    members: tuple[str, ...]


def members(text: str) -> tuple[str, ...]:
    """
    >>> members("scheme, host and port"), members("Allow, Deny")
    (('scheme', 'host', 'port'), ('Allow', 'Deny'))
    """
    parts = re.split(r",\s+(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+", text)
    return tuple(part.strip() for part in parts if part.strip())


def closed_lists(subject: Subject, services: Collection[int] | None = None) -> Iterator[ClosedList]:
    for fact in subject.facts_in(services):
        if fact.kind != "statement" or "such as" in fact.text or "include" in fact.text:
            continue
        if match := _ONE_OF.match(fact.text):
            found = members(match["list"])
            yield ClosedList(
                fact,
                f"Which TWO of these are possible values of {subject.soften(match['what'])}?",
                found,
            )
        elif match := _COUNTED.match(fact.text):
            found = members(match["list"])
            if len(found) == _COUNTS[match["count"]]:
                who = subject.soften(match["who"])
                what = f"{match['count']} {match['what']}".split(",")[0]
                yield ClosedList(fact, f"Which TWO of these are among the {what} of {who}?", found)


def _look(text: str) -> tuple[bool, bool]:
    return text[:1].isupper(), text.isupper()


def list_drafts(subject: Subject, services: Collection[int] | None = None) -> Iterator[Draft]:
    found = [one for one in closed_lists(subject, services) if len(one.members) >= 2]
    for one in found:
        own = {member.casefold() for member in one.members}
        if any(len(member) > 70 for member in one.members):
            continue
        evidence = subject.evidence(one.fact)
        listed = ", ".join(one.members)
        candidates = []
        for other in found:
            if other is one:
                continue
            for member in other.members:
                folded = member.casefold()
                if folded in own or any(folded in mine or mine in folded for mine in own):
                    continue
                if _look(member) != _look(one.members[0]) or folded in one.fact.text.casefold():
                    continue
                near = 0.0
                if other.fact.feature == one.fact.feature and one.fact.feature >= 0:
                    near = 0.9
                if not near:
                    continue
                candidates.append(
                    Candidate(
                        upper_first(member), f"The list is closed, and this isn't in it: {listed}.",
                        "not_in_closed_list", (evidence, subject.evidence(other.fact)), near,
                    )
                )  # fmt: skip
        order = sorted(one.members, key=lambda m: sha256(f"{one.stem}{m}".encode()).digest())
        for start in range(0, len(order) - 1, 2):
            keys = order[start : start + 2]
            yield Draft(
                "two_of_list", one.stem,
                [
                    Candidate(upper_first(key), one.fact.text, "states_it", (evidence,))
                    for key in keys
                ],
                candidates, (one.fact.index,), one.fact.service, one.fact.text, (evidence,),
                kind="multiple", distinctive=0.6,
            )  # fmt: skip
