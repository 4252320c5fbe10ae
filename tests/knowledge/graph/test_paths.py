"""Ways between topics: short, explained, along the direction where there is one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from knowledge.graph.paths import Link, Step, Ways


def link(source: str, target: str, kind: str = "sends_to") -> Link:
    return Link(source, target, kind, f"{source} {kind} {target}", 7)


def nodes(way: list[Step]) -> list[object]:
    return [way[0].start, *(step.end for step in way)] if way else []


def test_a_way_follows_relations_and_says_each_with_its_line() -> None:
    ways = Ways([link("GuardDuty", "EventBridge"), link("EventBridge", "Lambda", "triggers")])
    way = ways.shortest("GuardDuty", "Lambda")
    assert [step.text for step in way] == ["GuardDuty sends_to EventBridge",
                                           "EventBridge triggers Lambda"]  # fmt: skip
    assert [step.line for step in way] == [7, 7]


def test_two_relations_are_better_than_one_that_merely_names() -> None:
    ways = Ways([link("a", "c", "mentions"), link("a", "b"), link("b", "c")])
    assert nodes(ways.shortest("a", "c")) == ["a", "b", "c"]


def test_a_way_along_the_direction_is_preferred() -> None:
    ways = Ways([link("a", "b"), link("c", "b"), link("a", "d"), link("d", "c")])
    assert nodes(ways.shortest("a", "c")) == ["a", "d", "c"]


def test_a_link_followed_backwards_says_so() -> None:
    [step] = Ways([link("b", "a")]).shortest("a", "b")
    assert step.backwards
    assert step.text == "Read from its end: b sends_to a"


def test_there_may_be_no_way() -> None:
    ways = Ways([link("a", "b"), link("c", "d")])
    assert ways.shortest("a", "d") == []
    assert ways.shortest("a", "a") == []
    assert ways.shortest("a", "nobody") == []


def test_no_way_is_longer_than_the_steps_allowed() -> None:
    ways = Ways([link(str(i), str(i + 1)) for i in range(9)])
    assert len(ways.shortest("0", "6")) == 6
    assert ways.shortest("0", "7") == []


def test_several_ways_differ_in_what_they_lead_over() -> None:
    ways = Ways([link("a", "b"), link("b", "z"), link("a", "c"), link("c", "z", "mentions")])
    assert [nodes(way) for way in ways.several("a", "z")] == [["a", "b", "z"], ["a", "c", "z"]]


ENDS = st.sampled_from("abcdefg")
LINKS = st.lists(
    st.builds(link, ENDS, ENDS, st.sampled_from(["sends_to", "mentions", "contains"])), max_size=25
)


@given(LINKS, ENDS, ENDS)
def test_any_ways_hang_together(links: list[Link], start: str, end: str) -> None:
    ways = Ways(links)
    found = ways.several(start, end, most=4)
    costs = [ways.cost(way) for way in found]
    assert costs == sorted(costs)
    seen = set()
    for way in found:
        assert 0 < len(way) <= 6
        assert (way[0].start, way[-1].end) == (start, end)
        assert all(one.end == other.start for one, other in pairwise(way))
        assert len(set(nodes(way))) == len(way) + 1
        seen.add(tuple(nodes(way)))
    assert len(seen) == len(found)
