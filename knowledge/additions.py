"""What other apps add to these pages: a learner's state, ways to study.

Knowledge names the places; `settings.PAGE_ADDITIONS` lists the modules that fill them, each by two
functions (docs/decisions/0005-pages.md):

    state_of(request, outline) -> Hashable | None
        what the module's additions depend on, beside the page's address and the outline's version:
        a part of the page's ETag. None adds nothing for this reader, and costs nothing more.
    add_to(request, outline, page) -> Additions
        called only where `state_of` gave something
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import Literal, NamedTuple, Protocol, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from knowledge.models import Outline

# The places of each page, as its template names them: {{ added.today }}.
PLACES = {
    "home": ("today", "doors"),
    "service": ("act", "beside", "below"),
    "feature": ("act", "beside", "below"),
    "map": ("legend",),
}


class Page(NamedTuple):
    """Which page is shown; `service` and `feature` are slugs, empty where it has none."""

    kind: Literal["home", "service", "feature", "map"]
    service: str = ""
    feature: str = ""


@dataclass(frozen=True, slots=True)
class Additions:
    """HTML for the places of a page, all of it safe.

    `parts` by place (see `PLACES`). `marks` by what they stand beside: `domain-1` (the first of the
    outline's domains) and `service-ID` on home, `feature-ID` on a service's page, `fact-ID` where
    the fact stands.
    `values` by a service's ID, from 0 to 1: how full its mark on the map is; what that means is
    said in the map's `legend`.
    """

    parts: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[int, float] = field(default_factory=dict)


class Source(Protocol):
    def state_of(self, request: HttpRequest, outline: Outline) -> Hashable | None: ...
    def add_to(self, request: HttpRequest, outline: Outline, page: Page) -> Additions: ...


def states(request: HttpRequest, outline: Outline) -> tuple[Hashable | None, ...]:
    """What the additions of this request depend on, one for each module; asked once a request."""
    found = getattr(request, "addition_states", None)
    if found is None:
        sources = _sources(tuple(settings.PAGE_ADDITIONS))
        found = tuple(source.state_of(request, outline) for source in sources)
        request.addition_states = found  # type: ignore[attr-defined]
    return cast("tuple[Hashable | None, ...]", found)


def additions(request: HttpRequest, outline: Outline, page: Page) -> Additions:
    """What all modules add to the page; what they put in one place stands there in their order."""
    parts: dict[str, SafeString] = {}
    marks: dict[str, str] = {}
    values: dict[int, float] = {}
    sources = _sources(tuple(settings.PAGE_ADDITIONS))
    for source, state in zip(sources, states(request, outline), strict=True):
        if state is None:
            continue
        added = source.add_to(request, outline, page)
        for place, html in added.parts.items():
            if place not in PLACES[page.kind]:
                raise ValueError(f"the page {page.kind!r} has no place {place!r}")
            parts[place] = mark_safe(parts.get(place, "") + html)  # noqa: S308
        for place, html in added.marks.items():
            marks[place] = marks.get(place, "") + html
        values |= added.values
    return Additions(parts, marks, values)


@lru_cache(maxsize=8)
def _sources(names: tuple[str, ...]) -> tuple[Source, ...]:
    return tuple(cast(Source, import_module(name)) for name in names)
