"""Learners, their sessions and what they remember: rows that hang on the outline's facts.

Every row names its learner, so that all of one learner's can be found, moved and deleted by that
column alone. What was asked is kept as it was asked; a fact that leaves the outline leaves its
words and its line behind.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, Q

from knowledge.models import Fact, Outline
from quiz.learner_rows import Learner, hash_token
from quiz.mastery import Tally
from quiz.memory_rows import Card, ReviewLog
from quiz.note_rows import Note
from quiz.stock_rows import QuestionStock

__all__ = [
    "Answer", "AskedFact", "Card", "Learner", "Note", "QuestionStock", "Report", "ReviewLog",
    "SessionItem", "StudySession",
]  # fmt: skip


class StudySessionQuerySet(models.QuerySet["StudySession"]):
    def of(self, learner: Learner) -> StudySessionQuerySet:
        return self.filter(learner=learner)

    def on(self, outline: Outline) -> StudySessionQuerySet:
        return self.filter(outline=outline)

    def of_kind(self, kind: str) -> StudySessionQuerySet:
        return self.filter(kind=kind)

    def since(self, moment: datetime) -> StudySessionQuerySet:
        """Those that were started from then on."""
        return self.filter(started_at__gte=moment)

    def open(self) -> StudySessionQuerySet:
        return self.filter(state=StudySession.State.OPEN)

    def done(self) -> StudySessionQuerySet:
        return self.filter(state=StudySession.State.DONE)

    def about(self, outline: Outline) -> StudySessionQuerySet:
        return self.filter(outline=outline)

    def latest_first(self) -> StudySessionQuerySet:
        return self.order_by("-started_at", "-id")

    def at(self, learner: Learner | None, key: uuid.UUID) -> StudySession | None:
        """The session at an address; None where it is another learner's."""
        if learner is None:
            return None
        return self.filter(learner=learner, key=key).select_related("outline", "learner").first()

    def with_key(self, key: uuid.UUID) -> StudySessionQuerySet:
        """Those at an address, whosever: narrow it to one learner's."""
        return self.filter(key=key).select_related("outline", "learner")

    def with_token(self, token: str | None) -> StudySession | None:
        return self.filter(learner__token_hash=hash_token(token)).first() if token else None

    def of_user(self, user: Any) -> StudySession | None:
        return self.filter(learner__user=user).first()

    def held(self, session: StudySession) -> StudySession:
        """The session anew; until the transaction ends nobody else writes for its learner."""
        return (
            self.select_for_update(of=("self", "learner"))
            .select_related("outline", "learner")
            .defer("outline__changes", "outline__domains", "outline__metadata", "outline__counts")
            .get(pk=session.pk)
        )


class StudySession(models.Model):
    """A quiz, exam or review: what was asked for (`spec`), and of which version of which outline.

    `spec` and `seed` give the same questions again as long as the outline stays as it is.
    """

    class Kind(models.TextChoices):
        QUIZ = "quiz"
        EXAM = "exam"
        REVIEW = "review"

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"

    key = models.UUIDField(default=uuid.uuid4)
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="sessions", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    seed = models.CharField(max_length=40)
    spec = models.JSONField(default=dict)
    outline = models.ForeignKey(
        Outline, models.SET_NULL, related_name="sessions", null=True, db_index=False
    )
    outline_title = models.TextField()
    outline_version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    started_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = StudySessionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("learner", "key"), name="session_key_unique"),
            models.CheckConstraint(
                condition=Q(state="open", done_at__isnull=True)
                | Q(state="done", done_at__isnull=False),
                name="session_done_at_when_done",
            ),
        )
        indexes = (
            models.Index(fields=("learner", "-started_at"), name="session_by_start"),
            models.Index(fields=("outline",), name="session_by_outline"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_exam(self) -> bool:
        return self.kind == self.Kind.EXAM

    @property
    def source_changed(self) -> bool:
        """Whether the outline was loaded anew, or is gone, since the questions were made."""
        return self.outline is None or self.outline.version != self.outline_version


class SessionItemQuerySet(models.QuerySet["SessionItem"]):
    def of(self, session: StudySession) -> SessionItemQuerySet:
        return self.filter(learner=session.learner_id, session=session).order_by("position")

    def without_facts(self) -> SessionItemQuerySet:
        """With the answers alone: all that a question needs that is to be answered."""
        return self.prefetch_related("answers")

    def with_answers(self) -> SessionItemQuerySet:
        facts = AskedFact.objects.select_related("fact__service", "fact__feature")
        return self.prefetch_related("answers", models.Prefetch("asked_facts", facts))

    def marks(self) -> Any:
        """(position, flagged, skipped, dropped, answer's key, right) of each, without the
        questions."""
        return self.values_list(
            "position", "flagged", "skipped", "dropped", "answers__id", "answers__right"
        )


class SessionItem(models.Model):
    """A question of a session, whole, as it was asked.

    `layout` is the order in which steps or partners are shown. `domain` and `scored` are of exams.
    `dropped` is a question of a review that was put off unanswered: it isn't asked any more.
    """

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="+", db_index=False)
    session = models.ForeignKey(StudySession, models.CASCADE, related_name="items", db_index=False)
    position = models.PositiveSmallIntegerField()
    question = models.JSONField()
    layout = models.JSONField(null=True)
    domain = models.TextField(blank=True)
    scored = models.BooleanField(default=True)
    flagged = models.BooleanField(default=False)
    skipped = models.BooleanField(default=False)
    dropped = models.BooleanField(default=False)
    shown_at = models.DateTimeField(null=True)

    objects = SessionItemQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("session", "position"), name="item_position_unique"),
        )
        indexes = (models.Index(fields=("learner", "session"), name="item_by_learner"),)

    def __str__(self) -> str:
        return f"{self.position}. {self.question.get('stem', '')}"

    @property
    def answer(self) -> Answer | None:
        """The one answer, read with the item by `with_answers`."""
        return next(iter(self.answers.all()), None)


class AskedFactQuerySet(models.QuerySet["AskedFact"]):
    def last_answers(self, learner: Learner, facts: Iterable[int], most: int) -> list[Answer]:
        """The last answers that were about these facts, with their items and sessions; those of an
        exam that is going on are left out."""
        asked = self.filter(learner=learner, fact__in=list(facts), item__answers__isnull=False)
        over = asked.exclude(item__session__kind="exam", item__session__state="open")
        # A matching may ask several of the facts.
        keys = over.order_by("-item_id").values_list("item__answers", flat=True)[: 4 * most]
        found = Answer.objects.filter(pk__in=list(keys)).select_related("item__session")
        return list(found.order_by("-at", "-id")[:most])


class AskedFact(models.Model):
    """A fact that an item asks; its words and line as they were then."""

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="+", db_index=False)
    item = models.ForeignKey(
        SessionItem, models.CASCADE, related_name="asked_facts", db_index=False
    )
    place = models.PositiveSmallIntegerField()
    fact = models.ForeignKey(
        Fact, models.SET_NULL, related_name="askings", null=True, db_index=False
    )
    text = models.TextField()
    line = models.PositiveIntegerField(null=True)

    objects = AskedFactQuerySet.as_manager()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=("item", "place"), name="asked_fact_place_unique"),
        )
        indexes = (
            models.Index(fields=("fact",), name="asked_by_fact"),
            models.Index(fields=("learner", "fact"), name="asked_by_learner"),
        )

    def __str__(self) -> str:
        return self.text


class AnswerQuerySet(models.QuerySet["Answer"]):
    def of(self, learner: Learner) -> AnswerQuerySet:
        return self.filter(learner=learner)

    def in_session(self, session: StudySession) -> AnswerQuerySet:
        """In the order of answering."""
        return self.filter(item__session=session).order_by("at", "id")

    def tallies(self) -> list[Tally]:
        """Counts of answers that were alike, for all charts from one reading of an index."""
        rows = self.order_by().values_list("day", "kind", "guessed", "right")
        return [Tally(*row) for row in rows.annotate(Count("id"))]

    def usual_seconds(self) -> float | None:
        """The mean time of the last hundred answers."""
        timed = self.filter(ms__isnull=False).order_by("-at").values_list("ms", flat=True)[:100]
        times = [ms for ms in timed if ms is not None]
        return sum(times) / len(times) / 1000 if times else None


class Answer(models.Model):
    """What was answered. The first counts; in an exam the last before handing in."""

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="answers", db_index=False)
    item = models.ForeignKey(SessionItem, models.CASCADE, related_name="answers", db_index=False)
    kind = models.CharField(max_length=12)
    given = models.JSONField()
    right = models.BooleanField()
    guessed = models.BooleanField(default=False)
    ms = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    # The learner's own day then, whatever their time zone is later.
    day = models.DateField()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("item",), name="answer_once"),)
        indexes = (
            models.Index(
                fields=("learner", "day", "kind", "guessed", "right"), name="answer_tallies"
            ),
            models.Index(fields=("learner", "-at"), name="answer_by_time"),
        )

    def __str__(self) -> str:
        return f"Answer to {self.item_id}: {'right' if self.right else 'wrong'}"


class ReportQuerySet(models.QuerySet["Report"]):
    def hidden_from(self, learner: Learner) -> set[str]:
        """The ids of the questions that a learner reported: they aren't asked again."""
        return set(self.filter(learner=learner).values_list("question_key", flat=True))

    def unsettled(self) -> ReportQuerySet:
        """What the operator has to look at, the newest first."""
        return self.filter(settled_at__isnull=True).order_by("-at", "-id")

    def with_keys(self, keys: Iterable[int]) -> ReportQuerySet:
        return self.filter(pk__in=keys)


class Report(models.Model):
    """A question that somebody holds to be wrong, as it was asked."""

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="reports", db_index=False)
    outline = models.ForeignKey(
        Outline, models.SET_NULL, related_name="question_reports", null=True, db_index=False
    )
    question_key = models.CharField(max_length=64)
    question = models.JSONField()
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("learner", "question_key"), name="report_once"),
        )
        indexes = (
            models.Index(fields=("outline",), name="report_by_outline"),
            models.Index(fields=("settled_at", "-at"), name="report_unsettled"),
        )

    def __str__(self) -> str:
        return f"Report of {self.question_key}"
