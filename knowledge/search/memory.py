"""What each process keeps of the outlines that it searches: their words, names and synonyms.

Keyed by the outline's version, so that a load anywhere is seen here; bounded.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

from knowledge.models import Outline
from knowledge.search.lexis import Lexis

MOST_OUTLINES = 8

_kept: OrderedDict[tuple[str, int, int, str], Lexis] = OrderedDict()
_lock = threading.Lock()


def lexis_of(outline: Outline, connection: Any) -> Lexis | None:
    """The outline's lexis, read once a version; None where the outline isn't indexed."""
    key = (connection.alias, outline.pk, outline.version, outline.sha256)
    with _lock:
        lexis = _kept.get(key)
        if lexis is not None:
            _kept.move_to_end(key)
            return lexis
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT content FROM knowledge_searchlexis WHERE outline_id = %s", [outline.pk]
        )
        row = cursor.fetchone()
    if row is None:
        return None
    lexis = Lexis.read(row[0])
    with _lock:
        for old in [k for k in _kept if k[:2] == key[:2]]:
            del _kept[old]
        _kept[key] = lexis
        while len(_kept) > MOST_OUTLINES:
            _kept.popitem(last=False)
    return lexis


def forget(alias: str, outline: int) -> None:
    """Drops what this process keeps of an outline."""
    with _lock:
        for old in [key for key in _kept if key[:2] == (alias, outline)]:
            del _kept[old]
