"""What every page reads first: its outline's row and the menu of the others.

Each is one short query by hand: the ORM's own time for them is more than the rest of a page takes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import connections, router
from django.urls import get_script_prefix, reverse
from django.utils.safestring import mark_safe

from knowledge.models import Outline


class Addresses(NamedTuple):
    """Where the pages of an outline are."""

    home: str
    search: str
    about: str


_FIELDS = Outline._meta.concrete_fields
_NAMES = [field.attname for field in _FIELDS]
_COLUMNS = ", ".join(str(field.column) for field in _FIELDS)
_KINDS = [field.get_internal_type() for field in _FIELDS]
_FIND = f"SELECT {_COLUMNS} FROM knowledge_outline WHERE slug = %s AND deleted_at IS NULL"  # noqa: S608
# Each branch finds its rows by an index of its own.
_MENU = "SELECT id, slug, title FROM knowledge_outline WHERE deleted_at IS NULL AND "
_PUBLIC = _MENU + "visibility = 'public'"
_OWN = _MENU + "owner = %s"
_SHARED = _MENU + "visibility = 'link' AND share_token <> '' AND share_token IN ({})"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# What databases give as text, by the kind of field.
_READ: dict[str, Callable[[str], object]] = {"JSONField": json.loads, "DateTimeField": _moment}

# Where nothing is loaded: the start page says what to do.
NOWHERE = Addresses("/", "/", "/")


def find_outline(slug: str) -> Outline | None:
    """The outline of that slug, whole, or None; who may read it is for `knowledge.access`."""
    using = router.db_for_read(Outline)
    with connections[using].cursor() as cursor:
        cursor.execute(_FIND, [slug])
        row = cursor.fetchone()
    if row is None:
        return None
    values = [
        _READ[kind](value) if isinstance(value, str) and kind in _READ else value
        for kind, value in zip(_KINDS, row, strict=True)
    ]
    return Outline.from_db(using, _NAMES, values)


def read_menu(most: int, owner: int | None, tokens: Sequence[str]) -> list[tuple[str, str]]:
    """(slug, title) of the outlines that were loaded first among those that a reader may read."""
    query = _PUBLIC
    values: list[int | str] = []
    if owner is not None:
        query, values = f"{query} UNION {_OWN}", [owner]
    if tokens:
        query = f"{query} UNION {_SHARED.format(', '.join(['%s'] * len(tokens)))}"
        values += tokens
    with connections[router.db_for_read(Outline)].cursor() as cursor:
        cursor.execute(f"{query} ORDER BY id LIMIT %s", [*values, most])
        return [(slug, title) for _, slug, title in cursor.fetchall()]


def addresses_of(slug: str) -> Addresses:
    """The addresses of the outline of that slug."""
    return _addresses(slug, get_script_prefix())


def address(page: str) -> str:
    """The address of a page that belongs to no outline."""
    return _address(page, get_script_prefix())


@lru_cache(maxsize=16)
def _address(page: str, script_prefix: str) -> str:
    return reverse(f"knowledge:{page}")


@lru_cache(maxsize=256)
def _addresses(slug: str, script_prefix: str) -> Addresses:
    pages = ("home", "search", "about")
    # Slugs are letters, digits, '-' and '_': nothing in their addresses needs escaping in HTML.
    return Addresses(*(mark_safe(reverse(f"knowledge:{page}", args=[slug])) for page in pages))  # noqa: S308
