"""Lines → blocks: lists, wrapped text, code, tables, quotes and the like."""

import pytest

from .drawing import codes, draw, node_of, nodes, read


def facts(body):
    """What `body` gives under a heading, drawn without the headings around it."""
    tree = read(f"## A\n{body}\n## B\n")
    return "\n".join(line[2:] for line in draw(tree).split("\n")[1:-1])


@pytest.mark.parametrize("step", ["  ", "   ", "    ", "\t"])
@pytest.mark.parametrize("mark", ["-", "*", "+", "1.", "2)", "•"])
def test_steps_and_markers(step, mark):
    body = f"{mark} a\n{step}{mark} b\n{step * 2}{mark} c\n{step}{mark} d\n{mark} e"
    tree = read(f"## A\n{body}\n## B\n")
    assert draw(tree) == "## A\n  - a\n    - b\n      - c\n    - d\n  - e\n## B"
    assert tree.problems == []


def test_mixed_steps_and_markers():
    body = "- a\n\t* b\n\t\t1. c\n- d\n  + e\n     1) f\n  - g"
    assert facts(body) == "- a\n  - b\n    - c\n- d\n  - e\n    - f\n  - g"


def test_one_space_is_a_step_where_the_file_uses_it_so():
    tree = read("## A\n- a\n - b\n  - c\n - d\n## B\n- e\n - f\n")
    assert draw(tree) == "## A\n  - a\n    - b\n      - c\n    - d\n## B\n  - e\n    - f"
    assert tree.problems == []


def test_one_space_off_is_the_same_level_elsewhere():
    tree = read("## A\n- a\n  - b\n- c\n - d\n  - e\n- f\n  - g\n## B\n")
    assert draw(tree) == "## A\n  - a\n    - b\n  - c\n  - d\n    - e\n  - f\n    - g\n## B"
    assert codes(tree) == [(5, "indent-odd")]


def test_bullets_under_headings_may_all_be_indented():
    tree = read("# T\n## A\n  - a\n    - b\n## B\n  - c\n### F\n  - d\n")
    assert draw(tree) == "## A\n  - a\n    - b\n## B\n  - c\n  ### F\n    - d"
    assert tree.problems == []


def test_a_jump_nests_one_level_and_is_reported():
    tree = read("## A\n- a\n  - b\n      - c\n    - d\n  - e\n    - f\n## B\n- g\n  - h\n")
    assert draw(tree).startswith("## A\n  - a\n    - b\n      - c\n      - d\n    - e\n      - f\n")
    assert codes(tree) == [(4, "indent-jump")]


def test_a_dedent_to_a_new_column_goes_to_the_nearest():
    assert facts("- a\n    - b\n  - c\n- d") == "- a\n  - b\n  - c\n- d"


def test_deep_nesting_is_flattened_and_reported_once():
    body = "\n".join("  " * depth + f"- n{depth}" for depth in range(80))
    tree = read(f"## A\n{body}\n## B\n")
    assert codes(tree) == [(66, "too-deep")]
    assert max(line.index("-") for line in draw(tree).split("\n") if "- n" in line) == 2 * 64
    assert "n79" in draw(tree)


def test_numbered_items_keep_their_number():
    tree = read("## A\n3. c\n4) d\n- e\n## B\n")
    assert [(node.form, node.ordinal) for node in nodes(tree)[1:4]] == [
        ("numbered", 3),
        ("numbered", 4),
        ("bullet", None),
    ]


def test_wrapped_lines_are_joined_by_one_space():
    tree = read("## A\n- one\n  two\nthree\n- four\n\nfive\n six\n## B\n")
    assert draw(tree) == "## A\n  - one two three\n  - four\n  - five six\n## B"
    assert node_of(tree, "one").more == (3, 4)


def test_a_number_at_the_start_of_a_wrapped_line_is_no_item():
    assert facts("It began in\n1986. Nobody knew.") == "- It began in 1986. Nobody knew."
    assert facts("- It began in\n  1986. Nobody knew.") == "- It began in 1986. Nobody knew."
    assert facts("Text\n1. one\n2. two") == "- Text\n- one\n- two"


def test_a_paragraph_in_an_item_is_its_child():
    assert facts("- a\n\n  more on a\n  still\n- b\n\nafter") == (
        "- a\n  - more on a still\n- b\n- after"
    )


def test_fenced_code_is_one_fact():
    tree = read("## A\n```sh\n# no heading\n\n- no bullet\n```\n## B\n")
    code = node_of(tree, "no heading")
    assert code.text == "# no heading\n\n- no bullet"
    assert (code.form, code.line, code.more) == ("code", 2, (3, 5, 6))


def test_fenced_code_belongs_to_its_bullet():
    assert facts("- a\n  - b\n    ~~~\n    x\n      y\n    ~~~\n  - c") == (
        "- a\n  - b\n    - x⏎  y\n  - c"
    )
    assert facts("- a\n```\nx\n```\n- b") == "- a\n  - x\n- b"
    assert facts("- a\n\n```\nx\n```\n- b") == "- a\n- x\n- b"
    assert facts("- ```\n  x\n  ```\n  - b") == "- x\n  - b"


def test_a_longer_fence_holds_a_shorter_one():
    assert facts("````\n```\nx\n```\n````") == "- ```⏎x⏎```"


def test_an_unclosed_fence_ends_with_its_section():
    tree = read("## A\n- a\n  ```\n  x\n# y\n- b\n## B\n- c\n")
    assert draw(tree) == "## A\n  - a\n    - x⏎# y\n  - b\n## B\n  - c"
    assert codes(tree) == [(3, "unclosed-fence")]
    tree = read("## A\n```\nx\n\n## B\n```py\ny\n```\n## C\n")
    assert draw(tree) == "## A\n  - x\n## B\n  - y\n## C"
    assert codes(tree) == [(2, "unclosed-fence")]


def test_indented_code():
    assert facts("text\n\n    x = 1\n    # y\n\n      z\n\ntext") == (
        "- text\n- x = 1⏎# y⏎⏎  z\n- text"
    )
    assert facts("- a\n\n      code\n- b") == "- a\n  - code\n- b"


def test_rows_of_a_table_are_facts():
    tree = read("## A\n| Name | Port |\n|:--|--:|\n| SSH | 22 |\n| `a \\| b` | |\n## B\n")
    assert draw(tree) == "## A\n  - SSH — Port: 22\n  - `a | b`\n## B"
    assert node_of(tree, "SSH").more == (2, 3)
    assert node_of(tree, "SSH").form == "row"


def test_tables_of_other_shapes():
    assert facts("a | b\n--- | ---\n1 | 2") == "- 1 — b: 2"
    assert facts("| a | b |\n|---|---|") == "- a; b"
    assert facts("| a | b |\n| c | d |") == "- a — b\n- c — d"
    assert facts("| | b |\n|---|---|\n| | 2 |\n| 1 | 2 | 3 |") == "- b: 2\n- 1 — b: 2; 3"
    assert facts("- x\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n- y") == "- x\n  - 1 — b: 2\n- y"
    assert facts("+---+\n| a | b |\n+===+\n| c | d |\n+---+") == "- a — b\n- c — d"


def test_quotes():
    tree = read("## A\n> one\n> - two\n>\n> > three\nlazy\n\n- a\n  > in a\n## B\n")
    assert draw(tree) == "## A\n  - one\n  - two\n  - three lazy\n  - a\n    - in a\n## B"
    assert node_of(tree, "one").form == "quote"


def test_definitions():
    tree = read("## A\n**T**: d\n**U:** e\nV :: f\n\nW\n: g\n- **X**: h\n## B\n")
    assert [node.text for node in nodes(tree) if node.form == "definition"] == [
        "**T**: d",
        "**U:** e",
        "V :: f",
        "W: g",
        "**X**: h",
    ]
    assert facts("W\n: g") == "- W: g"


def test_setext_headings():
    tree = read("T\n===\n\nA\n---\n- x\n\nB\n---\n")
    assert (tree.title, tree.title_more) == ("T", (2,))
    assert draw(tree) == "## A\n  - x\n## B"


def test_a_line_under_a_longer_paragraph_is_a_divider():
    tree = read("## A\none\ntwo\n---\nthree\n## B\n")
    assert draw(tree) == "## A\n  - one two\n  - three\n## B"
    assert codes(tree) == [(4, "rule")]


def test_closing_marks_of_headings_are_taken_off():
    assert draw(read("## A ##\n##\tC#\n")) == "## A\n## C#"


def test_a_heading_without_its_space_is_repaired():
    tree = read("# T\n##A\n- x\n##B\n")
    assert draw(tree) == "## A\n  - x\n## B"
    assert codes(tree) == [(2, "heading-space"), (4, "heading-space")]


def test_tags_at_the_end_are_taken_off():
    tree = read(
        "## A #top\n- a #x #y-1/z\n- C#\n- #alone\n- issue #12\n- `code #no`\n- b ^a1b2c3\n## B\n"
    )
    assert draw(tree) == (
        "## A\n  - a\n  - C#\n  - #alone\n  - issue #12\n  - `code #no`\n  - b\n## B"
    )
    assert (tree.services[0].tags, node_of(tree, "a").tags if False else nodes(tree)[1].tags) == (
        ("top",),
        ("x", "y-1/z"),
    )


def test_task_boxes_are_taken_off():
    assert facts("- [ ] a\n- [x] b\n- [X] c\n- [y](z)") == "- a\n- b\n- c\n- [y](z)"


def test_marks_that_look_like_bullets_stay_words():
    assert facts("- *\n- -1\n- --flag\n- - x\n*emphasis* here\n") == (
        "- *\n- -1\n- --flag\n- - x *emphasis* here"
    )


def test_formulas_stay_whole():
    assert facts("Then\n\n$$\nx\n- y\n$$\n\nend") == "- Then\n- $$ x - y $$\n- end"
    assert facts("So\n$$\n- y\n$$\nholds") == "- So $$ - y $$ holds"
    assert facts("\\begin{align}\n- y\n\\end{align}") == "- \\begin{align} - y \\end{align}"
    assert facts("$$ 1 + 1\n\n- y") == "- $$ 1 + 1\n- y"


def test_headings_of_bullets_lose_their_marks():
    assert facts("- ## a\n  - b") == "- a\n  - b"


def test_other_scripts():
    assert facts("1、甲\n2、乙\n・丙") == "- 甲\n- 乙\n- 丙"
    assert facts("- Perché è così\n  - 🔒 sicuro") == "- Perché è così\n  - 🔒 sicuro"


def test_links_and_images_stay_as_written():
    text = "- [a](b) ![c](d.png) [[e|f]] <https://g.example>"
    assert facts(text) == text
