"""The numbers of the progress page: read from rows, set as charts with their tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.topics import mark_of
from quiz.blueprints import Cover, Exam, cover
from quiz.charts import Column, bar, calendar, columns
from quiz.guidance import Guidance, weights_of
from quiz.knowing import Knowing, add_up, exam_domains
from quiz.learner_rows import Learner
from quiz.mastery import (
    NOTHING,
    Calibration,
    Mastery,
    Score,
    Step,
    Tally,
    accuracy_by_kind,
    accuracy_over_time,
    calibrate,
    expected_share,
    forecast,
)
from quiz.mastery import calendar as by_day
from quiz.shown import KIND_NAMES

WEEKS = 53
AHEAD, FURTHEST = 30, 90
# Weeks of accuracy that are shown, and how short a history is shown by days.
LAST, SHORT = 26, 42
# How often a blind guess is right, about: by kind, with the usual number of options.
CHANCES = {
    "single": 1 / 4, "true_false": 1 / 2, "multiple": 1 / 10, "ordering": 1 / 24,
    "matching": 1 / 24, "cloze": 0.0,
}  # fmt: skip


@dataclass(frozen=True)
class Chart:
    """A picture (safe SVG), what it begins and ends with, and the table behind it."""

    svg: str
    head: tuple[str, ...]
    rows: Sequence[tuple[object, ...]]
    first: str = ""
    last: str = ""
    note: str = ""


@dataclass(frozen=True)
class DomainLine:
    """A domain of the exam (or a topic, where there is none); `weight` in percent."""

    name: str
    mark: int
    weight: float | None
    mastery: Mastery
    svg: str


def domain_lines(guidance: Guidance, domains: Sequence[str]) -> list[DomainLine]:
    """Mastery by the exam's domains, in its order; by topics where no exam has any."""
    weights = weights_of(guidance.exam)
    names = list(weights) or [
        name
        for name, _ in sorted(
            guidance.mastery.items(), key=lambda entry: (-entry[1].total, entry[0])
        )
    ]
    homes = _homes(guidance.exam)
    return [
        DomainLine(
            name, mark_of(domains, homes.get(name, name)), weights.get(name), mastery,
            bar(mastery.share, f"{name}: {mastery.share:.0%} probably known"),
        )
        for name in names
        for mastery in (guidance.mastery.get(name, NOTHING),)
    ]  # fmt: skip


def coverage(knowing: Knowing, exam: Exam | None) -> list[Cover]:
    """How well the outline covers the exam; nothing where it has none of its own."""
    if exam is None or exam.by != "domain":
        return []
    facts: Counter[str] = Counter()
    for place in knowing.ground.places:
        if place.domain:
            facts[place.domain] += knowing.ground.by_service.get(place.key, 0)
    return cover(exam, facts)


def at_the_exam(guidance: Guidance) -> float | None:
    """What would be known on the exam's day if nothing were done until then."""
    day = guidance.exam_date
    if guidance.days_left is None or day is None:
        return None
    knowing = guidance.knowing
    later = Knowing(knowing.ground, knowing.memos, day)
    mastery = later.by_domain(exam_domains(knowing.ground, guidance.exam))
    share = expected_share(mastery, weights_of(guidance.exam))
    return share or add_up(later.by_service.values()).share


def days_chart(tallies: Sequence[Tally], today: date) -> Chart:
    counts = by_day(tallies)
    first = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    shown = {day: number for day, number in counts.items() if first <= day <= today}
    total, active = sum(shown.values()), len(shown)
    says = f"{total:,} answers on {active} days of the last year."
    months: Counter[tuple[int, int]] = Counter()
    days_of: Counter[tuple[int, int]] = Counter()
    for day, number in shown.items():
        months[day.year, day.month] += number
        days_of[day.year, day.month] += 1
    rows = [
        (f"{date(year, month, 1):%B %Y}", days_of[year, month], number)
        for (year, month), number in sorted(months.items(), reverse=True)
    ]
    return Chart(
        calendar(shown, today, WEEKS, says), ("Month", "Days", "Answers"), rows,
        f"{first:%B %Y}", "today", says,
    )  # fmt: skip


def forecast_chart(knowing: Knowing, days_left: int | None) -> Chart:
    dues = Counter(memo.due for memo in knowing.asked if memo.due is not None)
    number = AHEAD if days_left is None else min(max(AHEAD, days_left + 1), FURTHEST)
    ahead = forecast(dues.items(), knowing.today, number)
    total = sum(due for _, due in ahead)
    says = f"{_counted(total, 'review')} in the next {number} days, {ahead[0][1]:,} of them today."
    held = [Column(due, f"{_day(day)}: {_counted(due, 'review')}") for day, due in ahead]
    rows = [(_day(day), due) for day, due in ahead if due]
    return Chart(
        columns(held, says), ("Day", "Reviews"), rows, "today", _day(ahead[-1][0]),
        f"{says} New facts add to them.",
    )  # fmt: skip


def accuracy_chart(tallies: Sequence[Tally], today: date) -> Chart:
    begun = min((tally.day for tally in tallies), default=today)
    step: Step = "day" if (today - begun).days <= SHORT else "week"
    scores = dict(accuracy_over_time(tallies, step))
    shown = _steps(begun, today, step)
    held = [_accuracy(day, scores.get(day), step) for day in shown]
    right = sum(score.right for score in scores.values())
    whole = Score(right, sum(score.total for score in scores.values()))
    says = f"{_percent(whole)} of {_counted(whole.total, 'answer')} were right."
    rows = [
        (_span(day, step), score.total, score.right, _percent(score))
        for day, score in sorted(scores.items(), reverse=True)
    ]
    head = ("Day" if step == "day" else "Week", "Answers", "Right", "Share")
    return Chart(columns(held, says, top=1.0), head, rows, _day(shown[0]), "today", says)


def kinds_table(tallies: Sequence[Tally]) -> list[tuple[str, Score, str]]:
    """(kind, score, bar) of each kind that was asked, the most asked first."""
    scores = sorted(accuracy_by_kind(tallies).items(), key=lambda entry: -entry[1].total)
    return [
        (name, score, bar(score.share or 0, f"{name}: {_percent(score)} right"))
        for kind, score in scores
        for name in (KIND_NAMES.get(kind, kind),)
    ]


def calibration(tallies: Sequence[Tally]) -> tuple[Calibration, list[tuple[str, Score, str]]]:
    """How 'I guessed' bears out, with a bar for each side; a tick marks blind chance."""
    found = calibrate(tallies, CHANCES)
    sides = (("Sure", found.sure, None), ("I guessed", found.guessed, found.chance))
    return found, [
        (name, score, bar(score.share or 0, f"{name}: {_percent(score)} right", chance))
        for name, score, chance in sides
    ]


def is_past(learner: Learner | None, today: date) -> bool:
    """Whether the exam that was aimed at is over."""
    return bool(learner and learner.exam_date and learner.exam_date < today)


def _accuracy(day: date, score: Score | None, step: Step) -> Column:
    if score is None:
        return Column(None, f"{_span(day, step)}: no answers")
    words = f"{_span(day, step)}: {score.right} of {score.total} right"
    return Column(score.share, words)


def _steps(begun: date, today: date, step: Step) -> list[date]:
    if step == "day":
        number = max(13, (today - begun).days)
        return [today - timedelta(days=number - place) for place in range(number + 1)]
    last = today - timedelta(days=today.weekday())
    return [last - timedelta(weeks=LAST - 1 - place) for place in range(LAST)]


def _homes(exam: Exam | None) -> dict[str, str]:
    """The outline's own domain that serves each of the exam's first: its mark is shown."""
    if exam is None or exam.by != "domain":
        return {}
    return {domain.name: domain.maps_to[0] for domain in exam.domains if domain.maps_to}


def _span(day: date, step: Step) -> str:
    return _day(day) if step == "day" else f"week of {_day(day)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _percent(score: Score) -> str:
    return "–" if score.share is None else f"{score.share:.0%}"
