"""Quizzes: start one, go on where it was, look at how it went."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.models import Outline
from knowledge.pages import respond
from quiz import study
from quiz.choices import choices_of
from quiz.drawing import draw, find_scope
from quiz.models import Learner, StudySession
from quiz.pace import paced
from quiz.pages import form_of, go_to, outline_form, query_of, refuse, session_page
from quiz.repeating import missed_again
from quiz.shown import KIND_NAMES
from quiz.specs import COUNTS, LEVELS, Spec, read_seed, read_spec, stored_spec
from quiz.standing import StudyError, standing
from quiz.summing import summarize
from quiz.views.exams import exam_page
from quiz.visitors import get_or_make_learner, learner_of


@outline_form
@paced
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, outline: Outline) -> HttpResponse:
    """What to be asked about; a POST starts the quiz and leads to its first question."""
    if request.method == "POST":
        return _start(request, outline)
    try:
        spec, seed = read_spec(query_of(request)), read_seed(query_of(request))
        scope = find_scope(outline, spec)
    except StudyError as problem:
        return _ask(request, outline, Spec(), str(problem), 400)
    if not seed:
        return _ask(request, outline, spec)
    context = {"title": "A shared quiz", "scope": scope, "spec": spec, "seed": seed}
    return respond(request, "quiz/shared.html", context)


def _start(request: HttpRequest, outline: Outline) -> HttpResponse:
    now, spec = timezone.now(), Spec()
    try:
        spec = read_spec(form_of(request))
        seed = read_seed(form_of(request)) or str(secrets.randbelow(10**9))
        drawn = draw(outline, spec, seed, learner_of(request))
        session = study.start(
            get_or_make_learner(request, now), outline, drawn.asked, kind="quiz", seed=seed,
            now=now, spec={**spec.as_dict(), "name": drawn.name, "note": drawn.note},
        )  # fmt: skip
    except StudyError as problem:
        return _ask(request, outline, spec, str(problem), 409)
    return go_to("quiz:item", session.key, 1)


def _ask(
    request: HttpRequest, outline: Outline, spec: Spec, problem: str = "", status: int = 200
) -> HttpResponse:
    learner = learner_of(request)
    context = {
        "title": "Quiz",
        "spec": spec,
        "choices": choices_of(outline, spec),
        "counts": COUNTS,
        "levels": LEVELS,
        "kinds": KIND_NAMES.items(),
        "problem": problem,
        "open": _open(learner, outline),
    }
    return respond(request, "quiz/start.html", context, status=status)


def _open(learner: Learner | None, outline: Outline) -> StudySession | None:
    """The session that can be gone on with."""
    if learner is None:
        return None
    sessions = StudySession.objects.of(learner).on(outline).open()
    return sessions.latest_first().first()


@require_safe
@session_page
def session(request: HttpRequest, session: StudySession) -> HttpResponse:
    """Where the session is: its next question, or how it went."""
    now = timezone.now()
    study.close_if_over(session, now)
    session.refresh_from_db(fields=["state", "done_at"])
    if session.is_exam:
        return exam_page(request, session, now)
    found = standing(session, now)
    if session.is_open and found.next:
        return go_to("quiz:item", session.key, found.next)
    context: dict[str, Any] = {
        "title": "Result",
        "session": session,
        "standing": found,
        "summary": summarize(session, now),
        "share": _share(request, session),
    }
    return respond(request, "quiz/summary.html", context)


def _share(request: HttpRequest, session: StudySession) -> str:
    """The address that gives anyone the same questions; empty where they are one learner's."""
    spec = stored_spec(session.spec)
    seed = session.seed
    if session.outline is None or session.kind != "quiz" or spec is None or spec.wrong:
        return ""
    if "again" in session.spec or not seed.isdigit():
        return ""
    path = reverse("quiz:start", args=[session.outline.slug])
    return request.build_absolute_uri(f"{path}?{spec.as_query(seed)}")


@require_POST
@session_page
def finish(request: HttpRequest, session: StudySession) -> HttpResponse:
    """End a quiz with what was answered, or hand in an exam. Twice is once."""
    study.finish(session, timezone.now())
    return go_to("quiz:session", session.key)


@require_POST
@session_page
def undo(request: HttpRequest, session: StudySession) -> HttpResponse:
    """Take the last answer back, and ask its question again."""
    now = timezone.now()
    before = standing(session, now)
    try:
        after = study.undo(session, now)
    except StudyError as problem:
        return refuse(request, str(problem), back=reverse("quiz:session", args=[session.key]))
    opened = [
        mark.position
        for mark, old in zip(after.marks, before.marks, strict=True)
        if old.answered and not mark.answered
    ]
    return go_to("quiz:item", session.key, *(opened[:1] or [1]))


@require_POST
@session_page
def again(request: HttpRequest, session: StudySession) -> HttpResponse:
    """A new quiz of the questions that went wrong."""
    try:
        new = missed_again(session, timezone.now())
    except StudyError as problem:
        return refuse(request, str(problem), back=reverse("quiz:session", args=[session.key]))
    return go_to("quiz:item", new.key, 1)
