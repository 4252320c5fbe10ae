"""Queries that are asked again and again: the ORM makes their SQL once, and it is kept.

Putting a query together and finding out how to read its rows takes the ORM several times as long
as the database takes for the answer. Here a queryset is still what says what is asked for, with a
slot for each value; only its SQL and its converters are remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.query import ModelIterable, get_related_populators

_R = TypeVar("_R")
_Field = models.Field[Any, Any]
_LARGEST = 2**63 - 1


class _Slot(models.Value):
    """Where the value of that place goes; its field adapts the value to the database."""

    def __init__(self, place: int, field: _Field) -> None:
        super().__init__(place, output_field=field)

    def as_sql(self, compiler: object, connection: object) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [self]


class Prepared(Generic[_R]):
    """A queryset of models (with `select_related` or without) or of `values_list`.

    `make` gives it for as many slots as there are `fields`, which say what the values are. What a
    queryset does beyond its one query, as `prefetch_related`, isn't done.
    """

    def __init__(self, make: Callable[..., models.QuerySet[Any, _R]], *fields: _Field) -> None:
        self.make = make
        self.fields = fields
        self._statement: _Statement | None = None

    def all(self, *values: Any) -> list[_R]:
        """The rows for these values."""
        return self._rows(values)

    def first(self, *values: Any) -> _R | None:
        """The first row for these values, which shall be the only one; None where there is none."""
        rows = self._rows(values)
        return rows[0] if rows else None

    def _rows(self, values: Sequence[Any]) -> list[Any]:
        if any(isinstance(value, int) and abs(value) > _LARGEST for value in values):
            return []  # No column holds such a number, and SQLite takes none.
        if self._statement is None:
            slots = [_Slot(place, field) for place, field in enumerate(self.fields)]
            self._statement = _Statement(self.make(*slots))
        return self._statement.rows(values)


class _Statement:
    """The SQL of a queryset, and how its rows are read."""

    def __init__(self, queryset: models.QuerySet[Any, Any]) -> None:
        self.using = queryset.db
        compiler: Any = queryset.query.get_compiler(using=self.using)
        self.sql, self.params = compiler.as_sql()
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        self.converters = list(compiler.get_converters(columns).items())
        self.model: Any = None
        if queryset._iterable_class is ModelIterable:
            places = compiler.klass_info["select_fields"]
            self.model = compiler.klass_info["model"]
            self.start, self.end = places[0], places[-1] + 1
            self.names = [column.target.attname for column in columns[self.start : self.end]]
            # Its arguments grow by one in Django 6.1.
            populators: Any = get_related_populators
            self.related = populators(compiler.klass_info, compiler.select, self.using)

    def rows(self, values: Sequence[Any]) -> list[Any]:
        params = [
            param.output_field.get_db_prep_value(values[param.value], connection)
            if isinstance(param, _Slot)
            else param
            for param in self.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = [list(row) for row in cursor.fetchall()]
        for row in found:
            for place, (convert, column) in self.converters:
                for converter in convert:
                    row[place] = converter(row[place], column, connection)
        if self.model is None:
            return [tuple(row) for row in found]
        return [self._instance(row) for row in found]

    def _instance(self, row: list[Any]) -> Any:
        instance = self.model.from_db(self.using, self.names, row[self.start : self.end])
        for populator in self.related:
            populator.populate(row, instance)
        return instance
