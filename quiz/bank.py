"""The question bank of a loaded outline: rows → records → subject → bank, kept while it's in use.

What is made depends on the outline's text, its pack and the seed alone: records are read in the
order of their positions, and no primary key goes into an item.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar

from django.conf import settings

from knowledge.lexicon import Lexicon
from knowledge.models import Fact, Feature, Outline, Service
from knowledge.packs import NO_PACK, find_packs
from knowledge.records import Record
from knowledge.snapshot import snapshot
from quiz.items.bank import Bank, make_bank
from quiz.items.item import Item
from quiz.items.subject import Subject
from quiz.wording import phrasebook_of, wording_mark

# Quizzes are drawn from the bank of this seed; another seed gives other distractors.
SEED = 0
SUBJECTS = 3
BANKS = 48

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


class Kept(Generic[_K, _V]):
    """The last so many values; each is made once, however many threads ask for it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._values: OrderedDict[_K, _V] = OrderedDict()
        self._making: dict[_K, Lock] = {}
        self._lock = Lock()

    def get(self, key: _K, make: Callable[[], _V]) -> _V:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                if key in self._values:
                    return self._values[key]
            try:
                value = make()
            finally:
                with self._lock:
                    self._making.pop(key, None)
            with self._lock:
                self._values[key] = value
                while len(self._values) > self.most:
                    self._values.popitem(last=False)
            return value

    def clear(self) -> None:
        with self._lock:
            self._values.clear()


@dataclass(frozen=True)
class Held:
    """An outline as generation sees it; `keys` are the rows' primary keys, a record each."""

    subject: Subject
    keys: tuple[int, ...]

    def place(self, kind: str, key: int) -> int | None:
        """The index of the record that a row holds, or None where it holds none."""
        for index, record in enumerate(self.subject.records):
            if self.keys[index] == key and record.kind == kind:
                return index
        return None

    def fact_keys(self, item: Item) -> tuple[int, ...]:
        """The rows of the facts that an item asks, as `item.facts` has them."""
        return tuple(self.keys[index] for index in item.facts)


# A row's key may come again after a rollback; the version, the text and the pack tell it then.
_Mark = tuple[int, int, str, str, str]
_held: Kept[_Mark, Held] = Kept(SUBJECTS)
_banks: Kept[tuple[_Mark, int, frozenset[int] | None], Bank] = Kept(BANKS)


def _mark(outline: Outline) -> _Mark:
    return (
        outline.pk, outline.version, outline.sha256, outline.fingerprint, wording_mark(outline),
    )  # fmt: skip


def hold(outline: Outline) -> Held:
    """The subject of an outline, read from its rows the first time."""
    return _held.get(_mark(outline), lambda: _read(outline))


def get_bank(
    outline: Outline, *, seed: int = SEED, services: Collection[int] | None = None
) -> Bank:
    """All items of an outline, or those of some topics (record indices), made the first time."""
    held = hold(outline)
    chosen = None if services is None else frozenset(services)
    key = _mark(outline), seed, chosen
    return _banks.get(key, lambda: make_bank(held.subject, seed=seed, services=chosen))


def forget() -> None:
    """Empty the memory of this process."""
    _held.clear()
    _banks.clear()


def lexicon_of(outline: Outline) -> Lexicon:
    """The names that the outline's pack brings; none where the pack isn't a bundled one."""
    packs = {pack.name: pack for pack in find_packs(settings.PACKS_DIR)}
    return packs.get(outline.pack, NO_PACK).lexicon


def _read(outline: Outline) -> Held:
    with snapshot():
        records, keys = read_records(outline)
    book = phrasebook_of(outline)
    lexicon = book.lexicon if book is not None else lexicon_of(outline)
    return Held(Subject(records, lexicon, outline.language, book=book), tuple(keys))


def read_records(outline: Outline) -> tuple[list[Record], list[int]]:
    """The records of a loaded outline, as `make_records` gives them, and their rows' keys.

    Names of services and features are without inline Markdown, as the rows hold them. Three
    queries, whatever the size.
    """
    services = Service.objects.for_outline(outline).shown()
    features = Feature.objects.for_outline(outline).order_by("position")
    facts = Fact.objects.for_outline(outline).order_by("position")
    rows: list[tuple[int, int, str, _Row]] = []
    order: dict[int, int] = {}
    for row in services.values_list("pk", "name", "line", "more", "implied", "position", "slug"):
        order[row[0]] = row[5]
        rows.append((row[5], -1, "service", row))
    for row in features.values_list(
        "pk", "service_id", "position", "name", "line", "more", "states", "slug", "tags"
    ).iterator(5000):
        rows.append((order[row[1]], row[2], "feature", row))
    for row in facts.values_list(
        "pk", "service_id", "position", "feature_id", "parent_id", "text", "line", "more", "form",
        "ordinal", "depth", "tags",
    ).iterator(5000):  # fmt: skip
        rows.append((order[row[1]], row[2], "fact", row))
    rows.sort(key=lambda row: row[:2])
    records: list[Record] = []
    keys: list[int] = []
    index: _Index = {}
    makers = {"service": _service, "feature": _feature, "fact": _fact}
    for _, _, kind, row in rows:
        index[kind, row[0]] = len(records)
        keys.append(row[0])
        records.append(makers[kind](row, index, records))
    return records, keys


_Row = tuple[Any, ...]
_Index = dict[tuple[str, int], int]


def _service(row: _Row, index: _Index, records: list[Record]) -> Record:
    key, name, line, more, implied, position, slug = row
    return Record(
        "service", name, line, tuple(more), "heading", None, (), -1, index["service", key], -1, 0,
        position, implied=implied, slug=slug,
    )  # fmt: skip


def _feature(row: _Row, index: _Index, records: list[Record]) -> Record:
    key, service, position, name, line, more, states, slug, tags = row
    home = index["service", service]
    return Record(
        "feature", name, line, tuple(more), "heading", None, tuple(tags), home, home,
        index["feature", key], 0, position, states=states, slug=slug,
    )  # fmt: skip


def _fact(row: _Row, index: _Index, records: list[Record]) -> Record:
    _, service, position, feature, above, text, line, more, form, ordinal, depth, tags = row
    home = index["service", service]
    place = -1 if feature is None else index["feature", feature]
    parent = index["fact", above] if above is not None else place if place >= 0 else home
    # What a heading states stands right behind it, on its line.
    stated = parent == place == len(records) - 1 and records[place].states
    return Record(
        "fact", text, line, tuple(more), form, ordinal, tuple(tags), parent, home, place, depth,
        position, stated=stated and records[place].line == line,
    )  # fmt: skip
