"""What every template may use."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from knowledge.models import Outline
from knowledge.pages import MENU

RIGHT_TO_LEFT = {"ar", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"}
THEMES = {"light", "dark"}


def site(request: HttpRequest) -> dict[str, object]:
    """The outline that the page is about, the others, and how the reader wants it.

    `here` is (slug, title) of the outline that the header leads to: the page's own, or else the
    first one; None where nothing is loaded.
    """
    outline: Outline | None = getattr(request, "outline", None)
    menu = getattr(request, "menu", None)
    if menu is None:
        menu = Outline.objects.menu(MENU + 1)
    here = (outline.slug, outline.title) if outline else menu[0] if menu else None
    language = outline.language if outline else "en"
    theme = request.COOKIES.get("theme")
    return {
        "outline": outline,
        "here": here,
        "menu": menu[:MENU],
        "menu_goes_on": len(menu) > MENU,
        "language": language,
        # The product speaks English: its own words are marked where the page's language is another.
        "foreign": language.partition("-")[0] != "en",
        "direction": "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "",
        "theme": theme if theme in THEMES else "",
        "keys_off": request.COOKIES.get("keys") == "off",
        "csp_nonce": SimpleLazyObject(lambda: request.csp_nonce),  # type: ignore[attr-defined]
    }
