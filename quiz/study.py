"""What a learner does in a session, each step one transaction that returns the new state.

A session keeps its questions as they were asked, whatever becomes of the outline. In a quiz or a
review the first answer counts; in an exam the last one before handing in, and nothing is rated or
told before. Doing a thing twice, or from two tabs, does it once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from knowledge.models import Fact, Outline
from knowledge.rows import create_rows, fill_row
from quiz.exam import Paper
from quiz.grading import Form, Grade, grade, read_reply
from quiz.models import Answer, AskedFact, Learner, Report, SessionItem, StudySession
from quiz.questions import Asked, layout_of
from quiz.recording import Rated, UndoError, rated_facts, record, undo_reviews
from quiz.standing import Standing, StudyError, get_item, standing

MOST_ITEMS = 200
LONGEST_NOTE = 2000
# What was sent before the deadline may come a little after it.
GRACE = timedelta(seconds=5)
OVER = "This session is over; its answers stay as they are."
TIME_UP = "Time is up: the exam was handed in with what had been answered."


@dataclass(frozen=True)
class Outcome:
    """An answer as it counts; `first` is False when one had been given before."""

    standing: Standing
    item: SessionItem
    answer: Answer
    grade: Grade
    first: bool


def start(
    learner: Learner,
    outline: Outline,
    asked: Sequence[Asked] | Paper,
    *,
    kind: str,
    seed: str,
    now: datetime,
    spec: Mapping[str, Any] | None = None,
    minutes: int | None = None,
) -> StudySession:
    """A new session of these questions, made from the outline as it is given."""
    paper = asked if isinstance(asked, Paper) else None
    questions = [chosen.asked for chosen in paper.items] if paper else list(asked)  # type: ignore[arg-type]
    if not questions:
        raise StudyError("There are no questions on that yet.")
    if len(questions) > MOST_ITEMS:
        raise StudyError(f"A session can have at most {MOST_ITEMS} questions.")
    with transaction.atomic():
        session = StudySession.objects.create(
            learner=learner, kind=kind, seed=seed, spec=dict(spec or {}), outline=outline,
            outline_title=outline.title, outline_version=outline.version, started_at=now,
            deadline=now + timedelta(minutes=minutes) if minutes else None,
        )  # fmt: skip
        items = [
            SessionItem(
                learner=learner, session=session, position=position,
                question=dict(one.question), layout=layout_of(one.question, seed),
                domain=paper.items[position - 1].domain if paper else "",
                scored=paper.items[position - 1].scored if paper else True,
            )
            for position, one in enumerate(questions, 1)
        ]  # fmt: skip
        create_rows(items)
        keys = {key for one in questions for key in one.facts}
        facts = Fact.objects.for_outline(outline).with_keys(keys).in_bulk()
        create_rows(
            AskedFact(
                learner=learner, item=item, place=place, fact=facts.get(key),
                text=facts[key].text if key in facts else "",
                line=facts[key].line if key in facts else None,
            )
            for item, one in zip(items, questions, strict=True)
            for place, key in enumerate(one.facts)
        )  # fmt: skip
    return session


def show(session: StudySession, position: int, now: datetime) -> SessionItem:
    """The item, which is being read from now on."""
    item = get_item(session, position)
    if item.shown_at is None and session.is_open:
        item.shown_at = now
        fill_row(SessionItem, item.pk, "shown_at", now)
    return item


def answer(session: StudySession, position: int, form: Form, now: datetime) -> Outcome:
    """Answer an item. Raises AnswerError for a form that holds no answer, StudyError where the
    session takes none; then nothing has changed."""
    if session.deadline and now > session.deadline + GRACE and session.is_open:
        hand_in(session, now)
        raise StudyError(TIME_UP)
    try:
        return _answer(session, position, form, now)
    except IntegrityError:
        # The outline was being loaded anew, and a fact went in that moment: its rows tell now.
        return _answer(session, position, form, now)


@transaction.atomic
def _answer(session: StudySession, position: int, form: Form, now: datetime) -> Outcome:
    session = StudySession.objects.held(session)
    item = get_item(session, position)
    old = item.answer
    if old and not (session.is_exam and session.is_open):
        return Outcome(standing(session, now), item, old, grade(item.question, old.given), False)
    if not session.is_open:
        raise StudyError(OVER)
    reply = read_reply(item.question, item.layout, form)
    verdict = grade(item.question, reply.answer)
    spent = int((now - (item.shown_at or session.started_at)).total_seconds() * 1000)
    ms = max(0, spent if reply.ms is None and item.shown_at else min(reply.ms or 0, spent)) or None
    if old and old.given == reply.answer and old.guessed == reply.guessed:
        return Outcome(standing(session, now), item, old, verdict, False)
    new = old or Answer(learner=session.learner, item=item, kind=item.question["kind"])
    new.given, new.right, new.guessed = reply.answer, verdict.right, reply.guessed
    new.ms, new.at, new.day = ms, now, session.learner.today(now)
    if old:
        new.save()
    else:
        create_rows([new])
    if not session.is_exam:
        record(session.learner, rated_facts(session.learner, item, new, verdict), now)
    found = standing(session, now)
    if not session.is_exam and not found.left:
        _close(session, now)
    return Outcome(found, item, new, verdict, old is None)


@transaction.atomic
def mark_guessed(session: StudySession, position: int, now: datetime) -> Outcome:
    """'I guessed', said after the verdict: the fact is rated again, as if not known."""
    session = StudySession.objects.held(session)
    item = get_item(session, position)
    given = item.answer
    if given is None:
        raise StudyError("Answer the question first.")
    verdict = grade(item.question, given.given)
    if not given.guessed:
        given.guessed = True
        given.save(update_fields=["guessed"])
        if not session.is_exam and verdict.right:
            _undo(given, now)
            record(session.learner, rated_facts(session.learner, item, given, verdict), now)
    return Outcome(standing(session, now), item, given, verdict, False)


@transaction.atomic
def skip(session: StudySession, position: int, now: datetime) -> Standing:
    """Leave an item for later: it comes again after the others."""
    session = _open(session)
    item = get_item(session, position)
    if item.answer is None and not item.skipped:
        item.skipped = True
        item.save(update_fields=["skipped"])
    return standing(session, now)


@transaction.atomic
def flag(session: StudySession, position: int, on: bool, now: datetime) -> Standing:
    """Mark an item to look at again, or take the mark away."""
    session = _open(session)
    item = get_item(session, position)
    if item.flagged != on:
        item.flagged = on
        item.save(update_fields=["flagged"])
    return standing(session, now)


@transaction.atomic
def hand_in(session: StudySession, now: datetime) -> Standing:
    """End a session with what was answered; an exam's answers are rated now. Twice is once."""
    session = StudySession.objects.held(session)
    if session.is_open:
        if session.is_exam:
            _rate_all(session, now)
        _close(session, min(now, session.deadline) if session.deadline else now)
    return standing(session, now)


# A quiz is finished as an exam is handed in.
finish = hand_in


def close_if_over(session: StudySession, now: datetime) -> bool:
    """Hand in an exam whose time is up; whether that was so."""
    over = bool(session.is_open and session.deadline and now > session.deadline + GRACE)
    if over:
        hand_in(session, now)
    return over


@transaction.atomic
def undo(session: StudySession, now: datetime) -> Standing:
    """Take the last answer of a quiz or review back: its item is open again, its facts are
    remembered as before. The log keeps both."""
    session = StudySession.objects.held(session)
    if session.is_exam:
        raise StudyError("In an exam an answer is changed by answering again.")
    last = (
        Answer.objects.of(session.learner).filter(item__session=session).order_by("at", "id").last()
    )
    if last is None:
        raise StudyError("There is no answer to undo.")
    _undo(last, now)
    SessionItem.objects.of(session).filter(pk=last.item_id).update(shown_at=None, skipped=False)
    last.delete()
    if not session.is_open:
        session.state, session.done_at = StudySession.State.OPEN, None
        session.save(update_fields=["state", "done_at"])
    return standing(session, now)


@transaction.atomic
def report_question(session: StudySession, position: int, note: str, now: datetime) -> Report:
    """Say that a question is wrong: it isn't asked again, and the operator sees it. Once each."""
    item = get_item(session, position)
    note = note.strip().replace("\x00", "")
    if len(note) > LONGEST_NOTE:
        raise StudyError(f"A note can have at most {LONGEST_NOTE} characters.")
    report, _ = Report.objects.get_or_create(
        learner=session.learner, question_key=item.question["id"],
        defaults={
            "outline": session.outline, "question": item.question, "note": note, "at": now,
        },
    )  # fmt: skip
    return report


def _open(session: StudySession) -> StudySession:
    session = StudySession.objects.held(session)
    if not session.is_open:
        raise StudyError(OVER)
    return session


def _undo(given: Answer, now: datetime) -> None:
    try:
        undo_reviews(given, now)
    except UndoError as problem:
        raise StudyError(str(problem)) from None


def _close(session: StudySession, now: datetime) -> None:
    session.state, session.done_at = StudySession.State.DONE, now
    session.save(update_fields=["state", "done_at"])


def _rate_all(session: StudySession, now: datetime) -> None:
    rated: list[Rated] = []
    for item in SessionItem.objects.of(session).with_answers():
        if item.answer:
            verdict = grade(item.question, item.answer.given)
            rated += rated_facts(session.learner, item, item.answer, verdict)
    record(session.learner, rated, now)
