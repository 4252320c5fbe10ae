"""`manage.py generate_quiz`: questions about an outline, for people, programs, Moodle and Anki."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from knowledge.management.reporting import ReportCommand, find_outline, nearest
from knowledge.models import Outline
from quiz.bank import SEED, Held, get_bank, hold
from quiz.exports.anki import as_apkg
from quiz.exports.csv import as_csv
from quiz.exports.gift import as_gift
from quiz.exports.sheet import as_text
from quiz.items.item import KINDS, Item, ItemKind
from quiz.items.quiz import make_quiz
from quiz.topics import Topic, find_topic, known_names, nearest_topic

COUNT = 10
FORMATS = ("text", "json", "gift", "csv", "apkg")


class Command(ReportCommand):
    help = "Makes questions from an outline: a quiz, or with --bank every one that can be made."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--topic", action="append", default=[], metavar="NAME",
            help="a service or feature to ask about, by any of its names; may be given again",
        )  # fmt: skip
        parser.add_argument(
            "--count", metavar="N", help=f"how many questions ({COUNT}; --bank gives all)"
        )
        parser.add_argument(
            "--seed", type=int, default=SEED, metavar="N", help="another number, another quiz"
        )
        parser.add_argument(
            "--kind", action="append", default=[], metavar="KIND",
            help=f"one of {', '.join(KINDS)}; may be given again",
        )  # fmt: skip
        parser.add_argument(
            "--bank", action="store_true", help="every question, whether or not one tells another"
        )
        parser.add_argument("--outline", metavar="SLUG", help="another outline than the default")
        parser.add_argument("--format", choices=FORMATS, default="text", help="what to write")
        parser.add_argument("-o", "--output", metavar="FILE", help="write to a file")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] == "apkg" and not options["output"]:
            raise CommandError("--format apkg needs a file to write: -o FILE", returncode=2)
        count, kinds = self._count(options["count"]), self._kinds(options["kind"])
        outline = find_outline(options["outline"])
        held = hold(outline)
        topics = [self._topic(outline, held, name) for name in options["topic"]]
        services = {service for topic in topics for service in topic.services}
        bank = get_bank(
            outline,
            seed=options["seed"] if options["bank"] else SEED,
            services=services if topics else None,
        )
        items = [
            item for item in bank.items
            if (not kinds or item.kind in kinds)
            and (not topics or any(topic.holds(held, item) for topic in topics))
        ]  # fmt: skip
        note = ""
        if not options["bank"]:
            items = make_quiz(items, count=count, seed=options["seed"], kinds=kinds or None)
            if len(items) < count:
                note = self._short(outline, held, topics, kinds, len(items), count)
        self._give(outline, items, note, options["format"], options["output"])

    def _count(self, asked: str | None) -> int:
        if asked is None:
            return COUNT
        if not asked.isascii() or not asked.isdigit() or int(asked) < 1:
            self.refuse(f"--count is how many questions to make, 1 or more, not {asked!r}.")
        return int(asked)

    def _kinds(self, asked: Sequence[str]) -> list[ItemKind]:
        chosen: list[ItemKind] = []
        for name in asked:
            kind = name.strip().lower().replace("-", "_").replace(" ", "_")
            known = next((known for known in KINDS if known == kind), None)
            if known is None:
                self.refuse(
                    f"No kind of question is called {name!r}; there are: {', '.join(KINDS)}."
                )
            chosen.append(known)
        return chosen

    def _topic(self, outline: Outline, held: Held, name: str) -> Topic:
        topic = find_topic(outline, held, name)
        if topic is None:
            near = nearest(name, known_names(outline))
            hint = f"; the nearest names are: {', '.join(near)}" if near else ""
            self.refuse(f"{outline.title} has no topic {name!r}{hint}.")
        return topic

    def _short(
        self, outline: Outline, held: Held, topics: Sequence[Topic], kinds: Sequence[ItemKind],
        made: int, count: int,
    ) -> str:  # fmt: skip
        """What to tell where there is less to ask than was asked for."""
        about = ", ".join(topic.name for topic in topics) or outline.title
        there = {0: "no question", 1: "1 question"}.get(made, f"{made} questions")
        of_kind = f" of the kind {' or '.join(kinds)}" if kinds else ""
        said = f"{about} has enough for {there}{of_kind}, fewer than the {count} asked for."
        near = nearest_topic(outline, held, topics, kinds, min(count, COUNT)) if topics else None
        return (
            f"{said} The nearest topic to ask about is {near[0]}, with {near[1]}." if near else said
        )

    def _give(
        self, outline: Outline, items: Sequence[Item], note: str, form: str, output: str | None
    ) -> None:
        questions = [item.as_dict() for item in items]
        if note:
            self.stderr.write(note)
        written: str | bytes
        match form:
            case "gift":
                written = as_gift(questions, category=outline.title)
            case "csv":
                written = as_csv(questions)
            case "apkg":
                changed = int(outline.loaded_at.timestamp())
                written = as_apkg(questions, title=outline.title, changed=changed)
            case "json":
                answer = {"questions": questions} | ({"note": note} if note else {})
                written = json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
            case _:
                written = as_text(questions)
        if output is None:
            assert isinstance(written, str)
            self.stdout.write(written, ending="")
            return
        try:
            Path(output).write_bytes(written.encode() if isinstance(written, str) else written)
        except OSError as problem:
            self.refuse(f"{output} can't be written: {problem.strerror}.")
        number = f"{len(questions)} question{'s' if len(questions) != 1 else ''}"
        self.stdout.write(f"Wrote {number} to {output}")
