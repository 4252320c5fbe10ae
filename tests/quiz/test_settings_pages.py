"""Settings and a learner's data in the browser: kept, exported, loaded back, deleted."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from quiz import study
from quiz.models import Answer, Card, Learner, StudySession
from quiz.visitors import COOKIE
from tests.factories import make_outline
from tests.sessions import NOW, form, make_session

pytestmark = pytest.mark.django_db
SETTINGS = {
    "exam_date": "", "exam_code": "", "retention": "90", "minutes_a_day": "20", "zone": "UTC",
    "change_hour": "4",
}  # fmt: skip


def at_home(client: Client) -> Learner:
    learner, token = Learner.objects.born(NOW)
    client.cookies[COOKIE] = token
    return learner


def exported(client: Client) -> bytes:
    return b"".join(client.get("/settings/export.json"))


def load(client: Client, data: bytes) -> str:
    file = SimpleUploadedFile("export.json", data)
    return client.post("/settings/load/", {"file": file}, follow=True).content.decode()


def test_a_visitor_who_saves_becomes_a_learner(client: Client) -> None:
    client.post("/settings/", {**SETTINGS, "exam_date": "2030-05-01", "retention": "85"})
    learner = Learner.objects.get()
    assert (learner.exam_date, learner.retention) == (date(2030, 5, 1), 0.85)
    assert client.cookies[COOKIE].value
    assert 'value="2030-05-01"' in client.get("/settings/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("exam_date", "soon", "“soon” is no day, as 2026-01-31."),
        ("exam_date", "2020-01-01", "The exam must be after today."),
        ("retention", "99", "The share to remember can be from 70 to 97 percent."),
        ("minutes_a_day", "-3", "Minutes a day can be from 1 to 600."),
        ("zone", "Mars/Olympus", "There is no time zone “Mars/Olympus”."),
        ("change_hour", "24", "A day can begin at any hour from 0 to 23."),
    ],
)
def test_a_setting_that_cant_be_is_refused_beside_it(
    client: Client, field: str, value: str, sentence: str
) -> None:
    answer = client.post("/settings/", {**SETTINGS, "minutes_a_day": "33", field: value})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    # What else was typed is still there.
    assert field == "minutes_a_day" or 'value="33"' in page
    assert not Learner.objects.exists()


def test_an_exam_that_is_past_may_stay(client: Client) -> None:
    learner = at_home(client)
    learner.exam_date = date(2026, 1, 1)
    learner.save()
    answer = client.post(
        "/settings/", {**SETTINGS, "exam_date": "2026-01-01", "minutes_a_day": "9"}
    )
    assert answer.status_code == 302
    learner.refresh_from_db()
    assert learner.minutes_a_day == 9


def test_another_retention_gives_facts_another_day(client: Client) -> None:
    learner = at_home(client)
    outline = make_outline()
    for _ in range(2):
        session = make_session(learner, outline, ("single",))
        study.answer(session, 1, form(session, 1), NOW)
    Card.objects.update(state=2, stability=30.0)
    before = Card.objects.get().due
    page = client.post("/settings/", {**SETTINGS, "retention": "80"}, follow=True).content.decode()
    assert Card.objects.get().due != before
    assert "1 fact has another day" in page


def test_an_export_loads_back_into_another_browser(client: Client) -> None:
    learner = at_home(client)
    session = make_session(learner)
    study.answer(session, 1, form(session, 1), NOW)
    data = exported(client)
    other = Client()
    page = load(other, data)
    assert "1 session, 1 card, 1 review were new" in page
    assert Learner.objects.count() == 2
    assert json.loads(exported(other))["reviews"] == json.loads(data)["reviews"]
    assert "All of it was here already" in load(other, data)


def test_the_csv_archive_holds_tables(client: Client) -> None:
    learner = at_home(client)
    session = make_session(learner)
    study.answer(session, 1, form(session, 1), NOW)
    answer = client.get("/settings/export.zip")
    assert "attachment" in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert set(archive.namelist()) == {"reviews.csv", "answers.csv", "cards.csv"}
        assert len(archive.read("answers.csv").decode().splitlines()) == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"no json", "This file isn&#x27;t JSON. Nothing was changed."),
        (b'{"format": "other"}', "This file isn&#x27;t an export of a learner&#x27;s data."),
        (b"", "Nothing was changed."),
    ],
)
def test_a_strange_file_is_refused_and_makes_nobody(
    client: Client, data: bytes, sentence: str
) -> None:
    assert sentence in load(client, data)
    assert not Learner.objects.exists()
    assert not client.cookies.get(COOKIE) or not client.cookies[COOKIE].value


def test_loading_without_a_file_says_so(client: Client) -> None:
    page = client.post("/settings/load/", follow=True).content.decode()
    assert "Choose a file first." in page


def test_nothing_is_deleted_without_being_sure(client: Client) -> None:
    at_home(client)
    assert "Nobody can bring them back" in client.get("/settings/delete/").content.decode()
    answer = client.post("/settings/delete/")
    assert answer.status_code == 400
    assert Learner.objects.exists()


def test_everything_is_deleted_at_once(client: Client) -> None:
    learner = at_home(client)
    session = make_session(learner)
    study.answer(session, 1, form(session, 1), NOW)
    client.post("/account/signup/", {"email": "a@example.org", "password1": "a long word here"})
    page = client.post("/settings/delete/", {"sure": "yes"}, follow=True).content.decode()
    assert "Everything is deleted." in page
    for model in (Learner, StudySession, Answer, Card, User):
        assert not model.objects.exists()


def test_others_are_left_alone_by_a_deletion(client: Client) -> None:
    at_home(client)
    other = make_session()
    client.post("/settings/delete/", {"sure": "yes"})
    assert StudySession.objects.get() == other


def test_an_export_holds_only_ones_own(client: Client) -> None:
    make_session()
    at_home(client)
    assert json.loads(exported(client))["sessions"] == []


def test_a_visitor_has_nothing_to_export(client: Client) -> None:
    page: Any = client.get("/settings/export.json", follow=True).content.decode()
    assert "There is nothing to export yet" in page


def test_forms_of_another_site_are_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    for address in ("/settings/", "/settings/load/", "/settings/delete/", "/account/login/"):
        assert client.post(address, SETTINGS).status_code == 403
