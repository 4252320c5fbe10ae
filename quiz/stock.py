"""The questions of an outline, made once for each version of it and kept in the database.

Making all of them takes seconds, which nobody who starts a quiz shall wait for. Where they aren't
made yet, those of a few topics are made at once, and all of them are asked for in the background.
"""

from __future__ import annotations

import hashlib
import json
import logging
import subprocess
import threading
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache as shelf
from django.db import DatabaseError, connection

from knowledge.management.attached import start_attached
from knowledge.models import Outline, Service
from quiz.bank import Kept, get_bank, hold
from quiz.items.item import Evidence, Item, Option
from quiz.questions import Asked
from quiz.stock_rows import QuestionStock
from quiz.wording import wording_mark

KEPT = 4
# A process that was asked for is not asked for again for so many seconds.
PATIENCE = 600
# So many facts are read before somebody asks about them; of more it would take memory for nothing.
READ_AHEAD = 20_000


@dataclass(frozen=True)
class Stocked:
    """A question with the primary keys of its service, its feature and the facts that it asks.

    `item.service` and `item.facts` are primary keys too, not places in a list of records.
    """

    item: Item
    feature: int | None

    @property
    def asked(self) -> Asked:
        return Asked(self.item.as_dict(), self.item.facts)


@dataclass
class Stock:
    entries: Sequence[Stocked]
    # Questions by the facts that an answer rates.
    by_fact: dict[int, list[Stocked]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        by_fact: dict[int, list[Stocked]] = defaultdict(list)
        for entry in self.entries:
            item = entry.item
            for fact in item.facts if item.kind == "matching" else item.facts[:1]:
                by_fact[fact].append(entry)
        self.by_fact = dict(by_fact)


_stocks: Kept[str, Stock] = Kept(KEPT)
# The process that makes questions now, of this process; none or one.
_makers: list[subprocess.Popen[bytes]] = []
_asking = threading.Lock()
log = logging.getLogger(__name__)


class NotMadeError(Exception):
    """The questions of this version of the outline aren't in the database."""


def get_stock(outline: Outline) -> Stock | None:
    """All questions of the outline as it is; None where they aren't made yet."""
    mark = mark_of(outline)

    def read() -> Stock:
        content = QuestionStock.objects.content_of(outline, mark)
        if content is None:
            raise NotMadeError
        return Stock(unpack(content))

    try:
        return _stocks.get(mark, read)
    except NotMadeError:
        return None


def make_stock(outline: Outline) -> Stock:
    """Make all questions of the outline and keep them; whatever was kept of it before goes."""
    entries = _keyed(outline, get_bank(outline).items)
    QuestionStock.objects.keep(outline, mark_of(outline), pack(entries))
    return Stock(entries)


def ask_for_stock(outline: Outline) -> None:
    """Have the questions made by a process in the background: once, and one process at a time."""
    if not settings.STOCK_IN_BACKGROUND:
        return
    with _asking:
        if _makers and _makers[-1].poll() is None:
            return
        while _makers:
            _makers.pop().communicate()
        if shelf.add(f"stock:{mark_of(outline)}", True, PATIENCE):
            manage = Path(settings.BASE_DIR, "manage.py")
            _makers.append(
                start_attached("stock_questions", "--outline", outline.slug, manage=manage)
            )


def make_some(outline: Outline, services: Collection[int]) -> list[Stocked]:
    """The questions on some topics, by their rows' keys, made here and now."""
    held = hold(outline)
    places = [held.place("service", key) for key in sorted(services)]
    found = [place for place in places if place is not None]
    return _keyed(outline, get_bank(outline, services=found).items) if found else []


def warm_up() -> None:
    """Begin to read what the first quiz of this process needs, so that it starts at once."""
    if settings.STOCK_IN_BACKGROUND:
        threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()


def read_ahead() -> None:
    """Read the default outline, if its questions aren't made yet."""
    outline = Outline.objects.default()
    if outline is None or get_stock(outline) is not None:
        return
    if outline.counts.get("facts", 0) <= READ_AHEAD:
        # With one topic's questions the indexes that all of them need are there.
        make_some(outline, Service.objects.for_outline(outline).in_domains(())[:1])


def _warm_up() -> None:
    try:
        read_ahead()
    except DatabaseError as problem:
        # Whoever asks is told by the page.
        log.warning("nothing was read ahead: %s", problem)
    finally:
        connection.close()


def mark_of(outline: Outline) -> str:
    """What the questions depend on: the outline's text and names, and the code that makes them."""
    parts = (
        outline.pk, outline.version, outline.sha256, outline.fingerprint, wording_mark(outline),
        _code(),
    )  # fmt: skip
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def forget() -> None:
    """Empty the memory of this process."""
    _stocks.clear()


@cache
def _code() -> str:
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).with_name("items").glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _keyed(outline: Outline, items: Iterable[Item]) -> list[Stocked]:
    held = hold(outline)
    entries = []
    for item in items:
        feature = held.subject.facts[item.facts[0]].feature
        row = _row(item)
        row |= {
            "facts": list(held.fact_keys(item)),
            "service": held.keys[item.service],
            "home": held.keys[feature] if feature >= 0 else None,
        }
        entries.append(_entry(row))
    return entries


def pack(entries: Iterable[Stocked]) -> bytes:
    rows = [{**_row(entry.item), "home": entry.feature} for entry in entries]
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack(content: bytes) -> list[Stocked]:
    return [_entry(row) for row in json.loads(zlib.decompress(content))]


def _row(item: Item) -> dict[str, Any]:
    return {
        **item.as_dict(), "shape": item.shape, "service": item.service, "facts": list(item.facts),
    }  # fmt: skip


def _entry(row: dict[str, Any]) -> Stocked:
    options = tuple(
        Option(
            option["text"], option["correct"], option["why"], option["reason"],
            tuple(Evidence(line["line"], line["text"]) for line in option["evidence"]),
        )
        for option in row["options"]
    )  # fmt: skip
    pairs = row["pairs"]
    item = Item(
        row["kind"], row["shape"], row["topic"], row["feature"], row["domain"], row["stem"],
        row["explanation"],
        tuple(Evidence(e["line"], e["text"], tuple(e["path"])) for e in row["evidence"]),
        tuple(row["facts"]), row["service"], options,
        None if pairs is None else tuple((left, right) for left, right in pairs),
        None if row["sequence"] is None else tuple(row["sequence"]),
        None if row["answers"] is None else tuple(row["answers"]),
        row["difficulty"], row["id"],
    )  # fmt: skip
    return Stocked(item, row["home"])
