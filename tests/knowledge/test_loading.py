"""From a file to rows: what is written, what stays, and what is refused."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.lexicon import Entry, Lexicon
from knowledge.loading import LoadError, load_outline
from knowledge.models import Alias, Fact, Feature, Outline, Problem, Service
from knowledge.outline.tree import OutlineError
from knowledge.packs import NO_PACK, Pack, find_packs
from tests.factories import SMALL, make_outline

pytestmark = pytest.mark.django_db


def keys(outline: Outline) -> dict[str, int]:
    """Text → primary key of every node; for outlines whose texts differ."""
    found = {s.name: s.pk for s in Service.objects.for_outline(outline)}
    found |= {f.name: f.pk for f in Feature.objects.for_outline(outline)}
    return found | {f.text: f.pk for f in Fact.objects.for_outline(outline)}


def reload(outline: Outline, text: str) -> dict[str, int]:
    loaded = load_outline(text.encode(), slug=outline.slug, pack=NO_PACK)
    return loaded.changes


def test_nodes_know_their_place_and_line() -> None:
    outline = make_outline()
    fact = Fact.objects.for_outline(outline).get(text="Lowest first")
    assert (fact.line, fact.depth) == (6, 1)
    assert fact.parent is not None
    assert fact.parent.text == "Evaluated by rule number"
    assert fact.feature is not None
    assert (fact.service.name, fact.feature.name) == ("VPC", "Network ACLs")


def test_services_count_what_they_hold() -> None:
    outline = make_outline()
    vpc = Service.objects.for_outline(outline).get(slug="vpc")
    assert (vpc.feature_count, vpc.fact_count) == (2, 4)
    assert outline.counts["facts"] == 5


def test_a_heading_gives_aliases() -> None:
    outline = make_outline()
    kms = Service.objects.for_outline(outline).get(slug="key-management-service-kms")
    assert {a.text for a in kms.aliases.all()} >= {"Key Management Service", "KMS"}


def test_a_lexicon_gives_official_names_and_domains(tmp_path: Path) -> None:
    entry = Entry("AWS Key Management Service", "KMS", former=("Key Vault",), domains=("Data",))
    pack = Pack("test", tmp_path)
    pack.__dict__["lexicon"] = Lexicon(services=(entry,), domains=("Data",))
    outline = make_outline(pack=pack)
    kms = Service.objects.for_outline(outline).get(official="AWS Key Management Service")
    assert (kms.name, kms.domains) == ("Key Management Service (KMS)", ["Data"])
    assert Alias.objects.for_outline(outline).get(text="Key Vault").service == kms


def test_a_sentence_heading_is_a_feature_and_a_fact() -> None:
    outline = make_outline(
        "# T\n## Athena\n### Serverless SQL query service for data in S3\n- a b\n## B\n- c\n"
    )
    feature = Feature.objects.for_outline(outline).get(states=True)
    fact = Fact.objects.for_outline(outline).get(form="heading")
    assert (fact.feature_id, fact.line, fact.text) == (feature.pk, feature.line, feature.name)


def test_the_same_file_again_changes_nothing() -> None:
    outline = make_outline()
    before = keys(outline)
    again = load_outline(SMALL.encode(), slug=outline.slug, pack=NO_PACK)
    outline.refresh_from_db()
    assert again.unchanged
    assert again.changes["kept"] == len(before)
    assert (outline.version, keys(outline)) == (1, before)


def test_a_changed_file_keeps_the_ids_of_what_stayed() -> None:
    outline = make_outline()
    before = keys(outline)
    changes = reload(outline, SMALL.replace("- Stateless\n", "- Numbered\n- Stateless always\n"))
    after = keys(outline)
    assert after["Stateless always"] == before["Stateless"]
    assert after["Lowest first"] == before["Lowest first"]
    assert (changes["added"], changes["edited"], changes["removed"]) == (1, 1, 0)


def test_two_topics_may_swap_their_names() -> None:
    outline = make_outline(
        "# T\n## Alpha\n- one fact here\n- a second one\n## Beta\n- third fact\n- fourth fact\n"
    )
    reload(
        outline,
        "# T\n## Beta\n- one fact here\n- a second one\n## Alpha\n- third fact\n- fourth fact\n",
    )
    assert [s.slug for s in Service.objects.for_outline(outline)] == ["beta", "alpha"]


def test_what_is_gone_is_removed() -> None:
    outline = make_outline()
    changes = reload(
        outline, "# Network notes\n## VPC\n### Network ACLs\n- Stateless\n## Other\n- thing\n"
    )
    assert not Fact.objects.for_outline(outline).filter(text="Stateful").exists()
    assert changes["removed"] > 0


def test_a_removed_facts_id_is_never_given_again() -> None:
    outline = make_outline()
    last = max(keys(outline).values())
    reload(outline, SMALL.replace("- Rotation takes 1 year by default\n", ""))
    reload(outline, SMALL.replace("by default", "as a rule, and other words entirely follow"))
    fresh = Fact.objects.for_outline(outline).order_by("-pk")[0]
    assert fresh.pk > last


def test_outlines_do_not_touch_one_another() -> None:
    first, second = make_outline(), make_outline()
    before = keys(first)
    reload(second, "# Other\n## A\n- b\n## C\n- d\n")
    assert keys(first) == before


def test_the_same_title_replaces_and_another_one_does_not() -> None:
    first = load_outline(SMALL.encode(), pack=NO_PACK).outline
    load_outline(SMALL.replace("Stateless", "State-less").encode(), pack=NO_PACK)
    load_outline(b"# Cooking\n## Soup\n- Salt\n## Bread\n- Flour\n", pack=NO_PACK)
    assert first is not None
    assert list(Outline.objects.values_list("slug", "version")) == [
        ("network-notes", 2),
        ("cooking", 1),
    ]


def test_a_new_title_in_the_same_file_is_the_same_outline() -> None:
    load_outline(SMALL.encode(), pack=NO_PACK, file_name="net.md")
    retitled = SMALL.replace("# Network notes", "# Networking")
    load_outline(retitled.encode(), pack=NO_PACK, file_name="net.md")
    assert list(Outline.objects.values_list("slug", "title")) == [("network-notes", "Networking")]


def test_check_writes_nothing() -> None:
    loaded = load_outline(SMALL.encode(), pack=NO_PACK, check=True)
    assert loaded.outline is None
    assert loaded.counts["services"] == 2
    assert not Outline.objects.exists()


def test_a_refused_file_leaves_the_old_outline() -> None:
    outline = make_outline()
    before = keys(outline)
    with pytest.raises(OutlineError, match="empty"):
        reload(outline, "\n\n")
    assert keys(outline) == before


def test_a_slug_that_is_none_is_refused() -> None:
    with pytest.raises(LoadError, match="my-notes"):
        load_outline(SMALL.encode(), slug="My Notes", pack=NO_PACK)


def test_a_failure_halfway_leaves_the_old_outline(monkeypatch: pytest.MonkeyPatch) -> None:
    outline = make_outline()
    before = keys(outline)

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("knowledge.loading.index_outline", fail)
    with pytest.raises(RuntimeError):
        reload(outline, SMALL.replace("Stateless", "Other words"))
    outline.refresh_from_db()
    assert (outline.version, keys(outline)) == (1, before)


def test_problems_are_kept_with_their_lines() -> None:
    outline = make_outline("# T\n## A\n- one\n- \n## B\n- two\n")
    assert [p.line for p in Problem.objects.for_outline(outline)] == [4]


def test_the_bundled_pack_is_taken_by_itself_and_has_no_problem(settings: object) -> None:
    [pack] = find_packs(settings.PACKS_DIR)  # type: ignore[attr-defined]
    assert pack.outline is not None
    loaded = load_outline(pack.outline.read_bytes(), file_name="outline.md")
    assert (loaded.pack, loaded.problems) == ("aws_security_specialty", [])
    assert loaded.counts["services"] == 70


def test_the_users_notes_have_seventy_services_and_no_line_is_lost(users_notes: Path) -> None:
    loaded = load_outline(users_notes.read_bytes(), file_name=users_notes.name)
    counts = loaded.counts
    assert counts["services"] == 70
    fates = ("titles", "services", "features", "facts", "continuations", "skipped")
    assert sum(counts[fate] for fate in fates) == counts["lines"] - counts["blank"]


def rows(outline: Outline) -> list[tuple[object, ...]]:
    """Everything a reader sees, by position, without keys."""
    facts = Fact.objects.for_outline(outline).order_by("position")
    return [
        (
            f.text, f.line, f.depth, f.service.name, f.feature and f.feature.name,
            f.parent and f.parent.text, f.feature and f.feature.slug, f.service.slug,
        )
        for f in facts.select_related("service", "feature", "parent")
    ]  # fmt: skip


@given(st.lists(st.sampled_from(SMALL.splitlines()[1:]), min_size=3, max_size=20))
@settings(max_examples=40, deadline=None)
def test_history_of_loading_does_not_show(lines: list[str]) -> None:
    """Loaded over something else or on its own, an outline has the same rows."""
    text = "\n".join(["# T", "## One", "- a", "## Two", "- b", *lines]) + "\n"
    over = make_outline()
    reload(over, text)
    alone = make_outline(text)
    assert rows(over) == rows(alone)
    assert not _dangling()
    Outline.objects.all().delete()


def _dangling() -> bool:
    """Rows whose parent, feature and service contradict one another."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM knowledge_fact f LEFT JOIN knowledge_fact p ON f.parent_id = p.id"
            " LEFT JOIN knowledge_feature t ON f.feature_id = t.id"
            " WHERE (p.id IS NOT NULL"
            " AND (p.service_id <> f.service_id OR p.position >= f.position))"
            " OR (t.id IS NOT NULL AND t.service_id <> f.service_id)"
        )
        return bool(cursor.fetchone()[0])


def test_a_topic_is_also_called_as_the_line_below_its_heading_says() -> None:
    make_outline("## Key store\nalias:: KMS, Key Service\n- Keys\n## S3\n- Buckets\n")
    assert list(Alias.objects.values_list("service__name", "text")) == [
        ("Key store", "Key store"), ("Key store", "KMS"), ("Key store", "Key Service"),
        ("S3", "S3"),
    ]  # fmt: skip


def test_names_and_lines_of_any_length_are_loaded() -> None:
    rng = random.Random(7)
    name, words = ("".join(rng.choices("abcdefghijklmnop 中é", k=size)) for size in (9_000, 90_000))
    lang = "en-" + "-".join(["abcdefgh"] * 9)
    outline = make_outline(
        f"---\nlang: {lang}\n---\n# {name}\n## x{name}\nalias:: y{name}\n### z{name}\n- {words}\n"
        f"## B\n- see x{name}\n"
    )
    assert outline.title == name.strip()
    assert Service.objects.for_outline(outline).count() == 2
    assert Fact.objects.for_outline(outline).first().text == words.strip()
