"""What would you do: scenarios and their resolutions, asked from either side.

The texts of one side are keys or wrong options, never both: a resolution that were the key of one
item and a wrong option of others could be told by never being the key elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from hashlib import sha256

from quiz.items.drafts import Candidate, Draft
from quiz.items.facts import Fact
from quiz.items.kin import are_kin
from quiz.items.stems import need_is_action, need_stem, pick
from quiz.items.subject import Subject
from quiz.items.words import content, lower_first, upper_first

MOST_NEEDS = 200
_NEEDS_FAR = 0.22
_ACTIONS_FAR = 0.34


def _asked_by_action(fact: Fact) -> bool:
    """Whether the scenario is asked from its resolution ('what does this achieve?')."""
    long = len(fact.need) > 112
    return not long and sha256(fact.need.encode("utf-8")).digest()[0] % 2 == 0


def _near_needs(subject: Subject, needs: list[Fact], services: Collection[int]) -> list[Fact]:
    """The needs of some topics and the nearest others: enough to choose wrong options from."""
    domains = {subject.domain(service) for service in services}
    return sorted(
        needs,
        key=lambda fact: (
            fact.service not in services,
            subject.domain(fact.service) not in domains,
        ),
    )[:MOST_NEEDS]


def _in_one_list(subject: Subject, fact: Fact, other: Fact) -> bool:
    """Notes say in few words what meets a need: what stands beside it may meet it as well."""
    told = not subject.records[fact.index].text.startswith("Need:")
    return told and fact.service == other.service


def _share(subject: Subject, some: frozenset[str], other: frozenset[str]) -> float:
    return subject.mass(some & other) / (min(subject.mass(some), subject.mass(other)) or 1.0)


def _action(fact: Fact) -> str:
    return upper_first(fact.action)


def scenario_drafts(
    subject: Subject, refused: Counter[str], services: Collection[int] | None = None
) -> Iterator[Draft]:
    needs = [fact for fact in subject.facts.values() if fact.kind == "need"]
    if services is not None:
        needs = _near_needs(subject, needs, services)
    stems = {fact.index: (content(fact.need), content(fact.action)) for fact in needs}
    for fact in needs:
        if services is not None and fact.service not in services:
            continue
        need, action = stems[fact.index]
        others: list[tuple[Fact, float]] = []
        for other in needs:
            if (
                other.index == fact.index
                or _in_one_list(subject, fact, other)
                or (
                    other.feature == fact.feature
                    and other.feature >= 0
                    and other.service == fact.service
                    and _share(subject, need, stems[other.index][0]) > 0.12
                )
            ):
                continue
            other_need, other_action = stems[other.index]
            apart = (
                _share(subject, need, other_need) < _NEEDS_FAR
                and _share(subject, action, other_action) < _ACTIONS_FAR
                and _share(subject, need, other_action) < 0.36
                and _share(subject, other_need, action) < 0.36
            )
            if apart:
                near = 0.2
                if other.service == fact.service:
                    near = 0.9
                elif subject.domain(other.service) == subject.domain(fact.service):
                    near = 0.6
                elif not are_kin(subject, fact.service, other.service):
                    continue  # what meets a need of a far topic is no choice
                near += min(0.2, _share(subject, need, other_need))
                others.append((other, near))
        if _asked_by_action(fact):
            draft = _from_action(subject, fact, others)
        else:
            draft = _from_need(subject, fact, others)
        if draft is None:
            refused["scenario_grammar"] += 1
        else:
            yield draft


def _from_need(subject: Subject, fact: Fact, others: list[tuple[Fact, float]]) -> Draft | None:
    stem = need_stem(fact.need, fact.need)
    if stem is None:
        return None
    evidence = subject.evidence(fact)
    candidates = [
        Candidate(
            _action(other),
            f"That meets another need: {lower_first(other.need)}.",
            "serves_another_need",
            (subject.evidence(other),),
            near if _asked_by_action(other) else near - 0.15,
        )
        for other, near in others
        if _asked_by_action(other) or near >= 0.6
    ]
    key = Candidate(_action(fact), f"This meets the need: {fact.need}.", "states_it", (evidence,))
    return Draft(
        "scenario", stem, [key], candidates, (fact.index,), fact.service,
        f"To {lower_first(fact.need)}: {lower_first(fact.action)}."
        if need_is_action(fact.need)
        else f"For {lower_first(fact.need)}: {lower_first(fact.action)}.",
        (evidence,), distinctive=0.8,
    )  # fmt: skip


def _from_action(subject: Subject, fact: Fact, others: list[tuple[Fact, float]]) -> Draft | None:
    if re.search(r"\b(?:them|it|its|they|both)\b", fact.action):
        return _from_need_unbalanced(subject, fact, others)
    verb_first = need_is_action(fact.need)
    evidence = subject.evidence(fact)
    told = lower_first(fact.action)
    choices = (
        f"Which of these needs is met by this action: {told}?",
        f"A security engineer decides to {told}. Which need does this meet?",
        f"For which of these needs should a company {told}?",
    )
    candidates = [
        Candidate(
            upper_first(other.need),
            f"That need is met in another way: {lower_first(other.action)}.",
            "serves_another_need",
            (subject.evidence(other),),
            near,
        )
        for other, near in others
        if not _asked_by_action(other) and need_is_action(other.need) == verb_first
    ]
    key = Candidate(
        upper_first(fact.need), f"The action meets it: {told}.", "states_it", (evidence,)
    )
    return Draft(
        "scenario_reversed", pick(choices, fact.need), [key], candidates, (fact.index,),
        fact.service, f"The need '{lower_first(fact.need)}' is met so: {told}.", (evidence,),
        distinctive=0.7,
    )  # fmt: skip


def _from_need_unbalanced(
    subject: Subject, fact: Fact, others: list[tuple[Fact, float]]
) -> Draft | None:
    """A short action can't carry the question: it is a wrong option elsewhere, or a key here."""
    return _from_need(subject, fact, others)
