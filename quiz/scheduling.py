"""When a fact is asked again: FSRS-6 as the `fsrs` package has it, behind our own values. Pure.

The package counts spans of 24 hours; a learner counts days. So it is given the learner's day as
midnight UTC, and what it says in days is laid back on the learner's days. The steps of a fact
that is being learned (1 and 10 minutes) stay minutes from now. There is no chance in it.

Source: github.com/open-spaced-repetition/py-fsrs 6.3, FSRS-6 with 21 parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import Any

import fsrs

from quiz.days import UTC_DAYS, Days

PARAMETERS: tuple[float, ...] = tuple(fsrs.Scheduler().parameters)
LEAST_RETENTION, MOST_RETENTION = 0.7, 0.97
LONGEST_DAYS = 36500
# Reading 42 ms a sign (some 250 words a minute), and two seconds to think and move the hand.
MS_A_SIGN, MS_TO_MOVE = 42, 2000


class Rating(IntEnum):
    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class State(IntEnum):
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


@dataclass(frozen=True)
class Memory:
    """What is known of how a learner remembers one fact; `stability` in days, `difficulty` 1-10."""

    due: datetime
    state: State = State.LEARNING
    step: int | None = 0
    stability: float | None = None
    difficulty: float | None = None
    last_review: datetime | None = None


@dataclass(frozen=True)
class Settings:
    """How a learner wants it; `retention` is the share that shall be known when a card is due."""

    retention: float = 0.9
    days: Days = UTC_DAYS
    parameters: tuple[float, ...] = PARAMETERS


@dataclass(frozen=True)
class Log:
    """One review, whole: what was known before and after, and what FSRS needs to be fitted."""

    at: datetime
    rating: Rating
    ms: int | None
    before: Memory
    after: Memory


def rate(
    *, right: bool, guessed: bool, quick: bool = False, easy_at_choice: bool = False
) -> Rating:
    """Wrong is again, a guess too, though right; quick and sure is easy for who wants that."""
    if not right or guessed:
        return Rating.AGAIN
    return Rating.EASY if quick and easy_at_choice else Rating.GOOD


def is_quick(ms: int | None, signs: int) -> bool:
    """Whether an answer came as soon as that many signs could be read."""
    return ms is not None and 0 < ms <= MS_TO_MOVE + MS_A_SIGN * signs


def new_memory(now: datetime) -> Memory:
    return Memory(due=now)


def review(
    memory: Memory, rating: Rating, now: datetime, settings: Settings, ms: int | None = None
) -> tuple[Memory, Log]:
    """The memory after a review, with its log; due on the day that FSRS says."""
    days = settings.days
    today = days.day_of(now)
    last = days.day_of(memory.last_review) if memory.last_review else None
    card, _ = _scheduler(settings.retention, settings.parameters).review_card(
        _card(memory, last), fsrs.Rating(int(rating)), _midnight(today)
    )
    span = card.due - _midnight(today)
    in_review = card.state == fsrs.State.Review
    after = Memory(
        due=days.middle_of(today + span) if in_review else now + span,
        state=State(int(card.state)),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        last_review=now,
    )
    return after, Log(now, rating, ms, memory, after)


def recall(memory: Memory, day: date, settings: Settings) -> float:
    """Retrievability: how probably the fact is recalled on a day; 0 for one never reviewed."""
    if memory.last_review is None:
        return 0.0
    last = settings.days.day_of(memory.last_review)
    scheduler = _scheduler(settings.retention, settings.parameters)
    return float(scheduler.get_card_retrievability(_card(memory, last), _midnight(day)))


def recall_after(stability: float, days: int, parameters: Sequence[float] = PARAMETERS) -> float:
    """Retrievability after so many days: (1 + F·t/S)^-w20, 0.9 after as many as the stability."""
    decay = -parameters[20]
    factor = 0.9 ** (1 / decay) - 1
    return float((1 + factor * max(0, days) / stability) ** decay)


def days_until(stability: float, retention: float, parameters: Sequence[float]) -> int:
    """After how many days recall falls to the retention: 1 at least, as FSRS rounds."""
    decay = -parameters[20]
    factor = 0.9 ** (1 / decay) - 1
    days: float = stability / factor * (retention ** (1 / decay) - 1)
    return min(max(round(days), 1), LONGEST_DAYS)


def due_day(memory: Memory, settings: Settings) -> date:
    """The day on which FSRS itself wants the next review."""
    if memory.state != State.REVIEW or memory.last_review is None or memory.stability is None:
        return settings.days.day_of(memory.due)
    last = settings.days.day_of(memory.last_review)
    span = days_until(memory.stability, settings.retention, settings.parameters)
    return last + timedelta(days=span)


def move(memory: Memory, day: date, settings: Settings) -> Memory:
    """The same memory, due on another day. What is being learned stays where it is."""
    if memory.state != State.REVIEW:
        return memory
    return replace(memory, due=settings.days.middle_of(day))


def buried_until(now: datetime, days: Days) -> datetime:
    """When a card that is put off until tomorrow comes back."""
    return days.end_of(days.day_of(now))


def replay(logs: Sequence[Log], settings: Settings) -> Memory | None:
    """The memory that a history of reviews leaves, whatever each of them had come from."""
    memory: Memory | None = None
    for log in sorted(logs, key=lambda log: log.at):
        memory, _ = review(memory or new_memory(log.at), log.rating, log.at, settings)
    return memory


def as_dict(memory: Memory) -> dict[str, Any]:
    """A memory as JSON."""
    last = memory.last_review
    return {
        "due": memory.due.isoformat(),
        "state": int(memory.state),
        "step": memory.step,
        "stability": memory.stability,
        "difficulty": memory.difficulty,
        "last_review": last.isoformat() if last else None,
    }


def read_memory(data: Mapping[str, Any]) -> Memory:
    """A memory from JSON; raises ValueError, KeyError or TypeError for anything else."""
    last = data["last_review"]
    return Memory(
        due=_instant(data["due"]),
        state=State(data["state"]),
        step=None if data["step"] is None else int(data["step"]),
        stability=_positive(data["stability"]),
        difficulty=_positive(data["difficulty"]),
        last_review=None if last is None else _instant(last),
    )


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("a time without its zone")
    return instant.astimezone(UTC)


def _positive(value: Any) -> float | None:
    if value is None:
        return None
    number = float(value)
    if not 0 < number < 1e7:
        raise ValueError("a stability or difficulty out of range")
    return number


@lru_cache(maxsize=256)
def _scheduler(retention: float, parameters: tuple[float, ...]) -> fsrs.Scheduler:
    return fsrs.Scheduler(
        parameters=parameters,
        desired_retention=min(max(retention, LEAST_RETENTION), MOST_RETENTION),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )


def _card(memory: Memory, last: date | None) -> fsrs.Card:
    return fsrs.Card(
        card_id=0,  # a card without one waits a millisecond to make one up
        state=fsrs.State(int(memory.state)),
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=_midnight(last) if last else None,
    )


def _midnight(day: date) -> datetime:
    # The package wants `timezone.utc` itself, which `datetime.UTC` is.
    return datetime.combine(day, time(), UTC)
