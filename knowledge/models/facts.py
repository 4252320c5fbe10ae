"""Facts: the statements of an outline, a tree under each feature or service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from knowledge.models.features import Feature
from knowledge.models.nodes import NodeQuerySet
from knowledge.models.outlines import Outline
from knowledge.models.services import Service


class FactQuerySet(NodeQuerySet["Fact"]):
    def for_service(self, service: Service) -> FactQuerySet:
        return self.filter(service=service).order_by("position")

    def for_feature(self, feature: Feature) -> FactQuerySet:
        return self.filter(feature=feature).order_by("position")

    def of_places(
        self, services: Sequence[int], features: Sequence[int], most: int
    ) -> FactQuerySet:
        """What stands under any of them, in the outline's order."""
        under = Q(service__in=services) | Q(feature__in=features)
        return self.filter(under).order_by("position")[:most]

    def directly_under(self, service: Service) -> FactQuerySet:
        """Those that stand before the service's first feature."""
        return self.for_service(service).filter(feature__isnull=True)

    def before(self, fact: Fact) -> FactQuerySet:
        """Those of the same place, the feature or else the service, that stand before it."""
        return self.filter(
            service=fact.service_id, feature=fact.feature_id, position__lt=fact.position
        )

    def on_line(self, line: int) -> FactQuerySet:
        """Those that begin on a line of the file."""
        return self.filter(line=line).order_by("position")

    def before_position(self, service: int, position: int) -> FactQuerySet:
        """Those of a service that stand before a position, the nearest first."""
        return self.filter(service=service, position__lt=position).order_by("-position")

    def from_position(self, service: int, position: int) -> FactQuerySet:
        """Those of a service that stand at a position or behind it, in order."""
        return self.filter(service=service, position__gte=position).order_by("position")

    def places(self, outline: int) -> Any:
        """(key, feature, service) of each of an outline, as they are read."""
        there = self.filter(outline=outline).order_by()
        return there.values_list("pk", "feature_id", "service_id").iterator(5000)

    def placed(self) -> FactQuerySet:
        """With the feature and the service that they stand under."""
        return self.select_related("feature", "service")

    def lines(self) -> Any:
        """What a page shows of each, in order, as tuples."""
        return self.values_list(
            "id", "feature_id", "depth", "form", "ordinal", "line", "text", "tags"
        )


class Fact(models.Model):
    """One statement of the outline; facts form a tree under a feature or directly under a service.

    `position` is the place in the preorder of the outline's features and facts, `depth` 0 at the
    top of its feature or service. `form` tells how it was written (bullet, numbered, row, code …).
    """

    outline = models.ForeignKey(Outline, models.CASCADE, related_name="facts", db_index=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="facts", db_index=False)
    feature = models.ForeignKey(
        Feature, models.CASCADE, related_name="facts", null=True, db_index=False
    )
    parent = models.ForeignKey("self", models.CASCADE, related_name="children", null=True)
    text = models.TextField()
    form = models.CharField(max_length=12, default="bullet")
    ordinal = models.PositiveBigIntegerField(null=True)
    line = models.PositiveIntegerField()
    more = models.JSONField(default=list)
    position = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField(default=0)
    tags = models.JSONField(default=list)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="fact_not_own_parent"
            ),
        )
        indexes = (
            models.Index(fields=("outline", "position"), name="fact_by_position"),
            models.Index(fields=("service", "position"), name="fact_by_service"),
            models.Index(fields=("feature", "position"), name="fact_by_feature"),
        )

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """The address that finds the fact wherever it stands now."""
        return reverse("knowledge:fact", args=[self.outline.slug, self.pk])

    @property
    def key(self) -> str:
        return f"n{self.pk}"
