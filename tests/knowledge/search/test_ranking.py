"""What weighs how much: light words, names in the midst of a query, words that no hit has."""

from __future__ import annotations

import pytest

from knowledge.models import Outline
from knowledge.search import search
from tests.factories import make_outline

pytestmark = pytest.mark.django_db

NOTES = """\
# Sailing school
## Boats
### Main sail
- Made of one whole cloth
- The battens of a whole sail weigh 4 kg
- It is lowered before a storm
### Anchor chain
- Another boat lends one
- Ten metres long
## Signals
### Flags
- A flag for the whole fleet flies from the committee boat
- The route of a race is on the table in the club house
- A sound signal removes a flag
### Route table
- Kept by the race officer
"""


@pytest.fixture
def outline() -> Outline:
    return make_outline(NOTES)


def names(outline: Outline, query: str) -> list[str]:
    return [hit.name for hit in search(outline, query).hits]


def test_light_words_weigh_less_than_what_they_qualify(outline: Outline) -> None:
    assert names(outline, "another storm")[0] == "It is lowered before a storm"


def test_a_number_and_its_unit_are_found_apart(outline: Outline) -> None:
    assert names(outline, "battens 4kg")[0] == "The battens of a whole sail weigh 4 kg"


def test_a_name_in_the_midst_of_a_query_is_an_answer(outline: Outline) -> None:
    found = names(outline, "anchor chain officer qualification of the table")
    assert "Anchor chain" in found[:3]


def test_what_the_best_hit_lacks_is_found_beside_it(outline: Outline) -> None:
    found = names(outline, "club house flag battens")
    assert any("battens" in name for name in found[:3])
    assert any("flag" in name.lower() or "club" in name for name in found[:3])


def test_scores_never_rise(outline: Outline) -> None:
    for query in ("club house flag battens", "main sail race officer storm"):
        scores = [hit.score for hit in search(outline, query).hits]
        assert scores == sorted(scores, reverse=True)


def test_everyday_words_stand_for_each_other(outline: Outline) -> None:
    assert names(outline, "delete flag")[0] == "A sound signal removes a flag"


def test_an_own_word_comes_before_one_that_may_stand_for_it(outline: Outline) -> None:
    assert names(outline, "removes flag")[0] == "A sound signal removes a flag"
