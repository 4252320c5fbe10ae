"""A file of `backup` back into the database of this site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import F

from knowledge.backups import postgres, sqlite
from knowledge.backups.refusing import BackupError
from knowledge.backups.saving import backup
from knowledge.models import Outline


@dataclass(frozen=True)
class Restored:
    """How many outlines are there now, and the file that holds what was there before, if any."""

    outlines: int
    before: Path | None


def restore(source: Path, *, safe: Path, now: datetime) -> Restored:
    """Put a backup in the place of the database, after keeping that one in the folder `safe`.

    A backup of an earlier version is migrated. Raises BackupError for a file that is no backup,
    or one of another kind of database or a later version; then nothing has changed.
    """
    _check(source)
    before = _keep(safe, now)
    newest = _newest_version() if before else 0
    connection.close()
    if connection.vendor == "sqlite":
        sqlite.bring_back(source, Path(connection.settings_dict["NAME"]))
    else:
        postgres.bring_back(source, connection.settings_dict)
    call_command("migrate", verbosity=0, interactive=False)
    # What processes have kept of an outline is keyed by its version: no version may come again.
    Outline.objects.update(version=F("version") + newest + 1)
    return Restored(Outline.objects.count(), before)


def _check(source: Path) -> None:
    try:
        with source.open("rb") as file:
            sign = file.read(16)
    except OSError as problem:
        raise BackupError(f"{source} can't be read: {problem.strerror}.") from None
    kinds = {"sqlite": sqlite, "postgresql": postgres}
    ours = kinds[connection.vendor]
    if not sign.startswith(ours.SIGN):
        other = next((name for name, kind in kinds.items() if sign.startswith(kind.SIGN)), None)
        reason = f"it is of {other}, this site is on {connection.vendor}" if other else "not a copy"
        raise BackupError(f"{source} is no backup for this site: {reason}.")
    known = set(MigrationLoader(None).graph.nodes)
    of_ours = {app for app, _ in known}
    made_by = {one for one in ours.migrations_in(source) if one[0] in of_ours}
    if ("knowledge", "0001_initial") not in made_by:
        raise BackupError(f"{source} is no backup of Outgraph: it holds no outlines.")
    if later := sorted(made_by - known):
        app, name = later[-1]
        raise BackupError(
            f"{source} was made by a later version of Outgraph (its {app} knows {name})."
        )


def _keep(safe: Path, now: datetime) -> Path | None:
    """A copy of what is about to be replaced; None where there is nothing yet."""
    if not connection.introspection.table_names():
        return None
    safe.mkdir(parents=True, exist_ok=True)
    file = safe / f"before-restore-{now:%Y%m%d-%H%M%S-%f}.backup"
    backup(file)
    return file


def _newest_version() -> int:
    if Outline._meta.db_table not in connection.introspection.table_names():
        return 0
    return max(Outline.objects.values_list("version", flat=True), default=0)
