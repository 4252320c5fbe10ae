"""Loads beside one another, beside readers, and killed on the way: with real processes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.answered import ask, half_done
from tests.conftest import ROOT
from tests.databases import drop_database, new_database
from tests.site import Site

FACTS = 4000


def outline(version: int) -> str:
    """Every fact names the version, so that a mixture of two shows."""
    lines = ["# Versions"]
    for number in range(FACTS):
        if number % 100 == 0:
            lines.append(f"## Topic {number // 100}")
        lines.append(f"- fact {number} of version {version}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site with version 1 loaded."""
    site = Site(tmp_path / "site", database=new_database(f"loads_{tmp_path.name}"))
    assert site.manage("migrate", "--verbosity", "0").returncode == 0
    begin(site, 1).communicate()
    yield site
    drop_database(site)


def begin(site: Site, version: int) -> subprocess.Popen[bytes]:
    file = site.folder / f"{version}.md"
    file.write_text(outline(version), "utf-8")
    return subprocess.Popen(
        [sys.executable, "manage.py", "load_outline", str(file), "--outline", "versions",
         "--pack", "none"],
        cwd=ROOT, env=site.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def versions(site: Site) -> set[str]:
    """The versions that the facts name, as one reader sees them in one query."""
    rows = ask(site, "SELECT text FROM knowledge_fact")
    assert len(rows) == FACTS
    return {text.rpartition(" ")[2] for (text,) in rows}


def test_two_loads_at_once_queue_up(site: Site) -> None:
    loads = [begin(site, version) for version in (2, 3)]
    for load in loads:
        _, said = load.communicate(timeout=120)
        assert load.returncode in (0, 1), said
        assert load.returncode == 0 or len(said.strip().splitlines()) == 1
    [version] = versions(site)
    assert version in {"2", "3"}


def test_readers_see_the_old_or_the_new_outline(site: Site) -> None:
    load = begin(site, 2)
    seen = []
    while load.poll() is None:
        seen.append(versions(site))
        time.sleep(0.02)
    load.communicate()
    assert load.returncode == 0
    assert all(len(found) == 1 for found in seen)
    assert versions(site) == {"2"}


@pytest.mark.parametrize("after", [0.5, 0.7, 0.9])
def test_a_killed_load_leaves_a_whole_outline(site: Site, after: float) -> None:
    load = begin(site, 2)
    time.sleep(after)
    load.send_signal(signal.SIGKILL)
    load.communicate()
    found = versions(site)
    assert found in ({"1"}, {"2"})
    assert half_done(site) == []
    again = begin(site, 3)
    again.communicate(timeout=60)
    assert again.returncode == 0
    assert versions(site) == {"3"}
