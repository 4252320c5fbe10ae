"""`generate_quiz` and `audit_questions`: what they print, and what they refuse."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_outline
from tests.quiz.items.test_notes import CELLS

pytestmark = pytest.mark.django_db


def run(name: str, *arguments: str) -> str:
    out = StringIO()
    call_command(name, *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def outline() -> str:
    return make_outline(CELLS, slug="cells").slug


def quiz(outline: str, *arguments: str) -> list[dict[str, object]]:
    told = run("generate_quiz", "--outline", outline, "--format", "json", *arguments)
    questions: list[dict[str, object]] = json.loads(told)["questions"]
    return questions


def test_a_quiz_has_as_many_questions_as_asked_for(outline: str) -> None:
    assert len(quiz(outline, "--count", "3")) == 3


def test_a_topic_is_asked_alone(outline: str) -> None:
    questions = quiz(outline, "--topic", "Cell organelles", "--count", "3")
    assert {question["topic"] for question in questions} == {"Cell organelles"}


def test_the_same_seed_gives_the_same_bytes_whatever_was_loaded_before(outline: str) -> None:
    first = run("generate_quiz", "--outline", outline, "--bank", "--format", "json")
    make_outline(slug="other")
    make_outline(CELLS, slug="again")
    again = run("generate_quiz", "--outline", "again", "--bank", "--format", "json")
    assert first == again


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--topic", "Cell organels"], "Cell organelles"),
        (["--kind", "essay"], "single"),
        (["--count", "0"], "1 or more"),
        (["--count", "many"], "1 or more"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(
    outline: str, arguments: list[str], told: str
) -> None:
    with pytest.raises(CommandError) as refused:
        run("generate_quiz", "--outline", outline, *arguments)
    assert refused.value.returncode == 1
    assert told in str(refused.value)


def test_a_topic_with_too_little_says_so_and_gives_what_it_has(outline: str) -> None:
    out, err = StringIO(), StringIO()
    call_command("generate_quiz", "--outline", outline, "--topic", "Tissues", "--count", "9",
                 "--format", "json", stdout=out, stderr=err)  # fmt: skip
    assert "fewer than the 9 asked for" in err.getvalue()
    assert len(json.loads(out.getvalue())["questions"]) < 9


def test_an_export_is_written_to_a_file(outline: str, tmp_path: Path) -> None:
    file = tmp_path / "quiz.gift"
    told = run("generate_quiz", "--outline", outline, "--format", "gift", "-o", str(file))
    assert str(file) in told
    assert file.read_text().startswith("$CATEGORY")


def test_an_audit_counts_and_finds_no_flaw(outline: str) -> None:
    found = json.loads(run("audit_questions", "--outline", outline, "--format", "json"))
    assert found["flaws"] == {}
    assert found["questions"] == sum(found["by_kind"].values()) > 10
    assert 0 < found["facts_asked"] <= found["facts_worth_asking"] <= found["facts"]
