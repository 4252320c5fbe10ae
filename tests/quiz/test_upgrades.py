"""A database of every earlier version is brought up to date with its history intact.

`tests/upgrades/VERSION.sqlite3.gz` and `VERSION.sql.gz` (PostgreSQL) are databases that the version
itself wrote: an outline, a quiz with right and wrong answers, an exam handed in, a report, an open
session.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.answered import ask, half_done
from tests.databases import drop_database, new_database
from tests.site import Site

FOLDER = Path(__file__).resolve().parent.parent / "upgrades"
VERSIONS = sorted({file.name.removesuffix(".sql.gz") for file in FOLDER.glob("*.sql.gz")})
# What a learner would miss, in the words of the version that wrote it.
HISTORY = {
    "answers": "SELECT item_id, kind, given, {right}, guessed, at, day "
    "FROM quiz_answer ORDER BY id",
    "memory": "SELECT fact_id, text, state, stability, difficulty, due, last_review FROM quiz_card "
    "ORDER BY id",
    "reviews": "SELECT card_id, answer_id, rating, at, before, after "
    "FROM quiz_reviewlog ORDER BY id",
    "sessions": "SELECT key, kind, seed, state, started_at, deadline, done_at "
    "FROM quiz_studysession ORDER BY id",
    "questions": "SELECT session_id, position, question, flagged FROM quiz_sessionitem ORDER BY id",
    "reports": "SELECT question_key, note, at FROM quiz_report ORDER BY id",
    "facts": "SELECT id, text, line FROM knowledge_fact ORDER BY id",
    "settings": "SELECT token_hash, exam_date, retention, zone FROM quiz_learner ORDER BY id",
}


@pytest.fixture(params=VERSIONS)
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A site whose database an earlier version has left."""
    version = request.param
    site = Site(tmp_path / "site", database=new_database(f"upgrade_{version}"))
    if site.database:
        script = gzip.decompress((FOLDER / f"{version}.sql.gz").read_bytes()).decode()
        with psycopg.connect(site.database) as database:
            database.execute(script)
    else:
        content = gzip.decompress((FOLDER / f"{version}.sqlite3.gz").read_bytes())
        (site.folder / "outgraph.sqlite3").write_bytes(content)
    yield site
    drop_database(site)


def history(site: Site) -> dict[str, list[str]]:
    right = '"right"' if connection.vendor == "postgresql" else "right"
    return {
        what: [json.dumps(row, default=str) for row in ask(site, query.format(right=right))]
        for what, query in HISTORY.items()
    }


def test_history_is_intact_after_an_upgrade(earlier: Site) -> None:
    before = history(earlier)
    assert all(before.values())
    done = earlier.manage("prepare")
    assert done.returncode == 0, done.stderr
    after = history(earlier)
    for what, rows in before.items():
        # The bundled outline, which `prepare` loads, adds facts of its own.
        assert after[what][: len(rows)] == rows, what
    assert half_done(earlier) == []
