"""What another app adds to pages: in its place, in the ETag, and free where there is nothing."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from django.http import HttpRequest
from django.test import Client

from knowledge.additions import Additions, Page
from knowledge.models import Feature, Outline, Service
from tests.factories import make_outline

pytestmark = pytest.mark.django_db


class Source(ModuleType):
    """A module that greets whoever has a cookie `who`."""

    def state_of(self, request: HttpRequest, outline: Outline) -> str | None:
        return request.COOKIES.get("who")

    def add_to(self, request: HttpRequest, outline: Outline, page: Page) -> Additions:
        who = request.COOKIES["who"]
        if page.kind == "home":
            service = Service.objects.at(outline, "vpc")
            assert service is not None
            return Additions(
                {"today": f"<p>Today, {who}</p>"}, {f"service-{service.pk}": "<b>7</b>"}
            )
        feature = Feature.objects.for_outline(outline).get(slug="network-acls")
        return Additions(
            {"act": f"<p>Act, {page.service} {page.feature}</p>", "beside": "<p>Beside</p>"},
            {f"feature-{feature.pk}": "<b>half known</b>"},
        )


@pytest.fixture
def outline(settings: object, monkeypatch: pytest.MonkeyPatch) -> Outline:
    monkeypatch.setitem(sys.modules, "greeting", Source("greeting"))
    settings.PAGE_ADDITIONS = ["greeting"]  # type: ignore[attr-defined]
    return make_outline(slug="net")


def test_a_reader_without_state_gets_the_plain_page(client: Client, outline: Outline) -> None:
    for address in ("/o/net/", "/o/net/service/vpc/"):
        page = client.get(address).content.decode()
        assert "Today" not in page
        assert "<!--" not in page


def test_additions_stand_in_their_places(client: Client, outline: Outline) -> None:
    client.cookies["who"] = "Ada"
    home = client.get("/o/net/").content.decode()
    assert "<p>Today, Ada</p>" in home
    assert "<b>7</b>" in home
    service = client.get("/o/net/service/vpc/").content.decode()
    assert "<p>Act, vpc </p>" in service
    assert "<p>Beside</p>" in service
    assert service.count("<b>half known</b>") == 1
    assert "<!--" not in service
    feature = client.get("/o/net/service/vpc/network-acls/").content.decode()
    assert "<p>Act, vpc network-acls</p>" in feature


def test_a_page_is_new_to_another_reader(client: Client, outline: Outline) -> None:
    client.cookies["who"] = "Ada"
    etag = client.get("/o/net/").headers["ETag"]
    assert client.get("/o/net/", HTTP_IF_NONE_MATCH=etag).status_code == 304
    client.cookies["who"] = "Ben"
    assert client.get("/o/net/", HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_a_place_that_no_page_has_is_an_error(
    client: Client, outline: Outline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Source, "add_to", lambda *_: Additions({"nowhere": "x"}))
    client.cookies["who"] = "Ada"
    with pytest.raises(ValueError, match="no place 'nowhere'"):
        client.get("/o/net/")


def test_the_header_leads_along_the_ways(
    client: Client, outline: Outline, settings: object
) -> None:
    settings.NAVIGATION = [  # type: ignore[attr-defined]
        ("Search", "knowledge:search", "g s", True),
        ("Outlines", "knowledge:outlines", "g o", False),
    ]
    page = client.get("/outlines/").content.decode()
    assert '<a href="/o/net/search/" data-key="g s">Search</a>' in page
    assert 'href="/outlines/" aria-current="page" data-key="g o"' in page
