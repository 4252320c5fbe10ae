"""Questions that are kept: the same as when they were made, for as long as the outline is."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.loading import load_outline
from knowledge.models import Fact
from knowledge.packs import NO_PACK
from quiz import stock
from quiz.bank import get_bank, hold
from quiz.drawing import draw, whole_bank
from quiz.models import QuestionStock
from quiz.specs import Spec
from quiz.standing import StudyError
from quiz.stock import get_stock, make_some, make_stock, pack, unpack
from tests.conftest import ROOT
from tests.factories import RICH, get_service, make_outline

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Rows that a test rolled back may leave their keys to those of the next."""
    stock.forget()


def test_what_is_kept_is_what_was_made() -> None:
    outline = make_outline(RICH)
    made = make_stock(outline)
    assert unpack(pack(made.entries)) == made.entries
    bank = {item.id: item.as_dict() for item in get_bank(outline).items}
    assert {entry.item.id: entry.item.as_dict() for entry in made.entries} == bank
    assert {entry.item.kind for entry in made.entries} >= {"single", "true_false", "cloze"}


def test_facts_and_places_are_the_keys_of_rows() -> None:
    outline = make_outline(RICH)
    held = hold(outline)
    for entry in make_stock(outline).entries:
        facts = Fact.objects.with_keys(entry.item.facts)
        assert {fact.outline_id for fact in facts} == {outline.pk}
        first = Fact.objects.get(pk=entry.item.facts[0])
        assert (first.service_id, first.feature_id) == (entry.item.service, entry.feature)
        assert first.pk in held.keys


def test_a_stock_is_read_once_and_is_of_one_version() -> None:
    outline = make_outline(RICH)
    assert get_stock(outline) is None
    make_stock(outline)
    first = get_stock(outline)
    with CaptureQueriesContext(connection) as seen:
        assert get_stock(outline) is first
    assert len(seen) == 0
    load_outline((RICH + "- One more.\n").encode(), slug=outline.slug, pack=NO_PACK)
    outline.refresh_from_db()
    assert get_stock(outline) is None
    make_stock(outline)
    assert QuestionStock.objects.count() == 1


def test_some_topics_can_be_asked_at_once() -> None:
    outline = make_outline(RICH)
    macie = get_service(outline, "Macie")
    entries = make_some(outline, [macie.pk])
    assert entries
    assert {entry.item.service for entry in entries} == {macie.pk}


def test_the_command_makes_what_is_missing_and_nothing_twice() -> None:
    outline = make_outline(RICH)
    for expected in (f"{outline.title}: ", ""):
        out = StringIO()
        call_command("stock_questions", stdout=out)
        assert out.getvalue().startswith(expected)
        assert bool(out.getvalue()) == bool(expected)
    stock.forget()
    found = get_stock(outline)
    assert found is not None
    assert all(entry in found.by_fact[entry.item.facts[0]] for entry in found.entries)


def test_a_seed_gives_the_same_questions_whoever_draws() -> None:
    outline = make_outline(RICH)
    make_stock(outline)
    first = draw(outline, Spec(count=8), "5", None)
    stock.forget()
    again = draw(outline, Spec(count=8), "5", None)
    other = draw(outline, Spec(count=8), "6", None)
    assert first == again
    assert [one.question["id"] for one in first.asked] != [
        one.question["id"] for one in other.asked
    ]


def test_an_outline_of_ones_own_is_left_until_it_is_asked_about() -> None:
    outline = make_outline(RICH)
    outline.visibility = outline.Visibility.PRIVATE
    outline.save()
    call_command("stock_questions", stdout=StringIO())
    assert QuestionStock.objects.count() == 0
    call_command("stock_questions", "--outline", outline.slug, stdout=StringIO())
    assert QuestionStock.objects.count() == 1


def test_one_makes_questions_at_a_time(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    begin = [sys.executable, "manage.py", "stock_questions", "--attached"]
    with (tmp_path / "stock.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = subprocess.Popen(
            begin, cwd=ROOT, env={**os.environ, "DATA_DIR": str(tmp_path)}, stdin=subprocess.PIPE
        )
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(timeout=3)
        # It waits, and still ends with whoever began it.
        waiting.communicate(timeout=30)
    assert waiting.returncode == 0


def test_what_a_first_quiz_needs_is_read_ahead() -> None:
    outline = make_outline(RICH)
    macie = get_service(outline, "Macie").pk
    stock.read_ahead()
    with CaptureQueriesContext(connection) as seen:
        assert make_some(outline, [macie])
    assert len(seen) == 0


def test_a_quiz_starts_while_questions_are_made_and_an_exam_waits(
    settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "manage.py").write_text("")
    settings.BASE_DIR = tmp_path
    settings.STOCK_IN_BACKGROUND = True
    outline = make_outline(RICH)
    drawn = draw(outline, Spec(count=60), "5", None)
    assert drawn.asked
    assert drawn.note.endswith("more are still being made.")
    with pytest.raises(StudyError, match="still being made"):
        whole_bank(outline, "5")
    make_stock(outline)
    assert len(whole_bank(outline, "5")) == len(get_bank(outline).items)


def test_missing_questions_are_asked_for_once(settings: Any, tmp_path: Path) -> None:
    program = tmp_path / "manage.py"
    program.write_text(
        "import sys, pathlib\n"
        "with pathlib.Path(__file__).with_name('asked').open('a') as file:\n"
        "    file.write(' '.join(sys.argv[1:]) + '\\n')\n"
    )
    settings.BASE_DIR = tmp_path
    settings.STOCK_IN_BACKGROUND = True
    outline = make_outline(RICH)
    stock.ask_for_stock(outline)
    maker = stock._makers[-1]
    stock.ask_for_stock(outline)
    maker.wait(timeout=30)
    stock.ask_for_stock(outline)
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked == [f"stock_questions --outline {outline.slug} --attached"]
