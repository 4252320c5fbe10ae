"""The index follows the rows: all of them, or none where the load fails."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from knowledge.lexicon import Part
from knowledge.loading import load_outline
from knowledge.models import Outline
from knowledge.search import drop_index, index_outline, search
from knowledge.search.stores import database_of, outline_ids
from tests.factories import make_outline

pytestmark = pytest.mark.django_db

TEXT = "# T\n## Alpha\n### Part\n- first fact\n  - beneath it\n## Beta\n- second fact\n"


def documents(outline: Outline) -> dict[int, tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, own, extra, context, size, reach FROM knowledge_searchdocument"
            " WHERE id BETWEEN %s AND %s",
            outline_ids(outline.pk),
        )
        return {row[0]: row[1:] for row in cursor.fetchall()}


def found(outline: Outline, query: str) -> list[str]:
    return [hit.name for hit in search(outline, query).hits]


def load(text: str, slug: str) -> Outline:
    loaded = load_outline(text.encode(), slug=slug, file_name="t.md")
    assert loaded.outline is not None
    return loaded.outline


def test_every_node_is_a_document() -> None:
    assert len(documents(make_outline(TEXT))) == 6


def test_a_changed_fact_is_found_by_its_new_words_alone() -> None:
    outline = load(TEXT, "t")
    before = documents(outline)
    outline = load(TEXT.replace("second fact", "another statement"), "t")
    assert found(outline, "statement") == ["another statement"]
    assert found(outline, "second") == []
    after = documents(outline)
    assert sum(before.get(number) != row for number, row in after.items()) == 1


def test_what_stands_beneath_follows_a_renamed_heading() -> None:
    load(TEXT, "t")
    outline = load(TEXT.replace("## Alpha", "## Omega"), "t")
    assert found(outline, "omega beneath")[0] == "beneath it"
    assert found(outline, "alpha") == []


def test_what_is_gone_is_not_found() -> None:
    load(TEXT, "t")
    outline = load(TEXT.replace("  - beneath it\n", ""), "t")
    assert found(outline, "beneath") == []
    assert len(documents(outline)) == 5


def test_indexing_again_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    outline = make_outline(TEXT)

    def fail(*_: object) -> None:
        raise AssertionError("a document was written again")

    monkeypatch.setattr(database_of(connection), "add", fail)
    monkeypatch.setattr(database_of(connection), "remove", fail)
    with transaction.atomic():
        index_outline(outline)


def test_a_load_that_fails_leaves_the_old_index() -> None:
    outline = load(TEXT, "t")
    before = documents(outline)

    with transaction.atomic():
        outline.facts.filter(text="second fact").update(text="lost words")
        index_outline(outline)
        transaction.set_rollback(True)
    assert documents(outline) == before
    assert found(outline, "second") == ["second fact"]
    assert found(outline, "lost") == []


def test_dropping_an_index_leaves_those_of_others() -> None:
    one, two = make_outline(TEXT), make_outline(TEXT)
    with transaction.atomic():
        drop_index(one)
    assert documents(one) == {}
    assert found(one, "second") == []
    assert found(two, "second") == ["second fact"]


def test_other_names_of_parts_lead_to_features_and_facts() -> None:
    outline = make_outline("# T\n## S3\n### Object Lock\n- x\n## B\n- Use an Object Lock here\n")
    parts = [Part(name="Object Lock", home="S3", aliases=("WORM storage", "S3 OL"))]
    with transaction.atomic():
        index_outline(outline, parts=parts)
    names = found(outline, "worm storage")
    assert names[0] == "Object Lock"
    assert "Use an Object Lock here" in names


@pytest.mark.parametrize("language", ["en", "it", "zh", "de", "xx", "en-GB", ""])
def test_any_language_can_be_indexed(language: str) -> None:
    outline = make_outline(TEXT)
    outline.language = language
    with transaction.atomic():
        index_outline(outline)
    assert "second fact" in found(outline, "second")


def test_german_umlauts_are_found_however_they_are_typed() -> None:
    outline = make_outline("# T\n## Schlüssel\n- Die Straße\n## B\n- x\n")
    outline.language = "de"
    with transaction.atomic():
        index_outline(outline)
    for query in ("schlüssel", "schluessel", "schlussel"):
        assert found(outline, query) == ["Schlüssel"]
    assert found(outline, "strasse") == ["Die Straße"]


def test_texts_of_any_kind_can_be_indexed() -> None:
    odd = [
        "x" * 5000,
        "a " * 4000,
        "🔥",
        "中" * 3000,
        "\\ ' \" % _ * : ~a <b =c",
        "`` ** __",
        "-" * 80,
    ]
    text = "# T\n## A\n" + "".join(f"- {line}\n" for line in odd) + "## B\n- findme\n"
    outline = make_outline(text)
    assert found(outline, "findme") == ["findme"]
