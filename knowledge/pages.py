"""What all pages of an outline share: its row, one moment, conditional answers, fragments."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import quote

from django.conf import settings
from django.core.cache import cache as shelf
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.html import escape

from knowledge.access import owns, readable_outline, reader_key, tokens_of
from knowledge.additions import states
from knowledge.models import Outline
from knowledge.outlines import addresses_of, read_menu
from knowledge.snapshot import snapshot

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
OutlineView = Callable[Concatenate[HttpRequest, Outline, P], HttpResponseBase]

MENU = 12
# How long a rendered part is kept; it is found by the outline's version, so it is never stale.
KEPT = 3600
# Where a template wants what was made before: a comment, which no text of an outline can hold.
_MADE = re.compile(r"<!--([a-z]+)-->")
PREFERENCES = ("theme", "keys")
PLACE = "place"
YEAR = 365 * 24 * 3600


def outline_page(view: OutlineView[P]) -> Callable[..., HttpResponseBase]:
    """A view of one outline: loads it or answers 404, and answers 304 to who has the page already.

    The page is read from one moment of the database and may be kept by the reader's browser alone,
    which asks again each time.
    """

    @wraps(view)
    def page(
        request: HttpRequest, outline: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        with snapshot():
            found = readable_outline(request, outline)
            if found is None:
                raise Http404("No outline is at this address.")
            request.outline = found  # type: ignore[attr-defined]
            etag = _etag(request, found)
            response: HttpResponseBase | None = None
            if not settings.DEBUG:
                response = get_conditional_response(request, etag=etag)
            if response is None:
                response = view(request, found, *args, **kwargs)
        if response.status_code in (200, 304):
            response["ETag"] = etag
            if "service" in kwargs:
                _remember_place(request, response, found, "/".join(map(str, kwargs.values())))
        if found.visibility != Outline.Visibility.PUBLIC:
            response.headers["X-Robots-Tag"] = "noindex"
        return _private(response)

    return page


def plain_page(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """A view that belongs to no outline: as above, without a conditional answer."""

    @wraps(view)
    def page(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with snapshot():
            return _private(view(*args, **kwargs))

    return page


def respond(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    part: str = "main",
    status: int = 200,
    made: Mapping[str, bytes] | None = None,
) -> HttpResponse:
    """The page, or the named part of it alone where HTMX asks for it.

    `context["title"]` is the page's title without the outline's. `made` stands where the template
    has a comment of that name, `<!--tree-->`: what is long and made already goes through no
    template, and is encoded once.
    """
    outline = getattr(request, "outline", None)
    names = (context["title"], outline.title if outline else "", "Outgraph")
    context["page_title"] = " · ".join(dict.fromkeys(filter(None, names)))
    if not request.htmx:  # type: ignore[attr-defined]
        whole = str(render_to_string(template, context, request))
    else:
        main = render_to_string(f"{template}#{part}", context, request)
        whole = f"<title>{escape(context['page_title'])}</title>{main}"
    if not made:
        return HttpResponse(whole, status=status)
    # Every other piece is a name.
    pieces = _MADE.split(whole)
    content = [
        made.get(piece, b"") if at % 2 else piece.encode() for at, piece in enumerate(pieces)
    ]
    return HttpResponse(content, status=status)


def kept(outline: Outline, name: str, make: Callable[[], Any]) -> Any:
    """A part of the outline as rendered, made once for each version of it."""
    return shelf.get_or_set(f"{_code_version()}:{outline.pk}:{outline.version}:{name}", make, KEPT)


def menu_of(request: HttpRequest) -> list[tuple[str, str]]:
    """(slug, title) of the outlines in the page's menu, read once a request."""
    if not hasattr(request, "menu"):
        request.menu = read_menu(MENU, reader_key(request), tokens_of(request))  # type: ignore[attr-defined]
    return request.menu  # type: ignore[attr-defined, no-any-return]


def _remember_place(
    request: HttpRequest, response: HttpResponseBase, outline: Outline, at: str
) -> None:
    """Let the reader's browser keep where they were; nothing is written here."""
    value = quote(at)
    if request.COOKIES.get(PLACE) != value:
        response.set_cookie(
            PLACE,
            value,
            max_age=YEAR,
            path=addresses_of(outline.slug).home,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )


def _private(response: R) -> R:
    response.headers.setdefault("Cache-Control", "private, no-cache")
    patch_vary_headers(response, ["HX-Request", "Cookie"])
    return response


def _etag(request: HttpRequest, outline: Outline) -> str:
    """What the page depends on beside its address: outline, code, the reader and their choices."""
    on_home = request.path_info.rstrip("/").endswith(f"/o/{outline.slug}")
    parts = (
        _code_version(), outline.pk, outline.version, request.get_full_path(),
        # What HTMX is given has no menu.
        True if request.htmx else menu_of(request),  # type: ignore[attr-defined]
        states(request, outline),
        *(request.COOKIES.get(name) for name in PREFERENCES),
        request.COOKIES.get(PLACE) if on_home else None,
        owns(request, outline),
    )  # fmt: skip
    return f'W/"{hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'


@cache
def _code_version() -> str:
    """A digest of what pages are made with, read once at the start of a process."""
    digest = hashlib.blake2b(digest_size=8)
    for folder, pattern in (("templates", "*.html"), ("static", "*.*"), ("knowledge", "*.py")):
        for file in sorted(Path(settings.BASE_DIR, folder).rglob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()
