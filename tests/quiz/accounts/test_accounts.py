"""Accounts: made, opened, left, and never told of to a stranger."""

from __future__ import annotations

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import get_hasher
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from quiz.models import Card, Learner, StudySession
from quiz.visitors import COOKIE
from tests.factories import make_outline
from tests.sessions import NOW, make_session, reviewed

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "ada@example.org", "a long enough word"


def visitor(client: Client) -> Learner:
    """A learner who has done something in this browser."""
    learner, token = Learner.objects.born(NOW)
    client.cookies[COOKIE] = token
    return learner


def join(client: Client, email: str = EMAIL, password: str = PASSWORD) -> Any:
    return client.post("/account/signup/", {"email": email, "password1": password})


def sign_in(client: Client, email: str = EMAIL, password: str = PASSWORD) -> Any:
    return client.post("/account/login/", {"login": email, "password": password})


def test_an_account_takes_the_browsers_history_along(client: Client) -> None:
    learner = visitor(client)
    session = make_session(learner)
    answer = join(client)
    assert (answer.status_code, answer["Location"]) == (302, "/settings/")
    assert Learner.objects.get().user == User.objects.get(email=EMAIL)
    assert StudySession.objects.of(Learner.objects.get()).get() == session


def test_the_browsers_own_token_ends_with_it(client: Client, django_user_model: Any) -> None:
    visitor(client)
    token = client.cookies[COOKIE].value
    answer = join(client)
    assert answer.cookies[COOKIE].value == ""
    assert Learner.objects.with_token(token) is None


def test_another_device_has_the_same_learner(client: Client) -> None:
    learner = visitor(client)
    join(client)
    other = Client()
    assert sign_in(other).status_code == 302
    other.post("/settings/", {**SETTINGS, "minutes_a_day": "45"})
    learner.refresh_from_db()
    assert learner.minutes_a_day == 45
    assert Learner.objects.count() == 1


SETTINGS = {
    "exam_date": "", "exam_code": "", "retention": "90", "minutes_a_day": "20", "zone": "UTC",
    "change_hour": "4",
}  # fmt: skip


def test_histories_are_joined_where_the_account_has_its_own(client: Client) -> None:
    outline = make_outline()
    first = visitor(client)
    reviewed(first, outline, times=1)
    join(client)
    other = Client()
    second = visitor(other)
    reviewed(second, outline, times=1)
    sign_in(other)
    assert Learner.objects.get().pk == first.pk
    assert StudySession.objects.of(first).count() == 2
    assert Card.objects.of(first).count() == 1


def test_another_accounts_history_stays_there(client: Client) -> None:
    visitor(client)
    join(client)
    client.logout()
    join(client, "bob@example.org")
    client.post("/settings/", SETTINGS)
    assert Learner.objects.count() == 2
    assert not StudySession.objects.exists()


def test_signing_out_leaves_nobody_behind(client: Client) -> None:
    visitor(client)
    join(client)
    assert client.get("/account/logout/").status_code == 200
    client.post("/account/logout/")
    assert "Make an account" in client.get("/settings/").content.decode()
    assert client.get("/settings/export.json").status_code == 302


def test_signing_in_gives_a_new_session(client: Client) -> None:
    join(client)
    client.post("/account/logout/")
    client.get("/account/login/")
    session = client.session
    session["kept"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = str(before)
    sign_in(client)
    assert client.session.session_key != before


def test_a_taken_email_is_answered_as_a_free_one(client: Client) -> None:
    join(Client())
    cache.clear()
    taken, free = join(Client(), password="another long word"), join(Client(), "new@example.org")
    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])
    assert User.objects.filter(email=EMAIL).count() == 2
    for password in (PASSWORD, "another long word"):
        assert sign_in(Client(), password=password).status_code == 302


def test_joining_again_with_the_same_password_signs_in(client: Client) -> None:
    join(Client())
    learner = visitor(client)
    assert join(client)["Location"] == "/settings/"
    assert User.objects.count() == 1
    learner.refresh_from_db()
    assert learner.user == User.objects.get()


def test_a_failed_sign_in_tells_nothing_of_the_account(client: Client) -> None:
    join(Client())
    answers = [
        sign_in(Client(), email, "wrong").content.decode().replace(email, "EMAIL")
        for email in (EMAIL, "nobody@example.org")
    ]
    masked = [mask(text) for text in answers]
    assert masked[0] == masked[1]
    assert "No account opens with this email and password." in answers[0]


def mask(page: str) -> str:
    """Without what is different on every page: nonces and tokens."""
    return "\n".join(
        line for line in page.splitlines() if "nonce" not in line and "csrf" not in line
    )


@pytest.mark.parametrize("accounts", [0, 1, 3])
def test_a_failed_sign_in_takes_one_slow_hash(
    client: Client, accounts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(accounts):
        join(Client(), password=f"a long enough word {number}")
    hashed = []
    plain = get_hasher("default").encode

    def encode(password: str, salt: str) -> str:
        hashed.append(salt)
        return str(plain(password, salt))

    monkeypatch.setattr(get_hasher("default"), "encode", encode)
    sign_in(client, password="wrong")
    assert len(hashed) == 1


def test_an_account_with_a_salt_of_its_own_opens_too(client: Client) -> None:
    user = User.objects.create_user("root", EMAIL, PASSWORD)
    before = user.password
    assert sign_in(client).status_code == 302
    user.refresh_from_db()
    assert user.password != before
    assert sign_in(Client()).status_code == 302


def test_a_closed_account_stays_closed(client: Client) -> None:
    join(Client())
    User.objects.update(is_active=False)
    assert sign_in(client)["Location"] == "/account/closed/"
    assert "_auth_user_id" not in client.session


def test_guessing_is_throttled_for_an_email_that_has_no_account_too(client: Client) -> None:
    for _ in range(8):
        assert sign_in(client, "nobody@example.org", "wrong").status_code in (200, 429)
    answer = sign_in(client, "nobody@example.org", "wrong")
    assert answer.status_code == 429
    assert "Wait ten minutes" in answer.content.decode()


def test_no_password_is_kept_with_a_failed_attempt(client: Client) -> None:
    sign_in(client, password="one secret word")
    join(client, "new@example.org", "another secret word")
    client.post("/account/password/", {"oldpassword": "third secret word", "password1": "fourth",
                                       "password2": "fourth"})  # fmt: skip
    kept = "\n".join(f"{row.get_data} {row.post_data}" for row in AccessAttempt.objects.all())
    assert "password" in kept
    assert "secret" not in kept
    assert "example.org" not in kept


def test_a_throttled_email_is_free_elsewhere(client: Client) -> None:
    join(Client())
    for _ in range(9):
        sign_in(client, password="wrong")
    assert sign_in(client).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302


def test_guessing_by_making_accounts_is_throttled_as_well(client: Client) -> None:
    join(Client())
    cache.clear()
    for number in range(30):
        join(Client(), password=f"wrong and long {number}")
    assert User.objects.filter(email=EMAIL).count() < 30


def test_without_mail_the_reset_page_says_what_that_costs(client: Client) -> None:
    page = client.get("/account/password/reset/").content.decode()
    assert "sends no mail" in page
    assert client.post("/account/password/reset/", {"email": EMAIL}).status_code == 405
    assert "reset by mail" in client.get("/account/signup/").content.decode()


def test_a_new_password_replaces_the_old_one(client: Client) -> None:
    join(client)
    other = Client()
    sign_in(other)
    client.post("/account/password/", {"oldpassword": PASSWORD, "password1": "quite another one",
                                       "password2": "quite another one"})  # fmt: skip
    assert sign_in(Client(), password=PASSWORD).status_code == 200
    assert sign_in(Client(), password="quite another one").status_code == 302
    assert "Make an account" in other.get("/settings/").content.decode()


@pytest.mark.parametrize("password", ["short", "password123", "ada@example.org"])
def test_a_weak_password_is_refused_with_a_sentence(client: Client, password: str) -> None:
    page = join(client, password=password)
    assert page.status_code == 200
    assert 'class="refused"' in page.content.decode()
    assert not User.objects.exists()


def test_a_sign_in_leads_on_only_within_the_site(client: Client) -> None:
    join(Client())
    data = {"login": EMAIL, "password": PASSWORD}
    away = client.post("/account/login/", {**data, "next": "https://evil.example/"})
    assert away["Location"] == "/settings/"
    onward = Client().post("/account/login/", {**data, "next": "/outlines/"})
    assert onward["Location"] == "/outlines/"


def test_a_reader_gets_no_cookie_and_no_row(client: Client) -> None:
    client.get("/outlines/")
    assert not client.cookies
    client.get("/settings/")
    assert set(client.cookies) <= {"csrftoken"}
    assert not Learner.objects.exists()
