"""Ways in which other people write outlines, and what they mean by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.outline.reading import read_outline

from .drawing import check_account, codes, draw, read

OUTLINES = Path(__file__).resolve().parents[2] / "outlines"


def under_a(body: str) -> str:
    """The tree of `body` below a heading, without the headings around it."""
    drawn = draw(read(f"## A\n{body}\n## B\n")).split("\n")
    assert (drawn[0], drawn[-1]) == ("## A", "## B")
    return "\n".join(line[2:] for line in drawn[1:-1])


@pytest.mark.parametrize(
    ("body", "drawn"),
    [
        # nested quotes and callouts
        ("> [!tip] T\n> a\n> > [!example] E\n> > b", "- T\n  - a\n  - E\n    - b"),
        ("> a\n>> b", "- a\n- b"),
        # underlines as reStructuredText has them
        ("1.1 Words\n~~~~~~~~~\n- x\n\n1.2 More\n~~~~~~~~\n- y",
         "### 1.1 Words\n  - x\n### 1.2 More\n  - y"),
        ("Deep\n^^^^\ntext", "### Deep\n  - text"),
        ("~~~\ncode\n~~~", "- code"),
        # signs without a space, digits of other scripts
        ("・甲\n　・乙\n・丙", "- 甲\n  - 乙\n- 丙"),
        ("•a\n•b", "- a\n- b"),
        ("●●○ of three", "- ●●○ of three"),
        ("١. أ\n٢. ب", "- أ\n- ب"),
        ("१. क\n२. ख", "- क\n- ख"),
        # lines that stand for headings above lists
        ("【明治】\n- a\n【大正】\n- b", "- 【明治】\n  - a\n- 【大正】\n  - b"),
        # cards
        ("Q: Why?\nA: So.\n\nQ: When?\nA: Then.", "- Q: Why? A: So.\n- Q: When? A: Then."),
        ("F :: loop\nS ::: tubule\nWhat?::That\nplain",
         "- F :: loop\n- S ::: tubule\n- What?::That\n- plain"),
        ("What?\n?\nThat", "- What? That"),
        ("use std::vector\nand std::map", "- use std::vector and std::map"),
        # definitions with several meanings
        ("Term\n: one\n: two\n: three", "- Term: one; two; three"),
        # deeper by more dashes
        ("- a\n-- b\n--- c\n-- d\n- e", "- a\n  - b\n    - c\n  - d\n- e"),
        ("> words\n\n-- Someone", "- words\n- -- Someone"),
        # labels: one of its kind where the file uses it else, numbers by program
        ("1. a\n   a. x\n   b. y\n2. b\n   a. z", "- a\n  - x\n  - y\n- b\n  - z"),
        ("#. a\n#. b", "- a\n- b"),
        # years stay words, also after the end of a sentence
        ("It fell.\n1453. Next.", "- It fell.\n- 1453. Next."),
        ("It fell in\n1453. Next", "- It fell in 1453. Next"),
        # formulas keep their line breaks
        ("\\begin{align}\na \\\\\nb\n\\end{align}", "- \\begin{align} a \\\\ b \\end{align}"),
        ("one\\\ntwo", "- one two"),
    ],
)  # fmt: skip
def test_what_is_meant(body: str, drawn: str) -> None:
    assert under_a(body) == drawn


def test_a_numbered_line_over_dashes_of_its_length_is_a_heading() -> None:
    tree = read("1. Intro\n--------\ntext\n\n2. Main part\n------------\n- x\n")
    assert draw(tree) == "## 1. Intro\n  - text\n## 2. Main part\n  - x"


def test_a_rule_below_a_numbered_item_stays_a_rule() -> None:
    tree = read("## A\n1. one\n\n---\n\n## B\n")
    assert codes(tree) == [(4, "rule")]


def test_indents_alone_make_an_outline() -> None:
    tree = read("My notes\n\nTopic A\n\tSub\n\t\tfact 1\n\t\tfact 2\nTopic B\n\tfact 3\n")
    assert tree.title == "My notes"
    assert draw(tree) == "## Topic A\n  ### Sub\n    - fact 1\n    - fact 2\n## Topic B\n  - fact 3"


@pytest.mark.parametrize(
    "text",
    [
        "Run it:\n\n    go build\n    go test\n\nThen again:\n\n    go vet\n",
        "Knuth, D. E. The Art of Computer Programming, volume one, third edition,\n"
        "    Addison-Wesley 1997\n"
        "Cormen, T. H. and others, Introduction to Algorithms, the second edition of\n"
        "    MIT Press 2001\n",
        "if x {\n    y();\n    z();\n}\nelse {\n    w();\n}\n",
    ],
)
def test_other_indents_make_none(text: str) -> None:
    assert all(node.form != "bullet" for node in read(text).services[0].children)


def test_facts_before_and_below_the_title_share_one_topic() -> None:
    assert (
        draw(read("Up: x\n\n# T\nwords\n## A\n## B\n"))
        == "(##) T\n  - Up: x\n  - words\n## A\n## B"
    )


def test_an_empty_first_topic_names_the_outline() -> None:
    tree = read("# Git\n\n# Branches\n- x\n\n# Merges\n- y\n", file_name="notes.md")
    assert tree.title == "Git"
    assert [service.text for service in tree.services] == ["Git", "Branches", "Merges"]


def test_settings_below_a_heading_are_its_own() -> None:
    tree = read("# T\n#exam #cloud\n## A\nalias:: Ay, [[Alpha]]\ntags:: x\n- a\n## B\n#y #z\n- b\n")
    assert tree.metadata["tags"] == "exam, cloud"
    assert [(s.text, s.aliases, s.tags) for s in tree.services] == [
        ("A", ("Ay", "Alpha"), ("x",)), ("B", (), ("y", "z")),
    ]  # fmt: skip


def test_a_file_may_name_the_level_of_its_topics() -> None:
    text = "# A\n## B\n- x\n## C\n# D\n## E\n"
    assert draw(read(text)) == "## A\n  ### B\n    - x\n  ### C\n## D\n  ### E"
    assert draw(read(f"---\ntopic-level: 2\n---\n{text}")) == "## B\n  - x\n## C\n## E"
    assert draw(read(f"---\ntopic-level: 5\n---\n{text}")) == draw(read(text))


TOPICS = {
    "git-cheat-sheet.md": ("Git Cheat Sheet", 5, "Set up, Configuration, Branches, Undo, License"),
    "obsidian-cardiology.md": ("Cardiology", 4, "Heart failure, Arrhythmia, Murmurs, Flashcards"),
    "logseq-journal.md": ("Logseq journal", 3, "Morning, Lecture: indexes, Evening"),
    "notion-export.md": (
        "Notion export", 4, "Microeconomics, Supply and demand, Elasticity, Market failure",
    ),
    "org-notes.md": ("Compilers", 3, "Lexing, Parsing, Code generation"),
    "vorlesung-betriebssysteme.md": (
        "Betriebssysteme – Mitschrift WS 23/24", 3, "1 Prozesse, 2 Speicher, 3 Dateisysteme",
    ),
    "appunti-diritto.md": (
        "Diritto privato", 3, "I. Le fonti, II. I soggetti, III. Le obbligazioni",
    ),
    "操作系统笔记.md": ("操作系统", 3, "第一章　概述, 第二章　进程, 第三章　存储"),
    "日本史ノート.md": ("日本史", 4, "古代, 中世, 近世, 近代"),
    "ملاحظات-الشبكات.md": ("شبكات الحاسوب", 3, "الطبقات, العناوين, الأمان"),
    "cka-notes.md": (
        "CKA exam notes", 5, "CKA exam notes, Tips, 1. Cluster Architecture (25%), "
        "2. Workloads (15%), 3. Troubleshooting (30%)",
    ),
    "flashcards-pharma.md": ("Flashcards pharma", 2, "Diuretics, Antibiotics"),
    "contract-law-outline.md": (
        "Contracts Outline", 3, "I. FORMATION, II. CONSIDERATION, III. DEFENSES",
    ),
    "roman-history-timeline.md": ("Rome", 2, "Republic, Empire"),
    "textbook-setext.md": ("Linear Algebra", 3, "Vectors, Matrices, Eigenvalues"),
    "project-plan.md": ("Photosynthesis", 3, "Light reactions, Calvin cycle, C4 plants"),
    "title-and-bullets.md": (
        "Espresso", 4, "**Grind**, **Dose**, **Water**, Crema is not a sign of quality",
    ),
    "prose-essay.md": ("Prose essay", 0, ""),
    "port-table.md": ("Port table", 0, ""),
    "anki-like-mdx-lesson.mdx": (
        "Lesson 3 – State", 3, "Why state?, Rules of hooks, Lifting state up",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TOPICS)
def test_topics_of_outlines_as_people_write_them(name: str) -> None:
    tree = read_outline((OUTLINES / name).read_bytes(), file_name=name)
    check_account(tree)
    named = [s.text for at, s in enumerate(tree.services) if at not in tree.implied]
    assert (tree.title, tree.counts.services, ", ".join(named)) == TOPICS[name]
