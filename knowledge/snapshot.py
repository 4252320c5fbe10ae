"""One consistent view of the database for a page: the old outline or the new one, never half.

A page reads several tables in turn, and a load may commit between two of them. Inside `snapshot()`
all reads see the moment of the first. Django's own `atomic` won't do: on SQLite it would take the
write lock (`transaction_mode` is IMMEDIATE), on PostgreSQL each statement would see its own moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections

_BEGIN = {
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


@contextmanager
def snapshot(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Read from one moment until the block ends; inside another transaction, read with that one.

    Nothing may be written inside.
    """
    connection = connections[using]
    begin = _BEGIN.get(connection.vendor)
    if begin is None or connection.in_atomic_block or not connection.get_autocommit():
        yield
        return
    # Django finds out by a transaction of its own whether the database has JSON, and remembers the
    # answer: inside ours it would fail, and be remembered as a no.
    _ = connection.features.supports_json_field
    with connection.cursor() as cursor:
        cursor.execute(begin)
    try:
        yield
    finally:
        # A connection that was lost inside has nothing to end, and a broken one is thrown away.
        if connection.connection is not None:
            try:
                connection.connection.rollback()
            except connection.Database.Error:  # type: ignore[attr-defined]
                connection.close()
