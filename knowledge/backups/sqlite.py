"""SQLite's own backup: one moment of the database, copied while others read and write."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from knowledge.backups.refusing import BackupError

SIGN = b"SQLite format 3\x00"
# Seconds to wait for a writer to end.
PATIENCE = 60


def save(database: Path, target: Path) -> None:
    """Copy the database of one moment into the target and check the copy."""
    if not database.is_file():
        raise BackupError("There is no database yet; run: manage.py migrate")
    try:
        with closing(_open(database)) as source, closing(sqlite3.connect(target)) as copy:
            # All pages in one step: writers go on beside it and can't make it begin anew.
            source.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")
            check(copy, target)
    except sqlite3.Error as problem:
        raise BackupError(f"The database can't be copied: {problem}.") from None


def bring_back(source: Path, database: Path) -> None:
    """Put the content of a backup into the database, all of it or nothing.

    Processes that serve the database go on: they see the old content, then the new one.
    """
    try:
        with closing(_open(source)) as backup, closing(sqlite3.connect(database)) as live:
            live.execute(f"PRAGMA busy_timeout={PATIENCE * 1000}")
            backup.backup(live, pages=-1)
            live.execute("PRAGMA journal_mode=WAL")
    except sqlite3.Error as problem:
        raise BackupError(f"The database can't be written: {problem}.") from None


def migrations_in(source: Path) -> set[tuple[str, str]]:
    """(app, name) of the migrations that made a backup; it is checked on the way."""
    try:
        with closing(_open(source)) as backup:
            check(backup, source)
            return set(backup.execute("SELECT app, name FROM django_migrations"))
    except sqlite3.Error as problem:
        raise BackupError(f"{source} is no backup of Outgraph: {problem}.") from None


def check(connection: sqlite3.Connection, file: Path) -> None:
    [found] = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise BackupError(f"{file} is damaged: {found}.")


def _open(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    connection.execute(f"PRAGMA busy_timeout={PATIENCE * 1000}")
    return connection
