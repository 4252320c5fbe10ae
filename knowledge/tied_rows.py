"""Relations and mentions of one topic in one query: a page has few."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, F, IntegerField, TextField, Value
from django.db.models.functions import Cast, Coalesce

from knowledge.models import MentionQuerySet, RelationQuerySet


class Tied(NamedTuple):
    """A relation, or a line that names a topic, with its ends' names.

    `text` is the line that names, of a relation its evidence as JSON; `fact` is null where a
    heading names.
    """

    kind: str
    line: int
    text: str
    fact: int | None
    source: int
    source_name: str
    source_slug: str
    source_feature: int | None
    source_part: str | None
    source_part_slug: str | None
    target: int
    target_name: str
    target_slug: str
    target_part: str | None
    target_part_slug: str | None


COLUMNS = tuple(f"at_{name}" for name in Tied._fields)
_RELATION = (
    "kind", "line", Cast("evidence", TextField()), Cast(Value(None), BigIntegerField()),
    "source_id", "source__name", "source__slug",
    "source_feature_id", "source_feature__name", "source_feature__slug",
    "target_id", "target__name", "target__slug",
    "target_feature__name", "target_feature__slug",
)  # fmt: skip
_NONE = Cast(Value(None), TextField())
_MENTION = (
    Value("mentions", CharField()), "line", Coalesce("fact__text", "feature__name"), "fact_id",
    *(Coalesce(f"fact__service__{name}", f"feature__service__{name}")
      for name in ("id", "name", "slug")),
    "feature_id", _NONE, _NONE,
    "service_id", "service__name", "service__slug", _NONE, _NONE,
)  # fmt: skip


def read_tied(relations: RelationQuerySet, mentions: MentionQuerySet, most: int) -> list[Tied]:
    """The relations, then the mentions, each in the order of their lines; so many at most."""
    stated = _columns(relations, 0, _RELATION)
    naming = _columns(mentions, 1, _MENTION)
    rows = stated.union(naming, all=True).order_by("sort", "at_line")[:most]
    return [Tied(*row[1:]) for row in rows]


def _columns(rows: Any, sort: int, columns: tuple[Any, ...]) -> Any:
    named = {
        name: F(column) if isinstance(column, str) else column
        for name, column in zip(COLUMNS, columns, strict=True)
    }
    found = rows.order_by().annotate(sort=Value(sort, IntegerField()), **named)
    return found.values_list("sort", *COLUMNS)
