"""Related topics against the judgements that were written down before any method was measured."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from knowledge.graph.related import relate_features, relate_topics
from knowledge.lexicon import Lexicon, read_lexicon
from tests.conftest import ROOT
from tests.knowledge.graph.making import ENGLISH, make_topics

PACK = ROOT / "knowledge" / "packs" / "aws_security_specialty"


def read_judgements(lexicon: Lexicon, name: str = "judgements.tsv") -> dict[str, dict[str, int]]:
    """Topic → candidate → grade, by official names."""
    grades: dict[str, dict[str, int]] = {}
    file = Path(__file__).parent / name
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


def measure(text: str, file: str = "judgements.tsv") -> float:
    """Mean nDCG@8 over the judged topics that the outline has, of the candidates that it has."""
    lexicon = read_lexicon(PACK / "lexicon.toml")
    topics = make_topics(text, lexicon)
    rows = relate_topics(topics, ENGLISH)
    there = {topic.official for topic in topics.topics if topic.home is None}
    names = [topic.official for topic in topics.topics]
    scores = []
    for topic, grades in read_judgements(lexicon, file).items():
        known = {name: grade for name, grade in grades.items() if name in there and name != topic}
        if topic in names and known:
            found = [names[item.other] for item in rows[names.index(topic)]]
            scores.append(ndcg(found, known))
    assert len(scores) > 20
    return sum(scores) / len(scores)


def test_of_the_bundled_pack() -> None:
    assert measure((PACK / "outline.md").read_text("utf-8")) >= 0.85


def test_of_topics_that_the_pack_says_little_about() -> None:
    text = (PACK / "outline.md").read_text("utf-8")
    assert measure(text, "judgements_second.tsv") >= 0.75


def read_feature_judgements(lexicon: Lexicon) -> dict[tuple[str, str], dict[tuple[str, str], int]]:
    """Feature → candidate → grade, as (official name of the service, heading)."""

    def place(name: str) -> tuple[str, str]:
        service, feature = name.split("›")
        entry = lexicon.find(service)
        assert entry is not None, service
        return entry.official, feature

    grades: dict[tuple[str, str], dict[tuple[str, str], int]] = {}
    file = Path(__file__).parent / "judgements_features.tsv"
    for line in file.read_text("utf-8").splitlines():
        if not line.startswith(("#", "feature\t")):
            feature, grade, candidate = line.split("\t")
            grades.setdefault(place(feature), {})[place(candidate)] = int(grade)
    return grades


def measure_features(text: str) -> float:
    """Mean nDCG@8 over the judged features of an outline."""
    lexicon = read_lexicon(PACK / "lexicon.toml")
    topics = make_topics(text, lexicon)
    records = topics.records
    places = {
        index: (topics.topics[topic].official, records[index].text)
        for index, record in enumerate(records)
        if record.kind == "feature" and (topic := topics.of(index)) is not None
    }
    rows = relate_features(topics, ENGLISH, relate_topics(topics, ENGLISH))
    named = ["/".join(each) for each in places.values()]
    scores = []
    for place, grades in read_feature_judgements(lexicon).items():
        known = {"/".join(other): grade for other, grade in grades.items()}
        assert known.keys() <= set(named), known.keys() - set(named)
        index = next(index for index, each in places.items() if each == place)
        scores.append(ndcg(["/".join(places[item.other]) for item in rows[index]], known))
    return sum(scores) / len(scores)


def test_of_features() -> None:
    assert measure_features((PACK / "outline.md").read_text("utf-8")) >= 0.55


def test_of_the_users_notes(users_notes: Path) -> None:
    assert measure(users_notes.read_text("utf-8")) >= 0.85


@pytest.mark.parametrize(("found", "value"), [([], 0.0), (["b", "a"], 0.63 + 0.17), (["a"], 1.0)])
def test_gain_falls_with_the_place(found: list[str], value: float) -> None:
    grades = {"a": 3} if found == ["a"] else {"a": 3, "b": 1}
    assert ndcg(found, grades) == pytest.approx(value, abs=0.01)
