"""The graph as rows: an outline, its services, features and facts, and what links them.

Every node knows its line in the file that was loaded last. Primary keys are identity: loading a
changed file updates the rows of the nodes that stayed, so that a learner's history hangs on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404
from django.urls import reverse

from knowledge.lexicon import plain

_M = TypeVar("_M", bound=models.Model)


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


class NodeQuerySet(models.QuerySet[_M]):
    """What the querysets of services, features and facts have in common."""

    def for_outline(self, outline: Outline) -> Any:
        return self.filter(outline=outline)

    def for_loading(self, fields: Sequence[str]) -> Any:
        """Primary key and the raw values of the fields named, as tuples."""
        columns = [self.model._meta.get_field(name).attname for name in fields]  # type: ignore[union-attr]
        return self.order_by().values_list("pk", *columns).iterator(chunk_size=5000)

    def with_keys(self, keys: Sequence[int]) -> Any:
        return self.filter(pk__in=keys)

    def up_to(self, line: int) -> Any:
        """Those that begin on that line of the file or before it, the last of them first."""
        return self.filter(line__lte=line).order_by("-position")


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

    def in_domains(self, domains: Collection[str]) -> list[int]:
        """The keys of those that hold facts and stand in one of the domains; all without any."""
        rows = self.filter(fact_count__gt=0).order_by("position").values_list("pk", "domains")
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
