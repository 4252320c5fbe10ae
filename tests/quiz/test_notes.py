"""A learner's notes beside facts: theirs alone, plain text, and going where their fact goes."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from knowledge.models import Fact, Outline
from quiz.importing import load_json
from quiz.merging import merge
from quiz.models import Learner, Note
from quiz.transfer import delete_everything, export_json
from tests.cast import NOW, make_own_outline, make_reader
from tests.factories import SMALL, make_outline

pytestmark = pytest.mark.django_db


@pytest.fixture
def outline() -> Outline:
    return make_outline(slug="net")


@pytest.fixture
def reader() -> tuple[Learner, Client]:
    return make_reader()


def fact_of(outline: Outline, text: str = "Stateful") -> Fact:
    found: Fact = Fact.objects.for_outline(outline).get(text=text)
    return found


def write(client: Client, fact: Fact, text: str, slug: str = "net") -> int:
    return client.post(f"/o/{slug}/fact/{fact.pk}/note/", {"text": text}).status_code


def test_a_visitor_writes_a_note_and_finds_it_on_the_page(client: Client, outline: Outline) -> None:
    fact = fact_of(outline)
    assert (
        f"/o/net/fact/{fact.pk}/note/" in client.get("/o/net/service/vpc/-/notes/").content.decode()
    )
    assert write(client, fact, "Remember: answers pass\r\nby themselves") == 302
    for page in ("service/vpc/", "service/vpc/security-groups/", "notes/"):
        assert (
            "Remember: answers pass\nby themselves" in client.get(f"/o/net/{page}").content.decode()
        )
    assert "Remember" not in client.get("/o/net/service/vpc/network-acls/").content.decode()


def test_nobody_else_sees_it(client: Client, outline: Outline) -> None:
    write(make_reader()[1], fact_of(outline), "Remember this")
    for page in ("service/vpc/", "notes/", f"fact/{fact_of(outline).pk}/note/"):
        assert "Remember this" not in client.get(f"/o/net/{page}").content.decode()


def test_a_page_is_new_after_each_change(
    reader: tuple[Learner, Client], outline: Outline, settings: Any
) -> None:
    # What a learner knows of the topic is told anew each time, whether there are notes or not.
    settings.PAGE_ADDITIONS = ["quiz.note_additions"]
    client, address = reader[1], "/o/net/service/vpc/"
    write(client, fact_of(outline), "One")
    client.get(address)
    etag = client.get(address).headers["ETag"]
    assert client.get(address, HTTP_IF_NONE_MATCH=etag).status_code == 304
    write(client, fact_of(outline), "Two")
    assert "Two" in client.get(address, HTTP_IF_NONE_MATCH=etag).content.decode()
    write(client, fact_of(outline), "  ")
    assert "Two" not in client.get(address).content.decode()
    assert not Note.objects.exists()


def test_it_is_shown_as_it_was_typed(reader: tuple[Learner, Client], outline: Outline) -> None:
    hostile = '<script>alert(1)</script> **b** [x](javascript:alert(1)) " onload="x'
    write(reader[1], fact_of(outline), hostile)
    page = reader[1].get("/o/net/service/vpc/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **b** [x](javascript:alert(1))" in page
    assert 'href="javascript' not in page


def test_a_note_that_is_too_long_stays_in_the_form(
    reader: tuple[Learner, Client], outline: Outline
) -> None:
    address = f"/o/net/fact/{fact_of(outline).pk}/note/"
    response = reader[1].post(address, {"text": "x" * 2001})
    assert response.status_code == 422
    assert "yours has 2,001" in response.content.decode()
    assert "x" * 2001 in response.content.decode()


def test_it_goes_where_its_fact_goes(reader: tuple[Learner, Client]) -> None:
    learner, client = reader
    outline = make_own_outline(learner)
    write(client, fact_of(outline), "Mine", "mine")
    make_own_outline(learner, SMALL.replace("- Stateful", "- Stateful at all times"))
    assert "Mine" in client.get("/o/mine/service/vpc/security-groups/").content.decode()
    make_own_outline(learner, SMALL.replace("- Stateful\n", ""))
    note = Note.objects.get()
    assert (note.fact, note.beside, note.text) == (None, "Stateful", "Mine")


def test_merging_keeps_both_notes(outline: Outline) -> None:
    (one, first), (two, second) = make_reader(), make_reader()
    write(first, fact_of(outline), "From the phone")
    write(second, fact_of(outline), "From the desk")
    write(first, fact_of(outline, "Stateless"), "Alone")
    merge(one, two)
    texts = set(Note.objects.of(two).values_list("text", flat=True))
    assert texts == {"From the desk\nFrom the phone", "Alone"}


def test_export_and_load_bring_them_along(reader: tuple[Learner, Client], outline: Outline) -> None:
    learner, client = reader
    write(client, fact_of(outline), "Kept")
    document = "".join(export_json(learner, NOW)).encode()
    other = make_reader()[0]
    load_json(other, document, NOW)
    load_json(other, document, NOW + timedelta(days=1))
    note = Note.objects.of(other).get()
    assert (note.text, note.fact) == ("Kept", fact_of(outline))
    older = json.loads(document)
    del older["notes"]
    load_json(make_reader()[0], json.dumps(older).encode(), NOW)
    delete_everything(learner)
    assert Note.objects.count() == 1


def test_a_file_cannot_reach_into_the_notes_of_others(reader: tuple[Learner, Client]) -> None:
    """Whoever guesses an address and a sentence of somebody's outline learns nothing by loading."""
    learner, client = reader
    outline = make_own_outline(learner)
    write(client, fact_of(outline), "Kept", "mine")
    document = "".join(export_json(learner, NOW)).encode()
    other = make_reader()[0]
    load_json(other, document, NOW)
    assert Note.objects.of(other).get().fact is None
