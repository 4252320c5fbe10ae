"""A learner's data as a file: out, back in, to another learner, and gone."""

from __future__ import annotations

import copy
import csv
import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from knowledge.models import Fact, Outline
from quiz import study
from quiz.importing import TransferError, load_json
from quiz.merging import merge
from quiz.models import Answer, AskedFact, Card, Learner, Report, ReviewLog, StudySession
from quiz.preferences import Preferences, preferences_of, set_preferences
from quiz.reviewing import suspend
from quiz.transfer import csv_rows, delete_everything, export_csv, export_json
from tests.factories import make_outline
from tests.sessions import MINUTE, NOW, form, make_learner, make_session

pytestmark = pytest.mark.django_db
KINDS = ("single", "matching", "cloze")


def busy_learner(outline: Outline | None = None) -> Learner:
    """Some of everything: answers right, wrong, undone; an exam, a report, settings."""
    learner, outline = make_learner(), outline or make_outline()
    quiz = make_session(learner, outline, KINDS)
    for position in (1, 2, 3):
        study.answer(quiz, position, form(quiz, position, position != 2), NOW + position * MINUTE)
    study.undo(quiz, NOW + 5 * MINUTE)
    exam = make_session(learner, outline, KINDS, kind="exam", minutes=10)
    study.answer(exam, 1, form(exam, 1), NOW + 6 * MINUTE)
    study.hand_in(exam, NOW + 7 * MINUTE)
    study.report_question(quiz, 3, "Odd.", NOW)
    set_preferences(learner, Preferences(date(2026, 6, 1), "SCS-C03", 0.85), NOW)
    suspend(learner, Fact.objects.for_outline(outline)[1], True, NOW)
    return learner


def exported(learner: Learner) -> dict[str, Any]:
    data: dict[str, Any] = json.loads("".join(export_json(learner, NOW)))
    return data


def raw(document: object) -> bytes:
    return json.dumps(document).encode()


def test_an_export_holds_everything() -> None:
    data = exported(busy_learner())
    assert data["format"] == "outgraph-learner"
    assert data["settings"]["exam_date"] == "2026-06-01"
    assert [len(data[name]) for name in ("cards", "sessions", "reviews", "reports")] == [5, 2, 7, 1]
    assert {review["rating"] for review in data["reviews"]} == {"again", "good"}
    assert data["sessions"][0]["items"][0]["answer"]["given"] == {"choice": 1}
    assert data["cards"][0]["service"] == "VPC"


def test_what_was_exported_comes_back_whole() -> None:
    learner = busy_learner()
    before = exported(learner)
    delete_everything(learner)
    fresh = make_learner()
    assert load_json(fresh, raw(before), NOW) == {"sessions": 2, "cards": 5, "reviews": 7}
    after = exported(fresh)
    assert after == before
    assert preferences_of(fresh).retention == 0.85


def test_loading_twice_adds_nothing() -> None:
    learner = busy_learner()
    before = exported(learner)
    assert load_json(learner, raw(before), NOW) == {"sessions": 0, "cards": 0, "reviews": 0}
    assert exported(learner) == before


def test_a_learner_without_the_outline_keeps_the_history() -> None:
    learner = busy_learner()
    data = exported(learner)
    Outline.objects.all().delete()
    fresh = make_learner()
    load_json(fresh, raw(data), NOW)
    assert Card.objects.of(fresh).living().count() == 0
    assert ReviewLog.objects.of(fresh).count() == 7
    load_json(fresh, raw(data), NOW)
    assert Card.objects.of(fresh).count() == 5


def test_reviews_of_both_sides_make_one_memory() -> None:
    outline = make_outline()
    one, other = make_learner(), make_learner()
    for learner, now in ((one, NOW), (other, NOW + 60 * MINUTE)):
        session = make_session(learner, outline, ("single",))
        study.answer(session, 1, form(session, 1), now)
    both = make_learner()
    for now in (NOW, NOW + 60 * MINUTE):
        session = make_session(both, outline, ("single",))
        study.answer(session, 1, form(session, 1), now)
    load_json(one, raw(exported(other)), NOW)
    wanted = Card.objects.of(both).get().memory
    assert Card.objects.of(one).get().memory.stability == wanted.stability
    assert Card.objects.of(one).get().memory.state == wanted.state


def test_merging_takes_the_history_along() -> None:
    outline = make_outline()
    cookie, account = busy_learner(outline), busy_learner(outline)
    reviews = ReviewLog.objects.count()
    merge(cookie, account)
    assert not Learner.objects.filter(pk=cookie.pk).exists()
    assert StudySession.objects.of(account).count() == 4
    assert ReviewLog.objects.of(account).count() == reviews
    assert Card.objects.of(account).count() == 5
    assert Report.objects.filter(learner=account).count() == 2
    merge(account, account)
    assert StudySession.objects.of(account).count() == 4


def test_merging_what_both_loaded_doubles_nothing() -> None:
    data = raw(exported(busy_learner()))
    one, other = make_learner(), make_learner()
    for learner in (one, other):
        load_json(learner, data, NOW)
    merge(one, other)
    assert StudySession.objects.of(other).count() == 2
    assert ReviewLog.objects.of(other).count() == 7


def test_deleting_leaves_nothing_and_touches_nobody_else() -> None:
    outline = make_outline()
    learner, other = busy_learner(outline), busy_learner(outline)
    before = exported(other)
    delete_everything(learner)
    for model in (StudySession, AskedFact, Answer, Card, ReviewLog, Report):
        assert not model.objects.filter(learner=learner.pk).exists()
    assert not Learner.objects.filter(pk=learner.pk).exists()
    assert exported(other) == before


def test_tables_for_reading_elsewhere() -> None:
    learner = busy_learner()
    Card.objects.of(learner).filter(text="Stateless").update(text="=cmd()")
    with zipfile.ZipFile(io.BytesIO(export_csv(learner))) as archive:
        rows = {
            name: list(csv.DictReader(archive.read(name).decode("utf-8-sig").splitlines()))
            for name in archive.namelist()
        }
    assert [len(rows[name]) for name in ("reviews.csv", "answers.csv", "cards.csv")] == [6, 3, 5]
    assert rows["cards.csv"][0]["fact"] == "'=cmd()"
    assert sum(row["undone"] == "True" for row in rows["reviews.csv"]) == 1
    assert next(csv_rows(learner, "answers.csv"))[3] == "VPC"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file isn't JSON."),
        (b"\xff", "This file isn't JSON."),
        (b"[" * 100_000, "This file isn't JSON."),
        (b'{"format": "outgraph-learner", "version": NaN}', "This file isn't JSON."),
        (b"[]", "This file isn't an export of a learner's data."),
        (
            b'{"format": "outgraph-learner", "version": 2}',
            "This file was made by another version, which can't be read here.",
        ),
        (
            b'{"format": "outgraph-learner", "version": 1}',
            "In this file settings 1 can't be read.",
        ),
        (
            b'{"format": "outgraph-learner", "version": 1, "x": "\\ud800"}',
            "This file holds characters that are no text.",
        ),
        (
            b'{"format": "outgraph-learner", "version": 1, "x": "\\u0000"}',
            "This file holds characters that are no text.",
        ),
    ],
)
def test_what_is_no_export_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(TransferError) as caught:
        load_json(make_learner(), data, NOW)
    assert str(caught.value) == sentence


def test_whether_an_answer_was_right_is_not_believed() -> None:
    data = exported(busy_learner())
    data["sessions"][0]["items"][1]["answer"]["right"] = True
    fresh = make_learner()
    load_json(fresh, raw(data), NOW)
    assert Answer.objects.of(fresh).get(kind="matching").right is False


def paths(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, child in inner:
        found.append((*here, key))
        if isinstance(child, dict | list):
            found += paths(child, (*here, key))
    return found


STRANGE: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, -1, 0, 2**40, 2**70, 1.5, 1e300, "", "x", "\x00", "\ud800", [], {}, [[]],
     {"a": "\x00"}, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "9999-12-31"]
)  # fmt: skip


@given(st.data())
@limits(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_change_of_an_export_is_loaded_or_refused_whole(data: st.DataObject) -> None:
    with transaction.atomic():
        document = exported(busy_learner())
        *above, last = data.draw(st.sampled_from(paths(document)))
        changed = copy.deepcopy(document)
        place = changed
        for key in above:
            place = place[key]
        place[last] = data.draw(STRANGE)
        fresh = make_learner()
        try:
            load_json(fresh, raw(changed), NOW)
        except TransferError:
            assert exported(fresh)["sessions"] == []
            assert Card.objects.of(fresh).count() == 0
        else:
            exported(fresh)
            export_csv(fresh)
        transaction.set_rollback(True)
