"""Where a session is: what is answered, what comes next, what there is to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BigAutoField, IntegerField

from knowledge.prepared import Prepared
from quiz.models import Answer, SessionItem, StudySession

CHANGED = "The outline has been loaded anew since; the questions stay as they were asked."
GONE = "The outline isn't here any more; the questions stay as they were asked."

_MARKS = Prepared(
    lambda learner, session: SessionItem.objects.of_session(learner, session).marks(),
    BigAutoField(), BigAutoField(),
)  # fmt: skip
# An item's own columns, then those of its answer, from one query.
_ITEM = [field.attname for field in SessionItem._meta.concrete_fields]
_ANSWER = [field.attname for field in Answer._meta.concrete_fields]
_ITEM_AND_ANSWER = Prepared(
    lambda learner, session, position: (
        SessionItem.objects.of_session(learner, session)
        .at(position)
        .values_list(*_ITEM, *(f"answers__{name}" for name in _ANSWER))
    ),
    BigAutoField(), BigAutoField(), IntegerField(),
)  # fmt: skip


class StudyError(Exception):
    """What was asked for can't be done; the text is a sentence. Nothing was changed."""


@dataclass(frozen=True)
class Mark:
    """An item in the list; `right` is None while unanswered, and in an exam until handing in."""

    position: int
    answered: bool
    right: bool | None
    flagged: bool
    skipped: bool
    dropped: bool = False


@dataclass(frozen=True)
class Standing:
    """Where a session is: `next` is the position to go on with, None when none is left."""

    session: StudySession
    marks: tuple[Mark, ...]
    next: int | None
    remaining: timedelta | None
    notice: str

    @property
    def answered(self) -> int:
        return sum(mark.answered for mark in self.marks)

    @property
    def asked(self) -> int:
        """How many there are, without those that were put off unanswered."""
        return sum(not mark.dropped for mark in self.marks)

    @property
    def left(self) -> int:
        """How many are still to be answered."""
        return sum(not (mark.answered or mark.dropped) for mark in self.marks)

    @property
    def right(self) -> int:
        return sum(mark.right is True for mark in self.marks)


def standing(session: StudySession, now: datetime) -> Standing:
    """Where a session is: one query."""
    hidden = session.is_exam and session.is_open
    marks = tuple(
        Mark(position, answer is not None, None if hidden else right, flagged, skipped, dropped)
        for position, flagged, skipped, dropped, answer, right in _MARKS.all(
            session.learner_id, session.pk
        )
    )
    ahead = [mark for mark in marks if not mark.answered and not mark.dropped]
    ahead = ahead if session.is_open else []
    ahead.sort(key=lambda mark: (mark.skipped, mark.position))
    remaining = None
    if session.deadline and session.is_open:
        remaining = max(session.deadline - now, timedelta(0))
    notice = ""
    if session.source_changed:
        notice = CHANGED if session.outline else GONE
    return Standing(session, marks, ahead[0].position if ahead else None, remaining, notice)


def get_item(session: StudySession, position: int) -> SessionItem:
    """The item at a position, with its answer; raises StudyError."""
    row = _ITEM_AND_ANSWER.first(session.learner_id, session.pk, position)
    if row is None:
        raise StudyError("This session has no such question.")
    mine, given = row[: len(_ITEM)], row[len(_ITEM) :]
    item = SessionItem.from_db(DEFAULT_DB_ALIAS, _ITEM, mine)
    answered = given[0] is not None
    item.answer = Answer.from_db(DEFAULT_DB_ALIAS, _ANSWER, given) if answered else None
    return item
