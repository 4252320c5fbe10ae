"""What holds for every input: an account of all lines, words kept, trees that survive writing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.outline.marks import ITEM
from knowledge.outline.reading import read_outline
from knowledge.outline.tree import Node, OutlineError, Tree

from .drawing import check_account, codes, draw, nodes

ROOT = Path(__file__).resolve().parents[3]
USERS_FILE = ROOT.parent / "shared" / "outlines" / "aws-security-specialty.md"

SCRAPS = [
    "# T", "## A", "## B", "### F", "#### G", "##X", "#", "###", "####### no", "## a-b",
    "## --f x", "# Host: x", "# a comment", "- ## h", "- a", "- b", "* c", "+ d", "1. e", "2) f",
    "7、g", "1986. h", "-", "*", "- *", "- - x", "- [ ] t", "- [x]", "-\tx", "• y", "– z", "text",
    "more text.", "Ends:", "**B**", "**T**: d", "T :: d", ": d", "k:: v", "id:: 1", "- id:: 1",
    "- k:: v", "---", "***", "===", "=", "--", "_ _ _", "```", "```sh", "````", "~~~", "- ```",
    "`x", "> q", ">", "> > - x", "| a | b |", "|---|---|", "a | b", "--- | ---", "|", "||",
    "+--+", "<!-- c -->", "<!--", "-->", "x <!-- y", "z --> w", "<div>", "<Card", "/>", "<style>",
    "</style>", "<h2>H</h2>", "<p>p</p>", "<summary>s</summary>", "<https://x>", "[TOC]",
    "[a](#a)", "- [a](#a)", "[r]: http://x", "[^1]: n", "![](data:image/png;base64,AAAA)",
    "- ![a](data:image/png;base64,AAAA)", "![a](b.png)", "$$", "$$ x $$", "\\[", "\\]",
    "\\begin{a}", "\\end{a}", "import a from 'b'", "export const a = {", "}", "{/*", "*/}", "%%",
    "%% c %%", ":::note", ":::tip T", ":::", ":LOGBOOK:", ":END:", "+++", "...", "title: x",
    '- "a": {', "- },", "- {", "- ]", '- x: "y', '- z"', "a #t", "- a #t #u", "- #t", "- a ^abc",
    "\ufeff", "\u200b", "\x0c", "\x07", "\u2028", "北京", "- è 🏯", "é\x85e", "## Contents",
    "## a\tb",
]  # fmt: skip
INDENTS = ["", "", "", " ", "  ", "   ", "    ", "      ", "\t", "\t\t", " \t", "\u3000", "\u00a0"]

scrap = st.one_of(st.sampled_from(SCRAPS), st.text(max_size=12))
line = st.builds(lambda indent, text: indent + text, st.sampled_from(INDENTS), scrap)
outline_text = st.builds(
    lambda lines, end, last: end.join(lines) + (end if last else ""),
    st.lists(st.one_of(line, line, line, st.just("")), max_size=40),
    st.sampled_from(["\n", "\n", "\r\n", "\r"]),
    st.booleans(),
)


def check(tree: Tree, text: str) -> None:
    """The account of lines, and every node within the file."""
    check_account(tree)
    physical = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = physical.removesuffix("\n").split("\n")
    assert tree.counts.lines == len(lines)
    assert tree.counts.blank == sum(1 for each in lines if not each.strip())
    for problem in tree.problems:
        assert 0 <= problem.line <= len(lines)
    for node in nodes(tree):
        assert node.text.strip()
        assert 1 <= node.line <= len(lines)
        assert all(1 <= more <= len(lines) for more in node.more)


@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(outline_text)
def test_every_line_of_any_text_is_accounted_for(text):
    try:
        tree = read_outline(text)
    except OutlineError:
        return
    check(tree, text)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    try:
        check_account(read_outline(data))
    except OutlineError as refusal:
        sentence = str(refusal)
    else:
        sentence = "."
    assert sentence.endswith(".")


PLAIN = [
    "- a1 b",
    "  - c2 d",
    "    - e3",
    "* f4 g",
    "1. h5",
    "## S6 t",
    "### U7",
    "words v8",
    "",
    "",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PLAIN), min_size=1, max_size=40))
def test_the_words_of_every_bullet_are_in_some_node(lines):
    try:
        tree = read_outline("\n".join(lines))
    except OutlineError:
        return
    texts = " ".join(node.text for node in nodes(tree)) + " ".join(tree.titles)
    for each in lines:
        item = ITEM.match(each)
        assert (each[item.end() :] if item else each.lstrip("# ")) in texts


word = st.text("abcdefghijklmnopqrstuvwxyzàéßжо中", min_size=1, max_size=8)
name = st.lists(word, min_size=1, max_size=4).map(" ".join)


def facts(depth: int) -> st.SearchStrategy[list[Node]]:
    """Lists of facts, nested at most `depth` deep."""
    children = facts(depth - 1) if depth else st.just([])
    fact = st.builds(lambda text, below: Node("fact", text, 0, children=below), name, children)
    return st.lists(fact, max_size=3)


feature = st.builds(
    lambda text, below: Node("feature", text, 0, "heading", children=below), name, facts(3)
)
service = st.builds(
    lambda text, direct, below: Node("service", text, 0, "heading", children=direct + below),
    name,
    facts(2),
    st.lists(feature, max_size=3, unique_by=lambda node: node.text.casefold()),
)
services = st.lists(service, min_size=2, max_size=4, unique_by=lambda node: node.text.casefold())


def write(node: Node, step: str, mark: str, depth: int = 0) -> list[str]:
    """The lines of a node and all beneath it."""
    heads = {"service": "## ", "feature": "### "}
    head = heads.get(node.kind) or step * depth + mark + " "
    lines = [head + node.text]
    for child in node.children:
        lines += write(child, step, mark, depth + 1 if node.kind == "fact" else 0)
    return lines


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(services, st.sampled_from(["  ", "   ", "    ", "\t"]), st.sampled_from("-*+"))
def test_a_clean_tree_survives_writing_and_reading(tree_services, step, mark):
    lines = ["# Title", *(each for node in tree_services for each in write(node, step, mark))]
    tree = read_outline("\n".join(lines))
    drawn = "\n".join(draw(Tree("", [node], tree.counts, [])) for node in tree_services)
    assert draw(tree) == drawn
    assert codes(tree) == []


def real_files() -> list[Path]:
    """Markdown that is at hand in the checkout."""
    found = [ROOT / "README.md", ROOT / "CHANGELOG.md"]
    for folder in ("docs", "tests/outlines", "knowledge/packs"):
        found += sorted((ROOT / folder).rglob("*.md*"))
    return [path for path in found if path.is_file() and path.stat().st_size]


@pytest.mark.parametrize("path", real_files(), ids=lambda path: path.name)
def test_every_line_of_real_files_is_accounted_for(path):
    data = path.read_bytes()
    check(read_outline(data, file_name=path.name), data.decode())


@pytest.mark.skipif(not USERS_FILE.exists(), reason="the user's file is not beside the checkout")
def test_the_users_file():
    tree = read_outline(USERS_FILE.read_bytes(), file_name=USERS_FILE.name)
    check(tree, USERS_FILE.read_text())
    counts = tree.counts
    assert (counts.lines, counts.titles, counts.services, counts.features) == (3134, 1, 70, 317)
    assert (counts.facts, counts.continuations, counts.skipped) == (2739, 7, 0)
    assert codes(tree) == [
        (921, "torn-code"),
        *((at, "heading-in-example") for at in (2907, 2908, 3084, 3085, 3086)),
    ]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "knowledge" / "packs").rglob("outline.md")), ids=lambda p: p.parent.name
)
def test_a_bundled_pack_has_no_problem(path):
    assert codes(read_outline(path.read_bytes())) == []
