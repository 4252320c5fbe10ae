"""`manage.py stock_questions`: make the questions of outlines that have none yet.

Without a name, of those that everybody may read; of an outline of one's own they are made when it
is first asked about.
"""

from __future__ import annotations

import fcntl
import os
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings

from knowledge.management.attached import add_flag, end_with_starter
from knowledge.management.reporting import ReportCommand, find_outline
from knowledge.models import Outline
from quiz.stock import make_stock, mark_of
from quiz.stock_rows import QuestionStock

# In the background, whoever reads or answers goes first.
NICE = 10


class Command(ReportCommand):
    help = "Makes and keeps the questions of outlines, so that quizzes start at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--outline", metavar="SLUG", help="of this outline alone")
        add_flag(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["attached"]:
            end_with_starter()
            with suppress(OSError):
                os.nice(NICE)
        # One at a time on a host: web processes that ask for the same wait, and find it made.
        with Path(settings.DATA_DIR, "stock.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            slug = options["outline"]
            outlines = [find_outline(slug)] if slug else list(Outline.objects.readable(None, ()))
            for outline in outlines:
                if QuestionStock.objects.has(outline, mark_of(outline)):
                    continue
                made = len(make_stock(outline).entries)
                self.stdout.write(f"{outline.title}: {made:,} questions")
