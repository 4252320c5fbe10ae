"""A folder of notes as an outline: loaded, loaded again, and after one of its notes changed."""

from __future__ import annotations

import pytest

from knowledge.loading import load_outline
from knowledge.models import Alias, Mention, Service
from knowledge.outline.vault import join_notes
from knowledge.packs import NO_PACK

pytestmark = pytest.mark.django_db

NOTES = {
    "Heart/Heart failure.md": "# Signs\n- oedema\n# Drugs\n- [[ACE inhibitor]]s prolong life\n",
    "Heart/ACE inhibitor.md": "---\naliases: [ACEi]\n---\n- cough\n- for [[Heart failure|pumps]]\n",
    "Kidney/Dialysis.md": "- after [[Heart failure]]\n",
}


def load(notes: dict[str, str]) -> dict[str, int]:
    vault = join_notes(notes.items(), "Medicine")
    return load_outline(vault.text.encode(), slug="medicine", pack=NO_PACK).changes


def test_notes_become_topics_that_their_links_join() -> None:
    load(NOTES)
    assert list(Service.objects.values_list("name", flat=True)) == [
        "ACE inhibitor", "Heart failure", "Dialysis",
    ]  # fmt: skip
    assert "ACEi" in Alias.objects.values_list("text", flat=True)
    assert sorted(Mention.objects.values_list("fact__service__name", "service__name")) == [
        ("ACE inhibitor", "Heart failure"), ("Dialysis", "Heart failure"),
        ("Heart failure", "ACE inhibitor"),
    ]  # fmt: skip


def test_the_same_notes_again_change_nothing() -> None:
    added = load(NOTES)["added"]
    assert load(dict(reversed(NOTES.items()))) == {
        "kept": added, "edited": 0, "moved": 0, "added": 0, "removed": 0,
    }  # fmt: skip


def test_a_changed_renamed_or_new_note_leaves_the_others_as_they_were() -> None:
    load(NOTES)
    before = dict(Service.objects.values_list("name", "pk"))
    changed = dict(NOTES)
    changed["Kidney/Haemodialysis.md"] = changed.pop("Kidney/Dialysis.md")
    changed["Heart/ACE inhibitor.md"] += "- not in pregnancy\n"
    changed["Heart/Murmurs.md"] = "- S3\n"
    changes = load(changed)
    assert (changes["edited"], changes["added"], changes["removed"]) == (1, 3, 0)
    after = dict(Service.objects.values_list("name", "pk"))
    assert after["Haemodialysis"] == before["Dialysis"]
    assert after["ACE inhibitor"] == before["ACE inhibitor"]
