"""A reader's own outlines: the list, and what can be done with each."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from authoring.background import go_on
from authoring.errors import AuthoringError
from authoring.models import Upload, Version
from authoring.pages import own_page, owner_page, refused
from authoring.uploads import LONGEST_TITLE, receive_again
from authoring.versions import source_of
from knowledge.access import MOST_SHARED, SHARED, reader_key, tokens_of
from knowledge.models import Outline
from knowledge.pages import YEAR, respond
from quiz.visitors import learner_of


@require_safe
@own_page
def own(request: HttpRequest) -> HttpResponse:
    """The reader's outlines, their uploads that wait, and what was deleted and can come back."""
    key = reader_key(request)
    mine = Outline.objects.described().of_owner(key) if key is not None else Outline.objects.none()
    kept = timedelta(days=settings.DELETED_KEPT_DAYS)
    outlines = list(mine)
    context = {
        "title": "Your outlines",
        "outlines": [each for each in outlines if each.deleted_at is None],
        "deleted": [(each, each.deleted_at + kept) for each in outlines if each.deleted_at],
        "waiting": list(
            Upload.objects.of(learner_of(request)).to_decide().light().defer("content")
        ),
        "most": settings.OUTLINES_PER_READER,
    }
    return respond(request, "authoring/own.html", context)


@require_safe
@owner_page
def manage(request: HttpRequest, outline: Outline) -> HttpResponse:
    """What can be done with an own outline."""
    return respond(request, "authoring/manage.html", _context(request, outline))


@require_POST
@owner_page
def rename(request: HttpRequest, outline: Outline) -> HttpResponse:
    """Another title, or the file's own again; its topics and facts stay what they are."""
    title = " ".join(request.POST.get("title", "").split())[:LONGEST_TITLE]
    return _again(request, outline, source_of(outline), title)


@require_POST
@owner_page
def restore_version(request: HttpRequest, outline: Outline, number: int) -> HttpResponse:
    """Load the text of an earlier version anew; the one that it replaces is kept as well."""
    version = Version.objects.at(outline, number)
    if version is None:
        raise Http404("That version is no longer kept.")
    return _again(request, outline, version.text, version.given_title, version.file_name)


@require_POST
@owner_page
def share(request: HttpRequest, outline: Outline) -> HttpResponse:
    """Share by a link (a new one each time: an older link stops working), or keep private."""
    wanted = request.POST.get("as")
    if wanted == "link":
        outline.visibility = Outline.Visibility.LINK
        outline.share_token = secrets.token_urlsafe(24)
    elif wanted == "private":
        outline.visibility, outline.share_token = Outline.Visibility.PRIVATE, ""
    else:
        raise Http404("There is no such way to share.")
    outline.save(update_fields=["visibility", "share_token"])
    return redirect(reverse("authoring:manage", args=[outline.slug]) + "#share")


@require_POST
@owner_page
def delete(request: HttpRequest, outline: Outline) -> HttpResponse:
    """Take the outline away; for some days it can be taken back."""
    outline.deleted_at = timezone.now()
    outline.save(update_fields=["deleted_at"])
    return redirect("authoring:own")


@require_POST
@own_page
def restore(request: HttpRequest, outline: str) -> HttpResponse:
    """Take back an outline that was deleted."""
    key = reader_key(request)
    found = Outline.objects.under(outline) if key is not None else None
    if found is None or found.owner != key or found.deleted_at is None:
        raise Http404("No deleted outline is at this address.")
    found.deleted_at = None
    # A page that a browser kept from before must not pass for the one of now.
    found.version = F("version") + 1
    found.save(update_fields=["deleted_at", "version"])
    return redirect("authoring:manage", outline=found.slug)


@require_safe
@own_page
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """A link that shares an outline: this browser may read it from now on."""
    found = Outline.objects.shared_as([token]).first()
    if found is None:
        raise Http404("This link doesn't work, or no longer does.")
    response = redirect("knowledge:home", outline=found.slug)
    tokens = dict.fromkeys([token, *tokens_of(request)])
    response.set_cookie(
        SHARED, ".".join(list(tokens)[:MOST_SHARED]), max_age=YEAR, httponly=True,
        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def _again(
    request: HttpRequest, outline: Outline, text: bytes, title: str, file_name: str = ""
) -> HttpResponse:
    """Load a text that is known already, in place of the outline's own."""
    learner = learner_of(request)
    assert learner is not None
    try:
        upload = receive_again(
            learner, outline, text, timezone.now(), title=title,
            file_name=file_name or outline.file_name,
        )  # fmt: skip
    except AuthoringError as problem:
        context = _context(request, outline)
        return refused(request, "authoring/manage.html", context, problem)
    go_on(upload)
    if upload.state == Upload.State.DONE:
        return redirect("authoring:manage", outline=outline.slug)
    return redirect("authoring:upload", key=upload.key)


def _context(request: HttpRequest, outline: Outline) -> dict[str, object]:
    link = ""
    if outline.visibility == Outline.Visibility.LINK:
        link = request.build_absolute_uri(reverse("authoring:shared", args=[outline.share_token]))
    return {
        "title": f"Manage {outline.title}",
        "link": link,
        "versions": list(Version.objects.of(outline).described()),
        "longest_title": LONGEST_TITLE,
        "days": settings.DELETED_KEPT_DAYS,
        "kept": settings.VERSIONS_KEPT,
    }
