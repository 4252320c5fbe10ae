"""The row that keeps an outline's questions, so that no learner waits for their making."""

from __future__ import annotations

from django.db import models

from knowledge.models import Outline


class QuestionStockQuerySet(models.QuerySet["QuestionStock"]):
    def content_of(self, outline: Outline, mark: str) -> bytes | None:
        """The stock of an outline as it is now, packed; None where none was made of it yet."""
        rows = self.filter(outline=outline.pk, mark=mark).values_list("content", flat=True)
        content = rows.first()
        return None if content is None else bytes(content)

    def has(self, outline: Outline, mark: str) -> bool:
        return self.filter(outline=outline.pk, mark=mark).exists()

    def keep(self, outline: Outline, mark: str, content: bytes) -> None:
        self.update_or_create(outline=outline, defaults={"mark": mark, "content": content})


class QuestionStock(models.Model):
    """All questions of one version of an outline, packed; `mark` says of which one."""

    outline = models.OneToOneField(Outline, models.CASCADE, related_name="question_stock")
    mark = models.CharField(max_length=64)
    content = models.BinaryField()

    objects = QuestionStockQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Questions on {self.outline_id}"
