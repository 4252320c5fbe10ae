"""What pages need that is loaded once: done before a server works, not by its first visitor.

Nothing here asks the database: a server's processes are forked from the one that did this.
"""

from __future__ import annotations

import gc
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse


def warm() -> None:
    """Import all views and compile all templates of our own, and keep them for good."""
    reverse("knowledge:outlines")
    folder = Path(settings.BASE_DIR, "templates")
    for file in sorted(folder.rglob("*.html")):
        get_template(file.relative_to(folder).as_posix())
    # It all stays. A full collection, which stops all threads of a process, took 100 ms for it.
    gc.collect()
    gc.freeze()
