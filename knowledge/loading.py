"""Records → rows: one transaction, stable identity, and what changed.

All that can be computed beforehand is, so that the write is short. Inside the transaction the
outline's version is looked at once more, and the load starts again if another one came first.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from knowledge.collecting import collect_rarely
from knowledge.identity import Changes
from knowledge.lexicon import fold
from knowledge.linked_rows import (
    LinkPlan,
    Links,
    analyse_links,
    find_links,
    plan_links,
    write_links,
)
from knowledge.models import Outline, Problem, Service, Source
from knowledge.naming import name_services
from knowledge.outline.reading import read_outline
from knowledge.outline.tree import Tree
from knowledge.packs import Pack, find_packs, pick_pack
from knowledge.records import Record, make_records, make_slug
from knowledge.replacing import Plan, names_of_rows, plan_rows, write_aliases, write_rows
from knowledge.rows import insert_rows
from knowledge.search import index_outline

if TYPE_CHECKING:
    from knowledge.graph.building import Analysis

# Raised whenever the same file would give other rows than before.
REVISION = 4
ATTEMPTS = 5
# An outline whose title changed is still the one of that file if it shares so many of its topics.
SAME_TOPICS = 0.5

Progress = Callable[[str], None]
Keep = Callable[[Outline], None]


class LoadError(Exception):
    """A load that was refused; the text is a sentence, and nothing was changed."""


class _Superseded(Exception):  # noqa: N818
    """Another load of the same outline came between reading the old rows and writing."""


@dataclass
class Loaded:
    """What a load did; `outline` is None after a check that writes nothing."""

    outline: Outline | None
    slug: str
    title: str
    sha256: str
    pack: str
    counts: dict[str, int]
    changes: dict[str, int]
    problems: list[dict[str, Any]]
    seconds: dict[str, float] = field(default_factory=dict)
    unchanged: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `load_outline`."""
        return {
            "outline": {
                "slug": self.slug,
                "title": self.title,
                "sha256": self.sha256,
                "pack": self.pack or None,
            },
            "counts": self.counts,
            "changes": self.changes,
            "problems": self.problems,
            "seconds": self.seconds,
        }


class _Clock:
    """Seconds by stage, in the order of the interface."""

    def __init__(self, progress: Progress | None) -> None:
        self.spent = {"parse": 0.0, "link": 0.0, "write": 0.0, "index": 0.0}
        self.began = time.perf_counter()
        self.progress = progress

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        if self.progress:
            self.progress(name)
        began = time.perf_counter()
        try:
            yield
        finally:
            self.spent[name] += time.perf_counter() - began

    def seconds(self) -> dict[str, float]:
        rounded = {name: round(spent, 4) for name, spent in self.spent.items()}
        return rounded | {"total": round(time.perf_counter() - self.began, 4)}


@dataclass
class _Reading:
    """A file as read, with what was asked for."""

    data: bytes
    sha256: str
    file_name: str
    given_title: str
    pack: Pack
    fingerprint: str
    tree: Tree
    records: list[Record]
    links: Links


@collect_rarely()
def load_outline(
    data: bytes,
    *,
    file_name: str = "",
    slug: str | None = None,
    title: str | None = None,
    pack: Pack | None = None,
    check: bool = False,
    progress: Progress | None = None,
    owner: int | None = None,
    keep: Keep | None = None,
    corrected: int | None = None,
) -> Loaded:
    """Read a file and put it in place of what its slug held, or beside what other slugs hold.

    `pack` None takes the bundled pack that fits. Without a `slug` it replaces the outline of the
    same title, or the one that came from a file of that name and is about the same topics; else a
    new outline is made. Without a slug only what belongs to nobody is looked at; `owner` is the
    reader whose a new outline becomes, and who alone sees it then. `keep` is called with an outline
    that is about to be written over, within the transaction that does it. `corrected` is a line
    whose statement is still the one that stood there, whatever its words are now.
    OutlineError, PackError or LoadError refuse it.
    """
    if slug is not None and slug != make_slug(slug, set()):
        raise LoadError(f"{slug!r} can't be an outline's slug; {make_slug(slug, set())!r} could.")
    clock = _Clock(progress)
    sha256 = hashlib.sha256(data).hexdigest()
    current = None
    for candidate in Outline.objects.that_hold(sha256, slug):
        if not check and candidate.fingerprint == fingerprint(_its_pack(candidate, pack), title):
            return _unchanged(candidate, clock)
    with clock.stage("parse"):
        tree = read_outline(
            data, title=title, file_name=file_name, max_bytes=settings.OUTLINE_MAX_BYTES
        )
        records = make_records(tree)
        # They live on as records.
        tree.services.clear()
    topics = [record.text for record in records if record.kind == "service"]
    if pack is None:
        pack = pick_pack(find_packs(settings.PACKS_DIR), topics)
    with clock.stage("link"):
        links = find_links(records, pack.lexicon, tree.language)
    fingerprinted = fingerprint(pack, title)
    reading = _Reading(
        data, sha256, file_name, title or "", pack, fingerprinted, tree, records, links
    )
    current = _current(slug, tree.title, file_name, topics)
    if current and current.deleted_at is not None:
        raise LoadError(
            f"The outline {current.slug} was deleted: take it back first, or choose another slug."
        )
    target = current.slug if current else slug or _free_slug(tree.title)
    if check:
        with clock.stage("link"):
            plan = plan_rows(current, records, corrected)
        return _result(None, target, reading, plan, clock)
    with clock.stage("link"):
        analysis = analyse_links(links)
    for _ in range(ATTEMPTS):
        with clock.stage("link"):
            plan = plan_rows(current, records, corrected)
            linking = plan_links(links, analysis, current, plan)
        try:
            outline = _write(current, target, reading, plan, analysis, linking, clock, owner, keep)
        except _Superseded:
            current = Outline.objects.under(target)
            continue
        return _result(outline, target, reading, plan, clock)
    raise LoadError(
        f"The outline {target} was loaded by others {ATTEMPTS} times meanwhile; try again."
    )


def fingerprint(pack: Pack, title: str | None) -> str:
    """What decides the rows beside the file itself."""
    return hashlib.sha256(f"{REVISION}|{pack.digest}|{title or ''}".encode()).hexdigest()


def _its_pack(outline: Outline, pack: Pack | None) -> Pack:
    """The pack asked for, or the one that the outline was loaded with, as it is now."""
    if pack is not None:
        return pack
    bundled = {pack.name: pack for pack in find_packs(settings.PACKS_DIR)}
    return bundled.get(outline.pack, Pack(outline.pack))


def _current(slug: str | None, title: str, file_name: str, topics: list[str]) -> Outline | None:
    """The outline that a load replaces."""
    if slug:
        return Outline.objects.under(slug)
    free = Outline.objects.of_owner(None)
    if named := free.under(make_slug(title, set())):
        return named
    wanted = {fold(topic) for topic in topics}
    for candidate in free.from_file(file_name):
        there = {fold(name) for name in Service.objects.for_outline(candidate).names()}
        if len(wanted & there) >= SAME_TOPICS * max(len(wanted), len(there), 1):
            return candidate
    return None


def _free_slug(title: str) -> str:
    """A slug that no reader's own outline has; one of the site's would have been replaced."""
    return make_slug(title, Outline.objects.slugs_of_readers(make_slug(title, set())))


def _unchanged(outline: Outline, clock: _Clock) -> Loaded:
    return Loaded(
        outline, outline.slug, outline.title, outline.sha256, outline.pack, outline.counts,
        Changes(kept=outline.changes["nodes"]).as_dict(),
        Problem.objects.for_outline(outline).as_dicts(), clock.seconds(), unchanged=True,
    )  # fmt: skip


def _result(
    outline: Outline | None, slug: str, reading: _Reading, plan: Plan, clock: _Clock
) -> Loaded:
    problems = [
        {"line": p.line, "level": p.level, "code": p.code, "message": p.message}
        for p in reading.tree.problems
    ]
    counts = outline.counts if outline else _counts(reading)
    return Loaded(
        outline, slug, reading.tree.title, reading.sha256, reading.pack.name, counts,
        plan.changes.as_dict(), problems, clock.seconds(),
    )  # fmt: skip


def _counts(reading: _Reading) -> dict[str, int]:
    names = (
        "lines", "blank", "titles", "services", "features", "facts", "continuations", "skipped",
    )  # fmt: skip
    return {name: getattr(reading.tree.counts, name) for name in names} | reading.links.counts()


def _write(
    current: Outline | None,
    slug: str,
    reading: _Reading,
    plan: Plan,
    analysis: Analysis,
    linking: LinkPlan,
    clock: _Clock,
    owner: int | None,
    keep: Keep | None,
) -> Outline:
    try:
        with transaction.atomic():
            with clock.stage("write"):
                outline = _claim(current, slug, owner)
                if keep and current:
                    keep(current)
                _describe(outline, reading, plan)
                naming = name_services(reading.records, reading.pack.lexicon)
                keys = write_rows(outline, reading.records, naming, plan)
                names = write_links(outline, reading.links, analysis, linking, plan, keys)
                write_aliases(outline, [*names_of_rows(naming, keys), *names])
            _make_room(reading, analysis)
            with clock.stage("index"):
                lexicon = reading.pack.lexicon
                index_outline(outline, synonyms=lexicon.synonyms, parts=lexicon.parts)
            return outline
    except OperationalError as problem:
        if "locked" in str(problem):
            raise LoadError(
                "Another load is being written and has not ended in time; try again when it has."
            ) from None
        raise


def _make_room(reading: _Reading, analysis: Analysis) -> None:
    """Let go of what is written: the index of a large outline takes as much memory again."""
    reading.links.linked.named.clear()
    reading.links.linked.own.clear()
    reading.links.linked.mentions.clear()
    reading.links.topics.namings.clear()
    reading.records.clear()
    analysis.related.clear()
    analysis.related_features.clear()


def _claim(current: Outline | None, slug: str, owner: int | None) -> Outline:
    """The outline's row, locked, its version raised; _Superseded if it isn't the one planned."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('outgraph load'))")
    found = Outline.objects.select_for_update().under(slug)
    if (found and found.version) != (current and current.version):
        raise _Superseded
    if found is None:
        seen = Outline.Visibility.PUBLIC if owner is None else Outline.Visibility.PRIVATE
        return Outline(slug=slug, version=1, owner=owner, visibility=seen)
    found.version += 1
    return found


def _describe(outline: Outline, reading: _Reading, plan: Plan) -> None:
    """Write the outline's own row, its source and its problems."""
    tree, pack = reading.tree, reading.pack
    notice = {"notice": pack.about["notice"]} if "notice" in pack.about else {}
    outline.title, outline.title_line = tree.title, tree.title_line
    outline.given_title = reading.given_title
    outline.language, outline.metadata = tree.language, tree.metadata | notice
    outline.file_name, outline.sha256 = reading.file_name, reading.sha256
    outline.pack, outline.domains = pack.name, list(pack.lexicon.domains)
    outline.fingerprint, outline.loaded_at = reading.fingerprint, timezone.now()
    outline.counts = _counts(reading)
    outline.changes = plan.changes.as_dict() | {"nodes": len(reading.records)}
    outline.save()
    Source.objects.update_or_create(outline=outline, defaults={"content": reading.data})
    Problem.objects.for_outline(outline).delete()
    insert_rows(
        Problem,
        ["outline", "line", "level", "code", "message"],
        ([outline.pk, p.line, p.level, p.code, p.message] for p in tree.problems),
    )
