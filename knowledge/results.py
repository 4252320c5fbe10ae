"""Hits of a search in the groups in which a page shows them.

The HTML of a hit is made here, not in a template: a keystroke shows dozens, and what a template
takes for each is several times what finding it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from knowledge.search import Hit, Results

HEADINGS = {"service": "Topics", "feature": "Features", "fact": "Facts"}


@dataclass(frozen=True)
class Found:
    """The groups that have hits, services first, as HTML; and how many there are in all."""

    groups: list[tuple[str, SafeString]]
    count: int
    total: int | None

    @property
    def summary(self) -> str:
        """The count in words, as a page shows and a screen reader says it."""
        if not self.count:
            return "Nothing found"
        if self.total is None:
            return f"The best {self.count} results"
        if self.total > self.count:
            return f"The best {self.count} of {self.total:,} results"
        return "1 result" if self.count == 1 else f"{self.count} results"


# A hit, its address and whether it is the best one → how it is shown.
Shape = Callable[[Hit, str, bool], str]


def group_results(
    results: Results, outline_slug: str, large: Collection[str], shape: Shape
) -> Found:
    """`large` are the slugs of services whose page doesn't show every fact."""
    groups: dict[str, list[str]] = {kind: [] for kind in HEADINGS}
    for place, hit in enumerate(results.hits):
        url = hit.url
        if hit.kind == "fact" and hit.service_slug in large:
            url = reverse("knowledge:fact", args=[outline_slug, int(hit.key[1:])])
        groups[hit.kind].append(shape(hit, escape(url), place == 0))
    named = [
        (HEADINGS[kind], mark_safe("\n".join(hits)))  # noqa: S308
        for kind, hits in groups.items()
        if hits
    ]
    return Found(named, len(results.hits), results.total)


def item(hit: Hit, url: str, best: bool) -> str:
    """The hit as an item of a page's list: its words marked, the way to it, its line."""
    path, line = _path(hit), ""
    if path:
        path = f'\n<span class="path">{escape(path)}</span>'
    if hit.line:
        line = f'\n<span class="path" lang="en">line {hit.line:,}</span>'
    return f'<li>\n<a href="{url}" data-step>{marked(hit)}</a>{path}{line}\n</li>'


def option_in(language: str) -> Shape:
    """How a hit is one of the palette's options, in the outline's language."""
    own = f'lang="{escape(language)}" dir="auto"'

    def option(hit: Hit, url: str, best: bool) -> str:
        path = _path(hit)
        if path:
            path = f'\n<span class="path" {own}>{escape(path)}</span>'
        return (
            f'<a role="option" id="option-{hit.key}" href="{url}" tabindex="-1"'
            f' aria-selected="{"true" if best else "false"}">\n'
            f'<span class="words" {own}>{marked(hit)}</span>{path}\n</a>'
        )

    return option


def marked(hit: Hit) -> str:
    """The hit's words as HTML, those that were looked for in <mark>."""
    parts: list[str] = []
    at = 0
    for start, end in hit.marks:
        parts += escape(hit.snippet[at:start]), "<mark>", escape(hit.snippet[start:end]), "</mark>"
        at = end
    return "".join(parts) + escape(hit.snippet[at:])


def _path(hit: Hit) -> str:
    if hit.kind == "service":
        return ""
    if hit.kind == "fact" and hit.feature:
        return f"{hit.service} › {hit.feature}"
    return hit.service
