"""Every address of a learner's own: as its owner, as another learner, as a stranger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from knowledge.models import Fact, Outline
from quiz import study
from quiz.merging import merge
from quiz.models import Answer, Card, Learner, Report, ReviewLog, StudySession
from quiz.transfer import delete_everything
from quiz.visitors import COOKIE
from tests.factories import make_outline
from tests.sessions import NOW, form, make_session

pytestmark = pytest.mark.django_db
OWN = (StudySession, Answer, Card, ReviewLog, Report)


@pytest.fixture
def outline() -> Outline:
    return make_outline(slug="shared-by-all")


@pytest.fixture
def owner(outline: Outline) -> tuple[Client, StudySession]:
    client, learner = learn(Client())
    session = make_session(learner, outline)
    study.answer(session, 1, form(session, 1), NOW)
    return client, session


def learn(client: Client) -> tuple[Client, Learner]:
    learner, token = Learner.objects.born(NOW)
    client.cookies[COOKIE] = token
    return client, learner


def others(outline: Outline) -> list[Client]:
    """A learner with a history of their own, somebody with an account, and a stranger."""
    client, learner = learn(Client())
    session = make_session(learner, outline)
    study.answer(session, 1, form(session, 1), NOW)
    account = Client()
    account.force_login(
        User.objects.create_user("other"), backend="quiz.accounts.backends.EmailBackend"
    )
    return [client, account, Client()]


def session_addresses(key: Any) -> Iterator[str]:
    """Every address of the site beneath a session, whoever added it."""
    for pattern in _patterns(get_resolver().url_patterns, ""):
        if pattern.startswith("session/"):
            address = pattern.replace("<uuid:key>", str(key)).replace("<int:position>", "1")
            yield "/" + address.replace("<str:form>", "csv")


def _patterns(found: Any, before: str) -> Iterator[str]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield before + str(one.pattern)


def state(learner: int) -> list[Any]:
    return [list(model.objects.filter(learner=learner).order_by("pk").values()) for model in OWN]


def test_the_owner_reaches_their_session(owner: tuple[Client, StudySession]) -> None:
    client, session = owner
    assert client.get(f"/session/{session.key}/").status_code in (200, 302, 303)
    assert client.get(f"/session/{session.key}/1/").status_code == 200


def test_nobody_else_reaches_any_address_of_a_session(
    owner: tuple[Client, StudySession], outline: Outline
) -> None:
    _, session = owner
    before = state(session.learner_id)
    addresses = list(session_addresses(session.key))
    assert len(addresses) > 8
    for client in others(outline):
        for address in addresses:
            for answer in (client.get(address), client.post(address, {"choice": "1"})):
                assert answer.status_code in (404, 405), address
    assert state(session.learner_id) == before


def test_what_is_done_to_a_fact_touches_only_ones_own_card(
    owner: tuple[Client, StudySession], outline: Outline
) -> None:
    _, session = owner
    before = state(session.learner_id)
    fact = Fact.objects.for_outline(outline)[0]
    for client in others(outline):
        client.post(f"/o/{outline.slug}/review/{fact.pk}/", {})
        client.post(f"/o/{outline.slug}/review/", {})
    assert state(session.learner_id) == before


def test_exports_hold_only_ones_own(owner: tuple[Client, StudySession], outline: Outline) -> None:
    client, session = owner
    own = json.loads(b"".join(client.get("/settings/export.json")))
    assert [entry["key"] for entry in own["sessions"]] == [str(session.key)]
    for other in others(outline):
        answer = other.get("/settings/export.json")
        if answer.status_code == 200:
            text = b"".join(answer).decode()
            assert str(session.key) not in text
        assert str(session.key) not in other.get("/settings/").content.decode()


def test_loading_anothers_export_copies_it_and_leaves_theirs(
    owner: tuple[Client, StudySession], outline: Outline
) -> None:
    client, session = owner
    before = state(session.learner_id)
    data = b"".join(client.get("/settings/export.json"))
    thief, learner = learn(Client())
    thief.post("/settings/load/", {"file": SimpleUploadedFile("x.json", data)})
    assert StudySession.objects.of(learner).count() == 1
    assert state(session.learner_id) == before


@pytest.mark.parametrize("address", ["/settings/", "/settings/delete/"])
def test_settings_change_and_delete_only_ones_own(
    owner: tuple[Client, StudySession], outline: Outline, address: str
) -> None:
    _, session = owner
    before = state(session.learner_id), Learner.objects.filter(pk=session.learner_id).values()[0]
    fields = {
        "sure": "yes", "exam_date": "", "retention": "75", "minutes_a_day": "5", "zone": "UTC",
        "change_hour": "1", "learner": str(session.learner_id), "id": str(session.learner_id),
    }  # fmt: skip
    for client in others(outline):
        client.post(address, fields)
    assert (
        state(session.learner_id),
        Learner.objects.filter(pk=session.learner_id).values()[0],
    ) == before


def test_passkeys_of_another_account_cant_be_renamed_or_removed(outline: Outline) -> None:
    user = User.objects.create_user("ada")
    key = Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Laptop"}
    )
    for client in others(outline):
        for act in ("name", "remove"):
            answer = client.post(f"/account/passkeys/{key.pk}/{act}/", {"name": "Mine"})
            assert answer.status_code in (302, 404)
    key.refresh_from_db()
    assert key.data["name"] == "Laptop"


def test_a_token_that_nobody_has_is_a_visitors(outline: Outline) -> None:
    client = Client()
    client.cookies[COOKIE] = "x" * 43
    page = client.get(f"/o/{outline.slug}/progress/").content.decode()
    assert "Nothing is known of you here yet." in page


def test_every_row_that_names_a_learner_is_moved_and_deleted_with_them() -> None:
    """Whatever an app adds: what a merge moves and a deletion leaves is found by the key alone."""
    source, target = learn(Client())[1], learn(Client())[1]
    make_session(source)
    make_session(target)
    merge(source, target)
    assert {session.learner_id for session in StudySession.objects.all()} == {target.pk}
    delete_everything(target)
    for relation in Learner._meta.related_objects:
        assert not relation.related_model._base_manager.exists(), relation.related_model
    assert {relation.field.name for relation in Learner._meta.related_objects} == {"learner"}
