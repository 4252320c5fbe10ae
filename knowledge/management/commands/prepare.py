"""What script/server does first: migrate, collect static files, load bundled outlines."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from knowledge.bundling import write_bundles
from knowledge.loading import load_outline
from knowledge.packs import find_packs


class Command(BaseCommand):
    help = "Migrate, collect static files and load the bundled outlines, each only where needed."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections["default"]
        try:
            connection.ensure_connection()
        except OperationalError as problem:
            reason = str(problem).strip().splitlines()[0]
            raise CommandError(f"DATABASE_URL: the database can't be used: {reason}.") from None
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database …")
            call_command("migrate", verbosity=0, interactive=False)
        if not settings.DEBUG:
            self._collect()
        for pack in find_packs(settings.PACKS_DIR):
            if pack.outline is None:
                continue
            loaded = load_outline(
                pack.outline.read_bytes(),
                file_name=pack.outline.name,
                slug=pack.about.get("slug"),
                title=pack.about.get("title"),
                pack=pack,
            )
            if not loaded.unchanged:
                counts = loaded.counts
                self.stdout.write(
                    f"Loaded {loaded.title}: {counts['services']} services, "
                    f"{counts['features']} features, {counts['facts']} facts."
                )

    def _collect(self) -> None:
        """Collect, hash and compress static files if any of them changed since the last time."""
        write_bundles(
            settings.BASE_DIR / "static", settings.BUNDLE_DIR, settings.STYLES, settings.SCRIPTS
        )
        digest = hashlib.sha256()
        for finder in get_finders():
            for path, storage in sorted(finder.list(None), key=lambda found: str(found[0])):
                digest.update(f"{path}\0".encode())
                digest.update(Path(storage.path(path)).read_bytes())
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        if stamp.is_file() and stamp.read_text("utf-8") == digest.hexdigest():
            return
        self.stdout.write("Collecting static files …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=False)
        stamp.write_text(digest.hexdigest(), "utf-8")
