"""What `quiz.transfer` exported, loaded into a learner: all of it, or nothing and a sentence.

Loading adds to what is there. What came before by its key (a session, a review) isn't doubled; a
fact that has reviews on both sides gets the memory that all of them leave together. Whether an
answer was right is found anew and not believed.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, NoReturn, TypeVar
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from knowledge.models import Fact, Outline
from quiz.days import DaysError
from quiz.entries import (
    Item,
    Place,
    read_card,
    read_note,
    read_report,
    read_review,
    read_session,
    read_settings,
)
from quiz.grading import AnswerError
from quiz.learner_rows import Learner
from quiz.memory_rows import Card, ReviewLog
from quiz.merging import remember_anew
from quiz.models import Answer, AskedFact, Note, Report, SessionItem, StudySession
from quiz.preferences import set_preferences
from quiz.transfer import FORMAT, VERSION

T = TypeVar("T")
MOST_BYTES = 256 * 1024 * 1024
CHUNK = 400
_SUSPECT = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_HALF = re.compile("[\ud800-\udfff]")


class TransferError(Exception):
    """A file that can't be loaded; the text is a sentence. Nothing was changed."""


def load_json(learner: Learner, data: bytes, now: datetime) -> dict[str, int]:
    """Load an export; how many sessions, cards and reviews were new."""
    document = _parse(data)
    try:
        with transaction.atomic():
            held = Learner.objects.select_for_update(of=("self",)).get(pk=learner.pk)
            added = _load(held, document, now)
    except (IntegrityError, DataError, OverflowError, UnicodeError, RecursionError):
        raise TransferError("This file holds values that can't be kept.") from None
    learner.refresh_from_db()
    return added


def _parse(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise TransferError("This file is too large; an export can have 256 MB.")
    try:
        text = data.decode("utf-8-sig")
        document = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise TransferError("This file isn't JSON.") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise TransferError("This file isn't an export of a learner's data.")
    if document.get("version") != VERSION:
        raise TransferError("This file was made by another version, which can't be read here.")
    # Half a pair of surrogates, or a zero, is JSON but no text that can be kept or written out.
    if _SUSPECT.search(text):
        written = json.dumps(document, ensure_ascii=False)
        if "\\u0000" in written or _HALF.search(written):
            raise TransferError("This file holds characters that are no text.")
    return document


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _load(learner: Learner, document: dict[str, Any], now: datetime) -> dict[str, int]:
    settings = _read("settings", [document.get("settings")], read_settings)[0]
    cards = _read("card", document.get("cards"), read_card)
    sessions = _read("session", document.get("sessions"), read_session)
    reviews = _read("review", document.get("reviews"), read_review)
    reports = _read("report", document.get("reports"), read_report)
    # Exports from before there were notes have none.
    notes = _read("note", document.get("notes", []), read_note)
    facts = _find_facts(learner, [(place, card.text, card.line) for place, card in cards])
    kept, fresh = _keep_cards(learner, cards, facts)
    added = _keep_reviews(learner, kept, fresh, reviews)
    new = _keep_sessions(learner, sessions, {(c.text, c.line): c.fact_id for c in kept})
    for report in reports:
        report.learner = learner
    Report.objects.bulk_create(reports, ignore_conflicts=True)
    _keep_notes(learner, notes)
    set_preferences(learner, settings, now)
    return {"sessions": new, "cards": len(fresh), "reviews": added}


def _read(what: str, entries: object, reader: Callable[[Any], T]) -> list[T]:
    if not isinstance(entries, list):
        raise TransferError(f"The list of {what}s is missing in this file.")
    read = []
    for number, entry in enumerate(entries, 1):
        try:
            read.append(reader(entry))
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError, DaysError,
                AnswerError):  # fmt: skip
            raise TransferError(f"In this file {what} {number} can't be read.") from None
    return read


_Cards = list[tuple[Place | None, Card]]


def _find_facts(
    learner: Learner, wanted: Sequence[tuple[Place | None, str, int | None]]
) -> list[int | None]:
    """The fact that each is about, given its place, words and line: same outline and words, if
    possible the same place; of several the nearest line. No fact is taken twice, and none of an
    outline that the learner may not read: a file could name what it only guesses."""
    words = sorted({text for place, text, _ in wanted if place})
    slugs = {place[0] for place, *_ in wanted if place}
    allowed = Outline.objects.readable(learner.pk, ()).filter(slug__in=slugs).values("pk")
    there: dict[tuple[str, str], list[tuple[int, str, str | None, int]]] = defaultdict(list)
    for start in range(0, len(words), CHUNK):
        found = Fact.objects.filter(outline__in=allowed, text__in=words[start : start + CHUNK])
        for key, slug, text, service, feature, line in found.values_list(
            "pk", "outline__slug", "text", "service__name", "feature__name", "line"
        ):
            there[slug, text].append((key, service, feature, line))
    taken: set[int] = set()
    facts: list[int | None] = []
    for place, text, at in wanted:
        likely = [f for f in there[place[0], text] if f[0] not in taken] if place else []
        best = min(
            likely, default=None,
            key=lambda fact: (
                place is not None and fact[1] != place[1],
                place is not None and fact[2] != place[2],
                abs(fact[3] - (at or 0)), fact[0],
            ),
        )  # fmt: skip
        facts.append(best[0] if best else None)
        if best:
            taken.add(best[0])
    return facts


def _keep_cards(
    learner: Learner, cards: _Cards, facts: list[int | None]
) -> tuple[list[Card], set[int]]:
    """The learner's card for each one of the file, and the keys of those that are new."""
    own = {card.fact_id: card for card in Card.objects.of(learner).living()}
    lost = {(c.text, c.line): c for c in Card.objects.of(learner).filter(fact=None)}
    kept, fresh = [], []
    for (_, card), fact in zip(cards, facts, strict=True):
        mine = own.get(fact) if fact else lost.get((card.text, card.line))
        if mine is None:
            card.learner, card.fact_id = learner, fact
            fresh.append(card)
            mine = card
        kept.append(mine)
    Card.objects.bulk_create(fresh)
    return kept, {card.pk for card in fresh}


def _keep_notes(learner: Learner, notes: list[tuple[Place | None, Note]]) -> None:
    """Add the notes whose fact has none; a note without a fact is kept once."""
    facts = _find_facts(learner, [(place, note.beside, note.line) for place, note in notes])
    held = set(Note.objects.of(learner).values_list("fact_id", flat=True)) - {None}
    lost = set(Note.objects.of(learner).lost().values_list("beside", "text"))
    fresh = []
    for (_, note), fact in zip(notes, facts, strict=True):
        if fact in held or (fact is None and (note.beside, note.text) in lost):
            continue
        note.learner, note.fact_id = learner, fact
        fresh.append(note)
    Note.objects.bulk_create(fresh)


def _keep_reviews(
    learner: Learner,
    cards: list[Card],
    fresh: set[int],
    reviews: list[tuple[int, UUID | None, ReviewLog]],
) -> int:
    held = dict(ReviewLog.objects.filter(learner=learner).values_list("key", "pk"))
    new: dict[UUID, tuple[UUID | None, ReviewLog]] = {}
    for number, undoes, log in reviews:
        if number >= len(cards):
            raise TransferError("In this file a review belongs to no card.")
        if log.key in held or log.key in new:
            continue
        if undoes is not None and undoes not in held and undoes not in new:
            raise TransferError("In this file a review is undone that isn't there.")
        log.learner, log.card = learner, cards[number]
        new[log.key] = undoes, log
    plain = [log for undoes, log in new.values() if undoes is None]
    ReviewLog.objects.bulk_create(plain)
    held |= {log.key: log.pk for log in plain}
    undone = []
    for undoes, log in new.values():
        if undoes is not None:
            if undoes not in held:
                raise TransferError("In this file a review is undone that isn't there.")
            log.undoes_id = held[undoes]
            undone.append(log)
    ReviewLog.objects.bulk_create(undone)
    remember_anew(learner, {log.card_id for _, log in new.values()} - fresh)
    return len(new)


def _keep_sessions(
    learner: Learner,
    sessions: Iterable[tuple[StudySession, str | None, list[Item]]],
    known: dict[tuple[str, int | None], int | None],
) -> int:
    held = set(StudySession.objects.of(learner).values_list("key", flat=True))
    readable = Outline.objects.described().readable(learner.pk, ())
    outlines = {outline.slug: outline for outline in readable}
    new = 0
    for session, slug, items in sessions:
        if session.key in held:
            continue
        held.add(session.key)
        new += 1
        outline = outlines.get(slug or "")
        session.learner, session.outline = learner, outline
        session.save()
        for item, _, _ in items:
            item.learner, item.session = learner, session
        SessionItem.objects.bulk_create(item for item, _, _ in items)
        for item, facts, answer in items:
            for part in (*facts, answer):
                if part:
                    part.learner, part.item = learner, item
            for fact in facts:
                fact.fact_id = known.get((fact.text, fact.line))
        AskedFact.objects.bulk_create(fact for _, facts, _ in items for fact in facts)
        Answer.objects.bulk_create(answer for _, _, answer in items if answer)
    return new
