"""What a site's database holds, read by its own means and not by ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import psycopg

from tests.site import Site


def ask(site: Site, query: str) -> list[tuple[Any, ...]]:
    """What the site's database answers."""
    if site.database:
        with psycopg.connect(site.database) as database:
            return database.execute(query).fetchall()
    with closing(sqlite3.connect(site.folder / "outgraph.sqlite3", timeout=60)) as database:
        return database.execute(query).fetchall()


def answers_of(site: Site) -> dict[tuple[str, int], int]:
    """(session, position) → how many answers it has."""
    rows = ask(
        site,
        "SELECT s.key, i.position, count(a.id) FROM quiz_answer a "
        "JOIN quiz_sessionitem i ON i.id = a.item_id "
        "JOIN quiz_studysession s ON s.id = i.session_id GROUP BY s.key, i.position",
    )
    return {(str(key).replace("-", ""), position): number for key, position, number in rows}


def half_done(site: Site) -> list[str]:
    """What a broken-off write would leave: sentences, none in a sound database."""
    found = []
    for what, query in (
        ("answers without a review though their fact is there", ANSWERS_WITHOUT_REVIEW),
        ("sessions without questions", SESSIONS_WITHOUT_ITEMS),
        ("outlines whose counts aren't those of their rows", OUTLINES_WITH_OTHER_COUNTS),
    ):
        [(number,)] = ask(site, query)
        if number:
            found.append(f"{number} {what}")
    if not site.database:
        [(sound,)] = ask(site, "PRAGMA integrity_check")
        if sound != "ok":
            found.append(f"SQLite says: {sound}")
        if strays := ask(site, "PRAGMA foreign_key_check"):
            found.append(f"{len(strays)} rows lead nowhere")
    return found


def lost(site: Site, acknowledged: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The acknowledged answers that aren't there exactly once."""
    kept = answers_of(site)
    return [one for one in acknowledged if kept.get((one[0].replace("-", ""), one[1])) != 1]


ANSWERS_WITHOUT_REVIEW = (
    "SELECT count(*) FROM quiz_answer a JOIN quiz_sessionitem i ON i.id = a.item_id "
    "JOIN quiz_studysession s ON s.id = i.session_id "
    "WHERE s.kind = 'quiz' AND EXISTS (SELECT 1 FROM quiz_askedfact f WHERE f.item_id = i.id "
    "AND f.fact_id IS NOT NULL) "
    "AND NOT EXISTS (SELECT 1 FROM quiz_reviewlog r WHERE r.answer_id = a.id)"
)
SESSIONS_WITHOUT_ITEMS = (
    "SELECT count(*) FROM quiz_studysession s WHERE NOT EXISTS "
    "(SELECT 1 FROM quiz_sessionitem i WHERE i.session_id = s.id)"
)
OUTLINES_WITH_OTHER_COUNTS = (
    "SELECT count(*) FROM (SELECT o.id, (SELECT count(*) FROM knowledge_feature f "
    "WHERE f.outline_id = o.id) AS features, (SELECT coalesce(sum(s.feature_count), 0) "
    "FROM knowledge_service s WHERE s.outline_id = o.id) AS counted FROM knowledge_outline o) "
    "AS both_ways WHERE features <> counted"
)
