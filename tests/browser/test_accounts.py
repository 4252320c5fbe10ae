"""Accounts as a person makes and uses them: in a real browser, on two devices, with passkeys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from knowledge.models import Outline
from quiz import study
from quiz.models import Answer, Card, Learner, StudySession
from quiz.visitors import COOKIE
from tests.browser.test_accessibility import complaints
from tests.sessions import form, make_session

EMAIL, PASSWORD = "ada@example.org", "a long enough word"


@pytest.fixture(autouse=True)
def _quick_hashes(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def root(live_server: Any, notes: Outline) -> str:
    """Passkeys want a name, not a number."""
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.fixture
def device(browser: Browser, root: str) -> Iterator[Any]:
    """A function that gives a browser of its own, with nothing in it."""
    contexts: list[BrowserContext] = []

    def make(**more: Any) -> Page:
        context = browser.new_context(base_url=root, **more)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def give_history(page: Page, root: str, notes: Outline) -> Learner:
    """Something answered in this browser."""
    learner, token = Learner.objects.born(timezone.now())
    page.context.add_cookies([{"name": COOKIE, "value": token, "url": root}])
    session = make_session(learner, notes, ("single",))
    study.answer(session, 1, form(session, 1), timezone.now())
    return learner


def join(page: Page, email: str = EMAIL) -> None:
    page.goto("/account/signup/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()
    expect(page.get_by_text(f"Signed in as {email}")).to_be_visible()


def sign_in(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def with_authenticator(page: Page) -> CDPSession:
    """A device that keeps passkeys, whose owner always agrees."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
            "hasUserVerification": True, "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }},
    )  # fmt: skip
    return session


def test_the_history_comes_along_to_another_device(device: Any, root: str, notes: Outline) -> None:
    page = device()
    give_history(page, root, notes)
    join(page)
    page.goto("/o/cloud/progress/")
    expect(page.get_by_text("You have met 1 of the")).to_be_visible()
    other = device()
    other.goto("/o/cloud/progress/")
    expect(other.get_by_text("Nothing is known of you here yet.")).to_be_visible()
    sign_in(other)
    other.goto("/o/cloud/progress/")
    expect(other.get_by_text("You have met 1 of the")).to_be_visible()
    assert Learner.objects.count() == 1


def test_signing_out_leaves_the_browser_a_strangers(device: Any, root: str, notes: Outline) -> None:
    page = device()
    give_history(page, root, notes)
    join(page)
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/o/cloud/progress/")
    expect(page.get_by_text("Nothing is known of you here yet.")).to_be_visible()
    sign_in(page)
    page.goto("/o/cloud/progress/")
    expect(page.get_by_text("You have met 1 of the")).to_be_visible()


def test_an_account_by_a_passkey_alone(device: Any, root: str, notes: Outline) -> None:
    page = device()
    with_authenticator(page)
    learner = give_history(page, root, notes)
    page.goto("/account/signup/")
    page.get_by_role("link", name="With a passkey instead").click()
    page.get_by_role("button", name="Make an account with a passkey").click()
    expect(page.get_by_text("Signed in by passkey")).to_be_visible()
    learner.refresh_from_db()
    assert learner.user == User.objects.get()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Signed in by passkey")).to_be_visible()
    assert User.objects.count() == 1


def test_a_passkey_beside_the_password_is_enough_and_no_second_step(device: Any) -> None:
    page = device()
    with_authenticator(page)
    join(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name of the passkey").fill("Laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("The passkey is kept.")).to_be_visible()
    expect(page.get_by_text("Laptop since")).to_be_visible()
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text(f"Signed in as {EMAIL}")).to_be_visible()
    sign_out(page)
    sign_in(page)
    expect(page.get_by_text(f"Signed in as {EMAIL}")).to_be_visible()
    page.get_by_role("link", name="Remove Laptop").click()
    if page.get_by_role("button", name="Go on").is_visible():
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("The passkey is gone from this account.")).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.get_by_role("button", name="Sign out").click()


def test_a_passkey_that_opens_nothing_is_told_so(device: Any) -> None:
    page = device()
    with_authenticator(page)
    page.goto("/account/signup/passkey/")
    page.get_by_role("button", name="Make an account with a passkey").click()
    expect(page.get_by_text("Signed in by passkey")).to_be_visible()
    User.objects.all().delete()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("This passkey opens no account here")).to_be_visible()


def test_a_device_that_has_no_passkey_gets_a_sentence(device: Any) -> None:
    page = device()
    with_authenticator(page)
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert").filter(has_text="No passkey was used.")).to_be_visible()


def test_everything_is_exported_deleted_and_loaded_back(
    device: Any, root: str, notes: Outline, tmp_path: Path
) -> None:
    page = device()
    give_history(page, root, notes)
    join(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Export as JSON").click()
    file = tmp_path / "export.json"
    download.value.save_as(file)
    assert len(json.loads(file.read_text())["reviews"]) == 1
    page.get_by_role("link", name="Delete everything").click()
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("alert")).to_have_text(
        "Tick the box if you are sure. Nothing was deleted."
    )
    page.get_by_label("Yes, delete all of it").check()
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_text("Everything is deleted.")).to_be_visible()
    for model in (Learner, StudySession, Answer, Card, User):
        assert not model.objects.exists()
    page.get_by_label("Load an export").set_input_files(file)
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_text("1 session, 1 card, 1 review were new.")).to_be_visible()
    page.goto("/o/cloud/progress/")
    expect(page.get_by_text("You have met 1 of the")).to_be_visible()


def test_without_javascript_all_of_it_works(device: Any, root: str, notes: Outline) -> None:
    page = device(java_script_enabled=False)
    give_history(page, root, notes)
    join(page)
    page.get_by_label("Minutes a day").fill("35")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Minutes a day")).to_have_value("35")
    page.goto("/o/cloud/progress/")
    expect(page.get_by_text("You have met 1 of the")).to_be_visible()
    page.goto("/account/login/")
    expect(page).to_have_url(f"{root}/settings/")
    page.get_by_role("link", name="Delete everything").click()
    page.get_by_label("Yes, delete all of it").check()
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_text("Everything is deleted.")).to_be_visible()


def test_settings_are_kept_and_aim_the_schedule(device: Any, root: str, notes: Outline) -> None:
    page = device()
    learner = give_history(page, root, notes)
    page.goto("/settings/")
    day = learner.today(timezone.now()) + timedelta(days=40)
    page.get_by_label("Day of the exam").fill(day.isoformat())
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Kept.")).to_be_visible()
    page.goto("/o/cloud/")
    expect(page.get_by_text("40 days to the exam")).to_be_visible()


ADDRESSES = [
    "/settings/", "/settings/delete/", "/account/login/", "/account/signup/",
    "/account/signup/passkey/", "/account/password/reset/", "/o/cloud/", "/o/cloud/progress/",
    "/o/cloud/service/vpc/",
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(device: Any, root: str, notes: Outline, scheme: Any) -> None:
    for known in (False, True):
        page = device(color_scheme=scheme, reduced_motion="reduce")
        if known:
            give_history(page, root, notes)
        for address in ADDRESSES:
            for width in (390, 1440):
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(address)
                assert complaints(page) == [], (address, known)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_axe_finds_nothing_on_the_accounts_own_pages(device: Any) -> None:
    page = device()
    with_authenticator(page)
    join(page)
    for address in ("/settings/", "/account/logout/", "/account/password/", "/account/confirm/"):
        page.goto(address)
        assert complaints(page) == [], address


def test_the_charts_tables_open_by_keyboard(device: Any, root: str, notes: Outline) -> None:
    page = device()
    give_history(page, root, notes)
    page.goto("/o/cloud/progress/")
    summary = page.get_by_text("Answers by month as a table")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Answers by month")).to_be_visible()
