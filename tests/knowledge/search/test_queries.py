"""Learners' queries find the right place among the first three: 95 of 100."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from django.conf import settings

from knowledge.models import Outline
from knowledge.packs import NO_PACK, Pack, read_pack
from knowledge.search import search
from tests.factories import make_outline

HERE = Path(__file__).parent
OUTLINES = HERE.parents[1] / "outlines"
FIRST = 3
GOAL = 0.95

pytestmark = pytest.mark.django_db


def rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def missed(outline: Outline, queries: Iterable[tuple[str, str]]) -> list[str]:
    """The queries whose right place isn't among the first hits, with what is there instead."""
    found = []
    for query, lines in queries:
        hits = search(outline, query).hits[:FIRST]
        if not {hit.line for hit in hits} & set(map(int, lines.split(","))):
            found.append(f"{query}: {[(hit.line, hit.snippet) for hit in hits]}, not {lines}")
    return found


def aws_pack() -> Pack:
    return read_pack(settings.PACKS_DIR / "aws_security_specialty")


@pytest.mark.parametrize("packed", [False, True], ids=["without its pack", "with its pack"])
@pytest.mark.parametrize("name", ["queries_notes.txt", "queries_held_out.txt"])
def test_the_users_notes(users_notes: Path, name: str, packed: bool) -> None:
    pack = aws_pack() if packed else NO_PACK
    outline = make_outline(users_notes.read_text("utf-8"), pack=pack)
    queries = [(query, lines) for query, lines, *_ in rows(name)]
    assert len(queries) > 90
    wrong = missed(outline, queries)
    assert len(wrong) <= len(queries) * (1 - GOAL), "\n".join(wrong)


def test_everyday_wording_by_the_packs_synonyms(users_notes: Path) -> None:
    outline = make_outline(users_notes.read_text("utf-8"), pack=aws_pack())
    queries = [(query, lines) for query, lines, *_ in rows("queries_everyday.txt")]
    wrong = missed(outline, queries)
    # No word in common: what the lexicon lacks can't be found.
    assert len(wrong) <= len(queries) * 0.35, "\n".join(wrong)


def test_outlines_of_other_fields() -> None:
    queries = rows("queries_outlines.txt")
    wrong = []
    for file in sorted({file for file, _, _ in queries}):
        outline = make_outline((OUTLINES / file).read_text("utf-8"))
        some = [(query, lines) for name, query, lines in queries if name == file]
        wrong += [f"{file}: {line}" for line in missed(outline, some)]
    assert len(wrong) <= len(queries) * (1 - GOAL), "\n".join(wrong)
