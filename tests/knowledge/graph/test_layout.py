"""Places on the map: finite, apart, and where they were."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.graph.layout import APART, SIDE, lay_out

RING = [(i, (i + 1) % 20, 1.0) for i in range(20)]


def test_the_same_graph_has_the_same_places() -> None:
    assert lay_out(20, RING) == lay_out(20, RING)


def test_what_has_a_place_keeps_it_and_the_new_stands_beside_its_neighbour() -> None:
    before = lay_out(20, RING)
    after = lay_out(21, [*RING, (3, 20, 2.0)], dict(enumerate(before)))
    assert after[:20] == before
    assert math.dist(after[20], before[3]) < 4 * APART


def test_with_few_places_left_the_map_is_made_anew() -> None:
    before = {0: (1.0, 1.0), 1: (2.0, 2.0)}
    assert lay_out(20, RING, before) == lay_out(20, RING)


def test_those_without_links_stand_in_rows_beneath() -> None:
    places = lay_out(25, RING)
    assert all(y > SIDE for _, y in places[20:])
    assert all(0 <= x <= SIDE and 0 <= y <= SIDE for x, y in places[:20])
    assert len(set(places[20:])) == 5


def test_links_that_all_went_leave_rows() -> None:
    places = lay_out(3, [], dict(enumerate([(10.0, 10.0), (500.0, 500.0), (900.0, 10.0)])))
    assert len({y for _, y in places}) == 1


def test_nobody_stands_on_another() -> None:
    places = lay_out(60, [(0, i, 1.0) for i in range(1, 60)])
    nearest = min(math.dist(a, b) for i, a in enumerate(places) for b in places[:i])
    assert nearest > APART / 2


@pytest.mark.slow
def test_hundreds_more_than_the_map_holds_stand_around_it() -> None:
    places = lay_out(900, [(i, i // 2, 1.0) for i in range(1, 900)])
    assert all(0 <= x <= SIDE and 0 <= y <= SIDE for x, y in places)


EDGES = st.lists(
    st.tuples(
        st.integers(0, 14), st.integers(0, 14),
        st.floats(0, 1e6, allow_nan=False, allow_subnormal=False),
    ),
    max_size=40,
)  # fmt: skip
POINTS = st.dictionaries(st.integers(-2, 20), st.tuples(st.floats(), st.floats()), max_size=15)


@given(EDGES, POINTS)
@settings(deadline=None, max_examples=80)
def test_any_graph_has_finite_places(
    edges: list[tuple[int, int, float]], before: dict[int, tuple[float, float]]
) -> None:
    places = lay_out(15, edges, before)
    assert len(places) == 15
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places)
