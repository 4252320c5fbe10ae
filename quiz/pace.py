"""How often the costly things may be done: by a learner, counted in the database, and from one
address, counted in the cache. A class shares its address, so that one may do many times as much."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from quiz.models import StudySession
from quiz.pages import refuse
from quiz.visitors import learner_of

P = ParamSpec("P")
HOUR = 3600
RETRY = 600


def too_often_from_here(request: HttpRequest, what: str, most: int) -> bool:
    """Count one more `what` from the address that asks; whether it is too often in this hour.

    `most` is what one learner may do. Behind a proxy `config.middleware.client_address` finds the
    address.
    """
    hour = int(timezone.now().timestamp()) // HOUR
    key = f"pace:{what}:{request.META.get('REMOTE_ADDR', '')}:{hour}"
    cache.add(key, 0, HOUR)
    try:
        times = cache.incr(key)
    except ValueError:
        return False  # It was dropped between the two: the count begins anew.
    return times > most * settings.PER_ADDRESS


def paced(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """A view whose POST starts a session: 429 and a sentence where that is too often."""

    @wraps(view)
    def page(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request = args[0]
        assert isinstance(request, HttpRequest)
        if request.method == "POST" and _too_often(request):
            response = refuse(
                request,
                "You have started very many sessions within an hour. Wait a little, then go on; "
                "what you have open goes on as it is.",
                status=429,
            )
            response["Retry-After"] = str(RETRY)
            return response
        return view(*args, **kwargs)

    return page


def _too_often(request: HttpRequest) -> bool:
    most = settings.QUIZZES_PER_HOUR
    if too_often_from_here(request, "sessions", most):
        return True
    learner = learner_of(request)
    if learner is None:
        return False
    hour = timezone.now() - timedelta(seconds=HOUR)
    return StudySession.objects.of(learner).since(hour).count() >= most
