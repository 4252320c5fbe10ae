"""Related topics, and what holds an outline together."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.db.models import Q

from knowledge.models.features import Feature
from knowledge.models.outlines import Outline
from knowledge.models.services import Service


class RelatedTopicQuerySet(models.QuerySet["RelatedTopic"]):
    def for_outline(self, outline: Outline) -> RelatedTopicQuerySet:
        return self.filter(outline=outline)

    def of_service(self, service: Service) -> RelatedTopicQuerySet:
        """Best first, with what a link to each needs."""
        return self.filter(source_service=service).placed()

    def of_services(self, services: Collection[Service]) -> RelatedTopicQuerySet:
        """Of each, best first."""
        return self.filter(source_service__in=services).placed()

    def of_feature(self, feature: Feature) -> RelatedTopicQuerySet:
        """Best first, with what a link to each needs."""
        return self.filter(source_feature=feature).placed()

    def of_place(self, kind: str, key: int) -> RelatedTopicQuerySet:
        """Of a service or feature by its primary key, best first."""
        own = Q(source_service=key) if kind == "service" else Q(source_feature=key)
        return self.filter(own).order_by("rank")

    def placed(self) -> RelatedTopicQuerySet:
        return self.select_related("service", "feature").order_by("rank")


class RelatedTopic(models.Model):
    """What to look at next, and why, computed when the outline is loaded.

    Of a service or of a feature (`source_service` or `source_feature`); what is related is
    `feature` where one is given, else `service`. `because` is a list of at most three
    {"kind", "text", "line", "via"}, the strongest first; `score` is 1 for the best at most.
    """

    outline = models.ForeignKey(Outline, models.CASCADE, related_name="related")
    source_service = models.ForeignKey(
        Service, models.CASCADE, related_name="related", null=True, db_index=False
    )
    source_feature = models.ForeignKey(
        Feature, models.CASCADE, related_name="related", null=True, db_index=False
    )
    service = models.ForeignKey(Service, models.CASCADE, related_name="related_to")
    feature = models.ForeignKey(Feature, models.CASCADE, related_name="related_to", null=True)
    rank = models.PositiveSmallIntegerField()
    score = models.FloatField()
    because = models.JSONField(default=list)

    objects = RelatedTopicQuerySet.as_manager()

    class Meta:
        ordering = ("rank", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(source_service__isnull=True) ^ Q(source_feature__isnull=True),
                name="related_of_service_or_feature",
            ),
        )
        indexes = (
            models.Index(fields=("source_service", "rank"), name="related_of_service"),
            models.Index(fields=("source_feature", "rank"), name="related_of_feature"),
        )

    def __str__(self) -> str:
        return f"{self.rank}. {self.key}"

    @property
    def key(self) -> str:
        """The public id of what is related."""
        return f"f{self.feature_id}" if self.feature_id else f"s{self.service_id}"


class StructureQuerySet(models.QuerySet["Structure"]):
    def of_outline(self, outline: Outline) -> Structure:
        """The outline's own, an empty one where none was made."""
        return self.filter(outline=outline).first() or Structure(outline=outline)


class Structure(models.Model):
    """What holds an outline together (see `knowledge.graph.structure`), by services' keys."""

    outline = models.OneToOneField(Outline, models.CASCADE, related_name="structure")
    hubs = models.JSONField(default=list)
    bridges = models.JSONField(default=list)
    communities = models.JSONField(default=list)
    missing = models.JSONField(default=list)

    objects = StructureQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Structure of {self.outline_id}"
