"""`manage.py search`, as docs/interfaces.md has it."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_outline

pytestmark = pytest.mark.django_db


def run(*arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("search", *arguments, stdout=out, **options)
    return out.getvalue()


def test_json_has_the_documented_fields() -> None:
    make_outline(slug="net")
    found = json.loads(run("network acl", "--format", "json"))
    assert list(found[0]) == [
        "id", "kind", "name", "service", "line", "snippet", "match", "url", "score",
    ]  # fmt: skip
    assert (found[0]["kind"], found[0]["name"], found[0]["service"], found[0]["line"]) == (
        "feature", "Network ACLs", "VPC", 3,
    )  # fmt: skip
    assert found[0]["id"].startswith("f")
    scores = [hit["score"] for hit in found]
    assert scores == sorted(scores, reverse=True)


def test_nothing_found_is_an_empty_list() -> None:
    make_outline()
    assert json.loads(run("zzzzzzzz", "--format", "json")) == []
    assert "Nothing found" in run("zzzzzzzz")


def test_text_says_what_was_mended_and_where_hits_stand() -> None:
    make_outline()
    told = run("statful")
    assert "stateful" in told.splitlines()[0]
    assert "VPC › Security groups" in told


def test_batch_answers_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    make_outline()
    monkeypatch.setattr("sys.stdin", io.StringIO("stateless\nzzzzzzzz\n\nvpc\n"))
    answers = [json.loads(line) for line in run("--batch", "--limit", "1").splitlines()]
    assert [[hit["name"] for hit in answer] for answer in answers] == [
        ["Stateless"],
        [],
        [],
        ["VPC"],
    ]


def test_another_outline() -> None:
    make_outline(slug="first")
    make_outline("# T\n## Bread\n- Flour\n## Oven\n- Steam\n", slug="second")
    assert json.loads(run("flour", "--format", "json")) == []
    assert len(json.loads(run("flour", "--format", "json", "--outline", "second"))) == 1


@pytest.mark.parametrize(
    ("arguments", "says", "code"),
    [
        (["vpc", "--outline", "secnd"], "second", 1),  # codespell:ignore
        (["vpc", "--limit", "0"], "--limit", 2),
        ([], "QUERY", 2),
        (["vpc", "--batch"], "QUERY", 2),
    ],
)
def test_what_cannot_be_served_is_refused(arguments: list[str], says: str, code: int) -> None:
    make_outline(slug="second")
    with pytest.raises(CommandError, match=says) as refused:
        run(*arguments)
    assert refused.value.returncode == code


def test_without_any_outline() -> None:
    with pytest.raises(CommandError, match="load_outline"):
        run("vpc")
