"""Charts as SVG, made here: no script, no style within, colours by class. Pure.

A chart holds shapes alone and stretches to its place; words stand beside it as HTML, where they
keep their size, and every number stands in a table behind it. Each is an image with a sentence
that says what it shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

# A bar is drawn on a grid of this width.
WIDE = 200
CELL, GAP = 12, 2
# So many answers make a day of the next darker shade.
SHADES = (1, 10, 25, 50)


@dataclass(frozen=True)
class Column:
    """`value` against the chart's top; None is a gap. `words` is what pointing at it tells."""

    value: float | None
    words: str
    kind: str = ""


def bar(share: float, says: str, mark: float | None = None, kind: str = "") -> str:
    """A share (0 to 1) as a bar on its track, with a tick where `mark` is.

    >>> '<rect class="fill" width="100"' in bar(0.5, "half")
    True
    """
    shapes = [f'<rect class="track" width="{WIDE}" height="8"/>']
    if share > 0:
        width = max(1, round(WIDE * min(share, 1.0)))
        shapes.append(f'<rect class="fill" width="{width}" height="8"/>')
    if mark is not None:
        place = round(WIDE * min(max(mark, 0.0), 1.0))
        shapes.append(f'<rect class="tick" x="{min(place, WIDE - 2)}" width="2" height="8"/>')
    return _image(f"strip {kind}".strip(), WIDE, 8, shapes, says)


def columns(held: Sequence[Column], says: str, top: float | None = None, tall: int = 60) -> str:
    """Columns from left to right; `top` is the value of full height (the highest without one)."""
    top = top or max((column.value or 0 for column in held), default=0) or 1
    shapes = []
    for place, column in enumerate(held):
        x = place * (CELL + GAP)
        words = f"<title>{escape(column.words)}</title>"
        shapes.append(f'<rect class="track" x="{x}" width="{CELL}" height="{tall}">{words}</rect>')
        if column.value:
            high = max(1.0, round(tall * min(column.value / top, 1.0), 1))
            kind = f"fill {column.kind}".strip()
            shapes.append(
                f'<rect class="{kind}" x="{x}" y="{round(tall - high, 1):g}" '
                f'width="{CELL}" height="{high:g}">{words}</rect>'
            )
    return _image("columns", max(1, len(held) * (CELL + GAP) - GAP), tall, shapes, says)


def calendar(counts: Mapping[date, int], today: date, weeks: int, says: str) -> str:
    """A square a day, a column a week from Monday on; the last column holds today."""
    first = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    shapes = []
    for step in range((today - first).days + 1):
        day = first + timedelta(days=step)
        x, y = (step // 7) * (CELL + GAP), (step % 7) * (CELL + GAP)
        number = counts.get(day, 0)
        words = f"{day:%A}, {day.day} {day:%B %Y}: {number} answer{'' if number == 1 else 's'}"
        shapes.append(
            f'<rect class="s{shade(number)}" x="{x}" y="{y}" width="{CELL}" height="{CELL}" '
            f'rx="2"><title>{words}</title></rect>'
        )
    side = 7 * (CELL + GAP) - GAP
    return _image("calendar", weeks * (CELL + GAP) - GAP, side, shapes, says, stretch=False)


def shade(number: int) -> int:
    """How dark a day is, 0 to 4."""
    return sum(number >= least for least in SHADES)


def ring(share: float, says: str) -> str:
    """A share as a ring that closes: small enough to stand beside a word."""
    length = 31.4
    shapes = ['<circle class="track" cx="7" cy="7" r="5"/>']
    if share > 0:
        part = max(0.6, length * min(share, 1.0))
        shapes.append(
            f'<circle class="fill" cx="7" cy="7" r="5" transform="rotate(-90 7 7)" '
            f'stroke-dasharray="{part:.1f} {length}"/>'
        )
    svg = _image("ring", 14, 14, shapes, says, stretch=False)
    return svg.replace("<svg ", '<svg width="14" height="14" ', 1)


def _image(
    kind: str, width: int, height: int, shapes: Sequence[str], says: str, stretch: bool = True
) -> str:
    ratio = ' preserveAspectRatio="none"' if stretch else ""
    return (
        f'<svg class="drawn drawn-{kind}" viewBox="0 0 {width} {height}"{ratio} role="img" '
        f'aria-label="{escape(says)}">{"".join(shapes)}</svg>'
    )
