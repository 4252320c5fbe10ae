"""Large uploads are left to a worker: `manage.py work_uploads`, or one that the server starts."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from datetime import datetime

from django.conf import settings
from django_tasks import task

from authoring.models import Upload
from authoring.uploads import fail, load, read

QUEUE = "uploads"
# How often a worker that the server started is started again when it was killed.
STARTS = settings.UPLOAD_ATTEMPTS
log = logging.getLogger(__name__)
_starting = threading.Lock()


@task(queue_name=QUEUE)
def work(key: int) -> None:
    """Take the upload one step further: to its preview, or into its outline."""
    run(key)


def go_on(upload: Upload) -> None:
    """Do the step that the upload waits for: now where it is small, else by a worker."""
    if upload.size <= settings.UPLOAD_AT_ONCE_BYTES:
        run(upload.pk)
        upload.refresh_from_db()
        return
    work.enqueue(upload.pk)
    if settings.START_WORKER:
        start_worker()


def run(key: int) -> None:
    """One step of an upload. What fails unforeseen is told to the operator's log alone."""
    upload = Upload.objects.with_outline(key)
    if upload is None or not upload.is_under_way:
        return
    if Upload.objects.tried(key) > settings.UPLOAD_ATTEMPTS * len(Upload.UNDER_WAY):
        fail(upload)
        return
    try:
        read(upload) if upload.state == Upload.State.READING else load(upload)
    except Exception:
        log.exception("upload %s failed", upload.key)
        fail(upload)


def try_again(upload: Upload, now: datetime) -> None:
    """Queue anew what nobody has worked at for long."""
    Upload.objects.told(upload.pk, told_at=now)
    work.enqueue(upload.pk)
    if settings.START_WORKER:
        start_worker()


def start_worker() -> None:
    """Start a worker that ends when nothing is left to do; started anew if it is killed."""
    threading.Thread(target=_watch_worker, name="uploads", daemon=True).start()


def _watch_worker() -> None:
    command = [sys.executable, "manage.py", "work_uploads", "--batch"]
    with _starting:
        for _ in range(STARTS):
            done = subprocess.run(  # noqa: S603
                command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, check=False
            )
            if done.returncode == 0:
                return
            log.warning("the worker for uploads ended with %s", done.returncode)
