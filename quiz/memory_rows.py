"""The rows of memory: a card a fact, and every review that made it what it is."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from knowledge.models import Fact, Outline
from quiz.days import Days
from quiz.learner_rows import Learner
from quiz.scheduling import Log, Memory, Rating, State, as_dict, read_memory


class CardQuerySet(models.QuerySet["Card"]):
    def of(self, learner: Learner | int) -> CardQuerySet:
        return self.filter(learner=learner)

    def for_outline(self, outline: Outline) -> CardQuerySet:
        return self.filter(fact__outline=outline)

    def living(self) -> CardQuerySet:
        """Those whose fact is still in an outline."""
        return self.filter(fact__isnull=False)

    def met(self) -> CardQuerySet:
        """Those of facts that were asked, and not undone."""
        return self.filter(last_review__isnull=False)

    def active(self, now: datetime) -> CardQuerySet:
        """Neither suspended nor put off until tomorrow."""
        unburied = Q(buried_until__isnull=True) | Q(buried_until__lte=now)
        return self.living().met().filter(unburied, suspended=False)

    def due(self, now: datetime, days: Days) -> CardQuerySet:
        """What is due on the learner's today, the longest overdue first."""
        end = days.end_of(days.day_of(now))
        return self.active(now).filter(due__lt=end).order_by("due", "id")

    def load(self, days: Days, first: date, last: date) -> dict[date, int]:
        """How many cards are due on each day from the first to the last."""
        rows = (
            self.filter(suspended=False, due__gte=days.start_of(first), due__lt=days.end_of(last))
            .order_by()
            .values_list("due")
            .annotate(Count("id"))
        )
        load: dict[date, int] = {}
        for due, number in rows:
            day = days.day_of(due)
            load[day] = load.get(day, 0) + number
        return load

    def for_fact(self, fact: int) -> CardQuerySet:
        return self.filter(fact=fact)

    def for_facts(self, facts: Iterable[int]) -> CardQuerySet:
        return self.filter(fact__in=list(facts))

    def in_services(self, services: Collection[int]) -> Any:
        """(service, stability, last review) of each that was met, of these topics."""
        found = self.met().filter(fact__service__in=list(services)).order_by()
        return found.values_list("fact__service_id", "stability", "last_review")

    def suspended(self) -> CardQuerySet:
        """Those that are never asked in reviews, with their facts."""
        return self.living().filter(suspended=True).select_related("fact").order_by("-id")

    def coming(self, now: datetime) -> datetime | None:
        """When the next one is due that isn't due yet."""
        waiting = self.living().met().filter(suspended=False)
        dues = waiting.annotate(at=Greatest("due", Coalesce("buried_until", "due")))
        return dues.filter(at__gt=now).aggregate(next=Min("at"))["next"]  # type: ignore[no-any-return]

    def missed(self) -> models.QuerySet[Card, int]:
        """The facts that were not known, or only guessed, when they were asked last."""
        reviews = ReviewLog.objects.standing().filter(card=OuterRef("pk")).order_by("-at", "-id")
        last = self.living().met().annotate(last_rating=Subquery(reviews.values("rating")[:1]))
        return last.filter(last_rating=Rating.AGAIN).values_list("fact_id", flat=True)

    def places(self) -> Any:
        """(fact, stability, last review) of each, for the recall of many."""
        return self.order_by().values_list("fact_id", "stability", "last_review")

    def memos(self) -> Any:
        """(fact, its feature and service, stability, last review, due, suspended, buried until)
        of each, for the recall of many."""
        return self.order_by().values_list(
            "fact_id", "fact__feature_id", "fact__service_id", "stability", "last_review", "due",
            "suspended", "buried_until",
        )  # fmt: skip


class Card(models.Model):
    """How one learner remembers one fact (see `quiz.scheduling.Memory`).

    Without a fact it is history: the outline doesn't hold it any more. `last_question` is the
    wording in which it was asked last.
    """

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="cards", db_index=False)
    fact = models.ForeignKey(Fact, models.SET_NULL, related_name="cards", null=True, db_index=False)
    text = models.TextField()
    line = models.PositiveIntegerField(null=True)
    state = models.PositiveSmallIntegerField(
        choices=[(s.value, s.name.lower()) for s in State], default=State.LEARNING.value
    )
    step = models.PositiveSmallIntegerField(null=True, default=0)
    stability = models.FloatField(null=True)
    difficulty = models.FloatField(null=True)
    due = models.DateTimeField()
    last_review = models.DateTimeField(null=True)
    suspended = models.BooleanField(default=False)
    buried_until = models.DateTimeField(null=True)
    last_question = models.CharField(max_length=64, blank=True)

    objects = CardQuerySet.as_manager()

    MEMORY = ("state", "step", "stability", "difficulty", "due", "last_review")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("learner", "fact"), name="card_once_per_fact"),
            models.CheckConstraint(
                condition=Q(stability__isnull=True) | Q(stability__gt=0), name="card_stability"
            ),
        )
        indexes = (
            models.Index(fields=("learner", "due"), name="card_by_due"),
            models.Index(fields=("fact",), name="card_by_fact"),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def memory(self) -> Memory:
        return Memory(
            self.due, State(self.state), self.step, self.stability, self.difficulty,
            self.last_review,
        )  # fmt: skip

    @memory.setter
    def memory(self, memory: Memory) -> None:
        for name in self.MEMORY:
            setattr(self, name, getattr(memory, name))
        self.state = int(memory.state)


class ReviewLogQuerySet(models.QuerySet["ReviewLog"]):
    def of(self, learner: Learner) -> ReviewLogQuerySet:
        return self.filter(learner=learner).order_by("at", "id")

    def standing(self) -> ReviewLogQuerySet:
        """Reviews that were not undone."""
        return self.filter(undoes__isnull=True, undone_by__isnull=True)


class ReviewLog(models.Model):
    """One review or its undoing. Rows are only ever added, and go only with their learner."""

    key = models.UUIDField(default=uuid.uuid4)
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="reviews", db_index=False)
    card = models.ForeignKey(Card, models.CASCADE, related_name="reviews", db_index=False)
    answer = models.ForeignKey(
        "quiz.Answer", models.SET_NULL, related_name="reviews", null=True, db_index=False
    )
    undoes = models.OneToOneField("self", models.CASCADE, related_name="undone_by", null=True)
    rating = models.PositiveSmallIntegerField(choices=[(r.value, r.name.lower()) for r in Rating])
    at = models.DateTimeField()
    ms = models.PositiveIntegerField(null=True)
    before = models.JSONField()
    after = models.JSONField()

    objects = ReviewLogQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("learner", "key"), name="review_key_unique"),
        )
        indexes = (
            models.Index(fields=("learner", "at"), name="review_by_time"),
            models.Index(fields=("card", "at"), name="review_by_card"),
            models.Index(fields=("answer",), name="review_by_answer"),
        )

    def __str__(self) -> str:
        return f"{Rating(self.rating).name.lower()} at {self.at}"

    @classmethod
    def of_log(cls, card: Card, log: Log, answer_id: int | None) -> ReviewLog:
        """The row of a review, not yet saved."""
        return cls(
            learner_id=card.learner_id, card=card, answer_id=answer_id, rating=int(log.rating),
            at=log.at, ms=log.ms, before=as_dict(log.before), after=as_dict(log.after),
        )  # fmt: skip

    @property
    def log(self) -> Log:
        return Log(
            self.at, Rating(self.rating), self.ms, read_memory(self.before), read_memory(self.after)
        )
