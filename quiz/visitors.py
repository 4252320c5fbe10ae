"""Who is at the other end: a learner by account or by cookie, or a visitor who only reads.

A visitor becomes a learner, a row and a cookie, when they first do something that is to be kept.
The cookie holds a random token; the database holds its hash alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import BigAutoField, CharField, UUIDField
from django.http import HttpRequest, HttpResponse

from knowledge.prepared import Prepared
from quiz.days import Days, DaysError
from quiz.learner_rows import hash_token
from quiz.models import Learner, StudySession

COOKIE = "learner"
# The longest that browsers keep a cookie.
KEPT = 400 * 24 * 3600
_OF_USER = Prepared(
    lambda key, user: StudySession.objects.with_key(key).of_user(user), UUIDField(), BigAutoField()
)
_OF_TOKEN = Prepared(
    lambda key, token: StudySession.objects.with_key(key).with_token(token),
    UUIDField(), CharField(),
)  # fmt: skip


def learner_of(request: HttpRequest) -> Learner | None:
    """The learner, read once a request; None for a visitor. Writes nothing."""
    if not hasattr(request, "_learner"):
        request._learner = _find(request)  # type: ignore[attr-defined]
    return request._learner  # type: ignore[attr-defined, no-any-return]


def session_of(request: HttpRequest, key: UUID) -> StudySession | None:
    """The session at an address, with its outline and learner, if it is this learner's own."""
    user, token = _account(request), request.COOKIES.get(COOKIE)
    if user is not None:
        session = _OF_USER.first(key, user.pk)
    else:
        session = _OF_TOKEN.first(key, hash_token(token)) if token else None
    if session is not None:
        request._learner = session.learner  # type: ignore[attr-defined]
    return session


def get_or_make_learner(request: HttpRequest, now: datetime) -> Learner:
    """The learner; a visitor becomes one, in the time zone that the form's `zone` names.

    The answer to this request brings the cookie along (`learner_cookie`).
    """
    learner = learner_of(request)
    if learner is None:
        account = _account(request)
        learner, token = Learner.objects.born(now, zone=_zone(request), user=account)
        remember_learner(request, learner, None if account else token)
    return learner


def learner_by_cookie(request: HttpRequest) -> Learner | None:
    """Whose the browser was before it signed in to an account."""
    return Learner.objects.with_token(request.COOKIES.get(COOKIE))


def remember_learner(request: HttpRequest, learner: Learner, token: str | None) -> None:
    """Take this learner for the one who asks, from now on by this cookie; no token, no cookie."""
    request._learner = learner  # type: ignore[attr-defined]
    request._learner_token = token or ""  # type: ignore[attr-defined]


def forget_learner(request: HttpRequest) -> None:
    """Let the browser forget whose it was."""
    request._learner = None  # type: ignore[attr-defined]
    request._learner_token = ""  # type: ignore[attr-defined]


def learner_cookie(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: sets the cookie of a new learner, renews it where something was done.

    `request.reader` tells `knowledge.access` whose own outlines may be read.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.reader = partial(_reader, request)  # type: ignore[attr-defined]
        response = get_response(request)
        token = getattr(request, "_learner_token", None)
        if token is None and request.method == "POST" and getattr(request, "_learner", None):
            token = request.COOKIES.get(COOKIE)
        if token:
            response.set_cookie(
                COOKIE, token, max_age=KEPT, httponly=True, samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )  # fmt: skip
        elif token == "" and COOKIE in request.COOKIES:
            response.delete_cookie(COOKIE, samesite="Lax")
        return response

    return middleware


def _reader(request: HttpRequest) -> int | None:
    learner = learner_of(request)
    return learner.pk if learner else None


def _find(request: HttpRequest) -> Learner | None:
    account = _account(request)
    return Learner.objects.of_user(account) if account else learner_by_cookie(request)


def _account(request: HttpRequest) -> Any:
    """The account that is signed in; None for nobody's."""
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def _zone(request: HttpRequest) -> str:
    name = request.POST.get("zone", "")
    try:
        Days(name)
    except DaysError:
        return "UTC"
    return name if len(name) <= 64 else "UTC"
