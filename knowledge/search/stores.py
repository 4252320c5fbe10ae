"""Which database speaks how, and which numbers are whose."""

from __future__ import annotations

from collections.abc import Collection
from types import ModuleType
from typing import Any

from knowledge.search import postgres, sqlite
from knowledge.search.documents import KINDS, SERVICE, document_id

_DATABASES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgres}


def database_of(connection: Any) -> ModuleType:
    """The module that speaks the connection's dialect: find, add, remove, settle."""
    return _DATABASES[connection.vendor]


def outline_ids(outline: int, kinds: Collection[str] | None = None) -> tuple[int, int]:
    """The range of numbers of an outline's documents of these kinds, both ends included.

    Kinds that aren't neighbours give the range around them.
    """
    wanted = [KINDS.index(kind) for kind in kinds] if kinds else [0, len(KINDS) - 1]
    low, high = min(wanted), max(wanted)
    end = document_id(outline, high + 1, 0) if high + 1 < len(KINDS) else None
    return (
        document_id(outline, low, 0),
        (end if end is not None else document_id(outline + 1, SERVICE, 0)) - 1,
    )
