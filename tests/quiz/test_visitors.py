"""Who is taken for whom, by cookie; and that reading writes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from quiz.models import Learner
from quiz.visitors import (
    COOKIE,
    forget_learner,
    get_or_make_learner,
    learner_cookie,
    learner_of,
)
from tests.factories import make_outline
from tests.sessions import NOW, make_learner

pytestmark = pytest.mark.django_db


def make_request(token: str | None = None, zone: str | None = None, **more: Any) -> HttpRequest:
    request = RequestFactory().post("/", {} if zone is None else {"zone": zone})
    request.user = more.get("user", AnonymousUser())
    if token is not None:
        request.COOKIES[COOKIE] = token
    return request


def answered(request: HttpRequest, act: Any) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        act(request)
        return HttpResponse()

    return learner_cookie(view)(request)


def test_a_visitor_who_reads_gets_no_row_and_no_cookie(client: Client) -> None:
    outline = make_outline()
    client.cookies[COOKIE] = "made-up"
    response = client.get(f"/o/{outline.slug}/")
    assert COOKIE not in response.cookies
    assert Learner.objects.count() == 0


def test_a_visitor_becomes_a_learner_known_by_the_cookie() -> None:
    response = answered(make_request(), lambda request: get_or_make_learner(request, NOW))
    cookie = response.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert learner_of(make_request(cookie.value)) == Learner.objects.get()


def test_a_known_learner_is_not_made_again() -> None:
    learner, token = Learner.objects.born(NOW)
    request = make_request(token)
    response = answered(request, lambda request: get_or_make_learner(request, NOW))
    assert learner_of(request) == learner == Learner.objects.get()
    assert response.cookies[COOKIE].value == token


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("", "UTC"),
        (None, "UTC"),
        ("Mars/Olympus", "UTC"),
        ("../../etc/passwd", "UTC"),
        ("a\x00b", "UTC"),
        ("x" * 5000, "UTC"),
    ],
)
def test_the_time_zone_is_the_browsers_where_it_is_one(sent: str | None, kept: str) -> None:
    assert get_or_make_learner(make_request(zone=sent), NOW).zone == kept


def test_an_account_is_known_whatever_the_cookie_says() -> None:
    user = User.objects.create_user("ada")
    mine = make_learner(user=user)
    _, token = Learner.objects.born(NOW)
    assert learner_of(make_request(token, user=user)) == mine


def test_a_forgotten_learner_loses_the_cookie() -> None:
    _, token = Learner.objects.born(NOW)
    response = answered(make_request(token), forget_learner)
    assert response.cookies[COOKIE]["max-age"] == 0
