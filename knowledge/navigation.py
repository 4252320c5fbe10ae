"""The ways through the site that the header of every page shows.

`settings.NAVIGATION` lists them, of whatever app: what each is called, the name of its URL, the
keys that lead there (`g m`), and whether its address begins with an outline's.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


class Way(NamedTuple):
    """One of the ways; `address` is where it leads from the outline that the page is about."""

    word: str
    keys: str
    address: str


def header_ways(outline: str, path: str) -> SafeString:
    """The ways as items of a list; the one that leads to `path` says so.

    `outline` is the slug of the one that the header leads to, empty where nothing is loaded.
    """
    here = f'href="{escape(path)}"'
    items = _items(tuple(settings.NAVIGATION), outline, get_script_prefix())
    return mark_safe(items.replace(here, f'{here} aria-current="page"'))  # noqa: S308


def ways_by_keys(outline: str) -> SafeString:
    """The keys that lead along them, as terms of a list."""
    return _terms(tuple(settings.NAVIGATION), outline, get_script_prefix())


Listed = tuple[tuple[str, str, str, bool], ...]


@lru_cache(maxsize=256)
def _items(listed: Listed, outline: str, script_prefix: str) -> SafeString:
    item = '<li><a href="{}" data-key="{}">{}</a></li>'
    ways = _ways(listed, outline)
    return format_html_join("", item, ((way.address, way.keys, way.word) for way in ways))


@lru_cache(maxsize=256)
def _terms(listed: Listed, outline: str, script_prefix: str) -> SafeString:
    terms = "".join(
        format_html(
            "<div><dt>{}</dt><dd>{}</dd></div>",
            format_html_join(" ", "<kbd>{}</kbd>", ((key,) for key in way.keys.split())),
            way.word,
        )
        for way in _ways(listed, outline)
    )
    return mark_safe(terms)  # noqa: S308


def _ways(listed: Listed, outline: str) -> list[Way]:
    return [
        Way(word, keys, reverse(url, args=[outline] if of_outline else []))
        for word, url, keys, of_outline in listed
        if outline or not of_outline
    ]
