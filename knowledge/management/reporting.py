"""What the commands have in common: the outline meant, exit codes, JSON or people's text."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError
from rapidfuzz import process

from knowledge.models import Outline


class Refused(CommandError):  # noqa: N818
    """A request that can't be served: its sentence goes to stderr, the exit code is 1."""


def nearest(name: str, names: list[str], limit: int = 3) -> list[str]:
    """The names most like a mistyped one, best first."""
    found = process.extract(name.casefold(), [n.casefold() for n in names], limit=limit)
    return [names[index] for _, score, index in found if score >= 50]


def find_outline(slug: str | None) -> Outline:
    """The outline of that slug, or the default one; Refused with the nearest names."""
    outline = Outline.objects.named(slug)
    if outline is not None:
        return outline
    slugs = list(Outline.objects.values_list("slug", flat=True))
    if not slugs:
        raise Refused("No outline is loaded yet; load one with: manage.py load_outline FILE")
    near = nearest(slug or "", slugs) or slugs[:3]
    raise Refused(f"No outline is called {slug!r}; there are: {', '.join(near)}.")


class ReportCommand(BaseCommand):
    """A command that prints people's text, or JSON with `--format json`."""

    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--format", choices=("text", "json"), default="text", help="how to print the answer"
        )

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            answer = super().execute(*args, **options)
            self.stdout.flush()
            return answer
        except BrokenPipeError:
            # `… | head` has read enough. What is still held back mustn't be tried again at exit.
            with open(os.devnull, "w") as nowhere:
                os.dup2(nowhere.fileno(), self.stdout.fileno())
            return None
        except (OperationalError, ProgrammingError) as problem:
            if "no such table" in str(problem) or "does not exist" in str(problem):
                self.refuse("The database isn't set up yet; run: manage.py migrate")
            self.refuse(f"The database can't serve this: {str(problem).splitlines()[0]}.")

    def say(self, answer: Any) -> None:
        """One JSON document on standard output."""
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))

    def refuse(self, sentence: str) -> NoReturn:
        raise Refused(sentence)
