"""Own outlines are nobody else's: not a page, not a line of a menu, not a slug."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError
from django.test import Client

from knowledge.loading import LoadError, load_outline
from knowledge.models import Outline
from knowledge.packs import NO_PACK
from quiz.merging import merge
from quiz.models import Learner
from quiz.visitors import COOKIE
from tests.factories import SMALL, make_outline

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TOKEN = "t" * 32
SECRET = """\
# Secret plans
## Vault door
### Combination
- Opens with stateless magic
## Roof
- Flat
"""
PAGES = [
    "/o/mine/",
    "/o/mine/service/vault-door/",
    "/o/mine/service/vault-door/combination/",
    "/o/mine/search/?q=magic",
    "/o/mine/search/?q=magic&as=options",
    "/o/mine/about/",
]


def client_of(learner: Learner, token: str) -> Client:
    client = Client()
    client.cookies[COOKIE] = token
    return client


@pytest.fixture
def public() -> Outline:
    return make_outline(slug="net")


@pytest.fixture
def owner() -> tuple[Learner, Client]:
    learner, token = Learner.objects.born(NOW)
    return learner, client_of(learner, token)


@pytest.fixture
def other() -> Client:
    return client_of(*Learner.objects.born(NOW))


@pytest.fixture
def mine(public: Outline, owner: tuple[Learner, Client]) -> Outline:
    loaded = load_outline(SECRET.encode(), slug="mine", pack=NO_PACK, owner=owner[0].pk)
    assert loaded.outline is not None
    return loaded.outline


def share(outline: Outline) -> None:
    outline.visibility, outline.share_token = Outline.Visibility.LINK, TOKEN
    outline.save()


@pytest.mark.parametrize("page", PAGES)
def test_the_owner_reads_and_nobody_else(
    owner: tuple[Learner, Client], other: Client, client: Client, mine: Outline, page: str
) -> None:
    assert owner[1].get(page).status_code == 200
    for stranger in (other, client):
        for headers in ({}, {"HX-Request": "true"}):
            response = stranger.get(page, headers=headers)
            assert response.status_code == 404
            assert "Secret" not in response.content.decode()
            assert "Vault" not in response.content.decode()


def test_a_stranger_learns_nothing_from_an_etag(
    owner: tuple[Learner, Client], client: Client, mine: Outline
) -> None:
    etag = owner[1].get("/o/mine/about/").headers["ETag"]
    assert client.get("/o/mine/about/", HTTP_IF_NONE_MATCH=etag).status_code == 404


def test_a_private_outline_is_answered_like_one_that_is_not_there(
    client: Client, mine: Outline
) -> None:
    there, nowhere = client.get("/o/mine/service/vault/"), client.get("/o/none/service/vault/")
    assert there.status_code == nowhere.status_code == 404
    pages = [re.sub(r'nonce="[^"]*"', "", page.content.decode()) for page in (there, nowhere)]
    assert pages[0].replace("/o/mine/", "/o/none/") == pages[1]


def test_menus_and_lists_show_it_to_the_owner_alone(
    owner: tuple[Learner, Client], other: Client, client: Client, mine: Outline
) -> None:
    for page in ("/outlines/", "/o/net/"):
        assert "Secret plans" in owner[1].get(page).content.decode()
        assert "Secret plans" not in other.get(page).content.decode()
        assert "Secret plans" not in client.get(page).content.decode()


def test_the_front_leads_to_own_notes_where_there_are_no_others(
    owner: tuple[Learner, Client], client: Client, mine: Outline
) -> None:
    Outline.objects.of_owner(None).delete()
    assert owner[1].get("/").headers["Location"] == "/o/mine/"
    assert client.get("/").status_code == 200


def test_a_link_opens_it_until_it_is_withdrawn(client: Client, mine: Outline) -> None:
    share(mine)
    assert client.get("/o/mine/").status_code == 404
    client.cookies["shared"] = f"{'x' * 32}.{TOKEN}"
    assert client.get("/o/mine/").status_code == 200
    assert client.get("/o/mine/").headers["X-Robots-Tag"] == "noindex"
    assert "Secret plans" in client.get("/outlines/").content.decode()
    mine.share_token = "u" * 32
    mine.save()
    assert client.get("/o/mine/").status_code == 404
    mine.visibility = Outline.Visibility.PRIVATE
    mine.share_token = TOKEN
    mine.save()
    assert client.get("/o/mine/").status_code == 404
    assert "Secret plans" not in client.get("/outlines/").content.decode()


@pytest.mark.parametrize("cookie", ["", ".", "' OR 1=1 --", "t" * 31, "x.y." * 400, "\u0000"])
def test_a_made_up_token_opens_nothing(client: Client, mine: Outline, cookie: str) -> None:
    share(mine)
    client.cookies["shared"] = cookie
    assert client.get("/o/mine/").status_code == 404
    assert client.get("/outlines/").status_code == 200


def test_a_link_without_a_token_cannot_be_kept(mine: Outline) -> None:
    mine.visibility = Outline.Visibility.LINK
    with pytest.raises(IntegrityError):
        mine.save()


def test_a_deleted_outline_is_gone_for_all(
    owner: tuple[Learner, Client], mine: Outline, public: Outline
) -> None:
    for outline in (mine, public):
        outline.deleted_at = NOW
        outline.save()
    assert owner[1].get("/o/mine/").status_code == 404
    assert owner[1].get("/o/net/").status_code == 404
    assert Outline.objects.default() is None
    assert Outline.objects.named("net") is None


def test_a_load_without_a_slug_leaves_own_outlines_alone(mine: Outline) -> None:
    before = (mine.sha256, mine.version)
    same = load_outline(SECRET.encode(), pack=NO_PACK)
    assert not same.unchanged
    assert same.slug == "secret-plans"
    mine.refresh_from_db()
    assert (mine.sha256, mine.version) == before


def test_a_slug_of_an_own_outline_is_not_taken_over() -> None:
    load_outline(SECRET.encode(), slug="secret-plans", pack=NO_PACK, owner=7)
    assert load_outline(SECRET.encode(), pack=NO_PACK).slug == "secret-plans-2"
    assert Outline.objects.get(slug="secret-plans").owner == 7


def test_a_load_keeps_owner_and_sharing(mine: Outline) -> None:
    share(mine)
    load_outline(SMALL.encode(), slug="mine", pack=NO_PACK)
    mine.refresh_from_db()
    assert (mine.title, mine.visibility, mine.share_token) == ("Network notes", "link", TOKEN)
    assert mine.owner is not None


def test_what_was_deleted_is_not_loaded_over(mine: Outline) -> None:
    mine.deleted_at = NOW
    mine.save()
    with pytest.raises(LoadError, match="was deleted"):
        load_outline(SMALL.encode(), slug="mine", pack=NO_PACK)


def test_own_outlines_come_along_into_an_account(
    owner: tuple[Learner, Client], mine: Outline
) -> None:
    account, token = Learner.objects.born(NOW)
    merge(owner[0], account)
    assert client_of(account, token).get("/o/mine/").status_code == 200
