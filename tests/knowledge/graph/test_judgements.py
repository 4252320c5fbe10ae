"""Related topics against the judgements that were written down before any method was measured."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from knowledge.graph.related import relate_topics
from knowledge.lexicon import Lexicon, read_lexicon
from tests.conftest import ROOT
from tests.knowledge.graph.making import ENGLISH, make_topics

PACK = ROOT / "knowledge" / "packs" / "aws_security_specialty"


def read_judgements(lexicon: Lexicon) -> dict[str, dict[str, int]]:
    """Topic → candidate → grade, by official names."""
    grades: dict[str, dict[str, int]] = {}
    file = Path(__file__).parent / "judgements.tsv"
    for line in file.read_text("utf-8").splitlines():
        if line.startswith(("#", "topic\t")):
            continue
        topic, grade, candidate = line.split("\t")
        a, b = lexicon.find(topic), lexicon.find(candidate)
        assert a is not None, topic
        assert b is not None, candidate
        grades.setdefault(a.official, {})[b.official] = int(grade)
    return grades


def ndcg(found: Sequence[str], grades: Mapping[str, int], at: int = 8) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002), gain the grade.

    >>> ndcg(["a", "b"], {"a": 3, "b": 1})
    1.0
    """
    gain = sum(grades.get(name, 0) / math.log2(i + 2) for i, name in enumerate(found[:at]))
    best = sorted(grades.values(), reverse=True)[:at]
    return gain / sum(grade / math.log2(i + 2) for i, grade in enumerate(best))


def measure(text: str) -> float:
    """Mean nDCG@8 over the judged topics that the outline has, of the candidates that it has."""
    lexicon = read_lexicon(PACK / "lexicon.toml")
    topics = make_topics(text, lexicon)
    rows = relate_topics(topics, ENGLISH)
    there = {topic.official for topic in topics.topics if topic.home is None}
    names = [topic.official for topic in topics.topics]
    scores = []
    for topic, grades in read_judgements(lexicon).items():
        known = {name: grade for name, grade in grades.items() if name in there and name != topic}
        if topic in names and known:
            found = [names[item.other] for item in rows[names.index(topic)]]
            scores.append(ndcg(found, known))
    assert len(scores) > 40
    return sum(scores) / len(scores)


def test_of_the_bundled_pack() -> None:
    assert measure((PACK / "outline.md").read_text("utf-8")) >= 0.85


def test_of_the_users_notes(users_notes: Path) -> None:
    assert measure(users_notes.read_text("utf-8")) >= 0.85


@pytest.mark.parametrize(("found", "value"), [([], 0.0), (["b", "a"], 0.63 + 0.17), (["a"], 1.0)])
def test_gain_falls_with_the_place(found: list[str], value: float) -> None:
    grades = {"a": 3} if found == ["a"] else {"a": 3, "b": 1}
    assert ndcg(found, grades) == pytest.approx(value, abs=0.01)
