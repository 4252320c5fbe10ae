"""PostgreSQL's own backup: `pg_dump` in the custom format, and `pg_restore`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from knowledge.backups.refusing import BackupError

SIGN = b"PGDMP"
# A later version's tables aren't in an earlier one's dump, and would stand in its way.
_EMPTY = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', one.tablename);
  END LOOP;
END $$;
"""
_MIGRATION = re.compile(r"^\d+\t([^\t]+)\t([^\t]+)\t", re.MULTILINE)


def save(database: Mapping[str, Any], target: Path) -> None:
    """Dump the database of one moment; those who use it go on."""
    _run("pg_dump", ["--format=custom", "--no-owner", "--file", str(target)], database)


def bring_back(source: Path, database: Mapping[str, Any]) -> None:
    """Put the content of a dump into the database in one transaction, all of it or nothing."""
    with NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(_EMPTY)
        script.flush()
        options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--file", "-"]
        content = _run("pg_restore", [*options, str(source)], {})
        script.write(content)
        script.flush()
        strict = ["--no-psqlrc", "--quiet", "--single-transaction", "--set", "ON_ERROR_STOP=1"]
        _run("psql", [*strict, "--file", script.name], database)


def migrations_in(source: Path) -> set[tuple[str, str]]:
    """(app, name) of the migrations that made a dump."""
    table = ["--data-only", "--table", "django_migrations", "--file", "-", str(source)]
    found = set(_MIGRATION.findall(_run("pg_restore", table, {})))
    if not found:
        raise BackupError(f"{source} is no backup of Outgraph: it names no migrations.")
    return found


def _run(program: str, options: Sequence[str], database: Mapping[str, Any]) -> str:
    """Run one of PostgreSQL's programs; the password goes by the environment, never by words."""
    path = _find(program)
    environment = dict(os.environ)
    for variable, key in (
        ("PGHOST", "HOST"), ("PGPORT", "PORT"), ("PGUSER", "USER"),
        ("PGPASSWORD", "PASSWORD"), ("PGDATABASE", "NAME"),
    ):  # fmt: skip
        if database.get(key):
            environment[variable] = str(database[key])
    done = subprocess.run(  # noqa: S603
        [path, *options], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[0]
        raise BackupError(f"{program} failed: {reason}")
    return done.stdout


def _find(program: str) -> str:
    """The newest of the program's versions: an older one refuses a newer server."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{program}"),
        key=lambda path: int(re.sub(r"\D", "", path.parts[-3]) or 0),
    )
    path = str(installed[-1]) if installed else shutil.which(program)
    if path is None:
        raise BackupError(f"{program} isn't installed; it comes with PostgreSQL's client programs.")
    return path
