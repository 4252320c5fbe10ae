"""The operator sees what was reported, settles it, and nobody else sees any of it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from quiz import study
from quiz.models import Report
from tests.sessions import NOW, make_session

pytestmark = pytest.mark.django_db
REPORTS = "/admin/quiz/report/"


@pytest.fixture
def operator(client: Client) -> User:
    user = User.objects.create_superuser("operator", "op@example.org", "a long pass phrase")
    client.force_login(user)
    return user


@pytest.fixture
def report() -> Report:
    return study.report_question(make_session(), 1, "Two are right.", NOW)


def test_nothing_is_there_without_an_operator(client: Client) -> None:
    assert client.get("/admin/login/").status_code == 404
    assert client.get("/admin/", follow=True).status_code == 404


def test_a_stranger_is_sent_to_sign_in_on_the_sites_own_page(client: Client) -> None:
    User.objects.create_superuser("operator", "op@example.org", "a long pass phrase")
    response = client.get(REPORTS, follow=True)
    assert response.redirect_chain[-1][0].startswith("/account/login/")


def test_an_account_that_is_no_operators_is_refused(client: Client) -> None:
    User.objects.create_superuser("operator", "op@example.org", "a long pass phrase")
    client.force_login(User.objects.create_user("ada"))
    assert client.get(REPORTS, follow=True).status_code == 403


def test_reports_are_listed_with_question_and_note(
    client: Client, operator: User, report: Report
) -> None:
    page = client.get(REPORTS)
    words = page.content.decode()
    assert "Which one?" in words
    assert "Two are right." in words
    one = client.get(f"{REPORTS}{report.pk}/change/").content.decode()
    for text in ("Option 0 | Option 1", "Because.", "3: A line"):
        assert text in one


def test_a_report_is_settled_and_opened_again(
    client: Client, operator: User, report: Report
) -> None:
    sent = {"action": "settle", "_selected_action": report.pk}
    client.post(REPORTS, sent)
    report.refresh_from_db()
    assert report.settled_at is not None
    assert "Two are right." not in client.get(f"{REPORTS}?settled=no").content.decode()
    client.post(REPORTS, {**sent, "action": "reopen"})
    assert Report.objects.unsettled().count() == 1


def test_outlines_are_looked_at_and_not_changed(
    client: Client, operator: User, report: Report
) -> None:
    assert "Network notes" in client.get("/admin/knowledge/outline/").content.decode()
    assert client.get("/admin/knowledge/outline/add/").status_code == 403
