"""Who starts sessions without end is put off; a class at one address isn't."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from quiz.models import StudySession
from tests.cast import make_reader
from tests.factories import make_outline

pytestmark = pytest.mark.django_db


def start(client: Client) -> int:
    return client.post("/o/net/quiz/", {"count": "1"}).status_code


def test_a_learner_is_put_off_and_goes_on_reading(settings: Any) -> None:
    settings.QUIZZES_PER_HOUR = 2
    make_outline(slug="net")
    client = make_reader()[1]
    assert [start(client), start(client)] == [303, 303]
    response = client.post("/o/net/quiz/", {"count": "1"})
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "600"
    assert "Wait a little" in response.content.decode()
    assert StudySession.objects.count() == 2
    assert client.get("/o/net/quiz/").status_code == 200
    assert start(make_reader()[1]) == 303


def test_new_cookies_do_not_get_around_it(settings: Any) -> None:
    settings.QUIZZES_PER_HOUR, settings.PER_ADDRESS = 1, 3
    make_outline(slug="net")
    assert [start(Client()) for _ in range(4)] == [303, 303, 303, 429]
