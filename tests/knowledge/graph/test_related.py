"""Related topics: what is related, why, and what never is."""

from __future__ import annotations

import os
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.graph.related import Related, relate_features, relate_topics
from knowledge.graph.topics import Topics
from knowledge.lexicon import Entry, Lexicon
from tests.conftest import ROOT
from tests.knowledge.graph.making import ENGLISH, make_topics, number

FAMILY = Lexicon(
    services=(
        Entry("Firewall One", family="firewall", about="filters packets"),
        Entry("Firewall Two", family="firewall", about="filters requests"),
        Entry("Message Queue", family="queue", about="keeps messages"),
        Entry("Hub"),
        Entry("Hub Port", kind="part", part_of="Hub"),
    )
)


def related(topics: Topics, name: str) -> list[Related]:
    return relate_topics(topics, ENGLISH)[number(topics, name)]


def called(topics: Topics, found: list[Related]) -> list[str]:
    return [topics.topics[item.other].name for item in found]


def test_what_names_each_other_is_related() -> None:
    topics = make_topics("# T\n## Alpha\n### A\n- feeds Beta\n## Beta\n- x\n## Gamma\n- y\n")
    assert called(topics, related(topics, "Alpha")) == ["Beta"]
    assert called(topics, related(topics, "Beta")) == ["Alpha"]
    [reason] = related(topics, "Alpha")[0].because
    assert reason.kind == "mention"
    assert reason.text == "Alpha names Beta under A: “feeds Beta”"
    assert reason.line == 4


def test_shared_words_relate_where_nothing_is_named() -> None:
    topics = make_topics(
        "# T\n## Alpha\n- photosynthesis in leaves\n"
        "## Beta\n- photosynthesis of algae\n## Gamma\n- x\n"
    )
    [found] = related(topics, "Alpha")
    assert topics.topics[found.other].name == "Beta"
    assert found.because[0].kind == "shared_terms"
    assert found.because[0].via == ("photosynthesis",)
    assert found.because[0].line == 5


def test_a_family_of_the_lexicon_is_a_reason() -> None:
    text = "# T\n## Firewall One\n- x\n## Firewall Two\n- y\n## Message Queue\n- z\n"
    topics = make_topics(text, FAMILY)
    [found] = related(topics, "Firewall One")
    assert called(topics, [found]) == ["Firewall Two"]
    assert "filters packets" in found.because[0].text
    assert found.because[0].kind == "family"


def test_a_stated_relation_comes_first_among_the_reasons() -> None:
    topics = make_topics(
        "# T\n## Firewall One\n- x\n## Message Queue\n- takes what Firewall One drops\n",
        FAMILY,
        (("Firewall One", "sends_to", "Message Queue"),),
    )
    [found] = related(topics, "Firewall One")
    assert [reason.kind for reason in found.because] == ["sends_to", "mention"]


def test_a_part_is_never_related_to_its_whole() -> None:
    topics = make_topics(
        "# T\n## Hub\n- y\n## Message Queue\n- leads to a Hub Port of the Hub\n", FAMILY
    )
    assert "Hub" not in called(topics, related(topics, "Hub Port"))
    assert "Hub Port" not in called(topics, related(topics, "Message Queue"))
    assert "Hub" in called(topics, related(topics, "Message Queue"))


def test_what_everything_names_does_not_crowd_out_the_specific() -> None:
    lines = ["# T", "## Core", "- x"]
    for i in range(12):
        lines += [f"## Topic{i}", "- goes over Core", f"- works beside Topic{i ^ 1} every day"]
    topics = make_topics("\n".join(lines))
    assert called(topics, related(topics, "Topic4"))[0] == "Topic5"


def test_features_of_different_services_are_related_and_of_one_are_not() -> None:
    topics = make_topics(
        "# T\n## Alpha\n### Resource policies\n- allow a principal\n### Key policies\n- x\n"
        "## Beta\n### Resource policy\n- allows a principal\n### Rotation\n- y\n"
    )
    found = relate_features(topics, ENGLISH, relate_topics(topics, ENGLISH))
    first = next(i for i, r in enumerate(topics.records) if r.text == "Resource policies")
    others = [topics.records[item.other].text for item in found[first]]
    assert others[0] == "Resource policy"
    assert "Key policies" not in others


WORDS = st.sampled_from(["Alpha", "Beta", "Gamma ray", "delta", "kms:Decrypt", "日本語", "", "x"])
LINES = st.one_of(
    WORDS.map(lambda w: f"## {w}"), WORDS.map(lambda w: f"### {w}"),
    st.lists(WORDS, max_size=4).map(lambda ws: "- " + " ".join(ws)),
)  # fmt: skip


@given(st.lists(LINES, max_size=30))
@settings(deadline=None, max_examples=60)
def test_any_outline_relates_nothing_twice_nor_to_itself(lines: list[str]) -> None:
    topics = make_topics("\n".join(["# T", "## Alpha", "- first", *lines]))
    found = relate_topics(topics, ENGLISH)
    for index, row in enumerate(found):
        others = [item.other for item in row]
        assert len(set(others)) == len(others)
        assert index not in others
        scores = [item.score for item in row]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)
        assert all(1 <= len(item.because) <= 3 and item.because[0].text for item in row)
    for record, row in relate_features(topics, ENGLISH, found).items():
        others = [item.other for item in row]
        assert len(set(others)) == len(others)
        assert record not in others


PROGRAM = """
from tests.knowledge.graph.making import *
from knowledge.graph.related import *
from knowledge.lexicon import read_lexicon
from knowledge.graph import analyse, lay_out
from tests.conftest import ROOT
folder = ROOT / "knowledge/packs/aws_security_specialty"
text = (folder / "outline.md").read_text()
topics = make_topics(text, read_lexicon(folder / "lexicon.toml"))
found = analyse(topics, ENGLISH)
print(found.related, found.related_features, found.structure, lay_out(len(topics), found.edges))
"""


def test_the_order_of_hashes_does_not_show() -> None:
    answers = {
        subprocess.run(
            [sys.executable, "-c", "import django; django.setup()\n" + PROGRAM],
            env={
                **os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT),
                "DJANGO_SETTINGS_MODULE": "config.settings",
            },
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(answers) == 1


def test_a_feature_that_is_like_no_other_is_beside_what_names_it() -> None:
    text = "# K\n## Control plane\n### etcd\n- Holds state\n"
    text += "## Secret\n- Kept in etcd\n## Upgrade\n- Saves etcd first\n"
    topics = make_topics(text)
    rows = relate_features(topics, ENGLISH, relate_topics(topics, ENGLISH))
    etcd = next(i for i, record in enumerate(topics.records) if record.text == "etcd")
    assert [topics.records[item.other].text for item in rows[etcd]] == ["Secret", "Upgrade"]
    assert rows[etcd][0].because[0].text == "Secret names etcd: “Kept in etcd”"
