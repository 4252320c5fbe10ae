"""How reading grows on input made to hurt: each shape at a size and at four times that size.

    .venv/bin/python bench/hostile.py [NAME …] [--size 20000]

Linear work shows as a ratio about 4, square work as 16. `--size` counts repetitions of the shape.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from knowledge.outline.reading import read_outline
from knowledge.outline.tree import OutlineError

GROWS = 4
LEAST = 0.02  # seconds; below this a ratio says nothing
HEAD = "## A\n- a\n## B\n"


def repeated(text: str, end: str = "") -> Callable[[int], str]:
    """The shape `text` so many times."""
    return lambda size: text * size + end


def numbered(text: str) -> Callable[[int], str]:
    """The shape with a number of its own each time."""
    return lambda size: "".join(text.replace("N", str(at)) for at in range(size))


SHAPES: dict[str, Callable[[int], str]] = {
    "quote marks": repeated(">"),
    "quotes nested": repeated("> "),
    "quotes in items": repeated("> - ", "x"),
    "quotes after comments": repeated("> <!-- -->", "x"),
    "brackets": repeated("[" * 50),
    "empty links": repeated("[](#", "x"),
    "backticks": repeated("`" * 50),
    "bars": repeated("a|" * 25),
    "table cells of code": repeated("| `a | b` |\n"),
    "markers in a row": repeated("- ", "x"),
    "list as deep as wide": lambda size: "".join(
        " " * min(at, 400) + "- x\n" for at in range(size)
    ),
    "one long line": repeated("word, "),
    "one long word": repeated("x" * 30 + "é"),
    "spaces": repeated(" " * 50, "x"),
    "unclosed fences": repeated("```sh\n"),
    "fences of many lengths": lambda size: "".join(
        "`" * (3 + at % 50) + "\nx\n" for at in range(size)
    ),
    "unclosed comments": repeated("a <!-- x\n"),
    "comments on one line": repeated("a <!-- b -->"),
    "unclosed formulas": repeated("$$\nx\n\n"),
    "unclosed environments": repeated("\\begin{a}\n"),
    "unclosed exports": repeated("export const a = {\n"),
    "unclosed logbooks": repeated(":LOGBOOK:\n"),
    "front matter": repeated("---\na: b\n"),
    "stars": repeated("**a"),
    "tags": repeated("<a "),
    "table rows of HTML": repeated("<tr>\n<td>a\n"),
    "equal headings": repeated("## x\n- y\n"),
    "torn headings": repeated("- a\n# x y\n# z\n"),
    "torn code": repeated('- "a": {\n'),
    "tables of contents": repeated("## Contents\n- [a](#a)\n"),
    "letters": repeated("a. x\nb. y\n"),
    "dotted numbers": numbered("1.N x\n"),
    "underlines": repeated("a\n===\n"),
    "wrapped lines": repeated("word \\\n"),
    "definitions": repeated("a\n: b\n"),
    "tags at the end": repeated("#a ", "x"),
    "lines of tags": numbered("#aN\n\n"),
    "names of one heading": numbered("alias:: aN\n"),
    "images in text": repeated("x ![a](data:"),
    "stored images": repeated("![a](data:image/png;base64," + "A" * 200 + ")\n"),
    "shortcodes": repeated("{{ x "),
    "attributes": repeated("{#a ", "}"),
    "badges": repeated("[![a](shields.io/b)](c) "),
    "indents alone": repeated("Topic\n\tsub\n"),
    "signs": repeated("🔹 x\n"),
    "joiners": repeated("\u200d" * 20, "x"),
    "accents": repeated("\u0301" * 20, "x"),
}


def seconds(text: str) -> float:
    """How long one reading takes; a refusal counts as one."""
    start = time.process_time()
    with contextlib.suppress(OutlineError):
        read_outline(HEAD + text)
    return time.process_time() - start


def main() -> None:
    """Print a line a shape, the worst growth last."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("names", nargs="*", help="only shapes whose name holds one of these words")
    parser.add_argument("--size", type=int, default=20_000)
    options = parser.parse_args()
    found = []
    for name, shape in SHAPES.items():
        if options.names and not any(word in name for word in options.names):
            continue
        small, large = (seconds(shape(size)) for size in (options.size, GROWS * options.size))
        found.append((large / max(small, LEAST), name, small, large))
    print("growth   small    large   shape (seconds at the size and at four times it)")
    for growth, name, small, large in sorted(found):
        print(f"{growth:6.1f} {small:7.2f} {large:8.2f}   {name}")


if __name__ == "__main__":
    main()
