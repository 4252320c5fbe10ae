"""Load a Markdown outline, or say what loading it would do."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from tqdm import tqdm

from knowledge.loading import Loaded, LoadError, load_outline
from knowledge.management.reporting import ReportCommand
from knowledge.outline.tree import OutlineError
from knowledge.packs import NO_PACK, Pack, PackError, find_packs, read_pack

STAGES = {"parse": "reading", "link": "linking", "write": "writing", "index": "indexing"}
SHOWN_PROBLEMS = 20


class Command(ReportCommand):
    help = (
        "Load a Markdown outline, in place of the one with the same slug or title if there is one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", metavar="FILE", help="the outline; - reads standard input")
        parser.add_argument("--outline", metavar="SLUG", help="the slug to load it under")
        parser.add_argument("--title", help="the outline's title, instead of its own")
        parser.add_argument(
            "--pack",
            default="auto",
            metavar="auto|none|DIR",
            help="the names and exam that go with it (auto: the bundled pack that fits, or none)",
        )
        parser.add_argument(
            "--check", action="store_true", help="say what would be loaded and write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        data = self._read(options["file"])
        name = "" if options["file"] == "-" else Path(options["file"]).name
        bar = tqdm(total=len(STAGES), leave=False, disable=None, file=sys.stderr)

        def progress(stage: str) -> None:
            bar.set_description(STAGES[stage])
            bar.update()

        try:
            loaded = load_outline(
                data,
                file_name=name,
                slug=options["outline"],
                title=options["title"],
                pack=self._pack(options["pack"]),
                check=options["check"],
                progress=progress,
            )
        except (OutlineError, LoadError, PackError) as problem:
            self.refuse(str(problem))
        finally:
            bar.close()
        if options["format"] == "json":
            self.say(loaded.as_dict())
        else:
            self._tell(loaded)

    def _read(self, file: str) -> bytes:
        limit = settings.OUTLINE_MAX_BYTES
        try:
            if file == "-":
                return sys.stdin.buffer.read(limit + 1)
            with open(file, "rb") as handle:
                return handle.read(limit + 1)
        except OSError as problem:
            self.refuse(f"{file} can't be read: {problem.strerror}.")

    def _pack(self, wanted: str) -> Pack | None:
        if wanted == "auto":
            return None
        if wanted == "none":
            return NO_PACK
        bundled = {pack.name: pack for pack in find_packs(settings.PACKS_DIR)}
        try:
            return bundled.get(wanted) or read_pack(Path(wanted))
        except PackError as problem:
            self.refuse(str(problem))

    def _tell(self, loaded: Loaded) -> None:
        counts, say = loaded.counts, self.stdout.write
        verb = "Would load" if loaded.outline is None else "Loaded"
        if loaded.unchanged:
            verb = "Unchanged:"
        say(f"{verb} {loaded.title} ({loaded.slug})")
        say(
            f"  {counts['services']} services, {counts['features']} features, "
            f"{counts['facts']} facts from {counts['lines']} lines"
        )
        pack = f"pack {loaded.pack}" if loaded.pack else "no pack"
        say(f"  {pack}; " + ", ".join(f"{n} {what}" for what, n in loaded.changes.items() if n))
        by_level = Counter(problem["level"] for problem in loaded.problems)
        if by_level:
            say("  problems: " + ", ".join(f"{n} {level}" for level, n in by_level.items()))
        for problem in loaded.problems[:SHOWN_PROBLEMS]:
            say(f"  line {problem['line']}: {problem['message']}")
        if len(loaded.problems) > SHOWN_PROBLEMS:
            say(f"  … and {len(loaded.problems) - SHOWN_PROBLEMS} more (--format json lists all)")
        say(f"  {loaded.seconds['total']:.2f} s")
