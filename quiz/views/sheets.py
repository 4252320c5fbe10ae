"""A session on paper, with its key on the last page, and as files for other programs."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from knowledge.pages import respond
from quiz import study
from quiz.exports.anki import as_apkg
from quiz.exports.csv import as_csv
from quiz.exports.gift import as_gift
from quiz.models import SessionItem, StudySession
from quiz.pages import refuse, session_page
from quiz.shown import show_question
from quiz.summing import key_words

TYPES = {"gift": "text/plain", "csv": "text/csv", "apkg": "application/octet-stream"}
UNTOLD = "An exam is told to nobody before it is handed in."


@require_safe
@session_page
def sheet(request: HttpRequest, session: StudySession) -> HttpResponse:
    """All questions to print; whoever prints them has the key."""
    study.close_if_over(session, timezone.now())
    if session.is_exam and session.is_open:
        return refuse(request, UNTOLD)
    items = SessionItem.objects.of(session)
    context = {
        "title": "To print",
        "session": session,
        "items": [
            (item.position, show_question(item.question, item.layout), item.question,
             key_words(item.question))
            for item in items
        ],
    }  # fmt: skip
    return respond(request, "quiz/sheet.html", context)


@require_safe
@session_page
def download(request: HttpRequest, session: StudySession, form: str) -> HttpResponse:
    """The questions as GIFT, CSV or an Anki package."""
    if form not in TYPES:
        raise Http404("There is no such file.")
    if session.is_exam and session.is_open:
        return refuse(request, UNTOLD)
    questions = [item.question for item in SessionItem.objects.of(session)]
    written: str | bytes
    match form:
        case "gift":
            written = as_gift(questions, category=session.outline_title)
        case "csv":
            written = "\ufeff" + as_csv(questions)
        case _:
            changed = int(session.started_at.timestamp())
            written = as_apkg(questions, title=session.outline_title, changed=changed)
    response = HttpResponse(written, content_type=f"{TYPES[form]}; charset=utf-8")
    name = f"quiz-{session.key}.{'txt' if form == 'gift' else form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
