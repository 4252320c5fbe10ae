"""An outline written anew reads as the same outline."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from knowledge.outline.reading import read_outline
from knowledge.outline.tree import Tree
from knowledge.outline.writing import as_outline

OUTLINES = sorted((Path(__file__).parents[2] / "outlines").glob("*.md"))


def statements(tree: Tree) -> list[tuple[str, str, str]]:
    """(kind, words, words of what it stands under) of every node."""
    found: list[tuple[str, str, str]] = []
    for service in tree.services:
        stack = [("", service)]
        while stack:
            above, node = stack.pop()
            words = " ".join(node.text.split()).removeprefix("\\")
            found.append((node.kind, words, above))
            stack.extend((words, child) for child in reversed(node.children))
    return found


@pytest.mark.parametrize("file", OUTLINES, ids=lambda file: file.stem)
def test_it_says_the_same(file: Path) -> None:
    tree = read_outline(file.read_bytes(), file_name=file.name)
    again = read_outline(as_outline(tree), file_name=file.name)
    assert again.title == tree.title
    assert Counter(statements(again)) == Counter(statements(tree))


def test_it_says_the_same_of_the_users_notes(users_notes: Path) -> None:
    tree = read_outline(users_notes.read_bytes())
    assert statements(read_outline(as_outline(tree))) == statements(tree)


def test_words_that_look_like_marks_stay_words() -> None:
    tree = read_outline(
        "# T\n## A\n- \\# not a heading\n- \\- not a list\n- 1\\. no number\n## B\n- b\n"
    )
    again = read_outline(as_outline(tree))
    assert Counter(statements(again)) == Counter(statements(tree))


def test_tags_come_along() -> None:
    tree = read_outline("# T\n## A\n- a #exam\n## B\n- b\n")
    assert "- a #exam" in as_outline(tree)
