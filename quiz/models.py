"""Learners, their sessions and what they remember: rows that hang on the outline's facts.

Every row names its learner, so that all of one learner's can be found, moved and deleted by that
column alone. What was asked is kept as it was asked; a fact that leaves the outline leaves its
words and its line behind.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection, models
from django.db.models import Q
from django.utils.functional import cached_property

from knowledge.models import Fact, Outline
from knowledge.prepared import Prepared
from quiz.learner_rows import Learner
from quiz.mastery import Tally
from quiz.memory_rows import Card, ReviewLog
from quiz.note_rows import Note
from quiz.report_rows import Report
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
        return self.filter(key=key).whole()

    def with_token(self, token_hash: str) -> StudySessionQuerySet:
        return self.filter(learner__token_hash=token_hash)

    def of_user(self, user: Any) -> StudySessionQuerySet:
        return self.filter(learner__user=user)

    def whole(self) -> StudySessionQuerySet:
        """With learner and outline, but what only pages about the outline itself show."""
        found = self.select_related("outline", "learner")
        return found.defer("outline__changes", "outline__domains", "outline__counts")

    def holding(self, key: int) -> StudySessionQuerySet:
        """The session of that primary key, for nobody else to write for its learner."""
        return self.filter(pk=key).select_for_update(of=("self", "learner")).whole()

    def held(self, session: StudySession) -> StudySession:
        """The session anew; until the transaction ends nobody else writes for its learner."""
        found = _HELD.first(session.pk)
        if found is None:
            raise StudySession.DoesNotExist
        return found


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


_HELD = Prepared(lambda key: StudySession.objects.holding(key), models.BigAutoField())


class SessionItemQuerySet(models.QuerySet["SessionItem"]):
    def of(self, session: StudySession) -> SessionItemQuerySet:
        return self.of_session(session.learner_id, session.pk)

    def of_session(self, learner: int, session: int) -> SessionItemQuerySet:
        return self.filter(learner=learner, session=session).order_by("position")

    def at(self, position: int) -> SessionItemQuerySet:
        return self.filter(position=position)

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

    @cached_property
    def answer(self) -> Answer | None:
        """The one answer; `with_answers` reads those of many items at once."""
        return next(iter(self.answers.all()), None)

    @cached_property
    def asked(self) -> list[AskedFact]:
        """The facts that it asks, as they were then, evidence[0]'s first."""
        if "asked_facts" in getattr(self, "_prefetched_objects_cache", ()):
            return list(self.asked_facts.all())
        return _ASKED.all(self.pk)


class AskedFactQuerySet(models.QuerySet["AskedFact"]):
    def of_item(self, item: int) -> AskedFactQuerySet:
        return self.filter(item=item).order_by("place")

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


_TALLIES = (
    'SELECT CAST(day AS TEXT), kind, guessed, "right", COUNT(*) FROM quiz_answer '
    'WHERE learner_id = %s GROUP BY day, kind, guessed, "right"'
)
_ASKED = Prepared(lambda item: AskedFact.objects.of_item(item), models.BigAutoField())


class AnswerQuerySet(models.QuerySet["Answer"]):
    def of(self, learner: Learner) -> AnswerQuerySet:
        return self.filter(learner=learner)

    def in_session(self, session: StudySession) -> AnswerQuerySet:
        """In the order of answering."""
        return self.filter(item__session=session).order_by("at", "id")

    def tallies_of(self, learner: Learner) -> list[Tally]:
        """Counts of a learner's answers that were alike, for all charts from one reading of an
        index. There are some thousands, and few days: each is read as a date once."""
        with connection.cursor() as cursor:
            cursor.execute(_TALLIES, [learner.pk])
            rows = cursor.fetchall()
        days = {day: date.fromisoformat(day) for day in {row[0] for row in rows}}
        return [Tally(days[day], *alike) for day, *alike in rows]

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
