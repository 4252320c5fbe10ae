"""Lines that are left out, and what is told about them."""

import pytest

from .drawing import codes, draw, read


def left_out(body):
    """What stays of `body` under a heading, and the codes of what is left out."""
    tree = read(f"## A\n{body}\n## B\n")
    drawn = [line.strip() for line in draw(tree).split("\n")[1:-1]]
    return drawn, [code for _, code in codes(tree)]


@pytest.mark.parametrize(
    ("body", "stays", "told"),
    [
        ("<!-- one -->", [], ["comment"]),
        ("<!--\n# x\n\n- y\n-->", [], ["comment"] * 4),
        ("- a <!-- b --> c", ["- a  c"], []),
        ("- a <!-- b\nc --> d", ["- a d"], []),
        ("<!-- never\n- a", ["- a"], ["unclosed-comment"]),
        ("`<!--` opens", ["- `<!--` opens"], []),
        ("%% note %%\n- a", ["- a"], ["comment"]),
        ("---\n***\n_ _ _\n=====", [], ["rule"] * 4),
        ("[TOC]\n[[_TOC_]]", [], ["toc", "toc"]),
        ("- [x](#x)\n  - [y](#y)\n- z", ["- z"], ["toc", "toc"]),
        ("- [x](#x)\n- z", ["- [x](#x)", "- z"], []),
        ("[a]: https://b\n[^1]: note", ["- [^1]: note"], ["link-definition"]),
        ("<div align=center>\n</div>\n<br/>", [], ["html"] * 3),
        ("<details>\n<summary>S</summary>\nt\n</details>", ["- S t"], ["html", "html"]),
        ("<Card\n  title='x'\n/>\ntext", ["- text"], ["html"] * 3),
        ("<style>\nb { x: y }\n</style>", [], ["html"] * 3),
        ("<td>a</td><td>b</td>", ["- a b"], []),
        ("-\n-  \n- [ ]", [], ["empty-item"] * 3),
        ("###", [], ["empty-item"]),
        ("```\n```", [], ["empty-item"] * 2),
        (">\n>", [], ["empty-item"] * 2),
        ("\u200b", [], ["invisible"]),
        ("- a\n  id:: 12\n- key-word:: b", ["- a", "- key-word:: b"], ["property"]),
        ("- a\n  :LOGBOOK:\n  CLOCK: x\n  :END:", ["- a"], ["property"] * 3),
        ("![a](data:image/png;base64,iVBORw0KGgo=)", [], ["image-data"]),
        ("- ![a](data:image/png;base64,iVBORw0KGgo=)", ["- a"], ["image-data"]),
        ("- ![](data:image/png;base64,iVBORw0KGgo=)", [], ["image-data"]),
        ("- x ![a](data:image/png;base64,iVB=) y", ["- x a y"], ["image-data"]),
        ('x <img src="data:image/png;base64,iVB=" alt="a"> y', ["- x a y"], ["image-data"]),
        ("[i]: <data:image/png;base64,iVB=>", [], ["image-data"]),
        ("QUJD" * 100, [], ["image-data"]),
        (":::note\ntext\n:::", ["- text"], ["directive"] * 2),
        ("import A from 'b'", [], ["import"]),
        ("export default function x() {\n  y\n}", [], ["import"] * 3),
        ("import and export of goods", ["- import and export of goods"], []),
        ("{/* a\nb */}", [], ["comment"] * 2),
    ],
)
def test_what_is_left_out(body, stays, told):
    assert left_out(body) == (stays, told)


def test_front_matter_is_read_as_settings():
    tree = read("---\ntitle: T\ntags:\n  - a\n  - b\nlang: it\n---\n## A\n## B\n")
    assert tree.metadata == {"title": "T", "tags": "a, b", "lang": "it"}
    assert tree.language == "it"
    assert codes(tree) == [(line, "front-matter") for line in range(1, 8)]


def test_a_divider_at_the_top_is_no_front_matter():
    tree = read("---\nJust some words\n---\n## A\n## B\n")
    assert "Just some words" in draw(tree)


def test_the_heading_of_a_table_of_contents_goes_with_it():
    tree = read("# T\n## Contents\n\n- [A](#a)\n- [B](#b)\n\n## A\n## B\n")
    assert draw(tree) == "## A\n## B"
    assert codes(tree) == [(2, "toc"), (4, "toc"), (5, "toc")]


def test_what_hangs_under_an_empty_item_goes_one_level_up():
    tree = read("## A\n- a\n-\n  - b\n- c\n## B\n")
    assert draw(tree) == "## A\n  - a\n  - b\n  - c\n## B"
    assert codes(tree) == [(3, "empty-item")]


def test_words_on_the_line_after_a_marker_belong_to_it():
    assert draw(read("## A\n-\n  words\n## B\n")) == "## A\n  - words\n## B"


def test_every_message_is_a_short_sentence():
    tree = read("---\na: b\n---\n## A\n-\n<!-- c -->\n---\n## A\n")
    for problem in tree.problems:
        assert problem.message.endswith(".")
        assert len(problem.message) < 160
