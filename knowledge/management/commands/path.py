"""`manage.py path FROM TO`: the shortest explained way between two services or features."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from knowledge.management.reporting import ReportCommand, find_outline
from knowledge.models import Outline
from knowledge.names import Names, UnknownName
from knowledge.snapshot import snapshot
from knowledge.ways import as_steps, read_ways


class Command(ReportCommand):
    help = "Shows how one service or feature reaches another, step by step with the lines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("start", nargs="?", metavar="FROM", help="a service or feature")
        parser.add_argument("end", nargs="?", metavar="TO", help="another one")
        parser.add_argument("--outline", metavar="SLUG", help="another outline than the default")
        parser.add_argument(
            "--batch",
            action="store_true",
            help="read FROM, a tab, and TO a line from standard input, print JSON a line",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        given = options["start"] is not None and options["end"] is not None
        if options["batch"] == given or (options["batch"] and options["start"] is not None):
            raise CommandError(
                "Give FROM and TO, or --batch and pairs on standard input.", returncode=2
            )
        with snapshot():
            self._answer(find_outline(options["outline"]), options)

    def _answer(self, outline: Outline, options: dict[str, Any]) -> None:
        names = Names(outline)
        ways = read_ways(outline, names)
        if options["batch"]:
            for line in sys.stdin:
                start, _, end = line.rstrip("\r\n").partition("\t")
                steps: list[dict[str, Any]] = []
                try:
                    way = ways.shortest(names.find(start).key, names.find(end).key)
                    steps = as_steps(way, names)
                except UnknownName:
                    pass
                self.stdout.write(json.dumps({"steps": steps}, ensure_ascii=False))
            return
        try:
            places = names.find(options["start"]), names.find(options["end"])
        except UnknownName as unknown:
            self.refuse(str(unknown))
        steps = as_steps(ways.shortest(places[0].key, places[1].key), names)
        if options["format"] == "json":
            self.say({"steps": steps})
            return
        if not steps:
            self.stdout.write(
                f"No way of few steps leads from {places[0].name} to {places[1].name}."
                if places[0] != places[1]
                else f"{places[0].name} is where you are already."
            )
        for number, step in enumerate(steps, 1):
            where = f" (line {step['line']})" if step["line"] else ""
            self.stdout.write(f"{number}. {step['text']}{where}")
