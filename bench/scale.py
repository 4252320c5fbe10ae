"""What a year of many learners costs: bytes a row, and whether a query grows with their number.

    DATABASE_URL=postgresql://… .venv/bin/python bench/scale.py [--learners 2000] [--days 40]

One learner answers by the product's own code, so many questions on each day; that learner's rows
are then copied for so many others (on an empty PostgreSQL database). Prints bytes an answer by
table, the time of what is done most with one learner and with all of them (ratios within the run),
and what a million learners would need in a year.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402

from knowledge.models import Outline  # noqa: E402
from quiz import study  # noqa: E402
from quiz.drawing import draw  # noqa: E402
from quiz.models import (  # noqa: E402
    Answer,
    AskedFact,
    Card,
    Learner,
    ReviewLog,
    SessionItem,
    StudySession,
)
from quiz.reviewing import count_due  # noqa: E402
from quiz.specs import Spec  # noqa: E402
from quiz.standing import standing  # noqa: E402

# Each after those that it names.
TABLES: tuple[type[models.Model], ...] = (
    Learner, StudySession, SessionItem, AskedFact, Answer, Card, ReviewLog,
)  # fmt: skip
STEP = 10_000_000
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)


def answer_daily(learner: Learner, outline: Outline, days: int, a_day: int) -> datetime:
    """Quizzes of ten on each day, three of four answers right; when it ended."""
    rng, now = random.Random(1), NOW
    for day in range(days):
        for part in range(-(-a_day // 10)):
            now = NOW + timedelta(days=day, minutes=30 * part)
            drawn = draw(outline, Spec(), str(rng.randrange(10**6)), learner)
            session = study.start(
                learner, outline, drawn.asked[:10], kind="quiz", seed=str(day), now=now
            )
            for item in SessionItem.objects.of(session):
                now += timedelta(seconds=30)
                study.answer(session, item.position, form_of(item, rng.random() < 0.75), now)
    return now


def form_of(item: SessionItem, right: bool) -> dict[str, list[str]]:
    """A reply as the page would send it."""
    question = item.question
    form = {"question": [question["id"]], "ms": ["9000"]}
    kind = question["kind"]
    if kind == "cloze":
        return form | {"text": [question["answers"][0] if right else "no idea"]}
    layout = item.layout or []
    if kind in ("ordering", "matching"):
        order = layout if right else layout[::-1]
        if kind == "ordering":
            return form | {f"place-{n}": [str(place + 1)] for n, place in enumerate(order)}
        shown = {left: place for place, left in enumerate(order)}
        return form | {f"match-{n}": [str(shown[n])] for n in range(len(layout))}
    chosen = [str(n) for n, option in enumerate(question["options"]) if option["correct"] == right]
    wanted = sum(option["correct"] for option in question["options"])
    return form | {"choice": [*chosen, *(set("01234") - set(chosen))][:wanted]}


def copy_learner(copies: int) -> None:
    """So many others with the same rows under keys of their own."""
    with connection.cursor() as cursor:
        for model in TABLES:
            columns, values = [], []
            for field in model._meta.concrete_fields:
                columns.append(f'"{field.column}"')
                values.append(_copied(field))
            table = model._meta.db_table
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "
                f"FROM {table} t, generate_series(1, %s) k WHERE t.id < {STEP}",
                [copies],
            )
        for model in TABLES:
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def _copied(field: models.Field[Any, Any]) -> str:
    column = f't."{field.column}"'
    ours = field.primary_key or (
        isinstance(field, models.ForeignKey) and field.related_model in TABLES
    )
    if ours or (isinstance(field, models.OneToOneField) and field.related_model in TABLES):
        return f"{column} + k * {STEP}::bigint"
    if isinstance(field, models.UUIDField):
        return "gen_random_uuid()"
    if field.column == "token_hash":
        return f"md5({column} || k) || md5(k || {column})"
    return column


def timed(act: Callable[[], object], times: int = 30) -> float:
    """The median of so many runs, in milliseconds."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took)


def measure(outline: Outline, learners: list[Learner], now: datetime) -> dict[str, float]:
    """Milliseconds of what is done most."""
    rng = random.Random(2)

    def answer_one() -> None:
        learner = rng.choice(learners)
        drawn = draw(outline, Spec(), str(rng.randrange(10**6)), learner)
        session = study.start(learner, outline, drawn.asked[:1], kind="quiz", seed="1", now=now)
        item = SessionItem.objects.of(session).get()
        begun = time.perf_counter()
        study.answer(session, 1, form_of(item, True), now)
        answers.append((time.perf_counter() - begun) * 1000)

    answers: list[float] = []
    for _ in range(30):
        answer_one()
    last = [StudySession.objects.of(one).latest_first().first() for one in learners[:30]]
    return {
        "answer": statistics.median(answers),
        "count what is due": timed(lambda: count_due(rng.choice(learners), outline, now)),
        "tallies for progress": timed(lambda: Answer.objects.tallies_of(rng.choice(learners))),
        "where a session stands": timed(lambda: [standing(one, now) for one in last[:1] if one]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--learners", type=int, default=2000)
    parser.add_argument("--days", type=int, default=40)
    parser.add_argument("--a-day", type=int, default=20)
    options = parser.parse_args()
    if connection.vendor != "postgresql":
        raise SystemExit("DATABASE_URL must name an empty PostgreSQL database.")
    call_command("prepare")
    call_command("stock_questions")
    outline = Outline.objects.default()
    assert outline is not None
    if Learner.objects.exists():
        raise SystemExit("The database isn't empty.")
    learner, _ = Learner.objects.born(NOW)
    now = answer_daily(learner, outline, options.days, options.a_day)
    before = measure(outline, [learner], now)
    begun = time.monotonic()
    copy_learner(options.learners)
    print(f"copied in {time.monotonic() - begun:.0f} s")
    keys = [STEP * k + learner.pk for k in range(1, options.learners + 1)]
    some = list(Learner.objects.filter(pk__in=random.Random(3).sample(keys, min(200, len(keys)))))
    after = measure(outline, some, now)
    answers = Answer.objects.count()
    print(f"{options.learners:,} learners, {answers:,} answers\n")
    print("| table | rows | bytes a row | bytes an answer |\n|---|---|---|---|")
    whole = 0
    with connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute("SELECT pg_total_relation_size(%s)", [model._meta.db_table])
            [size] = cursor.fetchone()
            rows = model.objects.count()  # type: ignore[attr-defined]
            whole += size
            name = model._meta.db_table
            print(f"| {name} | {rows:,} | {size / rows:,.0f} | {size / answers:,.0f} |")
    print(f"| all |  |  | {whole / answers:,.0f} |\n")
    print("| what | one learner, ms | all, ms | ratio |\n|---|---|---|---|")
    for what, ms in after.items():
        print(f"| {what} | {before[what]:.1f} | {ms:.1f} | {ms / before[what]:.2f} |")
    year = 1_000_000 * 365 * options.a_day * whole / answers
    print(f"\nA million learners with {options.a_day} answers a day: {year / 1e12:.1f} TB a year")


if __name__ == "__main__":
    main()
