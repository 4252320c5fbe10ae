"""`manage.py related NAME`: what to look at next, and why."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from knowledge.management.reporting import ReportCommand, find_outline
from knowledge.models import Outline, RelatedTopic
from knowledge.names import Names, Place, UnknownName
from knowledge.snapshot import snapshot


class Command(ReportCommand):
    help = "Lists the topics related to a service or feature, best first, with the reasons."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("name", nargs="?", metavar="NAME", help="a service or feature")
        parser.add_argument("--limit", type=int, metavar="N", help="how many at most (all)")
        parser.add_argument("--outline", metavar="SLUG", help="another outline than the default")
        parser.add_argument(
            "--batch",
            action="store_true",
            help="read one NAME a line from standard input, print one line of JSON for each",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        limit = options["limit"]
        if limit is not None and limit < 1:
            raise CommandError("--limit must be 1 or more.", returncode=2)
        if options["batch"] == (options["name"] is not None):
            raise CommandError("Give a NAME, or --batch and names on standard input.", returncode=2)
        with snapshot():
            self._answer(find_outline(options["outline"]), limit, options)

    def _answer(self, outline: Outline, limit: int | None, options: dict[str, Any]) -> None:
        names = Names(outline)
        if options["batch"]:
            for line in sys.stdin:
                try:
                    found = related(names, names.find(line), limit)
                except UnknownName:
                    found = []
                self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        try:
            place = names.find(options["name"])
        except UnknownName as unknown:
            self.refuse(str(unknown))
        found = related(names, place, limit)
        if options["format"] == "json":
            self.say(found)
        else:
            self._tell(outline, place, found)

    def _tell(self, outline: Outline, place: Place, found: list[dict[str, Any]]) -> None:
        if not found:
            self.stdout.write(f"{outline.title} relates nothing to {place.name}.")
        for number, topic in enumerate(found, 1):
            self.stdout.write(f"{number:2}. {topic['name']}")
            for reason in topic["because"]:
                where = f" (line {reason['line']})" if reason["line"] else ""
                self.stdout.write(f"      {reason['text']}{where}")


def related(names: Names, place: Place, limit: int | None = None) -> list[dict[str, Any]]:
    """The related topics of a place as docs/interfaces.md has them."""
    rows = RelatedTopic.objects.of_place(place.kind, place.pk)[:limit]
    found = []
    for row in rows:
        other = names.by_key[row.key]
        found.append(
            {
                "id": other.key,
                "kind": other.kind,
                "name": other.name,
                "slug": other.slug,
                "line": other.line,
                "score": row.score,
                "because": row.because,
            }
        )
    return found
