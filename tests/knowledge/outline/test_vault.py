"""A folder of notes becomes one outline, and every line knows its file."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.outline.tree import OutlineError
from knowledge.outline.vault import join_notes
from knowledge.outline.vault_links import Link

from .drawing import draw, nodes, read
from .test_properties import INDENTS, SCRAPS

VAULT = [
    ("Cloud/.obsidian/app.json", "{}"),
    ("Cloud/README.md", "# About this vault\nMy notes."),
    ("Cloud/Networking/VPC.md", "---\naliases: [Virtual Private Cloud]\ntags: [net, core]\n---\n"
     "# VPC\n\n## Subnets\n- public and private\n\n## Routing\n- goes by [[TGW|the gateway]]\n"),
    ("Cloud/Networking/Transit Gateway.md", "---\naliases:\n  - TGW\n---\nJoins [[vpc]]s.\n\n"
     "# Attachments\n- one a [[VPC#Subnets]]\n# Peering\n- across regions\n"),
    ("Cloud/Security/key-management.md", "# Key Management Service\nKeys for [[Transit Gateway]] "
     "and [logs](../Networking/VPC.md#Routing).\n"),
    ("Cloud/Security/empty.md", "\n"),
    ("Cloud/pictures/a.png", b"\x89PNG\r\n\x1a\n\x00"),
]  # fmt: skip


def joined(files, title=""):
    vault = join_notes(files, title)
    return vault, read(vault.text)


def test_notes_are_topics_and_folders_titles():
    vault, tree = joined(VAULT)
    assert vault.title == "Cloud"
    assert vault.topics == (
        "About this vault", "Transit Gateway", "VPC", "Key Management Service",
    )  # fmt: skip
    assert tree.title == "Cloud"
    assert tree.titles == ("Networking", "Security")
    assert draw(tree) == (
        "## About this vault\n"
        "  - My notes.\n"
        "## Transit Gateway\n"
        "  - Joins [[VPC|vpc]]s.\n"
        "  ### Attachments\n"
        "    - one a [[VPC#Subnets|VPC › Subnets]]\n"
        "  ### Peering\n"
        "    - across regions\n"
        "## VPC\n"
        "  ### Subnets\n"
        "    - public and private\n"
        "  ### Routing\n"
        "    - goes by [[Transit Gateway|the gateway]]\n"
        "## Key Management Service\n"
        "  - Keys for [[Transit Gateway]] and [[VPC#Routing|logs]]."
    )


def test_names_and_tags_of_a_note_are_those_of_its_topic():
    _, tree = joined(VAULT)
    named = {each.text: (each.aliases, each.tags) for each in tree.services}
    assert named["VPC"] == (("Virtual Private Cloud",), ("net", "core"))
    assert named["Transit Gateway"] == (("TGW",), ())
    assert named["Key Management Service"] == (("Key management",), ())


def test_files_that_are_no_notes_are_named():
    vault, _ = joined(VAULT)
    assert [path for path, _ in vault.left_out] == [
        "Cloud/.obsidian/app.json", "Cloud/pictures/a.png", "Cloud/Security/empty.md",
    ]  # fmt: skip
    assert dict(vault.left_out)["Cloud/Security/empty.md"] == "The file is empty."


def test_lines_lead_back_to_their_files():
    vault, tree = joined(VAULT)
    files = {path: text.split("\n") for path, text in VAULT if isinstance(text, str)}
    for node in nodes(tree):
        path, line = vault.place(node.line)
        first = node.text.split(" ")[0].strip("[]")
        assert first in files[path][line - 1] or (path, line) == (
            "Cloud/Networking/Transit Gateway.md",
            1,
        )
    assert vault.place(1) is None
    assert vault.place(0) is None
    assert vault.place(10**6) is None


def test_links_name_the_topic_that_they_lead_to():
    files = [
        (
            "a/Week 1/Notes.md",
            "See [[Notes]], [[b/Notes]], [[Nobody]] and ![[x.png]].\n`[[Notes]]`",
        ),
        ("a/Week 2/Notes.md", "See [[Notes#Part]] and [there](../Week%201/Notes.md).\n\n# Part"),
        ("b/Notes.md", "```\n[[Notes]]\n```\n[out](https://example.org/a.md) [up](#part)"),
    ]
    vault, _ = joined(files)
    assert vault.topics == ("Week 1: Notes", "Week 2: Notes", "B: Notes")
    assert [(link.target, link.topic) for link in vault.links] == [
        ("Notes", "Week 1: Notes"), ("b/Notes", "B: Notes"), ("Nobody", None),
        ("Notes", "Week 2: Notes"), ("../Week 1/Notes.md", "Week 1: Notes"),
    ]  # fmt: skip
    assert "`[[Notes]]`" in vault.text
    assert "[out](https://example.org/a.md) [up](#part)" in vault.text
    assert "```\n[[Notes]]\n```" in vault.text
    for link in vault.links:
        assert link.target.split("/")[0] in vault.text.split("\n")[link.line - 1] or link.topic


def test_a_logseq_graph_leaves_its_own_folders_out():
    files = [
        ("logseq/config.edn", "{}"),
        ("logseq/bak/pages/KMS/2024.md", "- old"),
        ("pages/AWS___KMS.md", "alias:: Key store\ntags:: security\n\n- Keys\n\t- rotate yearly"),
        ("journals/2024_01_31.md", "- read [[AWS/KMS]]\n\t- TODO again"),
    ]
    _, tree = joined(files)
    assert draw(tree) == (
        "## 2024-01-31\n  - read [[AWS/KMS]]\n    - TODO again\n"
        "## AWS/KMS\n  - Keys\n    - rotate yearly"
    )
    assert tree.services[1].aliases == ("Key store",)
    assert tree.services[1].tags == ("security",)


def test_a_notion_export_loses_the_numbers_of_its_names():
    files = [
        ("Biology 0123456789abcdef0123456789abcdef.md",
         "# Biology\n\n[Cells](Biology%200123456789abcdef0123456789abcdef/Cells%20"
         "fedcba9876543210fedcba9876543210.md)\n"),
        ("Biology 0123456789abcdef0123456789abcdef/Cells fedcba9876543210fedcba9876543210.md",
         "# Cells\n\n- have walls"),
    ]  # fmt: skip
    _, tree = joined(files)
    assert draw(tree) == "## Biology\n  - [[Cells]]\n## Cells\n  - have walls"


def test_headings_keep_their_order_of_depth():
    _, tree = joined([("a.md", "## A\n#### B\n- b\n###### C\n- c\n"), ("z.md", "text")])
    assert draw(tree) == ("## A\n  ### B\n    - b\n    - C\n      - c\n## Z\n  - text")


def test_a_single_note_keeps_its_text():
    vault = join_notes([("x/Notes.md", "# T\n## A\n- a\n## B\n")])
    assert vault.text == "# T\n## A\n- a\n## B"
    assert vault.place(3) == ("x/Notes.md", 3)


def test_nothing_to_read_is_refused():
    with pytest.raises(OutlineError, match="None of the files is a note"):
        join_notes([("a.png", b"\0"), ("b.md", "")])


@pytest.mark.parametrize(
    "text",
    [
        "```\nnever closed",
        "- a\n  ```sh\n  never closed",
        "<!-- never closed",
        "words <!-- never closed",
        "%%\nnever closed",
        "{/* never closed",
        ":LOGBOOK:\nnever closed",
        "<script>\nnever closed",
        "$$\nnever closed",
        "---\nnever: closed",
        "| a | b |\n|---|---|",
        "> quote",
        "- {\n  - [",
    ],
)
def test_what_a_note_never_closes_ends_with_it(text):
    other = "words\n```\ncode\n```\n-->\n%%\n*/}\n:END:\n</script>\n$$\n---\n- ]\n- }\n"
    vault, tree = joined([("a.md", text), ("b.md", other)])
    assert [each.text for each in tree.services] == ["A", "B"]
    assert "words" in [each.text for each in nodes(tree)]
    assert vault.text.count("never closed") == text.count("never closed")


lines = st.builds(
    lambda indent, scrap: indent + scrap, st.sampled_from(INDENTS), st.sampled_from(SCRAPS)
)
note = st.lists(st.one_of(lines, st.just("")), max_size=12).map("\n".join)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(note, note)
def test_any_two_notes_stay_two_topics(one, other):
    files = [("0.md", "x"), ("one.md", one), ("other.md", other), ("third.md", "the end")]
    vault, tree = joined(files)
    named = {each.line: each.text for each in tree.services}
    at = [line for line in named if vault.text.split("\n")[line - 1][:3] == "## "]
    assert len(vault.files) == 4 - len(vault.left_out)
    assert [named[line] for line in at] == [" ".join(each.split()) for each in vault.topics]
    assert tree.services[-1].children[-1].text == "the end"


def test_links_without_notes_are_told():
    vault = join_notes([("a.md", "[[Ghost]]"), ("b.md", "x")])
    assert vault.links == (Link(7, "Ghost", None),)
