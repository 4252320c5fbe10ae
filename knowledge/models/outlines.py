"""Outlines, their texts, and what was remarked on their lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse


class OutlineQuerySet(models.QuerySet["Outline"]):
    """What concerns readers in a browser goes through `knowledge.access`."""

    def present(self) -> OutlineQuerySet:
        """Those that nobody deleted."""
        return self.filter(deleted_at__isnull=True)

    def public(self) -> OutlineQuerySet:
        """Those that everybody may read."""
        return self.present().filter(visibility=Outline.Visibility.PUBLIC)

    def of_owner(self, owner: int | None) -> OutlineQuerySet:
        """Those of one reader; of the site itself for None."""
        return self.filter(owner=owner)

    def shared_as(self, tokens: Iterable[str]) -> OutlineQuerySet:
        """Those whose link holds one of the tokens."""
        return self.present().filter(
            visibility=Outline.Visibility.LINK, share_token__in=[one for one in tokens if one]
        )

    def readable(self, owner: int | None, tokens: Iterable[str]) -> OutlineQuerySet:
        """The public ones, the reader's own, and those shared by a link that they have."""
        allowed = Q(visibility=Outline.Visibility.PUBLIC)
        if owner is not None:
            allowed |= Q(owner=owner)
        if known := [one for one in tokens if one]:
            allowed |= Q(visibility=Outline.Visibility.LINK, share_token__in=known)
        return self.present().filter(allowed).order_by("id")

    def deleted_before(self, moment: datetime) -> OutlineQuerySet:
        """Those whose time to be taken back is over."""
        return self.filter(deleted_at__lt=moment)

    def default(self) -> Outline | None:
        """The first public one that was loaded, or None where there is none yet."""
        return self.public().order_by("id").first()

    def named(self, slug: str | None) -> Outline | None:
        """The outline of that slug; the default one without a slug; None where there is none."""
        return self.present().filter(slug=slug).first() if slug else self.default()

    def under(self, slug: str) -> Outline | None:
        """Whatever stands under that slug, deleted or not."""
        return self.filter(slug=slug).first()

    def that_hold(self, sha256: str, slug: str | None) -> OutlineQuerySet:
        """Those loaded from these very bytes: under the slug, or the site's own without one."""
        found = self.present().filter(sha256=sha256).order_by("id")
        return found.filter(slug=slug) if slug else found.of_owner(None)

    def slugs_of_readers(self, start: str) -> set[str]:
        """The slugs of readers' own outlines that begin so."""
        return set(
            self.filter(owner__isnull=False, slug__startswith=start).values_list("slug", flat=True)
        )

    def from_file(self, file_name: str) -> OutlineQuerySet:
        """Those that were last loaded from a file of that name."""
        return self.filter(file_name=file_name).exclude(file_name="").order_by("id")

    def with_key(self, key: int) -> Outline | None:
        return self.filter(pk=key).first()

    def described(self) -> OutlineQuerySet:
        """All, without what only the loader reads."""
        return self.order_by("id").defer("changes", "domains", "metadata")


class Outline(models.Model):
    """One loaded file. `version` grows with each load and is what caches are keyed by.

    `given_title` is a title that was asked for in place of the file's own. `owner` is the key of
    the reader whose it is, None for the site's own. A deleted one can be taken back until it is
    purged.
    """

    class Visibility(models.TextChoices):
        PUBLIC = "public"
        PRIVATE = "private"
        LINK = "link"

    slug = models.SlugField(max_length=80, allow_unicode=True, unique=True)
    title = models.TextField()
    title_line = models.PositiveIntegerField(null=True)
    language = models.CharField(max_length=35, default="en")
    file_name = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)
    # What else decides the rows: the pack's own digest and the loader's revision.
    fingerprint = models.CharField(max_length=64)
    pack = models.CharField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)
    loaded_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    domains = models.JSONField(default=list)
    metadata = models.JSONField(default=dict)
    given_title = models.TextField(blank=True, db_default="")
    owner = models.BigIntegerField(null=True)
    visibility = models.CharField(
        max_length=7, choices=Visibility.choices, default=Visibility.PUBLIC, db_default="public"
    )
    share_token = models.CharField(max_length=64, blank=True, db_default="")
    deleted_at = models.DateTimeField(null=True)

    objects = OutlineQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("share_token",), condition=~Q(share_token=""), name="outline_token_unique"
            ),
            models.CheckConstraint(
                condition=Q(visibility="link", share_token__gt="") | ~Q(visibility="link"),
                name="outline_link_has_token",
            ),
        )
        indexes = (
            models.Index(fields=("owner",), name="outline_by_owner"),
            models.Index(fields=("id",), condition=Q(visibility="public"), name="outline_public"),
            models.Index(
                fields=("deleted_at",),
                condition=Q(deleted_at__isnull=False),
                name="outline_deleted",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("knowledge:home", args=[self.slug])


class Source(models.Model):
    """The text of an outline as it was loaded, kept apart so that no list of outlines reads it."""

    outline = models.OneToOneField(Outline, models.CASCADE, related_name="source")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"Source of {self.outline_id}"


class ProblemQuerySet(models.QuerySet["Problem"]):
    def for_outline(self, outline: Outline) -> ProblemQuerySet:
        return self.filter(outline=outline)

    def by_line(self, first: int, last: int) -> dict[int, list[Problem]]:
        """Those on the lines from first to last."""
        found: dict[int, list[Problem]] = {}
        for problem in self.filter(line__range=(first, last)):
            found.setdefault(problem.line, []).append(problem)
        return found

    def as_dicts(self) -> list[dict[str, Any]]:
        return [dict(row) for row in self.values("line", "level", "code", "message")]

    def of_level(self, level: str) -> ProblemQuerySet:
        """Those of that level; all of them for an empty one."""
        return self.filter(level=level) if level else self

    def by_level(self) -> dict[str, int]:
        """How many there are of each level that occurs."""
        return dict(self.order_by("level").values_list("level").annotate(models.Count("id")))


class Problem(models.Model):
    """A remark of the reader on one line (line 0: on the file as a whole)."""

    class Level(models.TextChoices):
        ERROR = "error"
        WARNING = "warning"
        REPAIRED = "repaired"

    outline = models.ForeignKey(Outline, models.CASCADE, related_name="problems", db_index=False)
    line = models.PositiveIntegerField()
    level = models.CharField(max_length=10, choices=Level.choices)
    code = models.CharField(max_length=40)
    message = models.TextField()

    objects = ProblemQuerySet.as_manager()

    class Meta:
        ordering = ("line", "id")
        indexes = (models.Index(fields=("outline", "line"), name="problem_by_line"),)

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"
