"""Two servers on one database, learners hopping between them: neither knows anything of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.answered import half_done, lost
from tests.databases import drop_database, new_database
from tests.site import Site
from tests.visitor import Visitor

NOTES = "# Net\n## VPC\n### Network ACLs\n- A network ACL is stateless.\n## KMS\n- Keys rotate.\n"


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
