"""The same text and seed give the same bytes, whatever the database and what was loaded before."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.packs import find_packs
from tests.conftest import ROOT
from tests.databases import drop_database, new_database
from tests.factories import RICH, SMALL
from tests.site import Site

# Names without a heading, a folder of words that other scripts sort in another order.
ODD = RICH + "## Über\n### Ärger\n- Die Frist ist 5 Tage.\n- Config sends findings to CloudTrail.\n"


def beginning(topics: int) -> str:
    """The first topics of the bundled outline."""
    pack = next(pack for pack in find_packs(ROOT / "knowledge" / "packs") if pack.outline)
    assert pack.outline
    return "\n## ".join(pack.outline.read_text("utf-8").split("\n## ")[: topics + 1]) + "\n"


def moved(text: str) -> str:
    """The outline as it might have been before: topics in another order, lines gone and others."""
    head, *topics = text.split("\n## ")
    topics = [
        "\n".join(line for number, line in enumerate(topic.split("\n")) if number % 7 != 5)
        for topic in reversed(topics)
    ]
    return "\n## ".join([head, "Gone\n- It is kept for 3 days.", *topics]) + "\n- Stray words.\n"


def questions(site: Site, *options: str) -> str:
    done = site.manage("generate_quiz", "--outline", "it", "--format", "json", *options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def load(site: Site, *loads: tuple[str, str]) -> None:
    """Load texts under slugs, one after the other, into a site that has nothing yet."""
    assert site.manage("migrate", "--verbosity", "0").returncode == 0
    for slug, text in loads:
        done = site.manage("load_outline", "-", "--outline", slug, text=text)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("text", [beginning(3), ODD], ids=["bundled", "odd"])
def test_two_databases_with_other_pasts_ask_the_same(text: str, tmp_path: Path) -> None:
    """Where the tests run on PostgreSQL one of them is SQLite; else both are."""
    fresh = Site(tmp_path / "fresh", settings={"PYTHONHASHSEED": "1"})
    worn = Site(
        tmp_path / "worn", database=new_database(f"worn_{tmp_path.name}"),
        settings={"PYTHONHASHSEED": "2"},
    )  # fmt: skip
    try:
        load(fresh, ("it", text))
        load(worn, ("other", SMALL), ("it", moved(text)), ("it", RICH), ("it", text))
        for options in (["--bank"], ["--count", "9", "--seed", "4"]):
            assert questions(fresh, *options) == questions(worn, *options)
    finally:
        drop_database(worn)
