"""Mentions and relations: what ties the nodes of an outline beside its tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q

from knowledge.models.facts import Fact
from knowledge.models.features import Feature
from knowledge.models.outlines import Outline
from knowledge.models.services import Service


class MentionQuerySet(models.QuerySet["Mention"]):
    def for_outline(self, outline: Outline) -> MentionQuerySet:
        return self.filter(outline=outline)

    def of_service(self, service: Service) -> MentionQuerySet:
        """Who names it, in the order of the file."""
        return self.filter(service=service).order_by("line")

    def of_feature(self, feature: Feature) -> MentionQuerySet:
        """Who names a feature that is a service in its own right, in the order of the file."""
        return self.filter(target_feature=feature).order_by("line")

    def told(self) -> MentionQuerySet:
        """With the fact or feature that names it, in the order of the file."""
        return self.select_related("fact", "feature").order_by("line", "id")

    def ends(self) -> Iterator[tuple[int, int | None, int, int | None, int, str]]:
        """(service and feature that name, service and feature named, line, text), by line."""
        columns = (
            "fact__service_id", "fact__feature_id", "fact__text", "feature__service_id",
            "feature_id", "feature__name", "service_id", "target_feature_id", "line",
        )  # fmt: skip
        for row in self.order_by("line", "id").values_list(*columns):
            home, place, text = row[:3] if row[0] is not None else row[3:6]
            yield home, place, row[6], row[7], row[8], text

    def placed(self) -> MentionQuerySet:
        """With the fact or feature that names it, and the service that this stands under."""
        return self.select_related("fact__service", "fact__feature", "feature__service")


class Mention(models.Model):
    """A feature's or fact's own words name a service (never the one it stands under).

    Where they name a feature that is a service in its own right, `target_feature` is that feature
    and `service` the one that it stands under.
    """

    outline = models.ForeignKey(Outline, models.CASCADE, related_name="mentions", db_index=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="mentions", db_index=False)
    target_feature = models.ForeignKey(Feature, models.CASCADE, related_name="named_by", null=True)
    feature = models.ForeignKey(Feature, models.CASCADE, related_name="mentions", null=True)
    fact = models.ForeignKey(Fact, models.CASCADE, related_name="mentions", null=True)
    line = models.PositiveIntegerField()

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ("line", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(feature__isnull=True) ^ Q(fact__isnull=True),
                name="mention_by_feature_or_fact",
            ),
        )
        indexes = (
            models.Index(fields=("outline", "line"), name="mention_by_line"),
            models.Index(fields=("service", "line"), name="mention_by_service"),
        )

    def __str__(self) -> str:
        return f"line {self.line} names {self.service_id}"


class RelationQuerySet(models.QuerySet["Relation"]):
    def for_outline(self, outline: Outline) -> RelationQuerySet:
        return self.filter(outline=outline)

    def of_feature(self, feature: Feature) -> RelationQuerySet:
        return self.filter(Q(source_feature=feature) | Q(target_feature=feature))

    def of_service(self, service: Service) -> RelationQuerySet:
        return self.filter(Q(source=service) | Q(target=service))

    def ends(self) -> Any:
        """(source, its feature, target, its feature, kind, evidence, line), by line."""
        return self.order_by("line", "id").values_list(
            "source_id", "source_feature_id", "target_id", "target_feature_id", "kind",
            "evidence", "line",
        )  # fmt: skip


class Relation(models.Model):
    """A typed, directed link; `evidence` holds the facts or features that state it, by line.

    Its ends are services, or a feature that is a service in its own right
    (then `source_feature` or `target_feature` names it beside the service that it stands under).
    `evidence` is a list of {"line", "text", "key"}; `key` is the public id of the stating node.
    """

    class Kind(models.TextChoices):
        SENDS_TO = "sends_to"
        LOGS_TO = "logs_to"
        STORES_IN = "stores_in"
        TRIGGERS = "triggers"
        ENCRYPTS_WITH = "encrypts_with"
        AUTHENTICATES_WITH = "authenticates_with"
        MANAGED_BY = "managed_by"
        REQUIRES = "requires"
        INTEGRATES_WITH = "integrates_with"
        SHARES_VIA = "shares_via"
        QUERIES = "queries"
        PROTECTS = "protects"
        SUCCESSOR_OF = "successor_of"
        PART_OF = "part_of"
        AGGREGATES_FROM = "aggregates_from"

    outline = models.ForeignKey(Outline, models.CASCADE, related_name="relations", db_index=False)
    source = models.ForeignKey(Service, models.CASCADE, related_name="relations_out")
    source_feature = models.ForeignKey(
        Feature, models.CASCADE, related_name="relations_out", null=True
    )
    target = models.ForeignKey(Service, models.CASCADE, related_name="relations_in")
    target_feature = models.ForeignKey(
        Feature, models.CASCADE, related_name="relations_in", null=True
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    evidence = models.JSONField(default=list)
    line = models.PositiveIntegerField()

    objects = RelationQuerySet.as_manager()

    class Meta:
        ordering = ("line", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("source", "target", "kind"),
                condition=Q(source_feature__isnull=True, target_feature__isnull=True),
                name="relation_once",
            ),
        )
        indexes = (models.Index(fields=("outline", "line"), name="relation_by_line"),)

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
