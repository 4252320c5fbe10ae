"""What every template may use."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest

from knowledge.frame import assets, frame_bottom, frame_of, frame_top, pressed, theme_of
from knowledge.models import Outline
from knowledge.outlines import NOWHERE, address, addresses_of
from knowledge.pages import menu_of

RIGHT_TO_LEFT = {"ar", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"}


def site(request: HttpRequest) -> dict[str, object]:
    """The outline that the page is about, the others, and how the reader wants it.

    `here` is (slug, title) of the outline that the header leads to: the page's own, or else the
    first one; None where nothing is loaded. `at` holds the addresses of that outline's pages.
    """
    outline: Outline | None = getattr(request, "outline", None)
    here = (outline.slug, outline.title) if outline else next(iter(menu_of(request)), None)
    language = outline.language if outline else "en"

    theme = theme_of(request)
    keys_off = request.COOKIES.get("keys") == "off"

    def top() -> str:
        return frame_top(request, frame_of(request, here, language))

    def bottom() -> str:
        return frame_bottom(request, frame_of(request, here, language))

    return {
        "outline": outline,
        "here": here,
        "at": addresses_of(here[0]) if here else NOWHERE,
        # Asked for by whole pages alone; a part of a page has no frame, and no menu.
        "frame_top": top,
        "frame_bottom": bottom,
        "assets": partial(assets, request),
        "outlines_at": address("outlines"),
        "preferences_at": address("preferences"),
        "language": language,
        # The product speaks English: its own words are marked where the page's language is another.
        "foreign": language.partition("-")[0] != "en",
        "direction": "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "",
        "theme": theme,
        "keys_off": keys_off,
        "pressed": partial(pressed, theme, keys_off),
    }
