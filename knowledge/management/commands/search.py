"""`manage.py search QUERY`: what the search of the pages finds, for terminals and programs."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from knowledge.models import Outline
from knowledge.search import Hit, Results, search
from knowledge.search.spelling import nearest


class Command(BaseCommand):
    help = "Finds services, features and facts of an outline, best first."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", nargs="?", help="what to look for")
        parser.add_argument("--limit", type=int, default=20, help="how many hits (20)")
        parser.add_argument("--outline", metavar="SLUG", help="another outline than the default")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument(
            "--batch",
            action="store_true",
            help="read one query a line from standard input, print one line of JSON for each",
        )

    def handle(self, *args: object, **options: Any) -> None:
        if options["limit"] < 1:
            raise CommandError("--limit must be 1 or more.", returncode=2)
        if options["batch"] == (options["query"] is not None):
            raise CommandError(
                "Give a QUERY, or --batch and queries on standard input", returncode=2
            )
        outline = _outline(options["outline"])
        limit = options["limit"]
        if options["batch"]:
            for line in sys.stdin:
                hits = search(outline, line.rstrip("\r\n"), limit=limit).hits
                self.stdout.write(_json([as_json(hit) for hit in hits]))
        elif options["format"] == "json":
            hits = search(outline, options["query"], limit=limit).hits
            self.stdout.write(_json([as_json(hit) for hit in hits]))
        else:
            self._tell(search(outline, options["query"], limit=limit))

    def _tell(self, results: Results) -> None:
        if results.corrected:
            self.stdout.write(f"Showing results for {results.corrected}")
        if not results.hits:
            self.stdout.write("Nothing found.")
        for hit in results.hits:
            where = " › ".join(
                name for name in (hit.service, hit.feature) if name and name != hit.name
            )
            self.stdout.write(f"{hit.line:>6}  {hit.snippet}" + (f"  ({where})" if where else ""))


def as_json(hit: Hit) -> dict[str, object]:
    """A hit as docs/interfaces.md has it."""
    return {
        "id": hit.key,
        "kind": hit.kind,
        "name": hit.name,
        "service": hit.service,
        "line": hit.line,
        "snippet": hit.snippet,
        "match": hit.match,
        "url": hit.url,
        "score": hit.score,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _outline(slug: str | None) -> Outline:
    outline = Outline.objects.named(slug)
    if outline is not None:
        return outline
    if not slug:
        raise CommandError("No outline is loaded yet: load one with load_outline FILE.")
    known = list(Outline.objects.values_list("slug", flat=True))
    near = nearest(slug, known)
    hint = f" Did you mean {near}?" if near else ""
    raise CommandError(f"There is no outline {slug}.{hint}")
