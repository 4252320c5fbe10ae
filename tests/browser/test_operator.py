"""The operator's pages work under the site's policy of scripts and styles."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from knowledge.models import Outline
from quiz import study
from quiz.models import Report
from tests.sessions import make_session


def test_a_report_is_settled_by_mouse(page: Page, site: str, notes: Outline) -> None:
    study.report_question(make_session(outline=notes), 1, "Two are right.", timezone.now())
    client = Client()
    client.force_login(User.objects.create_superuser("operator", "op@example.org", "a pass phrase"))
    root = site.split("/o/")[0]
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": root}])
    page.goto(f"{root}/admin/quiz/report/")
    expect(page.get_by_text("Two are right.")).to_be_visible()
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("settle")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text("Settled 1.")).to_be_visible()
    assert Report.objects.unsettled().count() == 0
