"""Features: the parts of a service."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from knowledge.models.nodes import NodeQuerySet
from knowledge.models.outlines import Outline
from knowledge.models.services import Service


class FeatureQuerySet(NodeQuerySet["Feature"]):
    def for_service(self, service: Service) -> FeatureQuerySet:
        return self.filter(service=service).order_by("position")

    def at(self, service: Service, slug: str) -> Feature | None:
        return self.filter(service=service, slug=slug).first()

    def with_slugs(self, pairs: Collection[Sequence[str]]) -> FeatureQuerySet:
        """Those at these addresses, (service's slug, own slug) each, in the outline's order."""
        wanted = Q()
        for service, slug in pairs:
            wanted |= Q(service__slug=service, slug=slug)
        return self.filter(wanted).order_by("position") if pairs else self.none()

    def services_of(self, features: Collection[int]) -> models.QuerySet[Feature, int]:
        """The keys of the services of these features."""
        found = self.filter(pk__in=features).order_by()
        return found.values_list("service_id", flat=True).distinct()

    def get_by_slugs_or_404(self, outline: Outline, service: str, slug: str) -> Feature:
        """The feature at an address, with its service."""
        there = self.for_outline(outline).select_related("service")
        feature = there.filter(service__slug=service, slug=slug).first()
        if feature is None:
            raise Http404(f"{outline.title} has no feature at this address.")
        return feature  # type: ignore[no-any-return]

    def placed(self) -> FeatureQuerySet:
        """With the service that they stand under."""
        return self.select_related("service")

    def under(self, service: str, slug: str) -> int | None:
        """The key of the one at these slugs."""
        found = self.filter(service__slug=service, slug=slug)
        return found.values_list("pk", flat=True).first()

    def sizes(self, outline: int) -> Any:
        """(key, facts) of each of an outline."""
        return self.filter(outline=outline).order_by().values_list("pk", "fact_count")

    def known(self) -> dict[int, tuple[str, list[str] | None]]:
        """(official, aliases) of those that the lexicon knows, by primary key."""
        known = self.exclude(official="").order_by()
        return {key: (official, others) for key, official, others in known.values_list(
            "pk", "official", "aliases")}  # fmt: skip

    def around(self, feature: Feature, most: int) -> list[Feature]:
        """The feature with those before and after it in its service, in order."""
        siblings = self.filter(service=feature.service_id)
        before = siblings.filter(position__lt=feature.position).order_by("-position")[:most]
        after = siblings.filter(position__gt=feature.position).order_by("position")[:most]
        return [*reversed(before), feature, *after]

    def lines(self) -> Any:
        """What a page shows of each, in order, as tuples."""
        return self.values_list("id", "name", "slug", "line", "fact_count", "tags")


class Feature(models.Model):
    """A part of a service: a heading one level below it.

    `states` tells a heading that is itself a sentence; the fact that it states is a row of its own
    with the same line. `position` is the place in the outline's preorder of features and facts.
    `official` and `aliases` are of a feature that the lexicon knows as a service or part.
    """

    outline = models.ForeignKey(Outline, models.CASCADE, related_name="features", db_index=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="features", db_index=False)
    name = models.TextField()
    slug = models.SlugField(max_length=120, allow_unicode=True, db_index=False)
    line = models.PositiveIntegerField()
    more = models.JSONField(default=list)
    states = models.BooleanField(default=False)
    position = models.PositiveIntegerField()
    fact_count = models.PositiveIntegerField(default=0)
    tags = models.JSONField(default=list)
    official = models.TextField(blank=True, db_default="")
    aliases = models.JSONField(null=True)

    objects = FeatureQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("service", "slug"), name="feature_slug_unique"),
        )
        indexes = (
            models.Index(fields=("outline", "position"), name="feature_by_position"),
            models.Index(fields=("service", "position"), name="feature_by_service"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("knowledge:feature", args=[self.outline.slug, self.service.slug, self.slug])

    @property
    def key(self) -> str:
        return f"f{self.pk}"
