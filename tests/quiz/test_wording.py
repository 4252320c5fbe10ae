"""An outline on a pack's subject borrows the pack's sentences; the pack's own outline doesn't."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from knowledge.models import Outline
from knowledge.packs import find_packs
from quiz.bank import hold
from quiz.stock import mark_of
from quiz.wording import phrasebook_of, wording_mark
from tests.factories import make_outline

pytestmark = pytest.mark.django_db

TEA = Path(__file__).parents[1] / "packs/tea"
NOTES = "# Tea notes\n## Black Tea\n- fully oxidized\n- brew 95-100 °C\n## Green Tea\n- matcha\n"


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.PACKS_DIR = tmp_path
    return Path(shutil.copytree(TEA, tmp_path / "tea"))


def make(folder: Path, text: str) -> Outline:
    (pack,) = find_packs(folder.parent)
    return make_outline(text, pack=pack)


def test_notes_are_asked_in_the_packs_words(folder: Path) -> None:
    subject = hold(make(folder, NOTES)).subject
    texts = {fact.text for fact in subject.facts.values()}
    assert "Black tea is brewed at 95 to 100 °C." in texts


def test_the_packs_own_outline_and_one_without_a_pack_borrow_nothing(folder: Path) -> None:
    own = make(folder, (folder / "outline.md").read_text("utf-8"))
    assert (wording_mark(own), phrasebook_of(own)) == ("", None)
    assert phrasebook_of(make_outline(NOTES)) is None


def test_questions_are_made_anew_when_the_packs_sentences_change(folder: Path) -> None:
    outline = make(folder, NOTES)
    before = mark_of(outline)
    assert hold(outline).subject.reworded
    assert mark_of(outline) == before
    (folder / "outline.md").write_text("# Tea\n## Green Tea\n- Nothing of the kind.\n", "utf-8")
    assert mark_of(outline) != before
    assert not hold(outline).subject.reworded
