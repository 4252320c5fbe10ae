"""Everything of one learner as a file, and out of the database.

The JSON holds all that there is: settings, cards, sessions with their questions and answers, every
review, reports, notes. It names facts by outline, topic, feature, words and line, never by a row's
key, so that it can be loaded into another place (`quiz.importing`). The CSV tables are for reading
elsewhere.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import router, transaction

from knowledge.models import Outline
from quiz.memory_rows import Card, ReviewLog
from quiz.models import Answer, AskedFact, Learner, Note, Report, SessionItem, StudySession
from quiz.preferences import FIELDS
from quiz.scheduling import Rating, State, as_dict

FORMAT, VERSION = "outgraph-learner", 1
BATCH = 500
TABLES = {
    "reviews.csv": (
        "fact", "line", "at", "rating", "undone", "ms", "stability_before", "difficulty_before",
        "stability", "difficulty", "state", "due",
    ),
    "answers.csv": (
        "session", "kind", "position", "topic", "feature", "stem", "question_kind", "right",
        "guessed", "ms", "at", "given",
    ),
    "cards.csv": (
        "fact", "line", "state", "stability", "difficulty", "due", "last_review", "suspended",
    ),
}  # fmt: skip


def export_json(learner: Learner, now: datetime) -> Iterator[str]:
    """The pieces of one JSON document; sessions and reviews are read as they are written."""
    head = {
        "format": FORMAT, "version": VERSION, "exported_at": now,
        "settings": {name: getattr(learner, name) for name in FIELDS},
    }  # fmt: skip
    yield _dump(head)[:-1]
    index: dict[int, int] = {}
    yield from _list("cards", _cards(learner, index))
    yield from _list("sessions", _sessions(learner))
    yield from _list("reviews", _reviews(learner, index))
    yield from _list("reports", _reports(learner))
    yield from _list("notes", _notes(learner))
    yield "}\n"


def export_csv(learner: Learner) -> bytes:
    """A zip archive of the tables."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in TABLES:
            text = io.StringIO()
            writer = csv.writer(text)
            writer.writerow(TABLES[name])
            writer.writerows([_cell(value) for value in row] for row in csv_rows(learner, name))
            # With a mark at its head spreadsheets read it as UTF-8.
            zipped.writestr(name, text.getvalue().encode("utf-8-sig"))
    return archive.getvalue()


def csv_rows(learner: Learner, table: str) -> Iterator[tuple[Any, ...]]:
    """The rows of one of TABLES."""
    match table:
        case "reviews.csv":
            logs = ReviewLog.objects.of(learner).filter(undoes=None)
            for log in logs.select_related("card", "undone_by").iterator(BATCH):
                before, after = log.before, log.after
                rating = Rating(log.rating).name.lower()
                yield (
                    log.card.text, log.card.line, log.at.isoformat(), rating,
                    hasattr(log, "undone_by"), log.ms, before["stability"], before["difficulty"],
                    after["stability"], after["difficulty"], State(after["state"]).name.lower(),
                    after["due"],
                )  # fmt: skip
        case "answers.csv":
            answers = Answer.objects.of(learner).order_by("at", "id")
            for answer in answers.select_related("item__session").iterator(BATCH):
                item, question = answer.item, answer.item.question
                yield (
                    item.session.key, item.session.kind, item.position, question["topic"],
                    question.get("feature"), question["stem"], answer.kind, answer.right,
                    answer.guessed, answer.ms, answer.at.isoformat(), json.dumps(answer.given),
                )  # fmt: skip
        case "cards.csv":
            for card in Card.objects.of(learner).order_by("id").iterator(BATCH):
                memory = as_dict(card.memory)
                yield (
                    card.text, card.line, State(card.state).name.lower(), card.stability,
                    card.difficulty, memory["due"], memory["last_review"], card.suspended,
                )  # fmt: skip


@transaction.atomic
def delete_everything(learner: Learner) -> None:
    """No row of the learner is left, nor any outline of their own. Their account, if they have
    one, is another matter."""
    # Rows of other rows first; the database itself checks that none is left hanging.
    for model in (ReviewLog, AskedFact, Answer, Report, Note, Card, SessionItem, StudySession):
        rows = model.objects.filter(learner=learner)
        rows._raw_delete(router.db_for_write(model))
    Outline.objects.of_owner(learner.pk).delete()
    Learner.objects.filter(pk=learner.pk).delete()


def _cards(learner: Learner, index: dict[int, int]) -> Iterator[dict[str, Any]]:
    cards = Card.objects.of(learner).order_by("id")
    placed = cards.select_related("fact__outline", "fact__service", "fact__feature")
    for number, card in enumerate(placed.iterator(BATCH)):
        index[card.pk] = number
        fact = card.fact
        yield {
            "outline": fact.outline.slug if fact else None,
            "service": fact.service.name if fact else None,
            "feature": fact.feature.name if fact and fact.feature else None,
            "text": fact.text if fact else card.text,
            "line": fact.line if fact else card.line,
            "memory": as_dict(card.memory),
            "suspended": card.suspended,
            "buried_until": card.buried_until,
            "last_question": card.last_question,
        }


def _notes(learner: Learner) -> Iterator[dict[str, Any]]:
    notes = Note.objects.of(learner).order_by("id")
    placed = notes.select_related("fact__outline", "fact__service", "fact__feature")
    for note in placed.iterator(BATCH):
        fact = note.fact
        yield {
            "outline": fact.outline.slug if fact else None,
            "service": fact.service.name if fact else None,
            "feature": fact.feature.name if fact and fact.feature else None,
            "text": fact.text if fact else note.beside,
            "line": fact.line if fact else note.line,
            "note": note.text,
            "at": note.at,
        }


def _sessions(learner: Learner) -> Iterator[dict[str, Any]]:
    sessions = StudySession.objects.of(learner).order_by("started_at", "id")
    for session in sessions.select_related("outline").iterator(BATCH):
        items = SessionItem.objects.of(session).with_answers()
        yield {
            "key": session.key, "kind": session.kind, "seed": session.seed, "spec": session.spec,
            "outline": session.outline.slug if session.outline else None,
            "outline_title": session.outline_title, "outline_version": session.outline_version,
            "started_at": session.started_at, "deadline": session.deadline,
            "done_at": session.done_at, "items": [_item(item) for item in items],
        }  # fmt: skip


def _item(item: SessionItem) -> dict[str, Any]:
    answer = item.answer
    return {
        "position": item.position, "question": item.question, "layout": item.layout,
        "domain": item.domain, "scored": item.scored, "flagged": item.flagged,
        "skipped": item.skipped, "dropped": item.dropped,
        "facts": [{"text": fact.text, "line": fact.line} for fact in item.asked_facts.all()],
        "answer": answer and {
            "given": answer.given, "right": answer.right, "guessed": answer.guessed,
            "ms": answer.ms, "at": answer.at, "day": answer.day,
        },
    }  # fmt: skip


def _reviews(learner: Learner, index: dict[int, int]) -> Iterator[dict[str, Any]]:
    logs = ReviewLog.objects.of(learner).select_related("undoes")
    for log in logs.iterator(BATCH):
        yield {
            "key": log.key, "card": index[log.card_id],
            "undoes": log.undoes.key if log.undoes else None,
            "rating": Rating(log.rating).name.lower(), "at": log.at, "ms": log.ms,
            "before": log.before, "after": log.after,
        }  # fmt: skip


def _reports(learner: Learner) -> Iterator[dict[str, Any]]:
    for report in Report.objects.filter(learner=learner).order_by("at", "question_key"):
        yield {
            "question": report.question, "note": report.note, "at": report.at,
            "settled_at": report.settled_at,
        }  # fmt: skip


def _list(name: str, rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    yield f", {json.dumps(name)}: ["
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + _dump(row)
    yield "]"


def _dump(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _cell(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula is set off."""
    if isinstance(value, str) and value[:1] in "=+-@\t\r" and value:
        return "'" + value
    return value
