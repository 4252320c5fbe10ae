"""The sentences of a pack for an outline that another person wrote on its subject.

The pack's own outline needs none. What they are depends on two files of the pack alone, which are
read once, and again when either changes.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from knowledge.models import Outline
from knowledge.outline.reading import read_outline
from knowledge.packs import Pack, find_packs
from knowledge.records import make_records
from quiz.items.phrasebook import Phrasebook

# So many packs' sentences are kept.
BOOKS = 2


def phrasebook_of(outline: Outline) -> Phrasebook | None:
    """The sentences of the outline's pack; None where it has none, or is the pack's own outline."""
    pack = _pack(outline)
    if pack is None or pack.outline is None or not wording_mark(outline):
        return None
    return _book(pack, _digest(pack.outline, _stamp(pack.outline)))


def wording_mark(outline: Outline) -> str:
    """What the questions of an outline take from the pack's own outline; "" for nothing."""
    pack = _pack(outline)
    if pack is None or pack.outline is None:
        return ""
    digest = _digest(pack.outline, _stamp(pack.outline))
    return "" if digest == outline.sha256 else digest


def _pack(outline: Outline) -> Pack | None:
    if not outline.pack:
        return None
    packs = (pack for pack in find_packs(settings.PACKS_DIR) if pack.name == outline.pack)
    return next(packs, None)


def _stamp(file: Path) -> tuple[int, int]:
    """Changes when a file does, and costs no reading of it."""
    stat = file.stat()
    return stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=8)
def _digest(file: Path, stamp: tuple[int, int]) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@lru_cache(maxsize=BOOKS)
def _book(pack: Pack, digest: str) -> Phrasebook:
    assert pack.outline is not None
    return Phrasebook(make_records(read_outline(pack.outline.read_bytes())), pack.lexicon)
