"""Where the pages of a session are: asked for a dozen times a page, so put together from patterns
that the URLs are asked for once."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString, mark_safe

# What stands in the patterns for a session's key and a question's position.
_KEY, _POSITION = UUID(int=0), 987654321


class Addresses(NamedTuple):
    """Of a session and of one question of it. Keys and numbers need no escaping in HTML."""

    session: str
    finish: str
    undo: str
    item: str
    skip: str
    flag: str
    unflag: str
    guessed: str
    bury: str
    suspend: str
    report: str


_OF_SESSION = ("session", "finish", "undo")


def addresses_of(key: UUID, position: int) -> Addresses:
    """The addresses of a question and of its session."""
    return Addresses(*(_fill(pattern, key, position) for pattern in _patterns(get_script_prefix())))


def address_of(key: UUID, position: int) -> SafeString:
    """Where a question is."""
    return _fill(_patterns(get_script_prefix()).item, key, position)


def _fill(pattern: str, key: UUID, position: int) -> SafeString:
    filled = pattern.replace(str(_KEY), str(key)).replace(str(_POSITION), str(position))
    return mark_safe(filled)  # noqa: S308


@lru_cache(maxsize=16)
def _patterns(script_prefix: str) -> Addresses:
    return Addresses(
        *(
            reverse(f"quiz:{name}", args=[_KEY] if name in _OF_SESSION else [_KEY, _POSITION])
            for name in Addresses._fields
        )
    )
