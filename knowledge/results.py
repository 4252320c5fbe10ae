"""Hits of a search in the groups in which a page shows them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from knowledge.search import Hit, Results

HEADINGS = {"service": "Topics", "feature": "Features", "fact": "Facts"}


@dataclass(frozen=True)
class Shown:
    """A hit as a page shows it: where it leads, its words marked, the way to it, its line."""

    key: str
    url: str
    words: SafeString
    path: str
    line: int
    best: bool


@dataclass(frozen=True)
class Found:
    """The groups that have hits, services first, and how many there are in all."""

    groups: list[tuple[str, list[Shown]]]
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


def group_results(results: Results, outline_slug: str, large: Collection[str]) -> Found:
    """`large` are the slugs of services whose page doesn't show every fact."""
    groups: dict[str, list[Shown]] = {kind: [] for kind in HEADINGS}
    for place, hit in enumerate(results.hits):
        url = hit.url
        if hit.kind == "fact" and hit.service_slug in large:
            url = reverse("knowledge:fact", args=[outline_slug, int(hit.key[1:])])
        shown = Shown(hit.key, url, marked(hit), _path(hit), hit.line, best=place == 0)
        groups[hit.kind].append(shown)
    named = [(HEADINGS[kind], hits) for kind, hits in groups.items() if hits]
    return Found(named, len(results.hits), results.total)


def marked(hit: Hit) -> SafeString:
    """The hit's words with those that were looked for in <mark>."""
    parts = []
    at = 0
    for start, end in hit.marks:
        parts.append(conditional_escape(hit.snippet[at:start]))
        parts.append(format_html("<mark>{}</mark>", hit.snippet[start:end]))
        at = end
    parts.append(conditional_escape(hit.snippet[at:]))
    return mark_safe("".join(parts))  # noqa: S308


def _path(hit: Hit) -> str:
    if hit.kind == "service":
        return ""
    if hit.kind == "fact" and hit.feature:
        return f"{hit.service} › {hit.feature}"
    return hit.service
