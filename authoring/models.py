"""Rows of own outlines: what is being uploaded, and what an outline was before."""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q

from knowledge.models import Outline
from quiz.learner_rows import Learner

LIGHT = 1  # zlib's fastest level halves prose already


class UploadQuerySet(models.QuerySet["Upload"]):
    def of(self, learner: Learner | None) -> UploadQuerySet:
        return self.filter(learner=learner) if learner else self.none()

    def at(self, learner: Learner | None, key: uuid.UUID) -> Upload | None:
        """The upload at an address; None where it is another learner's."""
        return self.of(learner).filter(key=key).light().select_related("outline").first()

    def with_outline(self, key: int) -> Upload | None:
        return self.filter(pk=key).light().select_related("outline").first()

    def light(self) -> UploadQuerySet:
        """Without what was sent, which is read when it is loaded."""
        return self.defer("sent")

    def since(self, moment: datetime) -> UploadQuerySet:
        return self.filter(made_at__gte=moment)

    def before(self, moment: datetime) -> UploadQuerySet:
        return self.filter(made_at__lt=moment)

    def to_decide(self) -> UploadQuerySet:
        """Those that wait for their learner, the newest first."""
        return self.filter(state=Upload.State.READY).order_by("-made_at")

    def claim(self, key: int, states: Iterable[str], state: str, **more: Any) -> bool:
        """Whether this caller, and no other, took the upload from one of the states to another."""
        found = self.filter(pk=key, state__in=list(states))
        return bool(found.update(state=state, **more))

    def told(self, key: int, **more: Any) -> None:
        """Write down how far it has come."""
        self.filter(pk=key).update(**more)

    def tried(self, key: int) -> int:
        """Count one more attempt; how many there were."""
        self.filter(pk=key).update(attempts=F("attempts") + 1)
        return self.values_list("attempts", flat=True).get(pk=key)


class Upload(models.Model):
    """A text on its way to be an outline: read for a preview, then loaded when its learner agrees.

    `outline` is the one it is to replace, and after loading the one that it became; `over` is the
    version that the preview compared it with. `report` is the preview (see `authoring.previews`).
    `problem` says why it failed, `corrected` is the line that was corrected, if that is all. The
    content is packed, and dropped when it is loaded; so is `sent`, the archive that it came out of.
    """

    class State(models.TextChoices):
        READING = "reading"
        READY = "ready"
        LOADING = "loading"
        DONE = "done"
        FAILED = "failed"

    UNDER_WAY = (State.READING, State.LOADING)

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="uploads", db_index=False)
    outline = models.ForeignKey(
        Outline, models.CASCADE, related_name="uploads", null=True, db_index=False
    )
    over = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.READING)
    file_name = models.TextField(blank=True)
    given_title = models.TextField(blank=True)
    content = models.BinaryField()
    sent = models.BinaryField(default=b"")
    sent_name = models.TextField(blank=True)
    size = models.PositiveBigIntegerField()
    left_out = models.JSONField(default=list)
    report = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    stage = models.CharField(max_length=8, blank=True)
    corrected = models.PositiveIntegerField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    told_at = models.DateTimeField()

    objects = UploadQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("learner", "-made_at"), name="upload_by_learner"),
            models.Index(fields=("outline",), name="upload_by_outline"),
            models.Index(fields=("made_at",), name="upload_by_time"),
        )

    def __str__(self) -> str:
        return f"Upload {self.key}: {self.state}"

    @property
    def text(self) -> bytes:
        return zlib.decompress(bytes(self.content))

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY

    def is_stalled(self, now: datetime, patience: timedelta) -> bool:
        """Whether nobody has worked at it for so long."""
        return self.is_under_way and self.told_at < now - patience


class VersionQuerySet(models.QuerySet["Version"]):
    def of(self, outline: Outline) -> VersionQuerySet:
        """The past of an outline, the latest first."""
        return self.filter(outline=outline).order_by("-number")

    def described(self) -> VersionQuerySet:
        """Without their texts."""
        return self.defer("content")

    def at(self, outline: Outline, number: int) -> Version | None:
        return self.filter(outline=outline, number=number).first()

    def beyond(self, outline: Outline, kept: int) -> list[int]:
        """The keys of those that are older than the last so many."""
        return list(self.of(outline).values_list("pk", flat=True)[kept:])

    def with_keys(self, keys: Iterable[int]) -> VersionQuerySet:
        return self.filter(pk__in=list(keys))


class Version(models.Model):
    """The text that an outline had before it was loaded anew, and what that load had changed."""

    outline = models.ForeignKey(Outline, models.CASCADE, related_name="past", db_index=False)
    number = models.PositiveIntegerField()
    title = models.TextField()
    given_title = models.TextField(blank=True)
    file_name = models.TextField(blank=True)
    loaded_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    content = models.BinaryField()
    size = models.PositiveBigIntegerField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("outline", "number"), name="version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_from_one"),
        )

    def __str__(self) -> str:
        return f"Version {self.number} of {self.outline_id}"

    @property
    def text(self) -> bytes:
        return zlib.decompress(bytes(self.content))


class OriginalQuerySet(models.QuerySet["Original"]):
    def of(self, outline: Outline) -> Original | None:
        """What the present text of an outline came out of; None where that is the text itself."""
        return self.filter(outline=outline, sha256=outline.sha256).first()

    def keep(self, outline: Outline, file_name: str, content: bytes) -> None:
        self.update_or_create(
            outline=outline,
            defaults={"file_name": file_name, "content": content, "sha256": outline.sha256},
        )


class Original(models.Model):
    """The archive that an outline's text came out of, as it was sent; `sha256` is of that text."""

    outline = models.OneToOneField(Outline, models.CASCADE, related_name="original")
    file_name = models.TextField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    objects = OriginalQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Original of {self.outline_id}"


def packed(text: bytes) -> bytes:
    """A text as it is kept."""
    return zlib.compress(text, LIGHT)
