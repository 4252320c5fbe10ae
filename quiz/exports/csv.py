"""Questions as a table: one row each, safe to open in a spreadsheet. Pure."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from string import ascii_uppercase
from typing import Any

Question = Mapping[str, Any]

# Cells that begin with one of these are formulas to a spreadsheet (OWASP, CSV Injection).
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
LEAST_OPTIONS = 4
BEFORE = ("id", "kind", "topic", "feature", "domain", "stem")
AFTER = ("correct", "answers", "pairs", "sequence", "explanation", "lines", "difficulty")


def as_csv(questions: Sequence[Question]) -> str:
    """A table with a heading row, as RFC 4180 has it.

    `correct` holds the letters of the right options; several values of a cell stand on lines of
    their own, the sides of a pair with an arrow between them.
    """
    most = max([LEAST_OPTIONS, *(len(question["options"]) for question in questions)])
    letters = ascii_uppercase[:most]
    heading = [*BEFORE, *(f"option_{letter}" for letter in letters.lower())]
    heading += [*AFTER, *(f"why_{letter}" for letter in letters.lower())]
    written = StringIO(newline="")
    table = csv.writer(written)
    table.writerow(heading)
    table.writerows([safe(cell) for cell in _row(question, letters)] for question in questions)
    return written.getvalue()


def safe(cell: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe before what would be a formula.

    >>> safe("=1+1"), safe("10"), safe("")
    ("'=1+1", '10', '')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell


def _row(question: Question, letters: str) -> list[str]:
    options = question["options"]
    empty = [""] * (len(letters) - len(options))
    right = [letter for letter, option in zip(letters, options, strict=False) if option["correct"]]
    lines = [str(e["line"]) for e in question["evidence"] if e["line"] is not None]
    return [
        *(question[name] or "" for name in BEFORE),
        *(option["text"] for option in options),
        *empty,
        " ".join(right),
        "\n".join(question["answers"] or ()),
        "\n".join(f"{left} → {right}" for left, right in question["pairs"] or ()),
        "\n".join(question["sequence"] or ()),
        question["explanation"],
        " ".join(dict.fromkeys(lines)),
        str(question["difficulty"]),
        *(option["why"] for option in options),
        *empty,
    ]
