"""The database of this site into a file."""

from __future__ import annotations

from pathlib import Path

from django.db import connection

from knowledge.backups import postgres, sqlite
from knowledge.backups.refusing import BackupError, whole_file


def backup(target: Path, *, replace: bool = False) -> int:
    """Write the whole database as it is at one moment, while it is used; the file's bytes.

    Raises BackupError where it can't be, and for a file that is there already unless `replace`.
    """
    if target.is_dir():
        raise BackupError(f"{target} is a folder; name a file.")
    if target.exists() and not replace:
        raise BackupError(f"{target} is there already; nothing was written.")
    with whole_file(target) as part:
        if connection.vendor == "sqlite":
            sqlite.save(Path(connection.settings_dict["NAME"]), part)
        else:
            postgres.save(connection.settings_dict, part)
    return target.stat().st_size
