"""What a learner wrote beside a fact."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from knowledge.models import Fact, Outline
from quiz.learner_rows import Learner

LONGEST = 2000


class NoteQuerySet(models.QuerySet["Note"]):
    def of(self, learner: Learner) -> NoteQuerySet:
        return self.filter(learner=learner)

    def on(self, fact: Fact) -> NoteQuerySet:
        return self.filter(fact=fact)

    def on_outline(self, outline: Outline) -> NoteQuerySet:
        return self.filter(fact__outline=outline)

    def in_outline(self, outline: Outline) -> NoteQuerySet:
        """On facts of the outline, in its order."""
        placed = self.filter(fact__outline=outline).select_related("fact__feature", "fact__service")
        return placed.order_by("fact__position")

    def at(self, outline: Outline, service: str, feature: str = "") -> NoteQuerySet:
        """On the facts at an address, all those of a topic without a feature's."""
        here = self.filter(fact__outline=outline, fact__service__slug=service)
        if feature:
            here = here.filter(fact__feature__slug=feature)
        return here.select_related("fact").order_by("fact__position")

    def write(self, learner: Learner, fact: Fact, text: str, now: datetime) -> None:
        """Keep the note, in place of the one there was; an empty one goes away."""
        if not text:
            self.filter(learner=learner, fact=fact).delete()
            return
        said = {"beside": fact.text, "line": fact.line, "text": text, "at": now}
        self.update_or_create(learner=learner, fact=fact, defaults=said)

    def last_change(self) -> tuple[int, datetime | None]:
        """How many there are, and when one was last written."""
        found = self.order_by().aggregate(models.Count("id"), models.Max("at"))
        return found["id__count"], found["at__max"]

    def lost(self) -> NoteQuerySet:
        """Those whose fact has left its outline; their words stay."""
        return self.filter(fact__isnull=True).order_by("-at")

    def on_facts(self, facts: Iterable[int]) -> NoteQuerySet:
        return self.filter(fact__in=list(facts))


class Note(models.Model):
    """One a learner and fact. It goes where its fact goes; `beside` is what the fact said then."""

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="notes", db_index=False)
    fact = models.ForeignKey(
        Fact, models.SET_NULL, related_name="learner_notes", null=True, db_index=False
    )
    beside = models.TextField()
    line = models.PositiveIntegerField(null=True)
    text = models.TextField()
    at = models.DateTimeField()

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("learner", "fact"), name="note_once"),)
        indexes = (models.Index(fields=("fact",), name="note_by_fact"),)

    def __str__(self) -> str:
        return self.text
