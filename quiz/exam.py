"""A simulated exam: which items, how long, and what its result says. Pure.

Items follow the blueprint's weights; the unscored ones are drawn like the others and not marked.
The result is a percent with a range, never a scaled score: how answers become one isn't public.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from statistics import median

from quiz.blueprints import Domain, Exam, apportion
from quiz.questions import Asked

MOST_EXTRA_MINUTES = 170
# Of the kinds that an exam has: about how many of each; where there are fewer, others fill up.
KIND_SHARES = {
    "single": 0.7, "multiple": 0.15, "matching": 0.09, "ordering": 0.06,
    "true_false": 0.02, "cloze": 0.02,
}  # fmt: skip
# Two-sided 90 %.
Z = 1.6449


class ExamError(Exception):
    """An exam that can't be held; the text is a sentence."""


@dataclass(frozen=True)
class Sitting:
    """One exam as it will be held."""

    exam: Exam
    items: int
    scored: Mapping[str, int]
    unscored: Mapping[str, int]
    minutes: int
    extra_minutes: int = 0


@dataclass(frozen=True)
class Chosen:
    asked: Asked
    domain: str
    scored: bool


@dataclass(frozen=True)
class Paper:
    """The items in the order of asking; `notes` say where the bank held too little."""

    items: tuple[Chosen, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """One item after handing in; `right` is None where nothing was answered: it counts as wrong."""

    domain: str
    scored: bool
    right: bool | None
    ms: int | None


@dataclass(frozen=True)
class Range:
    """Shares from 0 to 1."""

    low: float
    high: float


@dataclass(frozen=True)
class DomainResult:
    name: str
    right: int
    items: int
    range: Range | None


@dataclass(frozen=True)
class Report:
    """`right` of `items` count; `share` from 0 to 1 is None where nothing counts."""

    right: int
    items: int
    unanswered: int
    share: float | None
    range: Range | None
    domains: tuple[DomainResult, ...]
    seconds: float | None
    median_seconds: float | None

    @property
    def sentence(self) -> str:
        """The estimate in words."""
        if self.share is None or self.range is None:
            return "Nothing counted, so nothing can be estimated."
        return (
            f"{self.right} of {self.items} right, {self.share:.0%}. As an estimate: of all such "
            f"questions you would get between {self.range.low:.0%} and {self.range.high:.0%} right "
            "(nine times of ten). It is no official score: how the exam makes its scale of answers "
            "isn't public."
        )


@dataclass(frozen=True)
class Clock:
    """The server's own: it runs from the start whatever the page does."""

    started: datetime
    minutes: int
    extra_minutes: int = 0

    @property
    def deadline(self) -> datetime:
        return self.started + timedelta(minutes=self.minutes + self.extra_minutes)

    def remaining(self, now: datetime) -> timedelta:
        return max(self.deadline - now, timedelta(0))

    def is_over(self, now: datetime) -> bool:
        return now >= self.deadline


def sitting(exam: Exam, *, short: bool = False, extra_minutes: int = 0) -> Sitting:
    """The exam in full, or its short form, in which all items count."""
    if not 0 <= extra_minutes <= MOST_EXTRA_MINUTES:
        raise ExamError(f"Extra time can be from 0 to {MOST_EXTRA_MINUTES} minutes.")
    weights = exam.weights()
    if short:
        scored = apportion(weights, exam.short_items)
        return Sitting(exam, exam.short_items, scored, {}, exam.short_minutes, extra_minutes)
    scored = {domain.name: domain.scored_items for domain in exam.domains}
    unscored = apportion(weights, exam.unscored)
    return Sitting(exam, exam.items, scored, unscored, exam.minutes, extra_minutes)


def choose(
    bank: Sequence[Asked],
    sitting: Sitting,
    seed: str,
    clash: Callable[[Asked, Asked], bool] = lambda one, other: False,
) -> Paper:
    """The items of a sitting. The same bank, in any order, and seed give the same paper.

    No fact is asked twice and no two items clash (one gives another away). Raises ExamError where
    the bank holds nothing that the exam could ask.
    """
    draw = random.Random(f"exam:{seed}")  # noqa: S311
    exam = sitting.exam
    pool = [asked for asked in bank if asked.question["kind"] in exam.kinds]
    pool.sort(key=lambda asked: str(asked.question["id"]))
    draw.shuffle(pool)
    if not pool:
        raise ExamError("There is no question yet of a kind that this exam asks.")
    picker = _Picker(exam, pool, clash)
    chosen: list[Chosen] = []
    notes = []
    # The poorest domain chooses first, where two of them draw on the same questions.
    for domain in sorted(exam.domains, key=picker.wealth):
        wanted = sitting.scored.get(domain.name, 0), sitting.unscored.get(domain.name, 0)
        found = picker.pick(sum(wanted), domain)
        short = sum(wanted) - len(found)
        if short:
            notes.append(
                f"{domain.name}: {len(found)} of {sum(wanted)} questions; "
                "the outline has no more that fit, so other domains fill the place."
            )
        counting = set(draw.sample(range(len(found)), min(wanted[0], len(found))))
        chosen += [
            Chosen(asked, domain.name, place in counting) for place, asked in enumerate(found)
        ]
    missing = sitting.items - len(chosen)
    uncounted = sum(sitting.scored.values()) - sum(item.scored for item in chosen)
    for place, asked in enumerate(picker.pick(missing, None)):
        home = picker.home(asked)
        domain_there = exam.domain_of(home)
        name = domain_there.name if domain_there else exam.domains[0].name
        chosen.append(Chosen(asked, name, place < uncounted))
    if len(chosen) < sitting.items:
        notes.append(f"The outline yields {len(chosen)} of {sitting.items} questions.")
    draw.shuffle(chosen)
    return Paper(tuple(chosen), tuple(notes))


class _Picker:
    """Takes items one by one: kinds by their shares, topics and features in turns."""

    def __init__(
        self, exam: Exam, pool: Sequence[Asked], clash: Callable[[Asked, Asked], bool]
    ) -> None:
        self.exam, self.pool, self.clash = exam, list(pool), clash
        self.taken: list[Asked] = []
        self.facts: set[int] = set()
        self.seen: Counter[tuple[str, str | None]] = Counter()
        shares = {kind: KIND_SHARES[kind] for kind in exam.kinds}
        self.shares = {kind: share / sum(shares.values()) for kind, share in shares.items()}

    def home(self, asked: Asked) -> str | None:
        home: str | None = asked.question[self.exam.by]
        return home

    def wealth(self, domain: Domain) -> float:
        """How many questions there are for each one that the domain wants."""
        held = sum(self.home(asked) in domain.maps_to for asked in self.pool)
        return held / (domain.weight or 1)

    def pick(self, number: int, domain: Domain | None) -> list[Asked]:
        picked: list[Asked] = []
        homes: Collection[str | None] = domain.maps_to if domain else ()
        pool = [asked for asked in self.pool if domain is None or self.home(asked) in homes]
        while len(picked) < number and pool:
            best = min(pool, key=lambda asked: self._cost(asked, domain))
            pool.remove(best)
            self.pool.remove(best)
            if self.facts & set(best.facts) or any(self.clash(best, one) for one in self.taken):
                continue
            self._take(best)
            picked.append(best)
        return picked

    def _take(self, asked: Asked) -> None:
        self.taken.append(asked)
        self.facts |= set(asked.facts)
        question = asked.question
        self.seen["kind", question["kind"]] += 1
        self.seen["topic", question["topic"]] += 1
        self.seen["feature", f"{question['topic']}/{question['feature']}"] += 1

    def _cost(self, asked: Asked, domain: Domain | None) -> float:
        question = asked.question
        kind = question["kind"]
        over = (self.seen["kind", kind] + 1) / (len(self.taken) + 1) - self.shares[kind]
        topic = self.seen["topic", question["topic"]]
        feature = self.seen["feature", f"{question['topic']}/{question['feature']}"]
        # The closest of the homes that serve a domain comes first, others are not shut out.
        far = domain.maps_to.index(self.home(asked) or "") if domain else 0
        return 4 * over + topic + feature + 0.5 * far


def report(results: Sequence[Result], exam: Exam) -> Report:
    """What an exam that was handed in says. Only scored items count; times are of all answered."""
    scored = [result for result in results if result.scored]
    right = sum(result.right is True for result in scored)
    domains = []
    for domain in exam.domains:
        own = [result for result in scored if result.domain == domain.name]
        known = sum(result.right is True for result in own)
        domains.append(DomainResult(domain.name, known, len(own), wilson(known, len(own))))
    times = [result.ms / 1000 for result in results if result.ms is not None]
    return Report(
        right, len(scored), sum(result.right is None for result in results),
        right / len(scored) if scored else None, wilson(right, len(scored)), tuple(domains),
        sum(times) if times else None, median(times) if times else None,
    )  # fmt: skip


def wilson(right: int, items: int, z: float = Z) -> Range | None:
    """Wilson's score interval of a share (1927), 90 %; None where there is nothing to tell from.

    >>> found = wilson(36, 50)
    >>> f"{found.low:.4f} {found.high:.4f}"
    '0.6063 0.8111'
    """
    if not items:
        return None
    share = right / items
    scale = 1 + z * z / items
    centre = (share + z * z / (2 * items)) / scale
    half = z * sqrt(share * (1 - share) / items + z * z / (4 * items * items)) / scale
    return Range(max(0.0, centre - half), min(1.0, centre + half))
