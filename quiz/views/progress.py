"""Where a learner stands in an outline, and how their answers went."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from knowledge.models import Outline
from knowledge.pages import outline_page, respond
from quiz.guidance import guide
from quiz.models import Answer
from quiz.progress import (
    accuracy_chart,
    at_the_exam,
    calibration,
    coverage,
    days_chart,
    domain_lines,
    forecast_chart,
    is_past,
    kinds_table,
)
from quiz.visitors import learner_of


@require_safe
@outline_page
def progress(request: HttpRequest, outline: Outline) -> HttpResponse:
    """Domains against the exam, what comes next, the days, forecast, accuracy, guesses."""
    learner = learner_of(request)
    guidance = guide(learner, outline, timezone.now())
    knowing = guidance.knowing
    tallies = Answer.objects.tallies_of(learner) if learner else []
    context: dict[str, Any] = {
        "title": "Progress",
        "learner": learner,
        "guidance": guidance,
        "whole": knowing.whole,
        "domains": domain_lines(guidance, outline.domains),
        "covers": coverage(knowing, guidance.exam),
        "later": at_the_exam(guidance),
        "past": is_past(learner, knowing.today),
        "answers": sum(tally.count for tally in tallies),
    }
    if tallies:
        context["days"] = days_chart(tallies, knowing.today)
        context["accuracy"] = accuracy_chart(tallies, knowing.today)
        context["kinds"] = kinds_table(tallies)
        context["calibration"], context["sides"] = calibration(tallies)
    if knowing.memos:
        context["forecast"] = forecast_chart(knowing, guidance.days_left)
    return respond(request, "quiz/progress.html", context)
