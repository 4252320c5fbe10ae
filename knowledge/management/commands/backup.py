"""Write the whole database into one file, while the site is being used."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from knowledge.backups import BackupError, backup
from knowledge.management.reporting import ReportCommand


class Command(ReportCommand):
    help = "Write the whole database into FILE as it is at one moment, while the site is used."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, metavar="FILE", help="the file to write")
        parser.add_argument("--replace", action="store_true", help="replace a FILE that is there")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            size = backup(file, replace=options["replace"])
        except BackupError as problem:
            self.refuse(str(problem))
        if options["format"] == "json":
            self.say({"file": str(file), "bytes": size})
        else:
            self.stdout.write(f"Saved {size:,} bytes in {file}.")
