"""Packs: the bundled one is whole and clean, the worked example loads, bad ones are refused."""

from __future__ import annotations

import itertools
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from knowledge.lexicon import LexiconError, parse_lexicon
from knowledge.loading import load_outline
from knowledge.models import Alias, Outline, Service
from knowledge.outline.reading import read_outline
from knowledge.outline.tree import Node
from knowledge.packs import PackError, find_packs, pick_pack, read_pack
from tests.conftest import ROOT

AWS = ROOT / "knowledge" / "packs" / "aws_security_specialty"
TEA = ROOT / "tests" / "packs" / "tea"


def facts() -> list[Node]:
    tree = read_outline((AWS / "outline.md").read_bytes())
    return [node for top in tree.services for node in top.walk() if node.kind == "fact"]


def test_the_bundled_outline_has_no_problem_of_any_level() -> None:
    assert read_outline((AWS / "outline.md").read_bytes()).problems == []


def test_every_topic_of_the_bundled_outline_is_in_its_lexicon() -> None:
    lexicon = read_pack(AWS).lexicon
    tree = read_outline((AWS / "outline.md").read_bytes())
    assert [top.text for top in tree.services if lexicon.find(top.text) is None] == []
    assert len(tree.services) == 70


def test_every_domain_of_a_service_is_a_domain_of_the_exam() -> None:
    lexicon = read_pack(AWS).lexicon
    strays = [e.official for e in lexicon.services if not set(e.domains) <= set(lexicon.domains)]
    assert strays == []


def test_no_name_of_the_lexicon_belongs_to_two_services() -> None:
    owners: dict[str, set[str]] = {}
    for entry in read_pack(AWS).lexicon.services:
        for name, _ in entry.names():
            owners.setdefault(name.casefold(), set()).add(entry.official)
    assert {name: owner for name, owner in owners.items() if len(owner) > 1} == {}


def test_parts_and_phrases_name_services_that_exist() -> None:
    lexicon = read_pack(AWS).lexicon
    named = {e.part_of for e in lexicon.services if e.part_of}
    named |= {part.home for part in lexicon.parts}
    named |= {phrase.looks_like for phrase in lexicon.not_services}
    assert named - set(lexicon.by_official) == set()


def test_every_fact_is_a_sentence() -> None:
    steps = {"numbered"}
    strays = [
        fact.text
        for fact in facts()
        if fact.form not in steps and (fact.text[-1] not in ".:" or len(fact.text.split()) < 4)
    ]
    assert strays == []


def test_no_two_facts_say_the_same() -> None:
    texts = [fact.text for fact in facts() if fact.form != "numbered"]
    assert [text for text, times in Counter(texts).items() if times > 1] == []
    scores = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=97)
    near = [(texts[i], texts[j]) for i, j in zip(*scores.nonzero(), strict=True) if i < j]
    # Nearly the same words may still differ in the one that counts.
    assert [(a, b) for a, b in near if set(a.split()) == set(b.split())] == []


def test_every_line_of_the_notes_is_mapped_to_a_line_of_ours(users_notes: Path) -> None:
    lines = users_notes.read_text("utf-8").split("\n")
    mapped = {int(row.split("\t")[0]) for row in coverage_rows()}
    assert [n for n, line in enumerate(lines, 1) if line.strip() and n not in mapped] == []


def test_coverage_leads_to_lines_with_words() -> None:
    ours = (AWS / "outline.md").read_text("utf-8").split("\n")
    assert [row for row in coverage_rows() if not ours[int(row.split("\t")[1]) - 1].strip()] == []


def coverage_rows() -> list[str]:
    return (AWS / "coverage.tsv").read_text("utf-8").splitlines()


def test_every_line_of_ours_is_from_the_notes_or_marked_as_added() -> None:
    targets = {int(row.split("\t")[1]) for row in coverage_rows()}
    lines = (AWS / "outline.md").read_text("utf-8").splitlines()
    strays = [
        n
        for n, line in enumerate(lines, 1)
        if line.strip() and n not in targets and not line.endswith(" #added")
    ]
    assert strays == []


@pytest.mark.parametrize("code", ["SCS-C03", "SCS-C02"])
def test_an_exams_figures_add_up(code: str) -> None:
    exams = tomllib.loads((AWS / "blueprint.toml").read_text("utf-8"))["exam"]
    [exam] = [exam for exam in exams if exam["code"] == code]
    assert sum(domain["weight"] for domain in exam["domain"]) == 100
    assert sum(domain["scored_items"] for domain in exam["domain"]) == exam["scored"]
    assert exam["scored"] + exam["unscored"] == exam["items"]


@pytest.mark.django_db
def test_the_worked_example_loads_as_it_stands() -> None:
    pack = read_pack(TEA)
    assert pack.outline is not None
    loaded = load_outline(pack.outline.read_bytes(), slug="tea", pack=pack)
    assert (loaded.problems, loaded.pack) == ([], "tea")
    outline = Outline.objects.get(slug="tea")
    assert outline.metadata["notice"] == "A worked example; drink responsibly."
    oolong = Service.objects.for_outline(outline).get(official="Oolong tea")
    assert oolong.domains == ["Brewing"]
    assert Alias.objects.for_outline(outline).get(text="Wulong").service == oolong


def test_a_pack_is_picked_by_the_topics_that_it_knows() -> None:
    packs = [*find_packs(AWS.parent), read_pack(TEA)]
    assert pick_pack(packs, ["Green tea", "Oolong", "Coffee"]).name == "tea"
    assert pick_pack(packs, ["Guard Duty", "KMS", "Cloudfront"]).name == "aws_security_specialty"
    assert pick_pack(packs, ["Romani", "Longobardi"]).name == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[service]\n", "isn't valid TOML"),
        ("[[service]]\nofficial = 'A'\ncolour = 'red'\n", "number 1"),
        ("[[service]]\nshort = 'A'\n", "number 1"),
        ("[[service]]\nofficial = 'A'\n[[service]]\nofficial = 'A'\n", "twice"),
        ("colour = 'red'\n", "unknown key 'colour'"),
    ],
)
def test_a_bad_lexicon_is_refused_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(LexiconError, match=sentence):
        parse_lexicon(text)


def test_a_folder_without_a_lexicon_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no pack"):
        read_pack(tmp_path)


def test_names_do_not_collide_between_sides_of_a_contrast() -> None:
    for exclusive in read_pack(AWS).lexicon.exclusives:
        for left, right in itertools.combinations(exclusive.sides, 2):
            assert left.casefold() != right.casefold()
