"""What every template may use."""

from __future__ import annotations

from functools import cache, partial

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from knowledge.models import Outline
from knowledge.navigation import header_ways, ways_by_keys
from knowledge.outlines import NOWHERE, address, addresses_of
from knowledge.pages import menu_of

RIGHT_TO_LEFT = {"ar", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"}
THEMES = {"light", "dark"}
# What stands for the nonce until there is one.
NONCE = "@nonce@"
PRESSED = {True: "true", False: "false"}


def site(request: HttpRequest) -> dict[str, object]:
    """The outline that the page is about, the others, and how the reader wants it.

    `here` is (slug, title) of the outline that the header leads to: the page's own, or else the
    first one; None where nothing is loaded. `at` holds the addresses of that outline's pages.
    """
    outline: Outline | None = getattr(request, "outline", None)
    here = (outline.slug, outline.title) if outline else next(iter(menu_of(request)), None)
    language = outline.language if outline else "en"
    theme = request.COOKIES.get("theme")
    keys_off = request.COOKIES.get("keys") == "off"
    return {
        "outline": outline,
        "here": here,
        "at": addresses_of(here[0]) if here else NOWHERE,
        # Read when a template comes to it; a part of a page has no menu.
        "menu": partial(_menu, request, here),
        "ways": partial(header_ways, here[0] if here else "", request.path),
        "ways_by_keys": partial(ways_by_keys, here[0] if here else ""),
        "outlines_at": address("outlines"),
        "preferences_at": address("preferences"),
        "assets": partial(_assets, request),
        "language": language,
        # The product speaks English: its own words are marked where the page's language is another.
        "foreign": language.partition("-")[0] != "en",
        "direction": "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "",
        "theme": theme if theme in THEMES else "",
        "keys_off": keys_off,
        "pressed": {
            "system": PRESSED[theme not in THEMES],
            "light": PRESSED[theme == "light"],
            "dark": PRESSED[theme == "dark"],
            "on": PRESSED[not keys_off],
            "off": PRESSED[keys_off],
        },
    }


def _menu(request: HttpRequest, here: tuple[str, str] | None) -> SafeString:
    """The items of the menu of outlines."""
    item = '<li><a href="{}" hx-boost="false"{}>{}</a></li>'
    current = mark_safe(' aria-current="true"')
    return format_html_join(
        "",
        item,
        (
            (addresses_of(slug).home, current if here and slug == here[0] else "", title)
            for slug, title in menu_of(request)
        ),
    )


def _assets(request: HttpRequest) -> SafeString:
    """The icon, style sheets and scripts, with the nonce of this answer."""
    nonce = str(request.csp_nonce)  # type: ignore[attr-defined]
    return mark_safe(_assets_of(repr(staticfiles_storage.__class__)).replace(NONCE, nonce))  # noqa: S308


@cache
def _assets_of(storage: str) -> str:
    """Made once: the addresses of static files depend on the code and the storage alone."""
    return render_to_string("assets.html", {"csp_nonce": NONCE})
