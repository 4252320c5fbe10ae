"""Where one stands, what comes next, what to do today."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from quiz.mastery import (
    FactState,
    Mastery,
    Score,
    Tally,
    accuracy_by_kind,
    accuracy_over_time,
    by_domain,
    by_feature,
    by_service,
    calendar,
    calibrate,
    expected_share,
    forecast,
    whole,
)
from quiz.planning import Topic, Work, missing, plan_today, what_next

FACTS = [
    FactState(1, 10, 100, "Detection", 0.9),
    FactState(2, 10, 100, "Detection", 0.5),
    FactState(3, 11, 100, "Detection", None),
    FactState(4, None, 101, None, 0.8),
]
DAY = date(2026, 3, 4)  # a Wednesday


def test_recall_rolls_up() -> None:
    assert by_feature(FACTS) == {10: Mastery(1.4, 2, 2), 11: Mastery(0.0, 0, 1)}
    assert by_service(FACTS) == {100: Mastery(1.4, 2, 3), 101: Mastery(0.8, 1, 1)}
    assert by_domain(FACTS)["Detection"].share == 1.4 / 3
    assert whole(FACTS).seen == 3
    assert whole([]).share == 0


def test_domains_count_by_the_exams_weights() -> None:
    mastery = {"A": Mastery(5, 10, 10), "B": Mastery(1, 2, 10)}
    assert expected_share(mastery, {"A": 50, "B": 25, "silent": 25}) == 0.275
    assert expected_share({}, {}) == 0


def test_the_forecast_puts_what_is_overdue_on_today() -> None:
    dues = [(date(2026, 3, 1), 4), (DAY, 1), (date(2026, 3, 6), 2), (date(2026, 9, 1), 9)]
    assert forecast(dues, DAY, 3) == [(DAY, 5), (date(2026, 3, 5), 0), (date(2026, 3, 6), 2)]


TALLIES = [
    Tally(DAY, "single", False, True, 8),
    Tally(DAY, "single", False, False, 2),
    Tally(date(2026, 3, 1), "cloze", True, True, 3),
    Tally(date(2026, 3, 1), "single", True, False, 9),
]


def test_accuracy_over_time_and_by_kind() -> None:
    assert accuracy_over_time(TALLIES, "week") == [
        (date(2026, 2, 23), Score(3, 12)),
        (date(2026, 3, 2), Score(8, 10)),
    ]
    assert accuracy_over_time(TALLIES, "month") == [(date(2026, 3, 1), Score(11, 22))]
    assert accuracy_by_kind(TALLIES) == {"single": Score(8, 19), "cloze": Score(3, 3)}
    assert calendar(TALLIES) == {DAY: 10, date(2026, 3, 1): 12}


def test_guesses_are_held_against_chance() -> None:
    found = calibrate(TALLIES, {"single": 0.25, "cloze": 0.0})
    assert (found.guessed, found.sure, found.chance) == (Score(3, 12), Score(8, 10), 0.1875)
    assert found.sentence == (
        "Sure, you were right 80% of the time; guessing, 25%, where blind guesses reach 19%."
    )
    assert calibrate([], {}).sentence.startswith("Too few answers")


def topic(key: int, share: float, domain: str = "A", total: int = 20, **more: object) -> Topic:
    mastery = Mastery(share * total, total if share else 0, total)
    return Topic(key, f"T{key}", domain, mastery, **more)  # type: ignore[arg-type]


def test_next_is_the_weakest_of_the_heaviest_that_one_is_ready_for() -> None:
    weights = {"A": 20, "B": 10}
    assert what_next([topic(1, 0.5), topic(2, 0.2)], weights)[0].key == 2
    assert what_next([topic(1, 0.2, "B"), topic(2, 0.2)], weights)[0].key == 2
    assert what_next([topic(1, 0, builds_on=(2,)), topic(2, 0.1)], weights)[0].key == 2
    assert what_next([topic(1, 0, builds_on=(2,)), topic(2, 0.9)], weights)[0].key == 1
    assert what_next([topic(1, 0, total=1), topic(2, 0.1)], weights)[0].key == 2
    assert what_next([topic(1, 1.0), topic(2, 0.0, "unknown")], weights) == []


def test_next_says_why() -> None:
    topics = [topic(1, 0, builds_on=(2,)), topic(2, 0.9), topic(3, 0.3, builds_on=(1,))]
    assert [entry.reason for entry in what_next(topics, {"A": 20, "B": 80})] == [
        "You haven't met T1 yet; A is 20% of the exam; it builds on T2, which you know.",
        "You probably know 30% of T3; A is 20% of the exam; "
        "it builds on T1, which will come up on the way.",
        "You probably know 90% of T2; A is 20% of the exam.",
    ]
    assert what_next([topic(1, 0.3)], {})[0].reason == "You probably know 30% of T1."


def test_today_takes_reviews_first_and_spreads_new_facts() -> None:
    plan = plan_today(20, Work(30, {"A": 200, "B": 20}, 27, 15), {"A": 60, "B": 40})
    assert (plan.reviews, sum(plan.new.values()), plan.minutes, plan.wanted) == (30, 11, 14, None)
    assert plan.new == {"A": 7, "B": 4}
    assert plan.sentence == "Today: 30 reviews and 11 new facts, about 14 minutes."


def test_today_says_when_the_time_is_too_short() -> None:
    plan = plan_today(5, Work(30, {"A": 200}, 20, 15), {}, date(2026, 3, 1))
    assert (plan.reviews, dict(plan.new), plan.wanted) == (20, {}, 16)
    assert plan.sentence == (
        "Today: 20 of 30 reviews, about 5 minutes. "
        "To have seen all by 1 March, it would take about 16 minutes a day."
    )


def test_today_without_anything_left() -> None:
    assert plan_today(20, Work(0, {}), {}).sentence.startswith("Nothing is due")


def test_missing_facts_by_domain() -> None:
    assert missing({"A": Mastery(1, 2, 5)}, ["A", "B"]) == {"A": 3, "B": 0}


@given(
    st.integers(0, 600), st.integers(0, 5000),
    st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 900)),
    st.none() | st.integers(0, 400), st.floats(0.5, 600),
)  # fmt: skip
def test_a_plan_never_takes_more_time_than_there_is(
    minutes: int, due: int, unseen: dict[str, int], days: int | None, seconds: float
) -> None:
    plan = plan_today(minutes, Work(due, unseen, days, seconds), {"A": 3})
    assert plan.minutes <= minutes
    assert plan.reviews <= due
    assert all(plan.new[name] <= unseen[name] for name in plan.new)
    assert plan.sentence.endswith(".")
