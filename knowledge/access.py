"""Who may read which outline: what everything that answers a browser asks first.

`request.reader` is set by whoever knows readers (the middleware of `quiz`): a function that gives
the reader's key, or None for somebody who isn't known. It is called only where it is needed, so
that a page of a public outline costs nothing for it. Whoever opened a link that shares an outline
carries its token in a cookie; a token that was withdrawn opens nothing.
"""

from __future__ import annotations

import re
from hmac import compare_digest

from django.http import HttpRequest

from knowledge.models import Outline
from knowledge.outlines import find_outline

SHARED = "shared"
# As many shared outlines as a cookie keeps, the last opened first.
MOST_SHARED = 16
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}$")


def reader_key(request: HttpRequest) -> int | None:
    """The key of who reads, asked once a request."""
    if not hasattr(request, "reader_key"):
        ask = getattr(request, "reader", None)
        request.reader_key = ask() if ask else None  # type: ignore[attr-defined]
    return request.reader_key  # type: ignore[attr-defined, no-any-return]


def tokens_of(request: HttpRequest) -> list[str]:
    """The tokens of links that the reader has opened, the last first."""
    tokens = request.COOKIES.get(SHARED, "").split(".")[:MOST_SHARED]
    return [token for token in tokens if _TOKEN.match(token)]


def owns(request: HttpRequest, outline: Outline) -> bool:
    """Whether the outline is the reader's own."""
    return outline.owner is not None and outline.owner == reader_key(request)


def may_read(request: HttpRequest, outline: Outline) -> bool:
    """Whether the outline is public, the reader's own, or shared by a link that they have."""
    if outline.deleted_at is not None:
        return False
    if outline.visibility == Outline.Visibility.PUBLIC or owns(request, outline):
        return True
    return outline.visibility == Outline.Visibility.LINK and any(
        compare_digest(token, outline.share_token) for token in tokens_of(request)
    )


def readable_outline(request: HttpRequest, slug: str) -> Outline | None:
    """The outline of that slug; None where there is none that the reader may know of."""
    outline = find_outline(slug)
    return outline if outline and may_read(request, outline) else None


def readable_outlines(request: HttpRequest) -> list[Outline]:
    """All that the reader may read, in the order of loading."""
    return list(Outline.objects.described().readable(reader_key(request), tokens_of(request)))
