"""Hubs, bridges, communities."""

from __future__ import annotations

from knowledge.graph.structure import Structure, find_structure, link_graph
from tests.knowledge.graph.making import make_topics

BARBELL = "# T\n" + "".join(
    f"## {name}\n- {' and '.join(others)}\n"
    for name, others in {
        "Anna": ["Bert", "Carl"], "Bert": ["Anna", "Carl"], "Carl": ["Anna", "Middle"],
        "Middle": ["Carl", "Dora"], "Dora": ["Middle", "Emil"], "Emil": ["Dora", "Fritz"],
        "Fritz": ["Dora", "Emil"],
    }.items()
)  # fmt: skip


def structure(text: str) -> tuple[list[str], Structure]:
    topics = make_topics(text)
    return [t.name for t in topics.topics], find_structure(topics, link_graph(topics))


def test_a_bridge_lies_between_communities() -> None:
    names, found = structure(BARBELL)
    top = {names[place.topic] for place in found.bridges[:3]}
    assert top == {"Carl", "Middle", "Dora"}
    groups = [{names[i] for i in group} for group in found.communities]
    assert any({"Anna", "Bert"} <= group for group in groups)
    assert any({"Emil", "Fritz"} <= group for group in groups)
    assert "would hang by nothing" in found.bridges[0].text


def test_a_hub_says_how_many_name_it() -> None:
    names, found = structure(BARBELL)
    hub = found.hubs[0]
    assert f"{hub.value:.0f} of 7 topics name {names[hub.topic]}." == hub.text


def test_an_outline_without_links_says_what_is_missing() -> None:
    _, found = structure("# T\n## One\n- a\n## Two\n- b\n")
    assert (found.hubs, found.bridges, found.communities) == ([], [], [])
    assert "No topic of this outline names another" in found.missing[0]
