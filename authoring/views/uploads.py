"""Upload or paste, look at the preview, load."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from authoring.archives import size_in_words
from authoring.background import go_on, try_again
from authoring.errors import AuthoringError
from authoring.models import Upload
from authoring.pages import check_address, own_page, owner_page, refused
from authoring.uploads import LONGEST_TITLE, agree, receive
from knowledge.models import Outline
from knowledge.pages import respond
from quiz.visitors import get_or_make_learner, learner_of

PREVIEWED = ("services", "features", "facts")
PATIENCE = timedelta(seconds=settings.UPLOAD_STALLED_SECONDS)


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def new(request: HttpRequest) -> HttpResponse:
    """Choose files or paste a text for a new outline."""
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@owner_page
def replace(request: HttpRequest, outline: Outline) -> HttpResponse:
    """Choose files or paste a text that take the place of an outline's own."""
    return _form(request, outline)


def _form(request: HttpRequest, over: Outline | None) -> HttpResponse:
    context: dict[str, object] = {
        "title": f"Replace {over.title}" if over else "Add an outline",
        "over": over,
        "text": request.POST.get("text", ""),
        "given_title": request.POST.get("title", over.given_title if over else ""),
        "longest_title": LONGEST_TITLE,
        "most_bytes": size_in_words(settings.UPLOAD_MAX_BYTES),
        "most_files": settings.UPLOAD_MAX_FILES,
    }
    if request.method != "POST":
        return respond(request, "authoring/new.html", context)
    try:
        check_address(request)
        files = [(file.name or "", file.read()) for file in request.FILES.getlist("files")]
        now = timezone.now()
        learner = get_or_make_learner(request, now)
        upload = receive(
            learner, files, request.POST.get("text", ""), now,
            title=request.POST.get("title", ""), over=over,
        )  # fmt: skip
    except AuthoringError as problem:
        return refused(request, "authoring/new.html", context, problem)
    go_on(upload)
    return redirect("authoring:upload", key=upload.key)


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def upload(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far an upload has come: at work, its preview, what failed, or on to its outline.

    A POST loads it as it was previewed, or takes up again what got stuck.
    """
    found = _own_upload(request, key)
    now = timezone.now()
    stalled = found.is_stalled(now, PATIENCE)
    if request.method == "POST":
        if stalled:
            try_again(found, now)
        elif agree(found):
            go_on(found)
        return redirect("authoring:upload", key=key)
    if found.state == Upload.State.DONE and found.outline:
        to = redirect("knowledge:home", outline=found.outline.slug)
        return HttpResponseClientRedirect(to["Location"]) if _polls(request) else to
    part = "state" if _polls(request) else "main"
    return respond(request, "authoring/upload.html", _context(found, stalled), part=part)


@require_POST
@own_page
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Drop an upload that isn't loaded."""
    found = _own_upload(request, key)
    over = found.outline if found.over else None
    found.delete()
    return redirect("authoring:manage", outline=over.slug) if over else redirect("authoring:own")


def _own_upload(request: HttpRequest, key: UUID) -> Upload:
    found = Upload.objects.at(learner_of(request), key)
    if found is None:
        raise Http404("No upload is at this address, or it was too long ago.")
    return found


def _polls(request: HttpRequest) -> bool:
    return request.GET.get("as") == "state"


def _context(found: Upload, stalled: bool) -> dict[str, object]:
    report = found.report
    changes = report.get("changes")
    return {
        "title": report.get("title") or found.file_name,
        "upload": found,
        "stalled": stalled,
        "report": report,
        "counts": [(name, report.get("counts", {}).get(name, 0)) for name in PREVIEWED],
        "changes": list(changes.items()) if changes else None,
        "over": found.outline if found.over else None,
        "size": size_in_words(found.size),
        "levels": list(report.get("levels", {}).items()),
        "problem_count": sum(report.get("levels", {}).values()),
        "waits": found.is_under_way and not stalled,
    }
