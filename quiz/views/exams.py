"""Exams: choose and start one, look over its items, hand it in, read its report."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from knowledge.models import Outline
from knowledge.pages import respond
from quiz.blueprints import BlueprintError
from quiz.exam import ExamError
from quiz.exams import blueprint_of
from quiz.models import StudySession
from quiz.pace import paced
from quiz.pages import form_of, go_to, outline_form
from quiz.sittings import EXTRAS, read_wish, report_of, start_exam
from quiz.standing import StudyError, standing
from quiz.visitors import get_or_make_learner, learner_of


@outline_form
@paced
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, outline: Outline) -> HttpResponse:
    """Which exam; a POST starts it and its clock."""
    problem, status, blueprint = "", 200, blueprint_of(outline)
    if request.method == "POST":
        now = timezone.now()
        try:
            exam, short, extra = read_wish(form_of(request), blueprint)
            session = start_exam(
                get_or_make_learner(request, now), outline, exam, short=short, extra=extra,
                seed=str(secrets.randbelow(10**9)), now=now,
            )  # fmt: skip
            return go_to("quiz:item", session.key, 1)
        except (BlueprintError, ExamError, StudyError) as refused:
            problem, status = str(refused), 409
    learner = learner_of(request)
    if blueprint is None:
        problem = "These notes hold nothing yet that an exam could ask."
    sessions = StudySession.objects.of(learner).on(outline).of_kind("exam") if learner else None
    code = learner.exam_code if learner else ""
    codes = [exam.code for exam in blueprint.exams] if blueprint else []
    context = {
        "title": "Exam",
        "blueprint": blueprint,
        "chosen": code if code in codes else blueprint.default.code if blueprint else "",
        "extras": EXTRAS,
        "problem": problem,
        "open": sessions.open().latest_first().first() if sessions is not None else None,
        "past": sessions.done().latest_first()[:5] if sessions is not None else [],
    }
    return respond(request, "quiz/exam_start.html", context, status=status)


def exam_page(request: HttpRequest, session: StudySession, now: datetime) -> HttpResponse:
    """All items of an open exam, to look over before handing in; of a closed one the report."""
    at = standing(session, now)
    if session.is_open:
        context = {"title": "All items", "session": session, "at_item": at}
        return respond(request, "quiz/exam_items.html", context)
    context = {"title": "Report", "session": session, "found": report_of(session), "at_item": at}
    return respond(request, "quiz/exam_report.html", context)
