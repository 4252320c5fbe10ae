"""A drawing of a map → SVG: links, classes and presentation attributes, no style. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote

from knowledge.map_dots import Dot
from knowledge.maps import Drawing, Line, Mark, Topic
from knowledge.signs import SHAPES
from knowledge.slots import slot

_TIP = (
    '<defs><marker id="tip" viewBox="0 0 6 6" refX="5.4" refY="3" markerWidth="7" markerHeight="7"'
    ' markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 .4 6 3 0 5.6z"/>'
    "</marker></defs>"
)
_ENDS = {
    "to": ' marker-end="url(#tip)"',
    "from": ' marker-start="url(#tip)"',
    "both": ' marker-start="url(#tip)" marker-end="url(#tip)"',
}


def render_map(
    drawing: Drawing,
    marks: Sequence[tuple[Mark, str]],
    dots: Iterable[tuple[Topic, Sequence[Dot]]] = (),
    *,
    name: str,
    services: str = "",
    classes: str = "",
    language: str = "en",
) -> str:
    """The whole svg; `marks` come with where each leads, nowhere for those that are off.

    `services` is the address that those of features begin with; `name` is what a screen reader
    calls the map. Each mark's class has a slot (`knowledge.slots`), `service-ID`.
    """
    lines = "".join(map(_line, drawing.lines))
    spots = "".join(_spot(mark, address) for mark, address in marks)
    features = "".join(_dots(topic, found, services) for topic, found in dots)
    return (
        f'<svg class="chart{classes}" viewBox="{drawing.box}" role="group"'
        f' aria-label="{escape(name)}" data-levels="{drawing.levels}"'
        f' data-letters="{drawing.letters}">{_TIP}<g class="ties">{lines}</g>'
        f'<g class="dots" lang="{escape(language)}">{features}</g>'
        f'<g class="spots" lang="{escape(language)}">{spots}</g></svg>'
    )


def _line(line: Line) -> str:
    faint = ' class="faint"' if line.faint else ""
    return (
        f'<path d="{line.d}" data-a="{line.a}" data-b="{line.b}"{faint}{_ENDS.get(line.ends, "")}>'
        f"<title>{escape(line.title, quote=False)}</title></path>"
    )


def _spot(mark: Mark, address: str) -> str:
    topic = mark.topic
    shape = f'd="{SHAPES[topic.mark]}" transform="{mark.shape}"/>'
    if mark.off:
        return f'<path class="off" {shape}'
    alone = "" if topic.headed else " unheaded"
    return (
        f'<a class="spot d{topic.mark}{alone}{slot("service", topic.id)}" href="{escape(address)}"'
        f' data-id="{topic.id}" aria-label="{escape(topic.name)}"><path {shape}'
        f"{_name(mark, mark.label)}</a>"
    )


def _dots(topic: Topic, dots: Sequence[Dot], services: str) -> str:
    links = "".join(
        f'<a href="{escape(services)}{quote(topic.slug)}/{quote(dot.slug)}/"'
        f' aria-label="{escape(dot.name)}">'
        f'<circle cx="{dot.cx}" cy="{dot.cy}" r="1.1"/>{_name(dot, dot.name)}</a>'
        for dot in dots
    )
    return f'<g class="d{topic.mark}">{links}</g>'


def _name(at: Mark | Dot, text: str) -> str:
    anchor = f' text-anchor="{at.anchor}"' if at.anchor else ""
    words = escape(text, quote=False)
    return f'<text class="l{at.level}" x="{at.x}" y="{at.y}"{anchor} dy="{at.shift}">{words}</text>'
