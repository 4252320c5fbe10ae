"""`manage.py export_graph`: the whole graph of an outline for other tools."""

from __future__ import annotations

import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from knowledge.export import FORMATS, export
from knowledge.management.reporting import ReportCommand, find_outline
from knowledge.models import Outline
from knowledge.snapshot import snapshot


class Command(ReportCommand):
    help = "Writes the graph of an outline as node-link JSON, GraphML, Turtle or CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--format", choices=sorted(FORMATS), default="node-link", help="node-link by default"
        )
        parser.add_argument("-o", "--output", metavar="FILE", help="standard output by default")
        parser.add_argument("--outline", metavar="SLUG", help="another outline than the default")

    def handle(self, *args: Any, **options: Any) -> None:
        outline = find_outline(options["outline"])
        # The outline's rows of one moment, even if it is loaded anew meanwhile.
        with snapshot():
            outline = find_outline(outline.slug)
            if options["output"] in (None, "-"):
                for piece in export(outline, options["format"]):
                    self.stdout.write(piece, ending="")
            else:
                self._write(outline, options["format"], Path(options["output"]))

    def _write(self, outline: Outline, wanted: str, file: Path) -> None:
        """All of the file or none of it: what was there stays until the new one is whole."""
        try:
            handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
            try:
                with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
                    out.writelines(export(outline, wanted))
                os.chmod(name, 0o666 & ~_umask())
                os.replace(name, file)
            except BaseException:
                os.unlink(name)
                raise
        except OSError as problem:
            self.refuse(f"{file} can't be written: {problem.strerror}.")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
