"""Writing rows by statements of our own, with the fields' own adaptation of values.

Django's `bulk_update` builds one CASE a column, which grows too slow for a file whose lines all
moved by one; `executemany` writes 100,000 rows in a second. Its `bulk_create` puts the same INSERT
together anew each time, which takes longer than SQLite takes to run it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

from django.db import connection, models

BATCH = 5000


def reserve_ids(model: type[models.Model], number: int) -> Sequence[int]:
    """Primary keys that no row has or ever had. Call it inside the transaction that uses them."""
    if not number:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # The transaction is IMMEDIATE, so nobody else takes the same numbers; SQLite itself
            # remembers the highest one used (AUTOINCREMENT), also for rows that are gone.
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            row = cursor.fetchone()
            last = int(row[0]) if row else 0
            return range(last + 1, last + 1 + number)
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, number],
        )
        return [int(row[0]) for row in cursor.fetchall()]


# Values of these go to the database as they are; asking the field for each would take most of
# the time of a load.
_AS_IS = (models.IntegerField, models.BooleanField, models.CharField, models.TextField)


def _adapted(
    fields: Sequence[models.Field[Any, Any]], rows: Iterable[Sequence[Any]]
) -> Iterator[list[Any]]:
    # With what the field makes of an empty list, which most rows have.
    others = [
        (at, field, field.get_db_prep_save([], connection))
        for at, field in enumerate(fields)
        if isinstance(field, models.JSONField)
    ]
    rest = [
        (at, field)
        for at, field in enumerate(fields)
        if not (_is_plain(field) or isinstance(field, models.JSONField))
    ]
    for row in rows:
        values = list(row)
        for at, json, empty in others:
            value = values[at]
            values[at] = empty if value == [] else json.get_db_prep_save(value, connection)
        for at, field in rest:
            values[at] = field.get_db_prep_save(values[at], connection)
        yield values


def _is_plain(field: models.Field[Any, Any]) -> bool:
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    return isinstance(kind, _AS_IS)


def _fields(model: type[models.Model], names: Sequence[str]) -> list[models.Field[Any, Any]]:
    return [model._meta.get_field(name) for name in names]  # type: ignore[misc]


def _execute(statement: str, rows: Iterator[list[Any]]) -> None:
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(statement, batch)


def create_rows(instances: Iterable[models.Model]) -> None:
    """As `bulk_create` of new instances of one model, which get their keys; of a model without
    database defaults, and of few rows."""
    made = list(instances)
    if not made:
        return
    table, columns, marks, key, fields = _insert(type(made[0]))
    values = [
        field.get_db_prep_save(field.pre_save(one, True), connection)
        for one in made
        for field in fields
    ]
    rows = ", ".join([marks] * len(made))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) VALUES {rows} RETURNING {key}",  # noqa: S608
            values,
        )
        for one, (number,) in zip(made, cursor.fetchall(), strict=True):
            one.pk = number
            one._state.adding, one._state.db = False, connection.alias


@cache
def _insert(model: type[models.Model]) -> tuple[str, str, str, str, list[models.Field[Any, Any]]]:
    """Table, columns, a row's marks, the key's column, and the fields of a model's INSERT."""
    quote = connection.ops.quote_name
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    key = model._meta.pk
    assert key is not None
    marks = f"({', '.join(['%s'] * len(fields))})"
    return quote(model._meta.db_table), columns, marks, quote(str(key.column)), fields


def insert_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows given as sequences of the values of the fields named."""
    fields = _fields(model, names)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    _execute(
        f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})",  # noqa: S608
        _adapted(fields, rows),
    )


def fill_row(model: type[models.Model], key: int, name: str, value: Any) -> None:
    """Set a field of the row with that primary key, if it is empty."""
    (field,) = _fields(model, [name])
    table, _, _, primary, _ = _insert(model)
    column = connection.ops.quote_name(str(field.column))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = %s WHERE {primary} = %s AND {column} IS NULL",  # noqa: S608
            [field.get_db_prep_save(value, connection), key],
        )


def update_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Update rows by primary key; each is the values of the fields named, then its key."""
    fields = _fields(model, names)
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    key = model._meta.pk
    assert key is not None
    _execute(
        f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {quote(str(key.column))} = %s",  # noqa: S608
        _adapted([*fields, key], rows),
    )
