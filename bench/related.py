"""How well related topics agree with judges, by method: nDCG@8 (docs/decisions/0008).

    .venv/bin/python bench/related.py [FILE …]

For the bundled outline and every other FILE on its subject: each kind of evidence alone, the blend
without one of them, and the whole, against tests/knowledge/graph/judgements*.tsv. `first` and
`second` are two judges; the second judged topics that the outlines say little about. Methods of
the literature are set in the table's first rows: personalised PageRank is `walk`, Adamic–Adar is
`neighbours`, TF-IDF is `terms`; common neighbours weighted by rarity (resource allocation, Zhou,
Lü and Zhang 2009) is computed here for the comparison alone.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

from knowledge.graph.ranking import WEIGHTS, Ranking  # noqa: E402
from knowledge.graph.related import read_abouts, read_words  # noqa: E402
from knowledge.graph.terms import top_of_row  # noqa: E402
from knowledge.lexicon import read_lexicon  # noqa: E402
from knowledge.linked_rows import find_links  # noqa: E402
from knowledge.outline.reading import read_outline  # noqa: E402
from knowledge.records import make_records  # noqa: E402
from tests.knowledge.graph.making import ENGLISH  # noqa: E402
from tests.knowledge.graph.test_judgements import (  # noqa: E402
    PACK,
    measure_features,
    ndcg,
    read_judgements,
)

JUDGES = {"first": "judgements.tsv", "second": "judgements_second.tsv"}
BACKGROUND = ("family", "field", "about", "domain")


class Outline:
    """One outline's topics and what the judges say of them."""

    def __init__(self, file: Path) -> None:
        lexicon = read_lexicon(PACK / "lexicon.toml")
        records = make_records(read_outline(file.read_bytes()))
        self.topics = find_links(records, lexicon, "en").topics
        self.words = read_words(self.topics, ENGLISH)
        self.abouts = read_abouts(self.topics, ENGLISH)
        self.names = [topic.official for topic in self.topics.topics]
        there = {topic.official for topic in self.topics.topics if topic.home is None}
        self.judged = {}
        for judge, name in JUDGES.items():
            rows = read_judgements(lexicon, name).items()
            known = {
                topic: {n: grade for n, grade in grades.items() if n in there and n != topic}
                for topic, grades in rows
                if topic in self.names
            }
            self.judged[judge] = {topic: grades for topic, grades in known.items() if grades}

    def ranking(self, weights: dict[str, float]) -> Any:
        return Ranking(self.topics, self.words, self.abouts, weights)

    def blend(self, weights: dict[str, float]) -> Any:
        return self.ranking(weights).blend(0, len(self.topics))

    def rare_neighbours(self) -> Any:
        """Resource allocation: common neighbours, each by 1 / how many it has."""
        near = (self.ranking(WEIGHTS).links > 0).astype(float).toarray()
        scores = near @ np.diag(1 / np.maximum(1, near.sum(axis=1))) @ near.T
        np.fill_diagonal(scores, 0)
        return scores

    def agree(self, scores: Any, judge: str) -> float:
        found = [
            ndcg([self.names[i] for i in top_of_row(scores[self.names.index(topic)], 8)], grades)
            for topic, grades in self.judged[judge].items()
        ]
        return sum(found) / len(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    files = [PACK / "outline.md", *parser.parse_args().files]
    outlines = {file.parent.name if file.stem == "outline" else file.stem: Outline(file)
                for file in files}  # fmt: skip
    columns = [(name, judge) for name in outlines for judge in JUDGES]
    print(f"{'method':30}" + "".join(f"{name[:12] + ' ' + judge:>22}" for name, judge in columns))

    def tell(label: str, score: Any) -> None:
        scores = {name: score(outline) for name, outline in outlines.items()}
        found = (outlines[name].agree(scores[name], judge) for name, judge in columns)
        print(f"{label:30}" + "".join(f"{value:22.3f}" for value in found))

    for kind in ("walk", "neighbours", "terms"):
        tell(f"{kind} alone", lambda outline, kind=kind: outline.blend({kind: 1.0}))
    tell("rarity of common neighbours", lambda outline: outline.rare_neighbours())
    for kind in WEIGHTS:
        if kind not in ("walk", "neighbours", "terms"):
            tell(f"{kind} alone", lambda outline, kind=kind: outline.blend({kind: 1.0}))
    for kind in WEIGHTS:
        rest = {other: weight for other, weight in WEIGHTS.items() if other != kind}
        tell(f"blend without {kind}", lambda outline, rest=rest: outline.blend(rest))
    bare = {kind: weight for kind, weight in WEIGHTS.items() if kind not in BACKGROUND}
    tell("blend of the outline alone", lambda outline: outline.blend(bare))
    tell("blend", lambda outline: outline.blend(WEIGHTS))
    features = measure_features((PACK / "outline.md").read_text("utf-8"))
    print(f"related features of the bundled outline: {features:.3f}")


if __name__ == "__main__":
    main()
