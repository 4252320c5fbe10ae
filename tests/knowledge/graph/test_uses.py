"""Terms as numbers: of words, and of two words side by side."""

from knowledge.graph.uses import read_uses
from knowledge.graph.wording import Wording

TEXTS = [
    (0, 0, "Flow logs cost", 1.0),
    (0, 1, "logs", 1.0),
    (0, 2, "", 1.0),
    (1, 3, "VPC flow logs", 3.0),
]


def test_terms_are_numbered_as_they_first_appear() -> None:
    uses = read_uses(TEXTS, Wording())
    assert uses.written == ["Flow", "logs", "cost", "VPC"]
    assert uses.used.tolist() == [0, 1, 2, 1, 3, 0, 1]
    assert uses.times.tolist() == [3, 1, 0, 3]


def test_pairs_stay_within_their_text() -> None:
    pairs = read_uses(TEXTS, Wording()).pairs()
    # Flow logs, logs cost; VPC flow, flow logs.
    assert pairs.used.tolist() == [0, 1, 2, 0]
    assert pairs.times.tolist() == [2, 0, 0, 2]
    assert pairs.size == 3


def test_without_texts_there_are_no_pairs() -> None:
    assert read_uses([], Wording()).pairs().used.tolist() == []
