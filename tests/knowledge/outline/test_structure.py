"""Which headings and bullets become titles, services, features and facts."""

import pytest

from .drawing import codes, draw, node_of, read


def drawn(text, **options):
    return draw(read(text, **options))


def test_the_users_dialect():
    tree = read("# T\n## A\n### F\n- x\n  - y\n    - z\n## B\n- w\n")
    assert tree.title == "T"
    assert tree.title_line == 1
    assert draw(tree) == "## A\n  ### F\n    - x\n      - y\n        - z\n## B\n  - w"
    assert tree.problems == []


def test_services_are_the_shallowest_level_with_two_headings():
    assert drawn("# T\n### A\n- x\n#### F\n- y\n### B\n") == "## A\n  - x\n  ### F\n    - y\n## B"
    assert drawn("# A\n## F\n# B\n") == "## A\n  ### F\n## B"


def test_skipped_levels_are_relative_to_the_service():
    assert drawn("## A\n#### F\n- x\n### G\n##### H\n## B\n") == (
        "## A\n  ### F\n    - x\n  ### G\n    - H\n## B"
    )


def test_headings_below_features_are_facts_that_hold_what_follows():
    tree = read("## A\n### F\n#### H\n- x\n##### I\ntext\n#### J\n## B\n")
    assert (
        draw(tree) == "## A\n  ### F\n    - H\n      - x\n      - I\n        - text\n    - J\n## B"
    )
    assert node_of(tree, "H").form == "heading"


def test_several_titles_count_each():
    tree = read("# T\n## U\n### A\n- x\n### B\n")
    assert tree.title == "T"
    assert tree.counts.titles == 2
    assert draw(tree) == "## A\n  - x\n## B"


def test_facts_before_the_first_topic_belong_to_an_implied_service():
    tree = read("# T\nAbout this.\n- x\n## A\n## B\n")
    assert draw(tree) == "(##) T\n  - About this.\n  - x\n## A\n## B"
    assert tree.services[0].line == 1
    assert tree.counts.services == 2


def test_an_implied_service_without_a_title_starts_at_its_first_fact():
    tree = read("\n- x\n## A\n## B\n", file_name="my-notes.md")
    assert draw(tree) == "(##) My notes\n  - x\n## A\n## B"
    assert tree.services[0].line == 2


def test_a_topic_named_like_the_title_takes_the_facts_before_it_in():
    assert drawn("# A\nintro\n## B\n## A\n- x\n") == "## A\n  - intro\n  - x\n## B"
    assert drawn("intro\n# A\n# B\n", title="B") == "## A\n## B\n  - intro"


def test_one_heading_is_the_service_and_names_the_outline():
    tree = read("# Notes\n- x\n- y\n")
    assert tree.title == "Notes"
    assert draw(tree) == "## Notes\n  - x\n  - y"
    assert (tree.counts.titles, tree.counts.services) == (0, 1)


def test_of_a_chain_of_headings_the_deepest_is_the_service():
    tree = read("# T\n## A\n- x\n")
    assert tree.title == "T"
    assert draw(tree) == "## A\n  - x"


def test_bullets_with_children_are_services_under_a_lone_heading():
    tree = read("# T\n- A\n  - x\n  - F\n    - y\n- B\n  - z\n")
    assert tree.title == "T"
    assert draw(tree) == "## A\n  - x\n  ### F\n    - y\n## B\n  - z"


def test_bullets_are_services_without_any_heading():
    assert drawn("- A\n- B\n  - x\n") == "## A\n## B\n  - x"
    assert drawn("1. A\n2. B\n") == "## A\n## B"


def test_prose_alone_has_one_implied_service():
    tree = read("One thing.\n\nAnother\nthing.\n", file_name="a/Lecture 4.txt")
    assert draw(tree) == "(##) Lecture 4\n  - One thing.\n  - Another thing."
    assert tree.counts.services == 0


def test_lines_in_bold_stand_for_headings_above_their_lists():
    assert drawn("**A**\n- x\n\n**B**\n\n- y\n  - z\n") == "## A\n  - x\n## B\n  - y\n    - z"
    assert drawn("## S\n**A**\n- x\n**B**\n- y\n\ntext\n## T\n") == (
        "## S\n  - **A**\n    - x\n  - **B**\n    - y\n  - text\n## T"
    )


def test_a_paragraph_that_ends_in_a_colon_introduces_its_list():
    assert drawn("## A\nPorts:\n\n- 80\n- 443\n\nMore.\n- x\n## B\n") == (
        "## A\n  - Ports:\n    - 80\n    - 443\n  - More.\n  - x\n## B"
    )


def test_the_same_service_twice_is_merged():
    tree = read("# T\n## Log\n- x\n## B\n##  log \n- y\n")
    assert draw(tree) == "## Log\n  - x\n  - y\n## B"
    assert tree.services[0].more == (5,)
    assert codes(tree) == [(5, "duplicate-heading")]


def test_the_same_feature_twice_in_a_service_is_merged():
    tree = read("## A\n### F\n- x\n### G\n### F\n- y\n## B\n### F\n")
    assert draw(tree) == "## A\n  ### F\n    - x\n    - y\n  ### G\n## B\n  ### F"
    assert codes(tree) == [(5, "duplicate-heading")]


@pytest.mark.parametrize(
    ("text", "options", "title"),
    [
        ("# T\n## A\n## B\n", {"title": "Mine", "file_name": "f.md"}, "Mine"),
        ("---\ntitle: Front\n---\n# T\n## A\n## B\n", {}, "T"),
        ("---\ntitle: 'Front'\n---\n## A\n## B\n", {"file_name": "f.md"}, "Front"),
        ("## A\n## B\n", {"file_name": "C:\\x\\my_own-notes.v2.md"}, "My own notes v2"),
        ("## A\n## B\n", {"file_name": "dir/.md"}, "Md"),
        ("## A\n## B\n", {}, "Untitled outline"),
        ("title:: Page\n\n- a\n", {}, "Page"),
    ],
)
def test_where_the_title_comes_from(text, options, title):
    assert read(text, **options).title == title


def test_a_heading_that_is_a_sentence_states_a_fact():
    tree = read("## Athena\n### Serverless SQL query service for data in S3\n### Cost\n## B\n")
    assert [feature.states for feature in tree.services[0].children] == [True, False]


def test_a_title_after_the_topics_starts_anew():
    assert drawn("## A\n- x\n# Annex\n- y\n## B\n") == "## A\n  - x\n(##) Annex\n  - y\n## B"
