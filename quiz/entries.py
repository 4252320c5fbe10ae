"""The entries of an export as rows not yet saved. Whatever can't be one raises an error: KeyError,
TypeError, ValueError, AttributeError, OverflowError, DaysError or AnswerError."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from quiz.days import Days
from quiz.grading import check_answer, grade
from quiz.learner_rows import MOST_MINUTES
from quiz.memory_rows import Card, ReviewLog
from quiz.models import Answer, AskedFact, Note, Report, SessionItem, StudySession
from quiz.note_rows import LONGEST
from quiz.preferences import Preferences
from quiz.questions import problem_with, size_of
from quiz.scheduling import LEAST_RETENTION, MOST_RETENTION, Rating, as_dict, read_memory
from quiz.study import LONGEST_NOTE, MOST_ITEMS

_HIGHEST = 2**31 - 1
Place = tuple[str, str, str | None]
Item = tuple[SessionItem, list[AskedFact], Answer | None]


def read_settings(entry: Any) -> Preferences:
    day = entry["exam_date"]
    wanted = Preferences(
        date.fromisoformat(day) if day else None,
        _text(entry["exam_code"])[:40],
        float(entry["retention"]),
        _number(entry["minutes_a_day"], MOST_MINUTES, least=1),
        _text(entry["zone"]),
        _number(entry["change_hour"], 23),
        bool(entry["easy_at_choice"]),
    )
    Days(wanted.zone, wanted.change_hour)
    if not LEAST_RETENTION <= wanted.retention <= MOST_RETENTION:
        raise ValueError("retention")
    return wanted


def read_card(entry: Any) -> tuple[Place | None, Card]:
    """A card, and where its fact stood: outline, service, feature."""
    card = Card(
        text=_text(entry["text"]),
        line=_number_or_none(entry["line"]),
        suspended=bool(entry["suspended"]),
        buried_until=_instant_or_none(entry["buried_until"]),
        last_question=_text(entry["last_question"])[:64],
    )
    card.memory = read_memory(entry["memory"])
    feature = entry["feature"]
    place = None
    if entry["outline"] is not None:
        place = _text(entry["outline"]), _text(entry["service"]), feature and _text(feature)
    return place, card


def read_review(entry: Any) -> tuple[int, UUID | None, ReviewLog]:
    """A review, with the number of its card and the key of the review that it undoes."""
    log = ReviewLog(
        key=UUID(entry["key"]),
        rating=Rating[_text(entry["rating"]).upper()].value,
        at=_instant(entry["at"]),
        ms=_number_or_none(entry["ms"]),
        before=as_dict(read_memory(entry["before"])),
        after=as_dict(read_memory(entry["after"])),
    )
    undoes = entry["undoes"]
    return _number(entry["card"]), UUID(undoes) if undoes else None, log


def read_note(entry: Any) -> tuple[Place | None, Note]:
    """A note, and where its fact stood: outline, service, feature."""
    note = Note(
        beside=_text(entry["text"]), line=_number_or_none(entry["line"]),
        text=_text(entry["note"])[:LONGEST], at=_instant(entry["at"]),
    )  # fmt: skip
    feature = entry["feature"]
    place = None
    if entry["outline"] is not None:
        place = _text(entry["outline"]), _text(entry["service"]), feature and _text(feature)
    return place, note


def read_report(entry: Any) -> Report:
    if problem_with(entry["question"]):
        raise ValueError("question")
    return Report(
        question_key=entry["question"]["id"][:64], question=entry["question"],
        note=_text(entry["note"])[:LONGEST_NOTE], at=_instant(entry["at"]),
        settled_at=_instant_or_none(entry["settled_at"]),
    )  # fmt: skip


def read_session(entry: Any) -> tuple[StudySession, str | None, list[Item]]:
    """A session with its outline's slug and its items."""
    done = _instant_or_none(entry["done_at"])
    if not isinstance(entry["spec"], dict):
        raise ValueError("spec")
    session = StudySession(
        key=UUID(entry["key"]), kind=StudySession.Kind(entry["kind"]),
        seed=_text(entry["seed"])[:40], spec=entry["spec"],
        outline_title=_text(entry["outline_title"]),
        outline_version=_number(entry["outline_version"]),
        state=StudySession.State.DONE if done else StudySession.State.OPEN,
        started_at=_instant(entry["started_at"]),
        deadline=_instant_or_none(entry["deadline"]), done_at=done,
    )  # fmt: skip
    items = [_item(item) for item in entry["items"]]
    if not 1 <= len(items) <= MOST_ITEMS:
        raise ValueError("items")
    slug = entry["outline"]
    return session, slug and _text(slug), items


def _item(entry: Any) -> Item:
    question, layout = entry["question"], entry["layout"]
    if problem_with(question):
        raise ValueError("question")
    if (layout is not None) != (question["kind"] in ("ordering", "matching")):
        raise ValueError("layout")
    if layout is not None and sorted(layout) != list(range(size_of(question))):
        raise ValueError("layout")
    item = SessionItem(
        position=_number(entry["position"], MOST_ITEMS, least=1), question=question,
        layout=layout, domain=_text(entry["domain"]), scored=bool(entry["scored"]),
        flagged=bool(entry["flagged"]), skipped=bool(entry["skipped"]),
        dropped=bool(entry.get("dropped", False)),
    )  # fmt: skip
    facts = [
        AskedFact(place=place, text=_text(fact["text"]), line=_number_or_none(fact["line"]))
        for place, fact in enumerate(entry["facts"])
    ]
    given = entry["answer"]
    if given is None:
        return item, facts, None
    answer = check_answer(question, given["given"])
    return item, facts, Answer(
        kind=question["kind"], given=answer, right=grade(question, answer).right,
        guessed=bool(given["guessed"]), ms=_number_or_none(given["ms"]),
        at=_instant(given["at"]), day=date.fromisoformat(given["day"]),
    )  # fmt: skip


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise TypeError("text")
    return value


def _number(value: Any, most: int = _HIGHEST, least: int = 0) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError("number")
    return value


def _number_or_none(value: Any) -> int | None:
    return None if value is None else _number(value)


def _instant(value: Any) -> datetime:
    instant = datetime.fromisoformat(_text(value))
    if instant.tzinfo is None:
        raise ValueError("zone")
    return instant.astimezone(UTC)


def _instant_or_none(value: Any) -> datetime | None:
    return None if value is None else _instant(value)
