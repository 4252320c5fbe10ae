"""How a learner wants it, and their account."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knowledge.pages import respond
from quiz.exams import known_exams
from quiz.learner_rows import MOST_MINUTES, Learner
from quiz.preferences import (
    PreferenceError,
    Preferences,
    preferences_of,
    read_preferences,
    set_preferences,
)
from quiz.scheduling import LEAST_RETENTION, MOST_RETENTION
from quiz.visitors import get_or_make_learner, learner_of

# Keys of the account's passkeys are its own: the page asks for no others.
ZONES = sorted(zone for zone in available_timezones() if "/" in zone and zone[0].isupper())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Exam, schedule, day, theme, keys, account, data; a POST keeps the first three."""
    if request.method != "POST":
        learner = learner_of(request)
        held = preferences_of(learner) if learner else Preferences()
        return _page(request, learner, _as_form(held))
    now = timezone.now()
    form = {name: request.POST.get(name, "") for name in _as_form(Preferences())}
    learner = learner_of(request)
    try:
        wanted = read_preferences(form, now, learner.exam_date if learner else None)
    except PreferenceError as problem:
        return _page(request, learner, form, problem)
    moved = set_preferences(get_or_make_learner(request, now), wanted, now)
    messages.success(request, _told(moved))
    return redirect("quiz:settings")


def _page(
    request: HttpRequest,
    learner: Learner | None,
    form: dict[str, str],
    problem: PreferenceError | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "title": "Settings",
        "learner": learner,
        "form": form,
        "trouble": {problem.field: str(problem)} if problem else {},
        "exams": known_exams(),
        "zones": ZONES,
        "hours": [(str(hour), f"{hour:02}:00") for hour in range(24)],
        "retention": (round(100 * LEAST_RETENTION), round(100 * MOST_RETENTION)),
        "most_minutes": MOST_MINUTES,
        "account": request.user if request.user.is_authenticated else None,
        "passkeys": _passkeys(request),
    }
    return respond(request, "quiz/settings.html", context, status=400 if problem else 200)


def _passkeys(request: HttpRequest) -> list[Authenticator]:
    if not request.user.is_authenticated:
        return []
    return list(Authenticator.objects.filter(user=request.user).order_by("created_at"))


def _as_form(held: Preferences) -> dict[str, str]:
    return {
        "exam_date": held.exam_date.isoformat() if isinstance(held.exam_date, date) else "",
        "exam_code": held.exam_code,
        "retention": str(round(100 * held.retention)),
        "minutes_a_day": str(held.minutes_a_day),
        "zone": held.zone,
        "change_hour": str(held.change_hour),
        "easy_at_choice": "on" if held.easy_at_choice else "",
    }


def _told(moved: int) -> str:
    if not moved:
        return "Kept."
    facts = "1 fact has" if moved == 1 else f"{moved:,} facts have"
    return f"Kept. {facts} another day for the next review."
