"""The rows of reports: questions that somebody holds to be wrong."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from knowledge.models import Outline
from quiz.learner_rows import Learner


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
