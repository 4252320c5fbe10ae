"""Bytes of any kind → lines, or a refusal in a sentence."""

import codecs

import pytest

from knowledge.outline.reading import read_outline
from knowledge.outline.tree import OutlineError

from .drawing import codes, draw, read

OUTLINE = "# Città\n## Torino\n- Po\n## 北京\n- 🏯\n"
DRAWN = "## Torino\n  - Po\n## 北京\n  - 🏯"


@pytest.mark.parametrize(
    "data",
    [
        OUTLINE,
        OUTLINE.encode(),
        codecs.BOM_UTF8 + OUTLINE.encode(),
        OUTLINE.encode("utf-16"),
        codecs.BOM_UTF16_BE + OUTLINE.encode("utf-16-be"),
        OUTLINE.encode("utf-32"),
        codecs.BOM_UTF32_BE + OUTLINE.encode("utf-32-be"),
        "\ufeff" + OUTLINE,
        OUTLINE.replace("\n", "\r\n"),
        OUTLINE.replace("\n", "\r"),
        OUTLINE.replace("\n", "\r\n").encode("utf-16"),
        OUTLINE.rstrip("\n"),
    ],
)
def test_encodings_and_line_ends_give_the_same_tree(data):
    tree = read(data)
    assert tree.title == "Città"
    assert draw(tree) == DRAWN
    assert tree.problems == []
    assert tree.counts.lines == 5


def test_windows_1252_is_read_and_reported():
    tree = read("# Caffè\n## Perché\n- è “così” – 5 €\n## Più\n".encode("cp1252"))
    assert draw(tree) == "## Perché\n  - è “così” – 5 €\n## Più"
    assert codes(tree) == [(0, "encoding")]


def test_only_real_line_ends_count_as_lines():
    tree = read("# A\n## B\n- one\u2028two\x85three\x0cfour\n## C\n\n")
    assert (tree.counts.lines, tree.counts.blank) == (5, 1)
    assert draw(tree) == "## B\n  - one\u2028two\x85three four\n## C"


def test_control_characters_are_replaced_and_reported():
    tree = read("# A title that is long enough\n## B\n- tex\x08t and \x07 bell\n## C\n")
    assert "tex\ufffdt" in draw(tree)
    assert codes(tree) == [(3, "control-character")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n\n", "is empty"),
        (codecs.BOM_UTF8, "is empty"),
        (b"# A\n## B\0\n", "NUL"),
        ("# A\0", "NUL"),
        ("# A\n".encode("utf-16-le"), "NUL"),
        (bytes(range(1, 256)) * 4, "not text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(128, 256)) * 9, "not text"),
        ("# Глава\n- Слово и дело\n".encode("cp1251"), "not text"),
        (codecs.BOM_UTF16_LE + b"a", "not text"),
        ("# \ud800", "not text"),
        (b"- a\n" * 100 + b"\x01\x02\x03" * 200, "not text"),
        (b"\n" * 2_000_001 + b"- a", "too long"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(data, words):
    with pytest.raises(OutlineError, match=words) as refused:
        read_outline(data)
    assert str(refused.value).startswith("The file")
    assert str(refused.value).endswith(".")


def test_a_file_over_the_limit_is_refused():
    with pytest.raises(OutlineError, match=r"too large: it has 2\.0 MiB, and at most 1\.0 MiB"):
        read_outline(b"- a\n" * (2 << 18), max_bytes=1 << 20)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: x\n---\n",
        "<!-- nothing -->\n",
        "---\n\n***\n",
        "-\n-\n",
        "<div>\n</div>",
        "##\n",
    ],
)
def test_a_file_of_nothing_but_skipped_lines_is_refused(text):
    with pytest.raises(OutlineError, match="no heading, list, table or paragraph"):
        read_outline(text)
