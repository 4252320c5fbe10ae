"""What the commands have in common."""

from __future__ import annotations

import os
from typing import Any

from django.core.management import call_command

from knowledge.management.reporting import ReportCommand


class Talks(ReportCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        for number in range(options["lines"]):
            self.stdout.write(f"Line {number}")

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument("--lines", type=int)


def test_a_reader_that_has_enough_ends_a_command_quietly() -> None:
    for lines in (1, 50_000):
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "w") as out:
            assert call_command(Talks(), lines=lines, stdout=out) is None
