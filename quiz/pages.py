"""What all pages to learn with share: whose they are, forms of our own, answers never kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from knowledge.access import may_read, readable_outline
from knowledge.models import Outline
from knowledge.pages import respond
from quiz.models import StudySession
from quiz.visitors import session_of

P = ParamSpec("P")
SessionView = Callable[Concatenate[HttpRequest, StudySession, P], HttpResponse]
OutlineView = Callable[Concatenate[HttpRequest, Outline, P], HttpResponse]


def session_page(view: SessionView[P]) -> Callable[..., HttpResponse]:
    """A view of a session: its learner's own, or 404."""

    @wraps(view)
    def page(request: HttpRequest, key: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        session = session_of(request, key)
        if session is None:
            raise Http404("No session of yours is at this address.")
        if session.outline is not None and not may_read(request, session.outline):
            # What was shared is shared no more: what was asked stays, the notes are closed.
            session.outline = None
        request.outline = session.outline  # type: ignore[attr-defined]
        return _unkept(view(request, session, *args, **kwargs))

    return page


def outline_form(view: OutlineView[P]) -> Callable[..., HttpResponse]:
    """A view of an outline that also takes a form, from pages that hold no token.

    Pages to read are the same for all and need no cookie, so the forms on them have no token. A
    form that another site sends is told by what the browser says of it, and brings no cookie of
    ours along (SameSite).
    """

    @csrf_exempt
    @wraps(view)
    def page(request: HttpRequest, outline: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST":
            _from_here(request)
        found = readable_outline(request, outline)
        if found is None:
            raise Http404("No outline is at this address.")
        request.outline = found  # type: ignore[attr-defined]
        return _unkept(view(request, found, *args, **kwargs))

    return page


def go_to(name: str, *args: Any) -> HttpResponse:
    """Onward with a GET, whatever this request was."""
    return see_other(reverse(name, args=args))


def see_other(address: str) -> HttpResponse:
    response = redirect(address)
    response.status_code = 303
    return response


def refuse(
    request: HttpRequest, sentence: str, *, status: int = 409, back: str = ""
) -> HttpResponse:
    """A sentence on a page of its own, with the way back."""
    context = {"title": "Not done", "sentence": sentence, "back": back}
    return respond(request, "quiz/refused.html", context, status=status)


def form_of(request: HttpRequest) -> dict[str, list[str]]:
    """The form's fields, each with all its values."""
    return {name: request.POST.getlist(name) for name in request.POST}


def query_of(request: HttpRequest) -> dict[str, list[str]]:
    return {name: request.GET.getlist(name) for name in request.GET}


def _from_here(request: HttpRequest) -> None:
    origin = f"{request.scheme}://{request.get_host()}"
    told = request.headers.get("Sec-Fetch-Site")
    own = told == "same-origin" if told else request.headers.get("Origin", origin) == origin
    if not own:
        raise PermissionDenied("This form belongs to a page of this site.")


def _unkept(response: HttpResponse) -> HttpResponse:
    """Shown anew each time, also on the way back: another tab may have gone on."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    patch_vary_headers(response, ["HX-Request", "Cookie"])
    return response
