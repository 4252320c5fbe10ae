"""Accounts with a mail server: what it is read from, and a password reset by mail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import read_mail

ROOT = Path(__file__).resolve().parents[3]
# Settings are read once a process, so this one is played in a process of its own.
PLAY = r"""
import re, sys
import django
from django.conf import settings
settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.ALLOWED_HOSTS = ["testserver"]
django.setup()
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
call_command("migrate", verbosity=0)
EMAIL = "ada@example.org"
join = {"email": EMAIL, "password1": "a long enough word"}
assert Client().post("/account/signup/", join).status_code == 302
assert "Confirm your email" in mail.outbox[0].subject, mail.outbox[0].subject
confirm = re.search(r"http://testserver(/account/email/\S+)", mail.outbox[0].body)[1]
client = Client()
assert "Is <strong>ada@example.org</strong> your email?" in client.get(confirm).content.decode()
answers = []
for email in (EMAIL, "nobody@example.org"):
    answer = Client().post("/account/password/reset/", {"email": email})
    answers.append((answer.status_code, answer["Location"]))
assert answers[0] == answers[1] == (302, "/account/password/reset/sent/"), answers
assert [message.to for message in mail.outbox[1:]] == [[EMAIL], ["nobody@example.org"]]
link = re.search(r"http://testserver(/account/password/reset/\S+)", mail.outbox[1].body)[1]
client = Client()
form = client.get(link)
assert form.status_code == 302, form.status_code
page = client.get(form["Location"])
assert "Keep the new password" in page.content.decode()
new = {"password1": "quite another one", "password2": "quite another one"}
assert client.post(form["Location"], new).status_code == 302
assert "used before, or is too old" in Client().get(link).content.decode()
login = {"login": EMAIL, "password": "quite another one"}
assert Client().post("/account/login/", login).status_code == 302
sys.stdout.write("played")
"""


@pytest.fixture(autouse=True)
def _no_mail_around(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EMAIL_URL", "EMAIL_HOST"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_server_there_is_no_mail() -> None:
    assert read_mail() == {}


def test_an_address_names_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", "smtp://ada:s%40fe@mail.example.org")
    found = read_mail()
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("ada", "s@fe")
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (True, False)


def test_a_server_without_a_password_is_named_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_HOST", "localhost")
    found = read_mail()
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == (
        "localhost", 25, False,
    )  # fmt: skip


@pytest.mark.parametrize("url", ["http://mail", "smtp://", "smtp://mail:none", "mail.example.org"])
def test_a_bad_address_stops_the_start(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        read_mail()


@pytest.mark.slow
def test_a_password_is_reset_by_mail(tmp_path: Path) -> None:
    environment = os.environ | {
        "EMAIL_URL": "smtp://mail.invalid", "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    environment.pop("DATABASE_URL", None)
    played = subprocess.run(
        [sys.executable, "-c", PLAY], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert played.stdout.endswith("played"), played.stderr[-2000:]
