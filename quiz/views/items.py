"""One question of a session: to answer, to read with its verdict, and what else can be done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from knowledge.pages import respond
from quiz import reviewing, study
from quiz.addresses import addresses_of
from quiz.grading import Answer, AnswerError, Form, Grade, grade, read_answer
from quiz.models import Answer as AnswerRow
from quiz.models import SessionItem, StudySession
from quiz.pages import form_of, go_to, refuse, see_other, session_page
from quiz.shown import show_question
from quiz.sources import show_source
from quiz.standing import Standing, StudyError, get_item, standing

Act = Callable[[StudySession, int, datetime], Any]


@require_http_methods(["GET", "HEAD", "POST"])
@session_page
def item(request: HttpRequest, session: StudySession, position: int) -> HttpResponse:
    """A question, or its verdict once it is answered; a POST answers it."""
    now = timezone.now()
    if request.method == "POST":
        return _answer(request, session, position, now)
    if study.close_if_over(session, now):
        return go_to("quiz:session", session.key)
    try:
        found = study.show(session, position, now)
    except StudyError as problem:
        raise Http404(str(problem)) from None
    if request.GET.get("part") == "source" and request.htmx:  # type: ignore[attr-defined]
        context = _context(request, session, found, standing(session, now))
        return respond(request, "quiz/item.html", context, part="source")
    return _page(request, session, found, standing(session, now))


def _answer(
    request: HttpRequest, session: StudySession, position: int, now: datetime
) -> HttpResponse:
    form = form_of(request)
    if session.is_exam and "over" in form:
        return _time_up(session, position, form, now)
    try:
        outcome = study.answer(session, position, form, now)
    except AnswerError as problem:
        found = get_item(session, position)
        return _page(
            request, session, found, standing(session, now), sent=form, problem=str(problem),
            status=400,
        )  # fmt: skip
    except StudyError as problem:
        back = reverse("quiz:session", args=[session.key])
        return refuse(request, str(problem), back=back)
    following = outcome.standing
    if following.session.is_exam and following.session.is_open:
        if "review" in form or position >= len(following.marks):
            return go_to("quiz:session", session.key)
        return go_to("quiz:item", session.key, position + 1)
    first = outcome.first or _says(outcome.item, form, outcome.answer.given)
    if not request.htmx:  # type: ignore[attr-defined]
        address = reverse("quiz:item", args=[session.key, position])
        return see_other(address if first else f"{address}?told=first")
    told = "" if first else "first"
    return _page(
        request, following.session, outcome.item, following, given=outcome.answer, told=told
    )


def _time_up(session: StudySession, position: int, form: Form, now: datetime) -> HttpResponse:
    """The page's clock has run out: what is chosen on it is kept, and the exam handed in."""
    with suppress(AnswerError, StudyError):
        study.answer(session, position, form, now)
    study.hand_in(session, now)
    return go_to("quiz:session", session.key)


def _says(found: SessionItem, form: Form, given: Answer) -> bool:
    """Whether a form that came twice says the same: then there is nothing to tell."""
    try:
        return read_answer(found.question, found.layout, form) == given
    except AnswerError:
        return False


def _page(
    request: HttpRequest, session: StudySession, found: SessionItem, at: Standing,
    *, status: int = 200, **more: Any,
) -> HttpResponse:  # fmt: skip
    context = _context(request, session, found, at, **more)
    return respond(request, "quiz/item.html", context, status=status)


def _context(
    request: HttpRequest, session: StudySession, found: SessionItem, at: Standing,
    *, given: AnswerRow | None = None, sent: Form | None = None, problem: str = "",
    told: str = "",
) -> dict[str, Any]:  # fmt: skip
    """What the page of a question shows; nothing is told of an exam before it is handed in."""
    given = given or found.answer
    secret = session.is_exam and session.is_open
    over = not session.is_open
    verdict = None
    if not secret and (given or over):
        verdict = grade(found.question, given.given if given else None)
    number = request.GET.get("line", "")
    line = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else None
    mark = at.marks[found.position - 1] if found.position <= len(at.marks) else None
    return {
        "title": _title(found, at, verdict),
        "session": session,
        "item": found,
        "to": addresses_of(session.key, found.position),
        "question": found.question,
        "shown": show_question(
            found.question, found.layout, given.given if given else None, sent=sent,
            verdict=verdict,
        ),
        "verdict": verdict,
        "given": given,
        "guessed": given.guessed if given else bool(sent and sent.get("guessed")),
        "at_item": at,
        "mark": mark,
        "problem": problem,
        "told": told or request.GET.get("told", ""),
        "line": line,
        "beside": show_source(session, found, line) if verdict else "",
        "following": found.position + 1 if found.position < len(at.marks) else None,
        "preceding": found.position - 1 if found.position > 1 else None,
    }  # fmt: skip


def _title(found: SessionItem, at: Standing, verdict: Grade | None) -> str:
    place = f"{found.position} of {len(at.marks)}"
    if verdict is None:
        return place
    return f"{'Right' if verdict.right else 'Not quite'}: {place}"


def _acting(act: Act, after: Callable[[StudySession, int, Any], HttpResponse]) -> Any:
    """A view of one thing that can be done with a question."""

    @require_POST
    @session_page
    def view(request: HttpRequest, session: StudySession, position: int) -> HttpResponse:
        try:
            done = act(session, position, timezone.now())
        except StudyError as problem:
            back = reverse("quiz:session", args=[session.key])
            return refuse(request, str(problem), back=back)
        return after(session, position, done)

    return view


def _stay(session: StudySession, position: int, done: Any) -> HttpResponse:
    return go_to("quiz:item", session.key, position)


def _onward(session: StudySession, position: int, done: Standing) -> HttpResponse:
    if session.is_exam:
        following = position + 1 if position < len(done.marks) else None
    else:
        following = done.next
    if following is None:
        return go_to("quiz:session", session.key)
    return go_to("quiz:item", session.key, following)


skip = _acting(study.skip, _onward)
guessed = _acting(study.mark_guessed, _stay)
bury = _acting(reviewing.put_off, _onward)
suspend = _acting(reviewing.put_away, _onward)


def _flagging(on: bool) -> Any:
    """A view that sets the flag or takes it away; what was chosen meanwhile is saved."""

    @require_POST
    @session_page
    def view(request: HttpRequest, session: StudySession, position: int) -> HttpResponse:
        now = timezone.now()
        try:
            if session.is_exam:
                with suppress(AnswerError):
                    study.answer(session, position, form_of(request), now)
            study.flag(session, position, on, now)
        except StudyError as problem:
            return refuse(request, str(problem), back=reverse("quiz:session", args=[session.key]))
        return go_to("quiz:item", session.key, position)

    return view


flag, unflag = _flagging(True), _flagging(False)
