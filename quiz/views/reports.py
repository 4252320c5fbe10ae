"""'This question is wrong': hides it for who says so, and lists it for the operator."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from quiz import study
from quiz.models import StudySession
from quiz.pages import refuse, see_other, session_page
from quiz.standing import StudyError


@require_POST
@session_page
def report(request: HttpRequest, session: StudySession, position: int) -> HttpResponse:
    """Keep the report, with its note, and come back to the question."""
    back = reverse("quiz:item", args=[session.key, position])
    try:
        study.report_question(session, position, request.POST.get("note", ""), timezone.now())
    except StudyError as problem:
        return refuse(request, str(problem), back=back)
    return see_other(f"{back}?told=reported")
