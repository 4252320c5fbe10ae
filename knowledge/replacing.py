"""Rows of a loaded outline ← records of a changed file: which row is which, and the writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.identity import Changes, Item, match
from knowledge.lexicon import fold, names_in_heading
from knowledge.models import Alias, Fact, Feature, Outline, Service
from knowledge.naming import Name, Naming, shown_name
from knowledge.records import Record
from knowledge.rows import insert_rows, reserve_ids, update_rows

MODELS: dict[str, Any] = {"service": Service, "feature": Feature, "fact": Fact}
FIELDS = {
    "service": [
        "outline", "name", "slug", "official", "short", "about", "kind", "part_of", "family",
        "domains", "line", "more", "first_line", "implied", "position", "feature_count",
        "fact_count",
    ],
    "feature": [
        "outline", "service", "name", "slug", "line", "more", "states", "position", "fact_count",
        "tags",
    ],
    "fact": [
        "outline", "service", "feature", "parent", "text", "form", "ordinal", "line", "more",
        "position", "depth", "tags",
    ],
}  # fmt: skip
_OF_SERVICE = {name: place for place, name in enumerate(FIELDS["service"])}
DELETE_AT_ONCE = 500
# Bytes: a longer heading is no name that anyone types, and PostgreSQL's index can't hold it.
LONGEST_NAME = 1000


@dataclass
class Plan:
    """Which row each record goes to (`keys`, None for a new one) and which rows go away."""

    keys: list[int | None]
    stale: dict[str, list[int]]
    before: dict[str, dict[int, tuple[Any, ...]]]
    changes: Changes


def plan_rows(
    outline: Outline | None, records: Sequence[Record], corrected: int | None = None
) -> Plan:
    """Compare the rows of an outline (None: none yet) with the records of its new text.

    What stands in the line `corrected` is what stood there before, whatever its words are.
    """
    if outline is None:
        keys: list[int | None] = [None] * len(records)
        return Plan(keys, {}, {kind: {} for kind in MODELS}, Changes(added=len(records)))
    before = {
        kind: {
            row[0]: tuple(row[1:])
            for row in model.objects.for_outline(outline).for_loading(FIELDS[kind])
        }
        for kind, model in MODELS.items()
    }
    old, owners = _old_items(before)
    new = [
        Item(
            _identity_kind(r.kind, r.stated),
            r.text if r.kind == "fact" else shown_name(r.text),
            r.parent,
        )
        for r in records
    ]
    matched, changes = match(old, new, _on_line(corrected, before, owners, records))
    keys = [owners[o][1] if o >= 0 else None for o in matched]
    _adopt_named(records, keys, before["service"])
    kept = {owners[o] for o in matched if o >= 0}
    stale: dict[str, list[int]] = {kind: [] for kind in MODELS}
    for owner in owners:
        if owner not in kept:
            stale[owner[0]].append(owner[1])
    return Plan(keys, stale, before, changes)


def _on_line(
    line: int | None,
    before: dict[str, dict[int, tuple[Any, ...]]],
    owners: Sequence[tuple[str, int]],
    records: Sequence[Record],
) -> list[tuple[int, int]]:
    """Pairs (old, new) of what begins in that line."""
    if line is None:
        return []
    place = {kind: FIELDS[kind].index("line") for kind in MODELS}
    old = [o for o, (kind, key) in enumerate(owners) if before[kind][key][place[kind]] == line]
    new = [n for n, record in enumerate(records) if record.line == line]
    return list(zip(old, new, strict=False))


def _adopt_named(
    records: Sequence[Record], keys: list[int | None], before: dict[int, tuple[Any, ...]]
) -> None:
    """Give a new heading the row of the service that was only named so far, by its names."""
    free: dict[str, int] = {}
    for key, row in sorted(before.items()):
        if is_named_only(row):
            for name in names_of(row):
                free.setdefault(name, key)
    if not free:
        return
    taken: set[int] = set()
    for index, record in enumerate(records):
        if record.kind != "service" or record.implied or keys[index] is not None:
            continue
        for name in names_in_heading(record.text):
            adopted = free.get(fold(name))
            if adopted is not None and adopted not in taken:
                keys[index] = adopted
                taken.add(adopted)
                break


def is_named_only(row: Sequence[Any]) -> bool:
    """Whether a row of FIELDS is of a service that the outline only names."""
    return row[_OF_SERVICE["line"]] is None and not row[_OF_SERVICE["implied"]]


def names_of(row: Sequence[Any]) -> list[str]:
    """The folded names by which a service's row is known again."""
    name, official, short = (row[_OF_SERVICE[field]] for field in ("name", "official", "short"))
    texts = [official, *names_in_heading(name), short]
    return list(dict.fromkeys(fold(text) for text in texts if text))


def _identity_kind(kind: str, stated: bool) -> str:
    # The fact that a heading states is never taken for one of the heading's bullets.
    return "stated" if stated else kind


def _old_items(
    before: dict[str, dict[int, tuple[Any, ...]]],
) -> tuple[list[Item], list[tuple[str, int]]]:
    """The rows as a forest in preorder, and (kind, primary key) of each."""
    place = {kind: {name: i for i, name in enumerate(FIELDS[kind])} for kind in MODELS}

    def of(kind: str, row: tuple[Any, ...], name: str) -> Any:
        return row[place[kind][name]]

    nodes: list[tuple[int, int, str, int]] = []  # (service position, position, kind, key)
    services = {
        key: of("service", row, "position")
        for key, row in before["service"].items()
        if of("service", row, "line") is not None or of("service", row, "implied")
    }
    nodes += [(position, -1, "service", key) for key, position in services.items()]
    for kind in ("feature", "fact"):
        nodes += [
            (services[of(kind, row, "service")], of(kind, row, "position"), kind, key)
            for key, row in before[kind].items()
        ]
    nodes.sort()
    index: dict[tuple[str, int], int] = {}
    items: list[Item] = []
    for _, _, kind, key in nodes:
        row = before[kind][key]
        if kind == "service":
            parent, text, shown = -1, of(kind, row, "name"), kind
        elif kind == "feature":
            parent, text, shown = (
                index["service", of(kind, row, "service")],
                of(kind, row, "name"),
                kind,
            )
        else:
            text = of(kind, row, "text")
            above = of(kind, row, "parent")
            feature = of(kind, row, "feature")
            if above is not None:
                parent = index["fact", above]
            elif feature is not None:
                parent = index["feature", feature]
            else:
                parent = index["service", of(kind, row, "service")]
            stated = (
                feature is not None
                and above is None
                and (before["feature"][feature][place["feature"]["line"]] == of(kind, row, "line"))
            )
            shown = _identity_kind(kind, stated)
        index[kind, key] = len(items)
        items.append(Item(shown, text, parent))
    return items, [(kind, key) for _, _, kind, key in nodes]


def write_rows(
    outline: Outline, records: Sequence[Record], naming: Naming, plan: Plan
) -> list[int]:
    """Write what the plan says; gives the primary key of each record, in order."""
    keys = _reserve(records, plan)
    values = _Values(outline, records, naming, keys)
    for kind, model in MODELS.items():
        fresh: list[tuple[Any, ...]] = []
        changed: list[tuple[Any, ...]] = []
        for index, row in values.of(kind):
            old = plan.before[kind].get(keys[index]) if plan.keys[index] is not None else None
            if old is None:
                fresh.append((keys[index], *row))
            elif old != row:
                changed.append((*row, keys[index]))
        if kind != "fact":
            _free_slugs_of_others(model, kind, values, keys, plan.before[kind])
            free_slugs(model, kind, changed, plan.before[kind])
        update_rows(model, FIELDS[kind], changed)
        insert_rows(model, ["id", *FIELDS[kind]], fresh)
    for kind in ("fact", "feature", "service"):
        stale = plan.stale.get(kind, [])
        for start in range(0, len(stale), DELETE_AT_ONCE):
            MODELS[kind].objects.with_keys(stale[start : start + DELETE_AT_ONCE]).delete()
    return keys


def _reserve(records: Sequence[Record], plan: Plan) -> list[int]:
    wanted = dict.fromkeys(MODELS, 0)
    for record, key in zip(records, plan.keys, strict=True):
        if key is None:
            wanted[record.kind] += 1
    fresh = {kind: iter(reserve_ids(MODELS[kind], number)) for kind, number in wanted.items()}
    return [
        key if key is not None else next(fresh[record.kind])
        for record, key in zip(records, plan.keys, strict=True)
    ]


def free_slugs(
    model: Any, kind: str, changed: Sequence[tuple[Any, ...]], before: dict[int, tuple[Any, ...]]
) -> None:
    """Two rows that swap their slugs would meet halfway: those that change step aside first."""
    place = FIELDS[kind].index("slug")
    moving = [row[-1] for row in changed if before[row[-1]][place] != row[place]]
    update_rows(model, ["slug"], ((f"~{key}", key) for key in moving))


def _free_slugs_of_others(
    model: Any, kind: str, values: _Values, keys: Sequence[int], before: dict[int, tuple[Any, ...]]
) -> None:
    """Rows that no record has, the stale and the merely named, leave their slugs to the others."""
    rows = {keys[index]: row for index, row in values.of(kind)}
    slug = FIELDS[kind].index("slug")
    home = FIELDS[kind].index("service" if kind == "feature" else "outline")
    others = {(row[home], row[slug]): key for key, row in before.items() if key not in rows}
    if others:
        wanted = [others.get((row[home], row[slug])) for row in rows.values()]
        update_rows(model, ["slug"], ((f"~{key}", key) for key in wanted if key is not None))


class _Values:
    """The values of each record's row, in the order of FIELDS."""

    def __init__(
        self, outline: Outline, records: Sequence[Record], naming: Naming, keys: Sequence[int]
    ) -> None:
        self.outline, self.records, self.naming, self.keys = outline, records, naming, keys
        self.facts_in = [0] * len(records)
        self.features_in = [0] * len(records)
        for record in records:
            if record.kind == "fact":
                self.facts_in[record.service] += 1
                if record.feature >= 0:
                    self.facts_in[record.feature] += 1
            elif record.kind == "feature":
                self.features_in[record.service] += 1

    def of(self, kind: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
        row = {"service": self._service, "feature": self._feature, "fact": self._fact}[kind]
        for index, record in enumerate(self.records):
            if record.kind == kind:
                yield index, row(index, record)

    def _service(self, index: int, record: Record) -> tuple[Any, ...]:
        named = self.naming.get(index)
        entry = named.entry if named else None
        return (
            self.outline.pk, shown_name(record.text), record.slug,
            entry.official if entry else "", entry.short if entry else "",
            entry.about if entry else "", entry.kind if entry else "service",
            entry.part_of if entry else "", entry.family if entry else "",
            list(entry.domains) if entry else [], record.line, list(record.more), record.line,
            record.implied, record.position, self.features_in[index], self.facts_in[index],
        )  # fmt: skip

    def _feature(self, index: int, record: Record) -> tuple[Any, ...]:
        return (
            self.outline.pk, self.keys[record.service], shown_name(record.text), record.slug,
            record.line, list(record.more), record.states, record.position,
            self.facts_in[index], list(record.tags),
        )  # fmt: skip

    def _fact(self, index: int, record: Record) -> tuple[Any, ...]:
        above = self.records[record.parent]
        return (
            self.outline.pk, self.keys[record.service],
            self.keys[record.feature] if record.feature >= 0 else None,
            self.keys[record.parent] if above.kind == "fact" else None,
            record.text, record.form, record.ordinal, record.line, list(record.more),
            record.position, record.depth, list(record.tags),
        )  # fmt: skip


def names_of_rows(naming: Naming, keys: Sequence[int]) -> list[tuple[int, Name]]:
    """(row of the service, name) of every name of those with a heading, in their order."""
    return [(keys[index], name) for index, named in naming.items() for name in named.names]


def write_aliases(outline: Outline, names: Sequence[tuple[int, Name]]) -> None:
    """Write the names of services, of each the heading's first, if they aren't as they were.

    Names over LONGEST_NAME bytes are left out.
    """
    wanted = [
        (key, name.text, name.folded, name.origin)
        for key, name in names
        if max(len(name.text.encode()), len(name.folded.encode())) <= LONGEST_NAME
    ]
    if wanted == list(Alias.objects.for_outline(outline).for_loading()):
        return
    Alias.objects.for_outline(outline).delete()
    insert_rows(
        Alias,
        ["outline", "service", "text", "folded", "origin"],
        ((outline.pk, *row) for row in wanted),
    )
