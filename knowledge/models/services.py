"""Services: the topics of an outline's highest level, their addresses and their other names."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404
from django.urls import reverse

from knowledge.lexicon import plain
from knowledge.models.nodes import NodeQuerySet
from knowledge.models.outlines import Outline


class ServiceQuerySet(NodeQuerySet["Service"]):
    def with_heading(self) -> ServiceQuerySet:
        """Those that the outline gives a place of their own, in its order."""
        return self.filter(line__isnull=False).order_by("position")

    def named_only(self) -> ServiceQuerySet:
        """Those that the outline names without a heading, by name."""
        return self.filter(line__isnull=True).order_by("name")

    def names(self) -> models.QuerySet[Service, str]:
        return self.with_heading().values_list("name", flat=True)

    def at(self, outline: Outline, slug: str) -> Service | None:
        return self.filter(outline=outline, slug=slug).first()

    def addresses(self, outline: Outline) -> models.QuerySet[Service, tuple[str, str]]:
        """(name, slug) of each, in the outline's order."""
        return self.filter(outline=outline).order_by("position").values_list("name", "slug")

    def with_slugs(self, slugs: Collection[str]) -> ServiceQuerySet:
        """Those at these addresses, in the outline's order."""
        return self.filter(slug__in=slugs).order_by("position")

    def of_facts(self, facts: Collection[int]) -> models.QuerySet[Service, int]:
        """The keys of those under which these facts stand."""
        return self.filter(facts__in=facts).order_by().values_list("pk", flat=True).distinct()

    def in_domains(self, domains: Collection[str], least: int = 1) -> list[int]:
        """The keys of those that hold so many facts and stand in one of the domains; all without
        any."""
        rows = self.filter(fact_count__gte=least).order_by("position").values_list("pk", "domains")
        return [key for key, own in rows if not domains or set(own[:1]) & set(domains)]

    def topics(self) -> Any:
        """What a list shows of each, as tuples."""
        return self.values_list(
            "id", "name", "slug", "kind", "domains", "feature_count", "fact_count", "implied"
        )

    def shown(self) -> ServiceQuerySet:
        """Those that hold something of their own, what stands before the first topic included."""
        return self.filter(Q(line__isnull=False) | Q(implied=True)).order_by("position")

    def mentioned(self) -> ServiceQuerySet:
        """Those that the outline names without a heading, by name."""
        return self.filter(line__isnull=True, implied=False).order_by("name")

    def grounds(self) -> Any:
        """(key, name, slug, domains, facts) of each that holds facts, in the outline's order."""
        held = self.filter(fact_count__gt=0).order_by("position")
        return held.values_list("pk", "name", "slug", "domains", "fact_count")

    def sizes(self) -> dict[str, int]:
        """How many facts stand under each name, in the outline's order."""
        sizes: dict[str, int] = {}
        for name, count in self.shown().values_list("name", "fact_count"):
            sizes[plain(name)] = sizes.get(plain(name), 0) + count
        return sizes

    def larger_than(self, outline: Outline, size: int) -> models.QuerySet[Service, str]:
        """The slugs of those that hold more features and facts than that."""
        large = self.filter(outline=outline, fact_count__gt=size - F("feature_count"))
        return large.values_list("slug", flat=True)

    def with_neighbours(self) -> ServiceQuerySet:
        """Each with `before` and `after`: name and slug of what stands next to it, or None."""
        siblings = Service.objects.shown().filter(outline=OuterRef("outline"))
        facing = JSONObject(name="name", slug="slug")
        return self.annotate(
            before=Subquery(
                siblings.filter(position__lt=OuterRef("position"))
                .order_by("-position")
                .values(facing=facing)[:1]
            ),
            after=Subquery(
                siblings.filter(position__gt=OuterRef("position")).values(facing=facing)[:1]
            ),
        )

    def places(self) -> dict[int, tuple[float, float]]:
        """Where each stands on the map, by primary key; those without a place are left out."""
        placed = self.filter(x__isnull=False, y__isnull=False).order_by()
        return {
            key: (x, y)
            for key, x, y in placed.values_list("pk", "x", "y")
            if x is not None and y is not None
        }

    def get_by_slug_or_404(self, outline: Outline, slug: str) -> Service:
        service = self.for_outline(outline).filter(slug=slug).first()
        if service is None:
            raise Http404(f"{outline.title} has no topic at this address.")
        return service  # type: ignore[no-any-return]


class Service(models.Model):
    """A topic of the outline's highest level, or one that it only names (`line` is then null).

    `implied` is a service that no line names: it holds facts that stand before the first topic.
    `position` is its place among the services; those without a heading come after all others.
    """

    class Kind(models.TextChoices):
        SERVICE = "service"
        THEME = "theme"
        PART = "part"
        OUTSIDE = "outside"

    outline = models.ForeignKey(Outline, models.CASCADE, related_name="services", db_index=False)
    name = models.TextField()
    slug = models.SlugField(max_length=120, allow_unicode=True, db_index=False)
    official = models.TextField(blank=True)
    short = models.TextField(blank=True)
    about = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SERVICE)
    part_of = models.TextField(blank=True)
    family = models.TextField(blank=True)
    domains = models.JSONField(default=list)
    line = models.PositiveIntegerField(null=True)
    more = models.JSONField(default=list)
    first_line = models.PositiveIntegerField(null=True)
    implied = models.BooleanField(default=False)
    position = models.PositiveIntegerField()
    feature_count = models.PositiveIntegerField(default=0)
    fact_count = models.PositiveIntegerField(default=0)
    # The place on the map (see `knowledge.graph.layout`); None until the graph is made.
    x = models.FloatField(null=True)
    y = models.FloatField(null=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=("outline", "slug"), name="service_slug_unique"),
            models.CheckConstraint(
                condition=Q(line__isnull=False) | Q(first_line__isnull=False) | Q(implied=True),
                name="service_has_a_line",
            ),
        )
        indexes = (models.Index(fields=("outline", "position"), name="service_by_position"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("knowledge:service", args=[self.outline.slug, self.slug])

    @property
    def key(self) -> str:
        """The public id, unique among all nodes."""
        return f"s{self.pk}"

    @property
    def domain(self) -> str | None:
        return self.domains[0] if self.domains else None


class AliasQuerySet(models.QuerySet["Alias"]):
    def for_outline(self, outline: Outline) -> AliasQuerySet:
        return self.filter(outline=outline)

    def for_loading(self) -> Any:
        """(service, text, folded, origin) of each, in the order of writing."""
        return self.order_by("id").values_list("service_id", "text", "folded", "origin")

    def of_service(self, service: Service) -> AliasQuerySet:
        """All names of a service, in the order of writing."""
        return self.filter(service=service).order_by("id")


class Alias(models.Model):
    """Another name of a service; `folded` is what lookups compare (`knowledge.lexicon.fold`)."""

    class Origin(models.TextChoices):
        HEADING = "heading"
        OFFICIAL = "official"
        ABBREVIATION = "abbreviation"
        FORMER = "former"
        SPELLING = "spelling"

    outline = models.ForeignKey(Outline, models.CASCADE, related_name="aliases", db_index=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="aliases")
    text = models.TextField()
    folded = models.TextField()
    origin = models.CharField(max_length=12, choices=Origin.choices)

    objects = AliasQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("outline", "service", "text"), name="alias_once_per_service"
            ),
        )
        indexes = (models.Index(fields=("outline", "folded"), name="alias_by_folded"),)

    def __str__(self) -> str:
        return self.text
