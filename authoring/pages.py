"""What the pages of own outlines share: whose they are, and answers that nobody else keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from authoring.errors import AuthoringError, TooManyError
from knowledge.access import owns, readable_outline
from knowledge.models import Outline
from knowledge.pages import respond

P = ParamSpec("P")
HOUR = 3600


def own_page(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """A view whose answer no cache keeps: it is about one reader."""

    @wraps(view)
    def page(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return page


def owner_page(
    view: Callable[Concatenate[HttpRequest, Outline, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A view of an own outline; to everybody but its owner nothing is at the address."""

    @own_page
    @wraps(view)
    def page(request: HttpRequest, outline: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        found = readable_outline(request, outline)
        if found is None or not owns(request, found):
            raise Http404("No outline is at this address.")
        request.outline = found  # type: ignore[attr-defined]
        return view(request, found, *args, **kwargs)

    return page


def check_address(request: HttpRequest, most: int) -> None:
    """Raises TooManyError where one address has done something more often than `most` an hour.

    Behind a proxy the server has to give the client's address as REMOTE_ADDR.
    """
    hour = int(timezone.now().timestamp()) // HOUR
    key = f"uploads:{request.META.get('REMOTE_ADDR', '')}:{hour}"
    cache.add(key, 0, HOUR)
    try:
        times = cache.incr(key)
    except ValueError:
        return  # It was dropped between the two: the count begins anew.
    if times > most * settings.PER_ADDRESS:
        raise TooManyError(
            "Too many texts come from where you are. Wait a little, then go on; nothing is lost."
        )


def refused(
    request: HttpRequest, template: str, context: dict[str, object], problem: AuthoringError
) -> HttpResponse:
    """The form again, with the sentence that says why not."""
    too_many = isinstance(problem, TooManyError)
    response = respond(
        request, template, {**context, "problem": str(problem)}, status=429 if too_many else 422
    )
    if too_many:
        response["Retry-After"] = str(int(timedelta(minutes=10).total_seconds()))
    return response
