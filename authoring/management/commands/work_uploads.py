"""Read and load large uploads."""

from __future__ import annotations

import fcntl
import socket
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from authoring.background import QUEUE, work
from authoring.models import Upload


class Command(BaseCommand):
    help = (
        "Read and load large uploads, and remove for good what was deleted long ago; one worker a "
        "host, others wait for their turn."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", action="store_true", help="end when nothing is left to do")

    def handle(self, *args: Any, **options: Any) -> None:
        name = f"uploads@{socket.gethostname()}"[:64]
        # Whoever has the lock is this host's only worker: what another one began, it left undone.
        with Path(settings.DATA_DIR, "uploads.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._take_up(name)
            call_command("purge_outlines", verbosity=0)
            call_command(
                "db_worker", queue_name=QUEUE, batch=options["batch"], worker_id=name,
                startup_delay=False, reload=False, verbosity=0,
            )  # fmt: skip

    def _take_up(self, name: str) -> None:
        """Queue anew what a worker of this host was killed at, or what nobody works at for long."""
        now, patience = timezone.now(), timedelta(seconds=settings.UPLOAD_STALLED_SECONDS)
        for result in DBTaskResult.objects.running().filter(queue_name=QUEUE):
            upload = Upload.objects.with_outline(result.args_kwargs["args"][0])
            ours = bool(result.worker_ids) and result.worker_ids[-1] == name
            if not ours and upload is not None and not upload.is_stalled(now, patience):
                continue
            result.delete()
            if upload is not None and upload.is_under_way:
                work.enqueue(upload.pk)
