"""Put a backup in the place of the database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from knowledge.backups import BackupError, restore
from knowledge.management.reporting import ReportCommand


class Command(ReportCommand):
    help = (
        "Put the FILE of a backup in the place of the database. What was there before is kept in "
        "a file of its own; a backup of an earlier version is brought up to date."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, metavar="FILE", help="a file of `backup`")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = restore(
                options["file"], safe=Path(settings.DATA_DIR) / "backups", now=timezone.now()
            )
        except BackupError as problem:
            self.refuse(str(problem))
        if options["format"] == "json":
            before = str(done.before) if done.before else None
            self.say({"outlines": done.outlines, "before": before})
            return
        ending = "" if done.outlines == 1 else "s"
        self.stdout.write(f"Restored {done.outlines} outline{ending} from {options['file']}.")
        if done.before:
            self.stdout.write(f"What was there before is in {done.before}.")
