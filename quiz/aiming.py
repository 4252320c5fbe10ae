"""Which day a review is put on: FSRS's own, eased by what is already there, and aimed at an exam.

Pure. Without an exam a card comes on FSRS's day, or on a less loaded one so near that it makes no
difference (the package's own ranges of fuzz, without the dice).

With one, the question is what is known on that day. A card whose next review would fall on it or
later is left alone where its recall then is at least the goal; else it is looked at once more
before. The earliest day is that from which a review carries to the exam; the latest is the day
before. A strong card has a wide window, a weak one only the last days, so each takes the least
loaded day of its own: the wide ones step aside for the narrow ones, and nothing is piled up.
See docs/decisions/0010-scheduling.md and bench/schedule.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from quiz.scheduling import Memory, Rating, Settings, State, due_day, recall, recall_after, review

# Facts that no review can carry that far are spread over the last days before the exam.
NARROW = 7
# So many last days count as fuller, the very last by so much more.
CROWDED, CROWD = 14, 4.0
_FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))


@dataclass(frozen=True)
class Aim:
    """An exam's day, and the recall that is wanted on it."""

    day: date
    goal: float

    def is_ahead(self, today: date) -> bool:
        return today < self.day


Load = Mapping[date, int]


def aim_at(day: date, retention: float) -> Aim:
    """The goal lies halfway from the retention, the least that plain FSRS leaves, to all."""
    return Aim(day, (1 + retention) / 2)


def place(memory: Memory, settings: Settings, today: date, load: Load, aim: Aim | None) -> date:
    """The day for a card's next review; `load` is how many are due on each day already."""
    natural = due_day(memory, settings)
    if memory.state != State.REVIEW or natural <= today:
        return natural
    first, last = window(memory, settings, today, aim)
    return lightest(first, last, natural, load, aim)


def window(memory: Memory, settings: Settings, today: date, aim: Aim | None) -> tuple[date, date]:
    """The first and last day on which the next review may come; both after today."""
    natural = due_day(memory, settings)
    if aim is None or not aim.is_ahead(today):
        return around(memory, natural, settings, today)
    eve = aim.day - timedelta(days=1)
    if natural < aim.day:
        first, last = around(memory, natural, settings, today)
        return first, max(first, min(last, eve))
    if recall(memory, aim.day, settings) >= aim.goal or eve <= today:
        # Known well enough on the day, or nothing can be done any more: after the exam.
        return natural, natural
    return carrying_from(memory, settings, today, aim), eve


def carrying_from(memory: Memory, settings: Settings, today: date, aim: Aim) -> date:
    """The first day from which a review reaches the goal on the day of the exam."""
    low, high = 1, (aim.day - today).days - 1
    narrow = max(1, high - NARROW + 1)
    while low < high:
        middle = (low + high) // 2
        if _recall_if_reviewed(memory, settings, today + timedelta(days=middle), aim) >= aim.goal:
            high = middle
        else:
            low = middle + 1
    return today + timedelta(days=min(low, narrow))


def around(memory: Memory, natural: date, settings: Settings, today: date) -> tuple[date, date]:
    """The days near enough to FSRS's own that a review there is as good."""
    assert memory.last_review is not None
    span = (natural - settings.days.day_of(memory.last_review)).days
    if span < _FUZZ[0][0]:
        return natural, natural
    reach = 1 + sum(share * max(min(span, end) - start, 0) for start, end, share in _FUZZ)
    early = natural - timedelta(days=round(min(reach, span - 2)))
    return max(early, today + timedelta(days=1)), natural + timedelta(days=round(reach))


def lightest(first: date, last: date, wanted: date, load: Load, aim: Aim | None = None) -> date:
    """The least loaded day of a window; of several the nearest to the wanted one.

    What will lapse before an exam comes back in its last days, so these count as fuller than
    they are yet.
    """
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    return min(
        days,
        key=lambda day: ((load.get(day, 0) + 1) * _crowding(day, aim), abs((day - wanted).days)),
    )


def _crowding(day: date, aim: Aim | None) -> float:
    if aim is None or day >= aim.day:
        return 1.0
    return 1 + CROWD * max(0, CROWDED + 1 - (aim.day - day).days) / CROWDED


def replan(
    memories: Iterable[tuple[int, Memory]], settings: Settings, today: date, aim: Aim | None
) -> dict[int, date]:
    """A day for each card under review, for settings that have changed: the narrowest windows
    choose first, so that the wide ones fill the gaps. What is due today or overdue stays."""
    waiting, load = [], dict[date, int]()
    for key, memory in memories:
        natural = due_day(memory, settings)
        if memory.state != State.REVIEW:
            continue
        if natural <= today:
            waiting.append((natural, natural, natural, key))
        else:
            waiting.append((*window(memory, settings, today, aim), natural, key))
    waiting.sort(key=lambda entry: (entry[1] - entry[0], entry[2], entry[3]))
    days = {}
    for first, last, natural, key in waiting:
        day = natural if natural <= today else lightest(first, last, natural, load, aim)
        load[day] = load.get(day, 0) + 1
        days[key] = day
    return days


def _recall_if_reviewed(memory: Memory, settings: Settings, day: date, aim: Aim) -> float:
    """Recall on the exam's day after a review on another day that goes well."""
    after, _ = review(memory, Rating.GOOD, settings.days.middle_of(day), settings)
    assert after.stability is not None
    return recall_after(after.stability, (aim.day - day).days, settings.parameters)
