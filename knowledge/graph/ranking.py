"""Scores between topics: each kind of evidence as a sparse matrix, and their blend."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from scipy import sparse

from knowledge.graph.terms import Vocabulary, top_of_row
from knowledge.graph.topics import Topics

# How much each kind of evidence counts; each is 1 at most (docs/decisions/0008).
WEIGHTS = {
    "names": 1.0,
    "named_by": 0.7,
    "relations": 0.8,
    "terms": 0.9,
    "walk": 0.7,
    "neighbours": 0.4,
    "together": 0.7,
    "family": 1.4,
    "field": 0.9,
    "about": 0.7,
    "domain": 0.7,
}
# Personalised PageRank's chance to walk on, and the walk's length: 0.5 ** 12 is next to nothing.
DAMPING = 0.5
STEPS = 12
# A list of more services than this says little about any two of them.
LONGEST_LIST = 12
# What says less than this of what a topic is for isn't made much of.
LEAST_ABOUT = 0.3
# What the lexicon knows of two topics doesn't relate them where the outline doesn't.
_BACKGROUND = frozenset({"domain", "field", "about"})
BLOCK = 256
# Above so many topics the walk is left out: it needs a dense row for each.
MOST_WALKED = 5000


def _square(cells: dict[tuple[int, int], float], size: int) -> Any:
    keys = list(cells)
    rows = np.array([a for a, _ in keys], dtype=np.int64)
    columns = np.array([b for _, b in keys], dtype=np.int64)
    values = np.array([cells[key] for key in keys], dtype=np.float64)
    return sparse.csr_matrix((values, (rows, columns)), shape=(size, size))


def count_namings(topics: Topics) -> Any:
    """Topic × topic: the logarithm of 1 + in how many of its lines a topic names another."""
    counts: Counter[tuple[int, int]] = Counter()
    for naming in topics.namings:
        if naming.source != naming.target:
            counts[naming.source, naming.target] += 1
    return _square({pair: math.log1p(n) for pair, n in counts.items()}, len(topics))


def count_ties(topics: Topics) -> Any:
    """Topic × topic, the same both ways: the logarithm of 1 + how many lines state a relation."""
    counts: Counter[tuple[int, int]] = Counter()
    for tie in topics.ties:
        counts[tie.source, tie.target] += len(tie.evidence)
        counts[tie.target, tie.source] += len(tie.evidence)
    return _square({pair: math.log1p(n) for pair, n in counts.items()}, len(topics))


def count_lists(topics: Topics) -> Any:
    """Topic × topic: how often two are named side by side, in one line or one list.

    Short lists count more, and topics that stand in many lists less.
    """
    lists: dict[int, set[int]] = defaultdict(set)
    for naming in topics.namings:
        parent = topics.records[naming.record].parent
        if parent >= 0 and topics.records[parent].kind != "service":
            lists[parent].add(naming.target)
    cells: dict[tuple[int, int], float] = defaultdict(float)
    total: dict[int, float] = defaultdict(float)
    for named in lists.values():
        if not 1 < len(named) <= LONGEST_LIST:
            continue
        weight = 1 / math.log2(1 + len(named))
        for a in sorted(named):
            for b in sorted(named):
                if a != b:
                    cells[a, b] += weight
                    total[b] += weight
    return _square({(a, b): v / math.sqrt(max(1, total[b])) for (a, b), v in cells.items()},
                   len(topics))  # fmt: skip


def make_transition(links: Any) -> Any:
    """Row-stochastic transition matrix of a weighted graph; rows without links stay zero."""
    out = np.asarray(links.sum(axis=1)).ravel()
    return sparse.csr_matrix(sparse.diags(1 / np.where(out > 0, out, 1)) @ links)


def walk(transition_t: Any, starts: np.ndarray[Any, Any], damping: float = DAMPING,
         steps: int = STEPS) -> np.ndarray[Any, Any]:  # fmt: skip
    """Personalised PageRank (Haveliwala 2002) from many starts at once: starts × topics.

    `transition_t` is the transposed transition matrix. All starts share each product with it.
    """
    size = transition_t.shape[0]
    restart = np.zeros((size, len(starts)))
    restart[starts, np.arange(len(starts))] = 1 - damping
    ranks = restart / (1 - damping)
    for _ in range(steps):
        ranks = damping * (transition_t @ ranks) + restart
    return np.ascontiguousarray(ranks.T)


def _scaled(block: Any, least: float = 0.0) -> np.ndarray[Any, Any]:
    """Dense, each row divided by its highest value, by `least` where that is higher."""
    dense = np.asarray(block if isinstance(block, np.ndarray) else block.toarray())
    most = np.maximum(dense.max(axis=1, keepdims=True), least)
    return np.asarray(dense / np.where(most > 0, most, 1))


class Ranking:
    """All evidence between the topics of an outline, and the blend of it, by rows."""

    def __init__(
        self,
        topics: Topics,
        vocabulary: Vocabulary,
        abouts: Vocabulary,
        weights: Mapping[str, float] | None = None,
    ) -> None:
        self.topics, self.vocabulary, self.abouts = topics, vocabulary, abouts
        self.weights = WEIGHTS if weights is None else weights
        self.names = count_namings(topics)
        self.ties = count_ties(topics)
        self.lists = count_lists(topics)
        # What names much is named back for less: an overview that lists everything is no news.
        spread = np.sqrt(np.maximum(1, np.asarray(self.names.sum(axis=1)).ravel()))
        self.named_by = sparse.csr_matrix((sparse.diags(1 / spread) @ self.names).T)
        self.links = sparse.csr_matrix(self.names + self.names.T + self.ties)
        transition = make_transition(self.links)
        self._transition_t = sparse.csr_matrix(transition.T)
        near = sparse.csr_matrix((self.links > 0).astype(np.float64))
        # Adamic and Adar (2003): a neighbour in common says the more, the fewer others it has.
        degrees = np.asarray(near.sum(axis=1)).ravel()
        self._near, self._rare = (
            near,
            sparse.csr_matrix(sparse.diags(1 / np.log(2 + degrees)) @ near.T),
        )
        self._fields = self._labels([t.fields for t in topics.topics])
        self._family = self._labels([(t.family,) if t.family else () for t in topics.topics])
        self._main = self._labels([t.domains[:1] for t in topics.topics])
        self._domains = self._labels([t.domains for t in topics.topics])

    @staticmethod
    def _labels(labels: list[tuple[str, ...]]) -> Any:
        numbers: dict[str, int] = {}
        cells = [(i, numbers.setdefault(text, len(numbers))) for i, texts in enumerate(labels)
                 for text in texts]  # fmt: skip
        rows, columns = [c[0] for c in cells], [c[1] for c in cells]
        return sparse.csr_matrix(
            (np.ones(len(cells)), (rows, columns)), shape=(len(labels), max(1, len(numbers)))
        )

    def evidence(self, start: int, end: int) -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
        """(kind, topics start..end × all topics) of each kind, values from 0 to 1."""
        rows = slice(start, end)
        yield "names", _scaled(self.names[rows])
        yield "named_by", _scaled(self.named_by[rows])
        yield "relations", _scaled(self.ties[rows])
        yield "together", _scaled(self.lists[rows])
        cosine = (self.vocabulary.weights[rows] @ self.vocabulary.weights.T).toarray()
        cosine[np.arange(end - start), np.arange(start, end)] = 0
        yield "terms", _scaled(cosine)
        if len(self.topics) <= MOST_WALKED:
            ranks = walk(self._transition_t, np.arange(start, end))
            ranks[np.arange(end - start), np.arange(start, end)] = 0
            yield "walk", _scaled(ranks)
            common = (self._near[rows] @ self._rare).toarray()
            common[np.arange(end - start), np.arange(start, end)] = 0
            yield "neighbours", _scaled(common)
        family = (self._family[rows] @ self._family.T).toarray()
        # One of two alike says more than one of ten.
        yield "family", family / np.log2(1 + np.maximum(1, family.sum(axis=1, keepdims=True)))
        near = (self._fields[rows] @ self._fields.T).toarray() > 0
        field = np.where((self._family[rows] @ self._family.T).toarray() > 0, 0, near)
        yield "field", field / np.log2(1 + np.maximum(1, field.sum(axis=1, keepdims=True)))
        about = (self.abouts.weights[rows] @ self.abouts.weights.T).toarray()
        about[np.arange(end - start), np.arange(start, end)] = 0
        yield "about", _scaled(about, LEAST_ABOUT)
        main = (self._main[rows] @ self._main.T).toarray()
        shared = (self._domains[rows] @ self._domains.T).toarray() > 0
        yield "domain", np.maximum(main, 0.5 * shared)

    def blend(self, start: int, end: int) -> np.ndarray[Any, Any]:
        """The scores of all topics for topics start..end; 0 for what can't be related to them."""
        total = np.zeros((end - start, len(self.topics)))
        linked = np.zeros_like(total, dtype=bool)
        for kind, values in self.evidence(start, end):
            weight = self.weights.get(kind, 0.0)
            total += weight * values
            if kind not in _BACKGROUND:
                linked |= values > 0
        total[~linked] = 0
        for row, topic in enumerate(range(start, end)):
            total[row, topic] = 0
            home = self.topics.topics[topic].home
            if home is not None:
                total[row, home] = 0
        parts = [i for i, topic in enumerate(self.topics.topics) if topic.home is not None]
        total[:, parts] = 0
        return np.asarray(total / sum(self.weights.values()))

    def best(self, most: int) -> list[list[tuple[int, float]]]:
        """For each topic its best related ones with their scores."""
        found: list[list[tuple[int, float]]] = []
        for start in range(0, len(self.topics), BLOCK):
            scores = np.round(self.blend(start, min(start + BLOCK, len(self.topics))), 6)
            found += [[(i, float(row[i])) for i in top_of_row(row, most)] for row in scores]
        return found
