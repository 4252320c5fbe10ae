"""Where a learner stands: what is probably known, how answers went, what is coming. Pure.

A fact that was never asked counts as unknown; one that was counts with its recall of today, so
that mastery falls by itself when nothing is done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import Literal, NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)
Step = Literal["day", "week", "month"]
# Fewer answers than this tell nothing about somebody's guesses.
LEAST_ANSWERS = 10


@dataclass(frozen=True)
class FactState:
    """One fact: where it stands, and its recall today (None: never asked)."""

    fact: int
    feature: int | None
    service: int
    domain: str | None
    recall: float | None = None


@dataclass(frozen=True)
class Mastery:
    """Of `total` facts `seen` were asked, and `known` of all will probably be recalled today."""

    known: float
    seen: int
    total: int

    @property
    def share(self) -> float:
        """Of all facts, 0 to 1."""
        return self.known / self.total if self.total else 0.0

    @property
    def share_of_seen(self) -> float | None:
        return self.known / self.seen if self.seen else None


NOTHING = Mastery(0.0, 0, 0)


class Tally(NamedTuple):
    """So many answers of a day that were alike."""

    day: date
    kind: str
    guessed: bool
    right: bool
    count: int = 1  # type: ignore[assignment]


@dataclass(frozen=True)
class Score:
    right: int
    total: int

    @property
    def share(self) -> float | None:
        return self.right / self.total if self.total else None


@dataclass(frozen=True)
class Calibration:
    """How 'I guessed' and its absence bear out; `chance` is what blind guessing would reach."""

    guessed: Score
    sure: Score
    chance: float | None

    @property
    def sentence(self) -> str:
        if self.guessed.total < LEAST_ANSWERS or self.sure.total < LEAST_ANSWERS:
            return "Too few answers yet to tell how well you know what you know."
        sure, guessed = self.sure.share or 0.0, self.guessed.share or 0.0
        told = f"Sure, you were right {sure:.0%} of the time; guessing, {guessed:.0%}"
        if self.chance is None:
            return f"{told}."
        told += f", where blind guesses reach {self.chance:.0%}."
        if guessed >= sure - 0.1:
            return f"{told} You know more than you think."
        if sure < 0.7:
            return f"{told} Say 'I guessed' more often: what you are sure of is often wrong."
        return told


def roll_up(facts: Iterable[FactState], place: Callable[[FactState], K | None]) -> dict[K, Mastery]:
    """Mastery of each place (feature, service, domain …) in which facts stand."""
    seen, total = Counter[K](), Counter[K]()
    sums: dict[K, float] = {}
    for fact in facts:
        key = place(fact)
        if key is None:
            continue
        total[key] += 1
        if fact.recall is not None:
            seen[key] += 1
            sums[key] = sums.get(key, 0.0) + fact.recall
    return {key: Mastery(sums.get(key, 0.0), seen[key], number) for key, number in total.items()}


def by_feature(facts: Iterable[FactState]) -> dict[int, Mastery]:
    return roll_up(facts, lambda fact: fact.feature)


def by_service(facts: Iterable[FactState]) -> dict[int, Mastery]:
    return roll_up(facts, lambda fact: fact.service)


def by_domain(facts: Iterable[FactState]) -> dict[str, Mastery]:
    return roll_up(facts, lambda fact: fact.domain)


def whole(facts: Iterable[FactState]) -> Mastery:
    return roll_up(facts, lambda _: True).get(True, NOTHING)


def expected_share(mastery: Mapping[str, Mastery], weights: Mapping[str, float]) -> float:
    """Mastery of the domains by the exam's weights, 0 to 1; a silent domain counts as unknown."""
    total = sum(weights.values()) or 1.0
    return sum(w * mastery.get(name, NOTHING).share for name, w in weights.items()) / total


def forecast(dues: Iterable[tuple[date, int]], today: date, days: int) -> list[tuple[date, int]]:
    """(day, reviews due) from today on; what is overdue counts today."""
    due: Counter[date] = Counter()
    for day, number in dues:
        due[max(day, today)] += number
    ahead = [today + timedelta(days=step) for step in range(days)]
    return [(day, due[day]) for day in ahead]


def calendar(tallies: Iterable[Tally]) -> dict[date, int]:
    """How many answers each day saw."""
    return dict(_sum((tally.day, tally) for tally in tallies)[1])


def accuracy_over_time(tallies: Iterable[Tally], step: Step) -> list[tuple[date, Score]]:
    """(first day, score) of each day, week (from Monday) or month that saw answers, in order."""
    return sorted(_scores((_first(tally.day, step), tally) for tally in tallies).items())


def accuracy_by_kind(tallies: Iterable[Tally]) -> dict[str, Score]:
    return _scores((tally.kind, tally) for tally in tallies)


def calibrate(tallies: Iterable[Tally], chances: Mapping[str, float]) -> Calibration:
    """Guesses against the rest; `chances` is how often blind guesses are right, by kind."""
    held = list(tallies)
    scores = _scores((tally.guessed, tally) for tally in held)
    expected = [
        chances[tally.kind]
        for tally in held
        if tally.guessed and tally.kind in chances
        for _ in range(tally.count)
    ]
    nothing = Score(0, 0)
    return Calibration(
        scores.get(True, nothing), scores.get(False, nothing), fmean(expected) if expected else None
    )


def _first(day: date, step: Step) -> date:
    match step:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
    return day


def _scores(tallies: Iterable[tuple[K, Tally]]) -> dict[K, Score]:
    right, total = _sum(tallies)
    return {key: Score(right[key], number) for key, number in total.items()}


def _sum(tallies: Iterable[tuple[K, Tally]]) -> tuple[Counter[K], Counter[K]]:
    right, total = Counter[K](), Counter[K]()
    for key, tally in tallies:
        total[key] += tally.count
        right[key] += tally.count * tally.right
    return right, total
