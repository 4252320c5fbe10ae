"""Two servers on one database, learners hopping between them: neither knows anything of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.answered import ask, half_done, lost
from tests.databases import drop_database, new_database
from tests.site import Site
from tests.visitor import Visitor

NOTES = "# Net\n## VPC\n### Network ACLs\n- A network ACL is stateless.\n## KMS\n- Keys rotate.\n"


# Enough to make questions of for some seconds.
MANY = "# Many\n" + "".join(
    f"## Topic {n}\n### Limits\n" + "".join(
        f"- The limit {k} of part {n} is {n * k + 7} days.\n" for k in range(20)
    )
    for n in range(60)
)  # fmt: skip


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Site, Site]]:
    one = Site(tmp_path / "site", database=new_database("pair"), settings={"WEB_PROCESSES": "1"})
    assert one.manage("prepare").returncode == 0
    two = Site(one.folder, database=one.database, settings=one.settings)
    one.start()
    two.start()
    yield one, two
    one.stop()
    two.stop()
    drop_database(one)


def test_learners_hop_between_servers_and_lose_nothing(pair: tuple[Site, Site]) -> None:
    one, two = pair
    visitor = Visitor(one.address, seed=1, patience=60)
    at: str | None = visitor.start_quiz("aws-security-specialty", count=6)
    acknowledged = []
    for turn in range(6):
        assert at
        visitor.address = (two, one)[turn % 2].address
        answered, session = visitor.answer(at.replace(one.address, "").replace(two.address, ""))
        acknowledged.append((answered.session, answered.position))
        at = visitor.go_on(session)
    assert len(set(acknowledged)) == 6
    assert lost(one, acknowledged) == []
    assert half_done(one) == []

    # What one of them loads, the other shows at the next request, kept parts or not.
    for text in (NOTES, NOTES.replace("stateless", "without state")):
        said = "stateless" if "stateless" in text else "without state"
        assert one.manage("load_outline", "-", "--outline", "net", text=text).returncode == 0
        for site in (one, two, two, one):
            page = requests.get(f"{site.address}/o/net/service/vpc/", timeout=30).text
            assert f"A network ACL is {said}." in page


def processes_of(site: Site) -> list[str]:
    """The commands of all processes that work on a site."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            known = process.joinpath("environ").read_bytes().split(b"\0")
            if f"DATA_DIR={site.folder}".encode() in known:
                command = process.joinpath("cmdline").read_bytes()
                found.append(command.replace(b"\0", b" ").decode())
        except OSError:
            pass  # It has ended, or is another user's.
    return [command for command in found if command]


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
def test_making_questions_ends_with_the_server(tmp_path: Path) -> None:
    site = Site(tmp_path / "site", database=new_database("ended"), settings={"WORKER": "0"})
    assert site.manage("migrate", "--verbosity", "0").returncode == 0
    assert site.manage("load_outline", "-", "--outline", "many", text=MANY).returncode == 0
    site.start()
    assert any("stock_questions" in command for command in processes_of(site))
    site.stop()
    end = time.monotonic() + 10
    while processes_of(site) and time.monotonic() < end:
        time.sleep(0.05)
    assert processes_of(site) == []
    assert ask(site, "SELECT count(*) FROM quiz_questionstock") == [(0,)]
    drop_database(site)
