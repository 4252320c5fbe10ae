"""The text of an own outline: read by line, corrected, downloaded."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from authoring.background import go_on
from authoring.errors import AuthoringError
from authoring.models import Original, Upload, Version
from authoring.pages import owner_page, refused
from authoring.texts import LONGEST_CORRECTION, corrected, lines_of
from authoring.uploads import receive_again
from authoring.versions import source_of
from knowledge.models import Outline, Problem
from knowledge.outline.reading import read_outline
from knowledge.outline.writing import as_outline
from knowledge.pages import respond
from quiz.visitors import learner_of

PAGE = 200
AROUND = 4


@require_safe
@owner_page
def source(request: HttpRequest, outline: Outline) -> HttpResponse:
    """The text by line, with what was remarked on each."""
    lines = lines_of(source_of(outline))
    at = _number(request.GET.get("line", "1"), len(lines))
    page = (at - 1) // PAGE + 1
    first = (page - 1) * PAGE + 1
    shown = lines[first - 1 : first - 1 + PAGE]
    remarks = Problem.objects.for_outline(outline).by_line(first, first + PAGE - 1)
    context = {
        "title": "Text",
        "lines": [(n, text, remarks.get(n, [])) for n, text in enumerate(shown, first)],
        "at": at if "line" in request.GET else 0,
        "before": first - PAGE if first > 1 else 0,
        "after": first + PAGE if first + PAGE <= len(lines) else 0,
        "total": len(lines),
    }
    return respond(request, "authoring/source.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@owner_page
def line(request: HttpRequest, outline: Outline, line: int) -> HttpResponse:
    """Correct one line: the text is written anew, what it was is kept."""
    text = source_of(outline)
    lines = lines_of(text)
    if not 1 <= line <= len(lines):
        raise Http404("The text has no such line.")
    first = max(1, line - AROUND)
    context: dict[str, object] = {
        "title": f"Line {line}",
        "line": line,
        "was": lines[line - 1],
        "words": request.POST.get("words", lines[line - 1]),
        "before": list(enumerate(lines[first - 1 : line - 1], first)),
        "after": list(enumerate(lines[line : line + AROUND], line + 1)),
        "remarks": Problem.objects.for_outline(outline).by_line(line, line).get(line, []),
        "longest": LONGEST_CORRECTION,
    }
    if request.method != "POST":
        return respond(request, "authoring/line.html", context)
    learner = learner_of(request)
    assert learner is not None
    try:
        written = corrected(
            text, line, _one_line(request.POST.get("was", "")), request.POST.get("words", "")
        )
        upload = receive_again(
            learner, outline, written, timezone.now(), file_name=outline.file_name,
            title=outline.given_title, corrected=line,
        )  # fmt: skip
    except AuthoringError as problem:
        return refused(request, "authoring/line.html", context, problem)
    go_on(upload)
    if upload.state == Upload.State.FAILED:
        return refused(request, "authoring/line.html", context, AuthoringError(upload.problem))
    if upload.state != Upload.State.DONE:
        return redirect("authoring:upload", key=upload.key)
    return redirect(reverse("authoring:source", args=[outline.slug]) + f"?line={line}#line-{line}")


@require_safe
@owner_page
def original(request: HttpRequest, outline: Outline) -> HttpResponse:
    """What was uploaded, byte for byte; the text alone once it was corrected."""
    if sent := Original.objects.of(outline):
        return _download(bytes(sent.content), sent.file_name, "application/zip")
    return _download(source_of(outline), outline.file_name or f"{outline.slug}.md")


@require_safe
@owner_page
def repaired(request: HttpRequest, outline: Outline) -> HttpResponse:
    """The outline as it was understood, written out anew as plain Markdown."""
    tree = read_outline(
        source_of(outline), title=outline.given_title or None, file_name=outline.file_name,
        max_bytes=settings.OUTLINE_MAX_BYTES,
    )  # fmt: skip
    return _download(as_outline(tree).encode(), f"{outline.slug}.md")


@require_safe
@owner_page
def version(request: HttpRequest, outline: Outline, number: int) -> HttpResponse:
    """The text that an earlier version had."""
    found = Version.objects.at(outline, number)
    if found is None:
        raise Http404("That version is no longer kept.")
    return _download(found.text, f"{outline.slug}-{number}.md")


def _download(
    content: bytes, name: str, kind: str = "text/markdown; charset=utf-8"
) -> HttpResponse:
    """As a file to keep, never as a page: whatever it holds, the browser doesn't run it."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= most):
        raise Http404("The text has no such line.")
    return int(text[:9])


def _one_line(text: str) -> str:
    """A line as a form gives it back."""
    return text.replace("\r\n", "\n").removesuffix("\n")
