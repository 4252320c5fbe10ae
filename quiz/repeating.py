"""Again with what was missed."""

from __future__ import annotations

import secrets
from datetime import datetime

from quiz import study
from quiz.models import Report, SessionItem, StudySession
from quiz.questions import Asked
from quiz.standing import StudyError


def missed_again(session: StudySession, now: datetime) -> StudySession:
    """A new quiz of the questions of a session that were not answered right, or not at all."""
    if session.is_open:
        raise StudyError("This session isn't over yet.")
    if session.outline is None:
        raise StudyError("The outline isn't here any more, so nothing can be asked about it.")
    hidden = Report.objects.hidden_from(session.learner)
    asked = [
        Asked(item.question, tuple(fact.fact_id for fact in item.asked_facts.all() if fact.fact_id))
        for item in SessionItem.objects.of(session).with_answers()
        if not (item.answer and item.answer.right)
        and not item.dropped
        and item.question["id"] not in hidden
    ]
    if not asked:
        raise StudyError("You missed nothing, so there is nothing to repeat.")
    return study.start(
        session.learner, session.outline, asked, kind="quiz", seed=str(secrets.randbelow(10**9)),
        now=now, spec={"again": str(session.key), "name": "What you missed"},
    )  # fmt: skip
