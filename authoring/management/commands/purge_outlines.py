"""Remove for good what was deleted long enough ago, and uploads that nobody went on with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from authoring.background import QUEUE
from authoring.models import Upload
from knowledge.models import Outline


class Command(BaseCommand):
    help = "Remove for good deleted outlines whose days are over, and uploads left lying."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        gone = list(
            Outline.objects.deleted_before(now - timedelta(days=settings.DELETED_KEPT_DAYS))
        )
        for outline in gone:
            outline.delete()
        old = now - timedelta(hours=settings.UPLOAD_KEPT_HOURS)
        Upload.objects.before(old).delete()
        DBTaskResult.objects.finished().filter(queue_name=QUEUE, finished_at__lt=old).delete()
        if gone:
            self.stdout.write(f"{len(gone)} deleted outlines removed for good.")
