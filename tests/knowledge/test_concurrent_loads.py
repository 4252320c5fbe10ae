"""Loads beside one another, beside readers, and killed on the way: with real processes."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.sqlite


def outline(version: int, facts: int = 4000) -> str:
    """Every fact names the version, so that a mixture of two shows."""
    lines = ["# Versions"]
    for number in range(facts):
        if number % 100 == 0:
            lines.append(f"## Topic {number // 100}")
        lines.append(f"- fact {number} of version {version}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a migrated database in it and version 1 loaded."""
    run(tmp_path, "migrate", "-v", "0")
    write(tmp_path, 1)
    run(tmp_path, "load_outline", str(tmp_path / "1.md"), "--outline", "versions", "--pack", "none")
    return tmp_path


def write(folder: Path, version: int) -> Path:
    file = folder / f"{version}.md"
    file.write_text(outline(version), "utf-8")
    return file


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "DATA_DIR": str(folder)}


def run(folder: Path, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=environment(folder), check=True, capture_output=True,
    )  # fmt: skip


def begin(folder: Path, version: int) -> subprocess.Popen[bytes]:
    file = write(folder, version)
    return subprocess.Popen(
        [sys.executable, "manage.py", "load_outline", str(file), "--outline", "versions",
         "--pack", "none"],
        cwd=ROOT, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def versions(folder: Path) -> set[str]:
    """The versions that the facts name, as one reader sees them in one transaction."""
    database = sqlite3.connect(folder / "outgraph.sqlite3", timeout=30)
    try:
        rows = database.execute("SELECT text FROM knowledge_fact").fetchall()
        assert len(rows) == 4000
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        return {text.rpartition(" ")[2] for (text,) in rows}
    finally:
        database.close()


def test_two_loads_at_once_queue_up(place: Path) -> None:
    loads = [begin(place, version) for version in (2, 3)]
    for load in loads:
        _, said = load.communicate(timeout=120)
        assert load.returncode in (0, 1), said
        assert load.returncode == 0 or len(said.strip().splitlines()) == 1
    [version] = versions(place)
    assert version in {"2", "3"}


def test_readers_see_the_old_or_the_new_outline(place: Path) -> None:
    load = begin(place, 2)
    seen = []
    while load.poll() is None:
        seen.append(versions(place))
        time.sleep(0.02)
    load.communicate()
    assert load.returncode == 0
    assert all(len(found) == 1 for found in seen)
    assert versions(place) == {"2"}


@pytest.mark.parametrize("after", [0.5, 0.7, 0.9])
def test_a_killed_load_leaves_a_whole_outline(place: Path, after: float) -> None:
    load = begin(place, 2)
    time.sleep(after)
    load.send_signal(signal.SIGKILL)
    load.communicate()
    found = versions(place)
    assert found in ({"1"}, {"2"})
    again = begin(place, 3)
    again.communicate(timeout=60)
    assert again.returncode == 0
    assert versions(place) == {"3"}
