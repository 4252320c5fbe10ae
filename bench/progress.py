"""Home and progress of one learner with a long history: server time and queries of each page.

    .venv/bin/python bench/progress.py [--reviews 100000] [--rounds 15] [--postgres]

The bundled outline is loaded into a temporary database (with --postgres: into DATABASE_URL's). A
learner gets so many answers and reviews, over 400 days and all facts, written as rows. Then this
process, one thread, asks the WSGI application (all middleware on) for each page as the learner and
as a visitor, in turns. Milliseconds: `first` of the process, which reads what it keeps of the
outline; the `median` by the clock; `cpu`, what of it the machine worked, also where others use it
too. The last column compares the learner with a visitor, whose page is the same without them.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

SLUG = "aws-security-specialty"
PAGES = {
    "home": f"/o/{SLUG}/",
    "progress": f"/o/{SLUG}/progress/",
    "service": f"/o/{SLUG}/service/vpc/",
    "settings": "/settings/",
}
KINDS = ("single", "multiple", "true_false", "cloze", "ordering", "matching")
DAYS, A_SESSION, BATCH = 400, 20, 5000


def make_history(learner: Any, outline: Any, reviews: int, days: int = DAYS, seed: int = 1) -> None:
    """So many answers with their reviews, each fact at growing intervals, as rows."""
    from knowledge.models import Fact
    from quiz.models import Answer, Card, ReviewLog, SessionItem, StudySession
    from quiz.scheduling import State, as_dict

    draw = random.Random(seed)
    now = datetime.now(UTC).replace(microsecond=0)
    facts = list(Fact.objects.for_outline(outline))
    planned = plan(draw, len(facts), reviews, days)
    number = -(-len(planned) // A_SESSION)
    sessions = StudySession.objects.bulk_create(
        (StudySession(
            learner=learner, kind="review", seed=str(place), outline=outline,
            outline_title=outline.title, outline_version=outline.version, state="done",
            started_at=now, done_at=now,
        ) for place in range(number)), batch_size=BATCH,
    )  # fmt: skip
    question = {"id": "bench", "kind": "single", "topic": "VPC", "feature": None, "stem": "?"}
    items = SessionItem.objects.bulk_create(
        (SessionItem(
            learner=learner, session=sessions[place // A_SESSION], position=place % A_SESSION + 1,
            question=question,
        ) for place in range(len(planned))), batch_size=BATCH,
    )  # fmt: skip
    cards: dict[int, Card] = {}
    answers, logs = [], []
    for item, (ago, fact, right, guessed) in zip(items, planned, strict=True):
        at = now - timedelta(days=ago)
        answers.append(Answer(
            learner=learner, item=item, kind=draw.choice(KINDS), given=1, right=right,
            guessed=guessed, ms=draw.randrange(4000, 30000), at=at, day=at.date(),
        ))  # fmt: skip
        card = cards.get(fact) or Card(
            learner=learner, fact=facts[fact], text=facts[fact].text, line=facts[fact].line,
            stability=1.0, difficulty=5.0, step=None, due=at, state=int(State.REVIEW),
        )  # fmt: skip
        cards[fact] = card
        logs.append((card, at, 3 if right and not guessed else 1, as_dict(card.memory)))
        card.stability = min(400.0, (card.stability or 1) * 2.1) if right else 1.5
        card.last_review, card.due = at, at + timedelta(days=card.stability or 1)
    for card in cards.values():
        # What would be overdue for long was put off to these days.
        card.due = max(card.due, now + timedelta(days=draw.randrange(-1, 9)))
    Card.objects.bulk_create(cards.values(), batch_size=BATCH)
    Answer.objects.bulk_create(answers, batch_size=BATCH)
    ReviewLog.objects.bulk_create(
        (ReviewLog(
            learner=learner, card=card, answer=answer, rating=rating, at=at, ms=answer.ms,
            before=before, after=before,
        ) for (card, at, rating, before), answer in zip(logs, answers, strict=True)),
        batch_size=BATCH,
    )  # fmt: skip


def plan(
    draw: random.Random, facts: int, reviews: int, days: int
) -> list[tuple[float, int, bool, bool]]:
    """(days ago, fact, right, guessed) of each answer, the oldest first."""
    planned: list[tuple[float, int, bool, bool]] = []
    order = list(range(facts))
    draw.shuffle(order)
    while len(planned) < reviews:
        for fact in order:
            ago = days * draw.random() ** 0.8
            gap = 1.0
            while ago > 0.05 and len(planned) < reviews:
                guessed = draw.random() < 0.15
                right = draw.random() < (0.45 if guessed else 0.82)
                planned.append((ago, fact, right, guessed))
                ago -= gap
                gap = gap * 2.1 if right else 1.0
            if len(planned) >= reviews:
                break
    return sorted(planned, key=lambda entry: -entry[0])


def call(path: str, token: str) -> tuple[float, float, int]:
    """Milliseconds of one request by the clock and of work, and its queries."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    if token:
        client.cookies["learner"] = token
    begun, worked = time.perf_counter(), time.thread_time()
    answer = client.get(path)
    spent, work = time.perf_counter() - begun, time.thread_time() - worked
    assert answer.status_code == 200, answer.status_code
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return 1000 * spent, 1000 * work, len(queries)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--reviews", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--postgres", action="store_true", help="use DATABASE_URL")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        Path(folder, "static").mkdir()
        if not options.postgres:
            os.environ.pop("DATABASE_URL", None)
        measure(options)


def measure(options: argparse.Namespace) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from knowledge.models import Outline
    from quiz.models import Card, Learner
    from quiz.stock import make_stock

    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    call_command("migrate", verbosity=0)
    pack = ROOT / "knowledge" / "packs" / "aws_security_specialty" / "outline.md"
    call_command("load_outline", str(pack), outline=SLUG, stdout=StringIO())
    outline = Outline.objects.get(slug=SLUG)
    make_stock(outline)
    learner, token = Learner.objects.born(datetime.now(UTC))
    learner.exam_date = (datetime.now(UTC) + timedelta(days=40)).date()
    learner.save()
    make_history(learner, outline, options.reviews)
    print(f"{options.reviews:,} reviews of {Card.objects.of(learner).count():,} facts")
    print(f"{'page':10} {'first':>8} {'median':>8} {'cpu':>8} {'queries':>8} {'visitor':>8} ratio")
    for name, path in PAGES.items():
        first = call(path, token)[0]
        call(path, "")
        rounds = [(call(path, token), call(path, "")) for _ in range(options.rounds)]
        spent, work = (median(own[part] for own, _ in rounds) for part in (0, 1))
        other = median(visit[1] for _, visit in rounds)
        queries = rounds[0][0][2]
        print(
            f"{name:10} {first:8.1f} {spent:8.1f} {work:8.1f} {queries:8} {other:8.1f} "
            f"{work / other:.1f}"
        )


if __name__ == "__main__":
    main()
