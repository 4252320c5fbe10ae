"""What a learner knows of an outline, read in one go: recall, mastery, what is due."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple, TypeVar

from knowledge.models import Outline
from quiz.blueprints import Exam
from quiz.ground import Ground, ground_of
from quiz.learner_rows import Learner
from quiz.mastery import Mastery
from quiz.memory_rows import Card
from quiz.planning import Topic
from quiz.scheduling import recall_after

K = TypeVar("K", bound=Hashable)
# Time zones are whole quarters of an hour from UTC, so all instants of one are of one day.
QUARTER = 900


class Memo(NamedTuple):
    """One fact that was asked, in days of the learner; `due` None while it is put off."""

    fact: int
    feature: int | None
    service: int
    stability: float
    asked: date
    due: date | None


@dataclass(frozen=True)
class Knowing:
    """`memos` are of all facts of the outline that were asked; `today` is the learner's."""

    ground: Ground
    memos: tuple[Memo, ...]
    today: date

    @cached_property
    def recall(self) -> Mapping[int, float]:
        """How probably each fact that was asked is known today."""
        return self.recall_on(self.today)

    def recall_on(self, day: date) -> dict[int, float]:
        return {m.fact: recall_after(m.stability, (day - m.asked).days) for m in self.memos}

    @property
    def due(self) -> int:
        """How many facts a review would ask today."""
        return sum(memo.due is not None and memo.due <= self.today for memo in self.asked)

    @property
    def asked(self) -> list[Memo]:
        """Those of facts that a question asks still."""
        return [memo for memo in self.memos if self.ground.counts(memo.fact)]

    @cached_property
    def by_service(self) -> dict[int, Mastery]:
        return self._roll_up(lambda memo: memo.service, self.ground.by_service)

    @cached_property
    def by_feature(self) -> dict[int, Mastery]:
        return self._roll_up(lambda memo: memo.feature, self.ground.by_feature)

    @cached_property
    def whole(self) -> Mastery:
        return add_up(self.by_service.values())

    def by_domain(self, domain_of: Mapping[int, str]) -> dict[str, Mastery]:
        """Mastery of the domains to which services belong; `domain_of` has a name for each."""
        parts: dict[str, list[Mastery]] = {}
        for service, mastery in self.by_service.items():
            if service in domain_of:
                parts.setdefault(domain_of[service], []).append(mastery)
        return {name: add_up(held) for name, held in parts.items()}

    def topics(self, domain_of: Mapping[int, str]) -> list[Topic]:
        """The outline's topics for `planning.what_next`."""
        return [
            Topic(
                place.key, place.name, domain_of.get(place.key), self.by_service[place.key],
                place.builds_on,
            )
            for place in self.ground.places if place.key in self.by_service
        ]  # fmt: skip

    def _roll_up(
        self, place: Callable[[Memo], K | None], totals: Mapping[K, int]
    ) -> dict[K, Mastery]:
        seen: dict[K, int] = {}
        known: dict[K, float] = {}
        for memo in self.memos:
            key = place(memo)
            if key is not None and self.ground.counts(memo.fact):
                seen[key] = seen.get(key, 0) + 1
                known[key] = known.get(key, 0.0) + self.recall[memo.fact]
        return {
            key: Mastery(known.get(key, 0.0), seen.get(key, 0), total)
            for key, total in totals.items()
            if total
        }


def know(learner: Learner | None, outline: Outline, now: datetime) -> Knowing:
    """What is known of the outline now; nothing, where there is no learner. One query."""
    ground = ground_of(outline)
    if learner is None:
        return Knowing(ground, (), now.date())
    return Knowing(ground, tuple(_memos(learner, outline, now)), learner.today(now))


def exam_domains(ground: Ground, exam: Exam | None) -> dict[int, str]:
    """The exam's domain that each service serves first, by the service's key."""
    found: dict[int, str] = {}
    if exam is None:
        return found
    for place in ground.places:
        domain = exam.domain_of(place.domain if exam.by == "domain" else place.name)
        if domain is not None:
            found[place.key] = domain.name
    return found


def add_up(parts: Iterable[Mastery]) -> Mastery:
    held = list(parts)
    return Mastery(
        sum(part.known for part in held),
        sum(part.seen for part in held),
        sum(part.total for part in held),
    )


def _memos(learner: Learner, outline: Outline, now: datetime) -> list[Memo]:
    days = learner.days
    by_quarter: dict[int, date] = {}

    def day_of(instant: datetime) -> date:
        quarter = int(instant.timestamp()) // QUARTER
        day = by_quarter.get(quarter)
        if day is None:
            day = by_quarter[quarter] = days.day_of(instant)
        return day

    rows = Card.objects.of(learner).for_outline(outline).met().memos()
    return [
        Memo(
            fact, feature, service, stability, day_of(asked),
            None if suspended or (buried and buried > now) else day_of(due),
        )
        for fact, feature, service, stability, asked, due, suspended, buried in rows
        if stability is not None
    ]  # fmt: skip
