"""FSRS-6 on a learner's own days, and aimed at an exam."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.schedule import START, simulate
from quiz.aiming import Aim, aim_at, carrying_from, place, replan, window
from quiz.days import Days, DaysError
from quiz.scheduling import (
    Log,
    Memory,
    Rating,
    Settings,
    State,
    as_dict,
    buried_until,
    due_day,
    is_quick,
    move,
    new_memory,
    rate,
    read_memory,
    recall,
    recall_after,
    replay,
    review,
)  # fmt: skip

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
PLAIN = Settings()
BERLIN = Settings(days=Days("Europe/Berlin", 4))


def grown(reviews: int, now: datetime = NOON, settings: Settings = PLAIN) -> Memory:
    """A fact that was known each time it was due."""
    memory = new_memory(now)
    for _ in range(reviews):
        memory, _ = review(memory, Rating.GOOD, max(now, memory.due), settings)
    return memory


def test_the_days_of_fsrs_6() -> None:
    memory, now, spans = new_memory(NOON), NOON, []
    for rating in [Rating.GOOD] * 6 + [Rating.AGAIN] * 2 + [Rating.GOOD] * 5:
        memory, _ = review(memory, rating, now, PLAIN)
        spans.append((PLAIN.days.day_of(memory.due) - PLAIN.days.day_of(now)).days)
        now = max(now, memory.due)
    assert spans == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


@pytest.mark.parametrize("hour", [0, 3, 4, 12, 23])
def test_the_days_are_the_same_at_any_hour(hour: int) -> None:
    now = datetime(2026, 1, 5, hour, 30, tzinfo=UTC)
    memory = new_memory(now)
    for _ in range(4):
        memory, _ = review(memory, Rating.GOOD, max(now, memory.due), BERLIN)
    first = BERLIN.days.day_of(now)
    assert [(BERLIN.days.day_of(memory.due) - first).days] == [59]


@pytest.mark.parametrize(
    ("right", "guessed", "quick", "easy", "rating"),
    [
        (False, False, True, True, Rating.AGAIN),
        (True, False, False, True, Rating.GOOD),
        (True, True, True, True, Rating.AGAIN),
        (True, False, True, True, Rating.EASY),
        (True, False, True, False, Rating.GOOD),
    ],
)
def test_answers_rate(right: bool, guessed: bool, quick: bool, easy: bool, rating: Rating) -> None:
    assert rate(right=right, guessed=guessed, quick=quick, easy_at_choice=easy) == rating


def test_quick_is_as_soon_as_one_can_read() -> None:
    assert is_quick(6000, 100)
    assert not is_quick(6300, 100)
    assert not is_quick(None, 100)
    assert not is_quick(0, 100)


def test_a_day_changes_at_the_learners_hour() -> None:
    days = Days("America/New_York", 4)
    assert days.day_of(datetime(2026, 1, 6, 8, 59, tzinfo=UTC)) == date(2026, 1, 5)
    assert days.day_of(datetime(2026, 1, 6, 9, 0, tzinfo=UTC)) == date(2026, 1, 6)
    assert days.start_of(date(2026, 1, 6)) == datetime(2026, 1, 6, 9, tzinfo=UTC)


def test_buried_comes_back_at_the_next_days_change() -> None:
    assert buried_until(datetime(2026, 1, 6, 1, tzinfo=UTC), Days("Europe/Berlin", 4)) == datetime(
        2026, 1, 6, 3, tzinfo=UTC
    )


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "a\x00b", "Europe"])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(DaysError, match="There is no time zone"):
        Days(zone)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),
    st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Apia", "Asia/Kathmandu", "Africa/Cairo"]),
    st.integers(0, 23),
)
def test_every_instant_lies_in_its_day(naive: datetime, zone: str, hour: int) -> None:
    days, instant = Days(zone, hour), naive.replace(tzinfo=UTC)
    day = days.day_of(instant)
    # Where a clock is set back or ahead at that very hour, a day begins up to an hour off.
    slack = timedelta(hours=1)
    if not (zone == "Pacific/Apia" and date(2011, 12, 28) < day < date(2012, 1, 2)):
        assert days.start_of(day) - slack <= instant < days.end_of(day) + slack
    assert days.day_of(days.middle_of(day)) == day or zone == "Pacific/Apia"


def test_recall_falls_to_the_retention_on_the_due_day() -> None:
    memory = grown(4)
    assert memory.stability is not None
    assert recall(memory, due_day(memory, PLAIN), PLAIN) == pytest.approx(0.9, abs=0.005)
    assert recall_after(memory.stability, 0) == 1
    assert recall(new_memory(NOON), date(2026, 1, 5), PLAIN) == 0


def test_a_memory_survives_json() -> None:
    memory = grown(3)
    assert read_memory(as_dict(memory)) == memory
    assert read_memory(as_dict(new_memory(NOON))) == new_memory(NOON)


def test_a_history_is_played_again_in_any_order() -> None:
    memory, now, logs = new_memory(NOON), NOON, list[Log]()
    for rating in (Rating.GOOD, Rating.GOOD, Rating.AGAIN, Rating.GOOD, Rating.EASY):
        memory, log = review(memory, rating, now, PLAIN)
        logs.append(log)
        now = max(now + timedelta(minutes=1), memory.due)
    assert replay(logs[::-1], PLAIN) == memory
    assert replay([], PLAIN) is None


def test_a_lower_retention_means_longer_spans() -> None:
    memory = grown(4)
    assert due_day(memory, Settings(0.8)) > due_day(memory, PLAIN) > due_day(memory, Settings(0.95))


def test_an_undone_review_is_the_memory_before() -> None:
    memory = grown(2)
    _, log = review(memory, Rating.AGAIN, memory.due, PLAIN)
    assert log.before == memory


TODAY = date(2026, 1, 5)


def test_without_an_exam_a_card_comes_on_fsrs_day_or_a_lighter_one_beside() -> None:
    memory = grown(3)
    natural = due_day(memory, PLAIN)
    today = PLAIN.days.day_of(memory.last_review or NOON)
    assert place(memory, PLAIN, today, {}, None) == natural
    moved = place(memory, PLAIN, today, {natural: 5}, None)
    assert moved != natural
    assert abs((moved - natural).days) <= 3


def test_what_would_be_forgotten_by_the_exam_comes_before_it() -> None:
    memory = grown(4)
    today = PLAIN.days.day_of(memory.last_review or NOON)
    natural = due_day(memory, PLAIN)
    aim = aim_at(natural - timedelta(days=3), 0.9)
    assert recall(memory, aim.day, PLAIN) < aim.goal
    day = place(memory, PLAIN, today, {}, aim)
    assert today < day < aim.day
    after, _ = review(memory, Rating.GOOD, PLAIN.days.middle_of(day), PLAIN)
    assert recall(after, aim.day, PLAIN) >= aim.goal


def test_what_is_known_on_the_day_is_left_alone() -> None:
    memory = grown(5)
    today = PLAIN.days.day_of(memory.last_review or NOON)
    aim = aim_at(today + timedelta(days=30), 0.9)
    assert place(memory, PLAIN, today, {}, aim) == due_day(memory, PLAIN)


def test_the_earliest_day_is_that_from_which_a_review_carries() -> None:
    memory = grown(3)
    today = PLAIN.days.day_of(memory.last_review or NOON)
    aim = Aim(today + timedelta(days=60), 0.95)
    first = carrying_from(memory, PLAIN, today, aim)

    def carried(day: date) -> bool:
        after, _ = review(memory, Rating.GOOD, PLAIN.days.middle_of(day), PLAIN)
        return recall(after, aim.day, PLAIN) >= aim.goal

    assert carried(first)
    assert not carried(first - timedelta(days=1))


def test_after_the_exam_the_schedule_is_plain_again() -> None:
    memory = grown(4)
    today = PLAIN.days.day_of(memory.last_review or NOON)
    past = aim_at(today, 0.9)
    assert place(memory, PLAIN, today, {}, past) == due_day(memory, PLAIN)


@given(
    st.integers(1, 6), st.integers(1, 400), st.floats(0.7, 0.97),
    st.dictionaries(st.integers(1, 400), st.integers(0, 50), max_size=30),
)  # fmt: skip
def test_a_day_always_lies_in_its_window(
    reviews: int, ahead: int, retention: float, busy: dict[int, int]
) -> None:
    settings = Settings(retention)
    memory = grown(reviews, settings=settings)
    today = settings.days.day_of(memory.last_review or NOON)
    aim = aim_at(today + timedelta(days=ahead), retention)
    load = {today + timedelta(days=step): number for step, number in busy.items()}
    day = place(memory, settings, today, load, aim)
    if memory.state != State.REVIEW:
        assert day == due_day(memory, settings)
        return
    first, last = window(memory, settings, today, aim)
    assert today < first <= day <= last
    assert move(memory, day, settings).stability == memory.stability


def test_planning_anew_spreads_what_the_exam_needs() -> None:
    memories = [(key, grown(4, NOON + timedelta(days=key % 3))) for key in range(300)]
    today = date(2026, 1, 25)
    memories = [(key, m) for key, m in memories if due_day(m, PLAIN) > today]
    aim = aim_at(today + timedelta(days=30), 0.9)
    days = list(replan(memories, PLAIN, today, aim).values())
    assert len(days) == len(memories)
    assert all(today < day for day in days)
    late = [day for day in days if aim.day - day <= timedelta(days=7)]
    assert len(late) < len(days) / 2


def test_overdue_cards_stay_where_they_are() -> None:
    memory = grown(3)
    later = due_day(memory, PLAIN) + timedelta(days=40)
    assert replan([(1, memory)], PLAIN, later, aim_at(later + timedelta(days=9), 0.9)) == {
        1: due_day(memory, PLAIN)
    }


def test_towards_an_exam_more_is_known_for_fewer_answers_and_nothing_is_piled_up() -> None:
    exam = START + timedelta(days=40)
    aim = aim_at(exam, 0.9)
    aimed, known, low = simulate(300, 40, 3, 0.9, lambda _: aim)
    plain, plainly, plain_low = simulate(300, 40, 3, 0.9, lambda _: None)
    piled, _, _ = simulate(300, 40, 3, 0.9, lambda _: None, cram=True)
    assert known > plainly + 0.01
    assert low < 0.08 < plain_low
    assert sum(aimed) < 1.25 * sum(plain)
    assert aimed[-1] < 1.5 * mean(aimed)
    assert piled[-1] > 3 * mean(piled)
