"""The site as it is deployed: checks that are clean, headers on every kind of answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management.utils import get_random_secret_key
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config.middleware import client_address
from tests.cast import make_own_outline, make_reader
from tests.factories import make_outline

ROOT = Path(__file__).resolve().parent.parent
ANSWERS = [
    "/outlines/", "/o/net/", "/o/net/service/vpc/", "/o/none/", "/outlines/new/",
    "/o/mine/manage/original/", "/outlines/uploads/",
]  # fmt: skip


def test_the_deployment_check_is_clean(tmp_path: Path) -> None:
    environment = os.environ | {
        "HTTPS": "1", "SECRET_KEY": get_random_secret_key(), "ALLOWED_HOSTS": "notes.example",
        "DATA_DIR": str(tmp_path),
    }  # fmt: skip
    environment.pop("DEBUG", None)
    # Browser tests of the same process set it for themselves.
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.django_db
@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_is_told_to_keep_to_itself(address: str) -> None:
    make_outline(slug="net")
    learner, client = make_reader()
    make_own_outline(learner)
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.django_db
def test_scripts_have_the_nonce_of_their_answer_and_no_other() -> None:
    make_outline(slug="net")
    nonces = set()
    for _ in range(2):
        response = Client().get("/o/net/")
        policy = response.headers["Content-Security-Policy"]
        nonce = policy.partition("'nonce-")[2].partition("'")[0]
        page = response.content.decode()
        assert len(nonce) >= 16
        assert page.count("<script") == page.count(f'nonce="{nonce}"')
        nonces.add(nonce)
    assert len(nonces) == 2


@pytest.mark.django_db
def test_a_request_that_is_too_large_is_answered_with_a_sentence(settings: Any) -> None:
    settings.REQUEST_MAX_BYTES = 1000
    response = Client().post("/outlines/new/", {"text": "x" * 2000})
    assert response.status_code == 413
    assert "too large" in response.content.decode()


@pytest.mark.django_db
def test_cookies_are_out_of_reach_of_scripts(client: Client, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    response = client.post("/outlines/new/", {"text": "# A\n- b\n"})
    cookie = response.cookies["learner"]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "made.up, 203.0.113.9", "203.0.113.9"),
        (2, "made.up, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_address_is_the_one_that_our_proxy_saw(
    settings: Any, proxies: int, told: str, address: str
) -> None:
    settings.PROXIES = proxies
    seen: list[str] = []

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    client_address(answer)(RequestFactory().get("/", HTTP_X_FORWARDED_FOR=told))
    assert seen == [address]
