"""The past of an outline: each text that was written over, until there are too many."""

from __future__ import annotations

from django.conf import settings

from authoring.models import Version, packed
from knowledge.models import Outline, Source


def keep_version(outline: Outline) -> None:
    """Keep the text that is about to be written over. Called within the load's transaction."""
    if not settings.VERSIONS_KEPT:
        return
    text = source_of(outline)
    Version.objects.get_or_create(
        outline=outline, number=outline.version,
        defaults={
            "title": outline.title, "given_title": outline.given_title,
            "file_name": outline.file_name, "loaded_at": outline.loaded_at,
            "counts": outline.counts, "changes": outline.changes, "content": packed(text),
            "size": len(text),
        },
    )  # fmt: skip
    stale = Version.objects.beyond(outline, settings.VERSIONS_KEPT)
    Version.objects.with_keys(stale).delete()


def source_of(outline: Outline) -> bytes:
    """The text of an outline as it was loaded."""
    return bytes(Source.objects.get(outline=outline).content)
