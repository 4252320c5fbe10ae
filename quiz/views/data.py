"""A learner's data: out as files, in again, and gone."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.pages import respond
from quiz.importing import MOST_BYTES, TransferError, load_json
from quiz.learner_rows import Learner
from quiz.transfer import delete_everything, export_csv, export_json
from quiz.visitors import forget_learner, get_or_make_learner, learner_of

NOTHING = "There is nothing to export yet: nothing was answered or set in this browser."


@never_cache
@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse:
    """Everything of the learner: `json` to load again, `csv` (a zip of tables) to read."""
    learner = learner_of(request)
    if learner is None:
        messages.info(request, NOTHING)
        return redirect("quiz:settings")
    now = timezone.now()
    name = f"outgraph-{learner.today(now)}.{'json' if kind == 'json' else 'zip'}"
    response: HttpResponse | StreamingHttpResponse
    if kind == "json":
        response = StreamingHttpResponse(
            export_json(learner, now), content_type="application/json; charset=utf-8"
        )
    else:
        response = HttpResponse(export_csv(learner), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Load an export: it adds to what is there."""
    file = request.FILES.get("file")
    try:
        if file is None:
            raise TransferError("Choose a file first.")
        if file.size is None or file.size > MOST_BYTES:
            raise TransferError("This file is too large; an export can have 256 MB.")
        added = _load(request, file.read())
    except TransferError as problem:
        messages.error(request, f"{problem} Nothing was changed.")
    else:
        messages.success(request, _told(added))
    return redirect("quiz:settings")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Ask, then delete everything: what was done, the settings, the account."""
    learner, account = learner_of(request), request.user
    context = {"title": "Delete everything", "learner": learner, "account": account, "trouble": ""}
    if request.method == "POST" and request.POST.get("sure") == "yes":
        _delete(request, learner)
        messages.success(request, "Everything is deleted. Nothing of you is kept here.")
        return redirect("quiz:settings")
    if request.method == "POST":
        context["trouble"] = "Tick the box if you are sure. Nothing was deleted."
    return respond(request, "quiz/delete.html", context, status=400 if context["trouble"] else 200)


def _load(request: HttpRequest, data: bytes) -> dict[str, int]:
    """No learner is made for a file that can't be loaded."""
    now = timezone.now()
    visitor = learner_of(request) is None
    try:
        with transaction.atomic():
            return load_json(get_or_make_learner(request, now), data, now)
    except TransferError:
        if visitor:
            forget_learner(request)
        raise


@transaction.atomic
def _delete(request: HttpRequest, learner: Learner | None) -> None:
    if learner:
        delete_everything(learner)
    if request.user.is_authenticated:
        user = request.user
        logout(request)
        user.delete()
    forget_learner(request)


def _told(added: dict[str, int]) -> str:
    if not any(added.values()):
        return "Loaded. All of it was here already; the settings are those of the file."
    parts = [f"{number:,} {name if number != 1 else name[:-1]}" for name, number in added.items()]
    return f"Loaded: {', '.join(parts)} were new. The settings are those of the file."
