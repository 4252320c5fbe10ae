"""What would you do: scenarios and their resolutions, asked from either side.

The texts of one side are keys or wrong options, never both: a resolution that were the key of one
item and a wrong option of others could be told by never being the key elsewhere. Needs that stand
side by side take turns, so that each has its neighbours for wrong options.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from hashlib import sha256

from quiz.items.choosing import heard
from quiz.items.drafts import Candidate, Draft
from quiz.items.facts import Fact
from quiz.items.neighbours import Neighbours
from quiz.items.stems import need_is_action, need_stem, pick
from quiz.items.subject import Subject
from quiz.items.variants import Variants
from quiz.items.words import long_words, lower_first, upper_first

_NEEDS_FAR = 0.26
_ACTIONS_FAR = 0.36
_ACTIONS_SAME = 0.95
_CROSS_FAR = 0.38
# What is farther is no choice for who knows the topic; the nearest are enough to choose from.
LEAST_NEAR = 0.7
# Two wrong options at least come from needs as near as this, or change one thing.
PLAUSIBLE = 0.78
# Farther ones are taken only for a word that key and question share: alone it would tell.
HELPING = 0.5
MOST_NEAR = 12
# Needs of one topic.
AT_HOME = 0.85
# A longer need can't be an option, nor can an action that points back carry a question.
LONGEST_NEED = 112
_POINTS = re.compile(r"\b(?:them|it|its|they|both)\b")


def _names(text: str) -> set[str]:
    """The names that a text says: words with a capital or a digit, but the first.

    >>> sorted(_names("Enforce SSE-KMS for S3"))
    ['S3', 'SSE-KMS']
    """
    inner = text.partition(" ")[2]
    found = {word.removesuffix("s") for word in re.findall(r"[\w-]{2,}", inner)}
    return {word for word in found if word.lower() != word} - {"AWS", "Amazon"}


def _told(fact: Fact) -> set[str]:
    """The names and identifiers of an action."""
    return _names(fact.action) | {code for code in fact.codes if code in fact.action}


def needs_of(subject: Subject) -> list[Fact]:
    return [fact for fact in subject.facts.values() if fact.kind == "need"]


def sides_of(needs: Collection[Fact]) -> dict[int, bool]:
    """Whether each need is asked from its resolution ('what does this achieve?'), in turns.

    Where a topic has an odd number, chance says who begins.
    """
    sides: dict[int, bool] = {}
    turns: dict[int, bool] = {}
    for fact in needs:
        turn = turns.get(fact.service)
        if turn is None:
            turn = sha256(fact.need.encode("utf-8")).digest()[0] % 2 == 0
        fit = len(fact.need) <= LONGEST_NEED and not _POINTS.search(fact.action)
        sides[fact.index] = turn and fit
        turns[fact.service] = not turn
    return sides


def _in_one_list(subject: Subject, fact: Fact, other: Fact) -> bool:
    """Notes say in few words what meets a need: what stands beside it may meet it as well."""
    told = not subject.records[fact.index].text.startswith("Need:")
    return told and fact.service == other.service


class Scenarios:
    """The needs of an outline, with how near and how far apart they are."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.needs = needs_of(subject)
        self.sides = sides_of(self.needs)
        self.variants = Variants(subject)
        self.neighbours = Neighbours(subject, self.needs)
        said = self.neighbours.said
        self.said = {fact.index: (said(fact, fact.need), said(fact, fact.action))
                     for fact in self.needs}  # fmt: skip
        weigh = self.neighbours.weigh
        self.weights = {index: (weigh(need), weigh(action))
                        for index, (need, action) in self.said.items()}  # fmt: skip
        self._apart: dict[tuple[int, int], bool] = {}

    def apart(self, fact: Fact, other: Fact) -> bool:
        """Whether neither resolution can meet the other's need, as far as words tell."""
        if fact.index == other.index or _in_one_list(self.subject, fact, other):
            return False
        pair = min(fact.index, other.index), max(fact.index, other.index)
        if pair not in self._apart:
            close = fact.service == other.service and fact.feature == other.feature >= 0
            self._apart[pair] = all(
                self._share(pair, sides) < most
                for sides, most in (
                    ((0, 0), 0.18 if close else _NEEDS_FAR), ((1, 1), _ACTIONS_FAR),
                    ((0, 1), _CROSS_FAR), ((1, 0), _CROSS_FAR),
                )
            )  # fmt: skip
        return self._apart[pair]

    def contrasted(self, fact: Fact, other: Fact) -> bool:
        """Whether two needs speak of different named things, and are met in one manner with what
        is each one's own: how SSE-KMS is enforced enforces no SSE-S3."""
        if fact.index == other.index or _in_one_list(self.subject, fact, other):
            return False
        mine, theirs = _names(fact.need), _names(other.need)
        if not mine - theirs or not theirs - mine:
            return False
        mine, theirs = _told(fact), _told(other)
        if not mine - theirs or not theirs - mine:
            return False
        alike = self._share((fact.index, other.index), (1, 1))
        return _ACTIONS_FAR <= alike < _ACTIONS_SAME

    def _share(self, pair: tuple[int, int], sides: tuple[int, int]) -> float:
        """What part of the lighter of two sides both say."""
        one, other = (self.said[index][side] for index, side in zip(pair, sides, strict=True))
        both = one & other
        if not both:
            return 0.0
        least = min(self.weights[index][side] for index, side in zip(pair, sides, strict=True))
        return self.neighbours.weigh(both) / (least or 1.0)

    def around(self, fact: Fact) -> list[tuple[Fact, float]]:
        """The needs that can be told apart from one, the nearest first."""
        rows = [(other, self.neighbours.near(fact, other)) for other in self.needs]
        rows = [
            row for row in rows
            if row[1] >= HELPING
            and (self.apart(fact, row[0]) or (row[1] >= 0.85 and self.contrasted(fact, row[0])))
        ]  # fmt: skip
        rows.sort(key=lambda row: (-row[1], abs(row[0].index - fact.index)))
        return rows


def _action(fact: Fact) -> str:
    return upper_first(fact.action)


def scenario_drafts(
    subject: Subject,
    refused: Counter[str],
    services: Collection[int] | None = None,
    others: Collection[int] | None = None,
) -> Iterator[Draft]:
    """The scenarios of some topics; `others` are those to ask from the other side than is theirs,
    where nothing came of that one."""
    known = subject.keep("scenarios", Scenarios)
    for fact in known.needs:
        if services is not None and fact.service not in services:
            continue
        if others is not None and fact.index not in others:
            continue
        rows = known.around(fact)
        reverse = known.sides[fact.index] != (others is not None)
        if reverse and (len(fact.need) > LONGEST_NEED or _POINTS.search(fact.action)):
            continue
        draft = _from_action(known, fact, rows) if reverse else _from_need(known, fact, rows)
        if draft is None:
            refused["scenario_grammar"] += 1
        else:
            yield draft


def _lent(
    known: Scenarios, fact: Fact, rows: list[tuple[Fact, float]], side: bool
) -> list[tuple[Fact, float]]:
    """The nearest whose text of a side is no key of its own, then the nearest of the others."""
    near = [row for row in rows if row[1] >= LEAST_NEAR]
    if side:  # 'Send them to …' speaks of what another question names
        near = [row for row in near if not _POINTS.search(row[0].action)]
        if not fact.codes:  # an identifier of another topic is no choice beside plain words
            near = [row for row in near if not row[0].codes or row[1] >= AT_HOME]
    lent = [row for row in near if known.sides[row[0].index] is side][:MOST_NEAR]
    keyed = [row for row in near if known.sides[row[0].index] is not side]
    more = [(other, near - 0.05) for other, near in keyed[: max(4, MOST_NEAR - len(lent))]]
    return lent + more


def _with_helpers(
    stem: str, key: str, candidates: list[Candidate], far: list[Candidate]
) -> list[Candidate]:
    """The candidates, with the nearest of the far ones that say a word which stem and key share
    and no candidate says."""
    missing = heard(stem, key) - frozenset().union(*(heard(stem, c.text) for c in candidates))
    helping = [one for one in far if heard(stem, one.text) & missing]
    return candidates + helping[:4]


_SHARED_NOUN = re.compile(
    r"\b(?P<phrase>the (?:[a-z-]+ )?(?P<noun>[a-z-]{4,}))"
    r"(?=$|[,.]| (?:in|on|with|of|for|to|and|or|that|from|by|through)\b)"
)


def _for_what(stem: str, key: str) -> list[str]:
    """What an action is done to, in its own words, where the question names it as well.

    >>> _for_what("How can one ping the instances?", "Allow ICMP in the groups of the instances")
    ['the instances']
    """
    said = long_words(stem)
    return [match["phrase"] for match in _SHARED_NOUN.finditer(key) if match["noun"] in said]


def closeness(near: float) -> float:
    """How close to the key a wrong option is: what isn't plausible counts as a filler."""
    return near if near >= PLAUSIBLE else max(0.0, near - 0.4)


def _action_of(known: Scenarios, other: Fact, near: float) -> Candidate:
    return Candidate(
        _action(other), f"That meets another need: {lower_first(other.need)}.",
        "serves_another_need", (known.subject.evidence(other),), closeness(near),
    )  # fmt: skip


def _need_of(known: Scenarios, other: Fact, near: float) -> Candidate:
    return Candidate(
        upper_first(other.need), f"That need is met in another way: {lower_first(other.action)}.",
        "serves_another_need", (known.subject.evidence(other),), closeness(near),
    )  # fmt: skip


def _from_need(known: Scenarios, fact: Fact, rows: list[tuple[Fact, float]]) -> Draft | None:
    subject = known.subject
    stem = need_stem(fact.need, fact.need)
    if stem is None:
        return None
    evidence = subject.evidence(fact)
    candidates = [_action_of(known, other, near) for other, near in _lent(known, fact, rows, True)]
    homes = known.neighbours.homes[fact.index]
    variants = [one for one in known.variants.of(fact) if one.closeness >= 0.55]
    parts = list(known.variants.parts(fact, homes))
    for phrase in _for_what(stem, fact.action):
        parts += [replace(one, text=f"{one.text} for {phrase}") for one in parts]
    candidates += parts
    if len(variants) >= 2:
        candidates = [*variants, *(one for one in candidates if one.closeness >= PLAUSIBLE)]
    far = [_action_of(known, other, near) for other, near in rows
           if near < LEAST_NEAR and not _POINTS.search(other.action)]  # fmt: skip
    candidates = _with_helpers(stem, _action(fact), candidates, far)
    key = Candidate(_action(fact), f"This meets the need: {fact.need}.", "states_it", (evidence,))
    return Draft(
        "scenario", stem, [key], candidates, (fact.index,), fact.service,
        f"To {lower_first(fact.need)}: {lower_first(fact.action)}."
        if need_is_action(fact.need)
        else f"For {lower_first(fact.need)}: {lower_first(fact.action)}.",
        (evidence,), distinctive=0.8,
    )  # fmt: skip


def _from_action(known: Scenarios, fact: Fact, rows: list[tuple[Fact, float]]) -> Draft | None:
    subject = known.subject
    verb_first = need_is_action(fact.need)
    evidence = subject.evidence(fact)
    told = lower_first(fact.action)
    choices = (
        f"Which of these needs is met by this action: {told}?",
        f"A security engineer decides to {told}. Which need does this meet?",
        f"For which of these needs should a company {told}?",
    )
    rows = [row for row in rows if need_is_action(row[0].need) == verb_first]
    candidates = [_need_of(known, other, near) for other, near in _lent(known, fact, rows, False)]
    stem = pick(choices, fact.need)
    far = [_need_of(known, other, near) for other, near in rows if near < LEAST_NEAR]
    candidates = _with_helpers(stem, upper_first(fact.need), candidates, far)
    key = Candidate(
        upper_first(fact.need), f"The action meets it: {told}.", "states_it", (evidence,)
    )
    return Draft(
        "scenario_reversed", stem, [key], candidates, (fact.index,),
        fact.service, f"The need '{lower_first(fact.need)}' is met so: {told}.", (evidence,),
        distinctive=0.7,
    )  # fmt: skip
