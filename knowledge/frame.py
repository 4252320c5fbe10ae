"""What stands around the main part of every page: header, footer, palette, keys.

It is the same for all pages of an outline but for the address of the page, so it is made once for
each outline and taste, with comments where the address and the ways through the site go; no text of
an outline can hold a comment, its `<` is escaped.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from knowledge.bundling import SCRIPTS, STYLES
from knowledge.navigation import header_ways, ways_by_keys
from knowledge.outlines import NOWHERE, address, addresses_of
from knowledge.pages import menu_of

THEMES = {"light", "dark"}
PRESSED = {True: "true", False: "false"}
# What stands for what differs from page to page, or from answer to answer.
WAYS, PATH, NONCE = "<!--ways-->", "<!--path-->", "@nonce@"


class Frame(NamedTuple):
    """What a frame depends on. `here` is (slug, title) of the outline that the header leads to,
    or None; `menu` are those of all that the reader may read."""

    here: tuple[str, str] | None
    menu: tuple[tuple[str, str], ...]
    language: str
    notice: str
    theme: str
    keys_off: bool


def frame_top(request: HttpRequest, frame: Frame) -> SafeString:
    """The header, and the lines that say what is going on."""
    top = _frame(frame, tuple(settings.NAVIGATION), get_script_prefix())[0]
    slug = frame.here[0] if frame.here else ""
    return mark_safe(top.replace(WAYS, header_ways(slug, request.path)))  # noqa: S308


def frame_bottom(request: HttpRequest, frame: Frame) -> SafeString:
    """The footer and the dialogs."""
    bottom = _frame(frame, tuple(settings.NAVIGATION), get_script_prefix())[1]
    return mark_safe(bottom.replace(PATH, escape(request.get_full_path())))  # noqa: S308


def frame_of(request: HttpRequest, here: tuple[str, str] | None, language: str) -> Frame:
    outline = getattr(request, "outline", None)
    notice = outline.metadata.get("notice", "") if outline and outline.pack else ""
    return Frame(
        here,
        tuple(map(tuple, menu_of(request))),  # type: ignore[arg-type]
        language,
        str(notice),
        theme_of(request),
        request.COOKIES.get("keys") == "off",
    )


def theme_of(request: HttpRequest) -> str:
    """The theme that the reader chose; empty where it is the system's."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else ""


def pressed(theme: str, keys_off: bool) -> dict[str, str]:
    """The state of each button that chooses the theme, or whether single keys act."""
    return {
        "system": PRESSED[not theme],
        "light": PRESSED[theme == "light"],
        "dark": PRESSED[theme == "dark"],
        "on": PRESSED[not keys_off],
        "off": PRESSED[keys_off],
    }


def assets(request: HttpRequest) -> SafeString:
    """The icon, style sheets and scripts, with the nonce of this answer."""
    nonce = str(request.csp_nonce)  # type: ignore[attr-defined]
    return mark_safe(_assets(repr(staticfiles_storage.__class__)).replace(NONCE, nonce))  # noqa: S308


@lru_cache(maxsize=256)
def _frame(frame: Frame, navigation: tuple[object, ...], script_prefix: str) -> tuple[str, str]:
    here = frame.here
    context = {
        "here": here,
        "menu": [(slug, title, addresses_of(slug).home) for slug, title in frame.menu],
        "language": frame.language,
        "notice": frame.notice,
        "at": addresses_of(here[0]) if here else NOWHERE,
        "outlines_at": address("outlines"),
        "preferences_at": address("preferences"),
        "ways_by_keys": ways_by_keys(here[0] if here else ""),
        "pressed": pressed(frame.theme, frame.keys_off),
    }
    return render_to_string("frame_top.html", context), render_to_string(
        "frame_bottom.html", context
    )


@cache
def _assets(storage: str) -> str:
    """Made once: the addresses of static files depend on the code and the storage alone."""
    bundled = isinstance(staticfiles_storage, ManifestFilesMixin)
    styles = [STYLES] if bundled else settings.STYLES
    scripts = [SCRIPTS] if bundled else settings.SCRIPTS
    context = {"csp_nonce": NONCE, "styles": styles, "scripts": scripts}
    return render_to_string("assets.html", context)
