"""The rows of learners: who they are, and how they want it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from quiz.aiming import Aim, aim_at
from quiz.days import Days
from quiz.scheduling import LEAST_RETENTION, MOST_RETENTION, Settings

MOST_MINUTES = 600


class LearnerQuerySet(models.QuerySet["Learner"]):
    def with_token(self, token: str | None) -> Learner | None:
        """Whose cookie it is; None for a cookie that nobody has."""
        return self.filter(token_hash=hash_token(token)).first() if token else None

    def of_user(self, user: Any) -> Learner | None:
        return self.filter(user=user).first()

    def born(self, now: datetime, zone: str = "UTC", user: Any = None) -> tuple[Learner, str]:
        """A new learner and the token for the cookie, which is kept nowhere else."""
        token = secrets.token_urlsafe(32)
        born = self.create(token_hash=hash_token(token), born_at=now, zone=zone, user=user)
        return born, token


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class Learner(models.Model):
    """Somebody who has done something, known by a cookie or an account, and their settings."""

    token_hash = models.CharField(max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="learners", null=True, db_index=False
    )
    born_at = models.DateTimeField()
    exam_date = models.DateField(null=True)
    exam_code = models.CharField(max_length=40, blank=True)
    retention = models.FloatField(default=0.9)
    minutes_a_day = models.PositiveSmallIntegerField(default=20)
    zone = models.CharField(max_length=64, default="UTC")
    change_hour = models.PositiveSmallIntegerField(default=4)
    easy_at_choice = models.BooleanField(default=False)

    objects = LearnerQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("token_hash",), name="learner_token_unique"),
            models.UniqueConstraint(fields=("user",), name="learner_user_unique"),
            models.CheckConstraint(
                condition=Q(retention__gte=LEAST_RETENTION, retention__lte=MOST_RETENTION),
                name="learner_retention_in_range",
            ),
            models.CheckConstraint(condition=Q(change_hour__lte=23), name="learner_hour_of_day"),
            models.CheckConstraint(
                condition=Q(minutes_a_day__gte=1, minutes_a_day__lte=MOST_MINUTES),
                name="learner_minutes_in_range",
            ),
        )

    def __str__(self) -> str:
        return f"Learner {self.pk}"

    @property
    def days(self) -> Days:
        return Days(self.zone, self.change_hour)

    @property
    def schedule(self) -> Settings:
        return Settings(self.retention, self.days)

    @property
    def aim(self) -> Aim | None:
        return aim_at(self.exam_date, self.retention) if self.exam_date else None

    def today(self, now: datetime) -> date:
        return self.days.day_of(now)
