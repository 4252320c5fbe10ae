"""The database can't serve: a page that says so, what was kept, and what to do now."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from knowledge import errors

logger = logging.getLogger(__name__)

# What a database says, and what that means to the person before the page.
BUSY = "It is busy: somebody is writing for longer than we wait."
FULL = "Its disk is full, so nothing can be written. Reading goes on."
READ_ONLY = "It takes no changes at the moment. Reading goes on."
LOST = "It can't be reached."
_CAUSES = (
    ("locked", BUSY),
    ("busy", BUSY),
    ("lock timeout", BUSY),
    ("deadlock", BUSY),
    ("is full", FULL),
    ("no space", FULL),
    ("disk i/o", FULL),
    ("could not extend", FULL),
    ("readonly", READ_ONLY),
    ("read-only", READ_ONLY),
    ("unable to open", LOST),
)
# Seconds after which to try again.
AGAIN = {BUSY: 2, FULL: 60, READ_ONLY: 60, LOST: 5}


class DatabaseFailureMiddleware:
    """Answers 503 where the database fails for a reason that passes; bugs stay 500s."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        reason = reason_of(exception)
        if reason is None:
            return None
        logger.warning("database failed: %s", str(exception).splitlines()[0])
        return _unavailable(request, reason)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database failed outside of a view, in a middleware."""
    reason = reason_of(sys.exception())
    return _unavailable(request, reason) if reason else errors.server_error(request)


def _unavailable(request: HttpRequest, reason: str) -> HttpResponse:
    response = errors.unavailable(request, reason)
    response["Retry-After"] = str(AGAIN[reason])
    return response


def reason_of(exception: BaseException | None) -> str | None:
    """Why the database couldn't serve, as a sentence; None for anything else.

    Looks at what an exception was raised from as well.
    """
    while exception is not None:
        if isinstance(exception, OperationalError | InterfaceError):
            said = str(exception).lower()
            if "no such table" in said or "syntax" in said:
                return None
            return next((reason for sign, reason in _CAUSES if sign in said), LOST)
        if isinstance(exception, DatabaseError) and "read-only" in str(exception).lower():
            return READ_ONLY
        exception = exception.__cause__
    return None
