"""What the pages of own outlines share: whose they are, and answers that nobody else keeps."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from authoring.errors import AuthoringError, TooManyError
from knowledge.access import owns, readable_outline
from knowledge.models import Outline
from knowledge.pages import respond
from quiz.pace import RETRY, too_often_from_here

P = ParamSpec("P")


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


def check_address(request: HttpRequest) -> None:
    """Raises TooManyError where one address has sent too many texts in an hour."""
    if too_often_from_here(request, "uploads", settings.UPLOADS_PER_HOUR):
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
        response["Retry-After"] = str(RETRY)
    return response
