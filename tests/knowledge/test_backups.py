"""A backup of a living site, and the way back, on a site of its own."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.answered import ask
from tests.databases import drop_database, new_database
from tests.site import Site

OUTLINE = "# Net\n## VPC\n### Network ACLs\n- A network ACL is stateless.\n## KMS\n- Keys rotate.\n"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with one outline, which the tests copy, on the kind of database they run on."""
    site = Site(tmp_path_factory.mktemp("prepared"), database=new_database("prepared"))
    assert site.manage("migrate", "--verbosity", "0").returncode == 0
    assert site.manage("load_outline", "-", "--outline", "net", text=OUTLINE).returncode == 0
    yield site
    drop_database(site)


@pytest.fixture
def loaded(prepared: Site, tmp_path: Path) -> Iterator[Site]:
    folder = shutil.copytree(prepared.folder, tmp_path / "site")
    site = Site(folder, database=new_database(f"of_{tmp_path.name}", template=prepared))
    yield site
    drop_database(site)


def facts(site: Site) -> list[str]:
    return [text for (text,) in ask(site, "SELECT text FROM knowledge_fact ORDER BY position")]


KEPT = ["A network ACL is stateless.", "Keys rotate."]


def change(site: Site) -> None:
    """What a later load would do."""
    run(site, "UPDATE knowledge_fact SET text = 'changed'")
    run(site, "UPDATE knowledge_outline SET version = version + 3")


def run(site: Site, statement: str) -> None:
    if site.database:
        with psycopg.connect(site.database) as database:
            database.execute(statement)
    else:
        with closing(sqlite3.connect(site.folder / "outgraph.sqlite3")) as database:
            database.execute(statement)
            database.commit()


def test_what_was_saved_comes_back(loaded: Site, tmp_path: Path) -> None:
    file = tmp_path / "b"
    assert loaded.manage("backup", str(file)).returncode == 0
    change(loaded)
    back = loaded.manage("restore", str(file), "--format", "json")
    assert back.returncode == 0, back.stderr
    answer = json.loads(back.stdout)
    assert answer["outlines"] == 1
    assert facts(loaded) == KEPT
    # What was there before is a backup as well.
    assert loaded.manage("restore", answer["before"]).returncode == 0
    assert facts(loaded) == ["changed", "changed"]


def test_versions_go_on_after_a_restore(loaded: Site, tmp_path: Path) -> None:
    """Else a process would show what it kept of another content under the same version."""
    file = tmp_path / "b"
    loaded.manage("backup", str(file))
    change(loaded)
    [(before,)] = ask(loaded, "SELECT version FROM knowledge_outline")
    loaded.manage("restore", str(file))
    [(after,)] = ask(loaded, "SELECT version FROM knowledge_outline")
    assert after > before


def test_a_file_that_is_there_is_left_alone(loaded: Site, tmp_path: Path) -> None:
    file = tmp_path / "b"
    file.write_text("mine")
    refused = loaded.manage("backup", str(file))
    assert (refused.returncode, file.read_text()) == (1, "mine")
    assert "is there already" in refused.stderr
    assert loaded.manage("backup", str(file), "--replace").returncode == 0


@pytest.mark.parametrize(
    "content",
    [b"hello", b"SQLite format 3\x00" + b"x" * 5000, b"PGDMP"],
    ids=["text", "lite", "pg"],
)
def test_what_is_no_backup_changes_nothing(loaded: Site, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "b"
    file.write_bytes(content)
    refused = loaded.manage("restore", str(file))
    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
    assert facts(loaded) == KEPT


def test_a_backup_of_a_later_version_is_refused(loaded: Site, tmp_path: Path) -> None:
    file = tmp_path / "b"
    later = "INSERT INTO django_migrations (app, name, applied) VALUES ('quiz', '9999_x', '{}')"
    run(loaded, later.format("2030-01-01 00:00:00"))
    loaded.manage("backup", str(file))
    run(loaded, "DELETE FROM django_migrations WHERE name = '9999_x'")
    refused = loaded.manage("restore", str(file))
    assert (refused.returncode, "later version" in refused.stderr) == (1, True)


def test_a_backup_fills_an_empty_site(loaded: Site, tmp_path: Path) -> None:
    file = tmp_path / "b"
    loaded.manage("backup", str(file))
    fresh = Site(tmp_path / "fresh", database=new_database(f"fresh_{tmp_path.name}"))
    back = fresh.manage("restore", str(file), "--format", "json")
    assert json.loads(back.stdout) == {"outlines": 1, "before": None}, back.stderr
    assert facts(fresh) == KEPT
    drop_database(fresh)
