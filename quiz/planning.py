"""What to do next, and what to do today on the way to an exam. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from quiz.mastery import NOTHING, Mastery

# A topic counts in full from this many facts on, so that a line or two never come first.
FULL_SIZE = 10
# What a topic builds on can halve its turn at most.
LEAST_READY = 0.5
WEAK, KNOWN = 0.4, 0.7
# New facts end so long before the exam that each can still be seen three times.
LEAD_DAYS = 7
# On the day of its first question a fact is answered about so often.
ANSWERS_A_NEW_FACT = 2.3
# Until there are own times: seconds an answer.
SECONDS = 15.0
MOST_NEW = 60


@dataclass(frozen=True)
class Topic:
    """A service with its mastery; `builds_on` are the keys of topics that it needs."""

    key: int
    name: str
    domain: str | None
    mastery: Mastery
    builds_on: tuple[int, ...] = ()


@dataclass(frozen=True)
class Next:
    """A topic to take up; `reason` is a sentence."""

    key: int
    name: str
    score: float
    reason: str


@dataclass(frozen=True)
class Work:
    """What waits: reviews due today, facts never asked by domain, days until the exam (None: no
    exam), seconds that an answer takes this learner."""

    due: int
    unseen: Mapping[str, int]
    days_left: int | None = None
    seconds: float = SECONDS


@dataclass(frozen=True)
class Today:
    """So many reviews, then so many new facts by domain; `minutes` is what that will take, and
    `wanted` what would be enough to see all in time (None: no exam, or nothing is missing)."""

    reviews: int
    new: Mapping[str, int]
    minutes: int
    wanted: int | None
    sentence: str


def what_next(topics: Iterable[Topic], weights: Mapping[str, float], limit: int = 3) -> list[Next]:
    """The topics that are worth most now: weakness × the domain's weight × how well what they
    build on is known. Without weights all domains weigh the same. Best first."""
    known = {topic.key: topic for topic in topics}
    total = sum(weights.values())
    found = []
    for topic in known.values():
        weakness = 1 - topic.mastery.share
        weight = weights.get(topic.domain or "", 0.0) / total if total else 1.0
        bases = [known[key] for key in topic.builds_on if key in known and key != topic.key]
        ready = _readiness(bases)
        size = min(1.0, topic.mastery.total / FULL_SIZE)
        score = weakness * weight * ready * size
        if score > 0:
            reason = _reason(topic, 100 * weight if total else None, bases)
            found.append(Next(topic.key, topic.name, score, reason))
    found.sort(key=lambda entry: (-entry.score, entry.name))
    return found[:limit]


def plan_today(
    minutes: int, work: Work, weights: Mapping[str, float], exam: date | None = None
) -> Today:
    """What fits into the minutes: reviews first, since they are being forgotten, then new facts,
    spread evenly over the days up to a week before the exam, the heaviest domains most."""
    budget = int(60 * minutes / work.seconds)
    reviews = min(work.due, budget)
    unseen = sum(work.unseen.values())
    fits = int((budget - reviews) / ANSWERS_A_NEW_FACT)
    if work.days_left is None:
        pace = min(MOST_NEW, unseen)
    else:
        pace = ceil(unseen / max(1, work.days_left - min(LEAD_DAYS, work.days_left // 4)))
    new = min(fits, pace, unseen)
    answers = reviews + new * ANSWERS_A_NEW_FACT
    wanted = None
    if work.days_left is not None and (new < pace or reviews < work.due):
        wanted = ceil((work.due + pace * ANSWERS_A_NEW_FACT) * work.seconds / 60)
    takes = ceil(answers * work.seconds / 60)
    return Today(
        reviews, _share_out(new, work.unseen, weights), takes, wanted,
        _told(reviews, work.due, new, takes, wanted, exam),
    )  # fmt: skip


def _readiness(bases: Sequence[Topic]) -> float:
    if not bases:
        return 1.0
    mean = sum(base.mastery.share for base in bases) / len(bases)
    return LEAST_READY + (1 - LEAST_READY) * mean


def _reason(topic: Topic, weight: float | None, bases: Sequence[Topic]) -> str:
    mastery = topic.mastery
    if not mastery.seen:
        told = f"You haven't met {topic.name} yet"
    else:
        told = f"You probably know {mastery.share:.0%} of {topic.name}"
    if weight is not None and topic.domain:
        told += f"; {topic.domain} is {weight:.0f}% of the exam"
    firm = [base.name for base in bases if base.mastery.share >= KNOWN]
    weak = [base.name for base in bases if base.mastery.share < WEAK]
    if firm:
        told += f"; it builds on {_listed(firm)}, which you know"
    elif weak:
        told += f"; it builds on {_listed(weak)}, which will come up on the way"
    return told + "."


def _listed(names: Sequence[str]) -> str:
    names = names[:2]
    return " and ".join(names)


def _share_out(
    number: int, unseen: Mapping[str, int], weights: Mapping[str, float]
) -> dict[str, int]:
    """New facts to domains, one by one to where weight times what is left is greatest."""
    left, given = dict(unseen), dict.fromkeys(unseen, 0)
    for _ in range(number):
        best = max(
            (name for name in left if left[name]),
            key=lambda name: (weights.get(name, 1.0) / (given[name] + 1), left[name], name),
        )
        given[best] += 1
        left[best] -= 1
    return {name: taken for name, taken in given.items() if taken}


def _told(
    reviews: int, due: int, new: int, takes: int, wanted: int | None, exam: date | None
) -> str:
    if not reviews and not new:
        return (
            "Nothing is due, and nothing new is left for today."
            if not wanted
            else (f"That is too little time for today's work; {wanted} minutes would be enough.")
        )
    parts = []
    if reviews:
        parts.append(f"{reviews} of {due} reviews" if reviews < due else _plural(reviews, "review"))
    if new:
        parts.append(_plural(new, "new fact"))
    told = f"Today: {' and '.join(parts)}, about {_plural(takes, 'minute')}."
    if wanted is not None:
        by = f" by {exam.day} {exam:%B}" if exam else " in time"
        told += f" To have seen all{by}, it would take about {wanted} minutes a day."
    return told


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")


def missing(mastery: Mapping[str, Mastery], domains: Iterable[str]) -> dict[str, int]:
    """How many facts of each domain were never asked."""
    held = {name: mastery.get(name, NOTHING) for name in domains}
    return {name: found.total - found.seen for name, found in held.items()}
