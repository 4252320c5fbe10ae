"""Services that an outline names without a heading: which row is which, over all loads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from knowledge.graph.topics import Topic, Topics
from knowledge.lexicon import fold
from knowledge.models import Outline, Service
from knowledge.records import make_slug
from knowledge.replacing import DELETE_AT_ONCE, FIELDS, Plan, free_slugs, is_named_only, names_of
from knowledge.rows import insert_rows, reserve_ids, update_rows


@dataclass
class NamedPlan:
    """`keys` has, by topic, the row that a named service had, None for a new one."""

    keys: dict[int, int | None] = field(default_factory=dict)
    stale: list[int] = field(default_factory=list)


def plan_named(topics: Topics, plan: Plan) -> NamedPlan:
    """Match named services with the rows of those named before, or whose heading is gone.

    A row that loses its heading but not its name stays: it is taken off the plan's stale ones.
    """
    before = plan.before["service"]
    services = zip(topics.records, plan.keys, strict=True)
    headed = {key for record, key in services if record.kind == "service"}
    named = [key for key, row in before.items() if is_named_only(row) and key not in headed]
    gone = plan.stale.get("service", [])
    free: dict[str, list[int]] = {}
    for key in [*sorted(named), *sorted(gone)]:
        for name in names_of(before[key]):
            free.setdefault(name, []).append(key)
    found = NamedPlan()
    taken: set[int] = set()
    for index, topic in enumerate(topics.topics):
        if topic.record is not None:
            continue
        names = (fold(topic.official), fold(topic.name))
        known = [key for name in names for key in free.get(name, ()) if key not in taken]
        found.keys[index] = known[0] if known else None
        taken.update(known[:1])
    if "service" in plan.stale:
        plan.stale["service"] = [key for key in gone if key not in taken]
    found.stale = [key for key in sorted(named) if key not in taken]
    return found


def write_named(outline: Outline, topics: Topics, named: NamedPlan, plan: Plan) -> dict[int, int]:
    """Write the rows of the services that are only named; gives the key of each topic's."""
    for start in range(0, len(named.stale), DELETE_AT_ONCE):
        Service.objects.with_keys(named.stale[start : start + DELETE_AT_ONCE]).delete()
    fresh_keys = iter(reserve_ids(Service, sum(key is None for key in named.keys.values())))
    keys: dict[int, int] = {}
    fresh: list[tuple[Any, ...]] = []
    changed: list[tuple[Any, ...]] = []
    for (index, known), row in zip(named.keys.items(), _rows(outline, topics), strict=True):
        keys[index] = key = known if known is not None else next(fresh_keys)
        if known is None:
            fresh.append((key, *row))
        elif plan.before["service"][key] != row:
            changed.append((*row, key))
    free_slugs(Service, "service", changed, plan.before["service"])
    update_rows(Service, FIELDS["service"], changed)
    insert_rows(Service, ["id", *FIELDS["service"]], fresh)
    return keys


def _rows(outline: Outline, topics: Topics) -> Iterable[tuple[Any, ...]]:
    """The rows' values, in the order of FIELDS; they come after all that have a heading."""
    headed = [record for record in topics.records if record.kind == "service"]
    taken = {record.slug for record in headed}
    named = (topic for topic in topics.topics if topic.record is None)
    for position, topic in enumerate(named, len(headed)):
        yield _row(outline, topic, make_slug(topic.name, taken), position)


def _row(outline: Outline, topic: Topic, slug: str, position: int) -> tuple[Any, ...]:
    entry = topic.entry
    return (
        outline.pk, topic.name, slug, entry.official if entry else "",
        entry.short if entry else "", entry.about if entry else "",
        entry.kind if entry else "service", entry.part_of if entry else "",
        entry.family if entry else "", list(entry.domains) if entry else [], None, [],
        topic.line, False, position, 0, 0,
    )  # fmt: skip
