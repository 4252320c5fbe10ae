"""Words as evidence: which terms each topic or feature uses, and how rare they are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Any

import numpy as np
from scipy import sparse

from knowledge.graph.wording import Finds

# A term of more documents than this share says nothing about any of them.
COMMON = 0.4
LEAST_COMMON = 4
# And of more than so many, it costs more than it says.
MOST_DOCUMENTS = 300


@dataclass
class Vocabulary:
    """A matrix of documents × terms, rows of length 1, and where each term first stands in each.

    `weights[d, t]` is the TF-IDF of Salton and Buckley (1988), logarithmic in the frequency;
    `first[d][t]` is the record that uses the term first in that document, `columns` the place of
    each term as folded.
    """

    weights: Any
    first: list[dict[int, int]]
    terms: list[str]
    kept: list[int] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    _rows: dict[int, dict[int, float]] = field(default_factory=dict)

    def row(self, document: int) -> dict[int, float]:
        """The weights of one document's terms; looked up often, so kept."""
        known = self._rows.get(document)
        if known is None:
            columns, values = row_of(self.weights, document)
            known = dict(zip(columns.tolist(), values.tolist(), strict=True))
            self._rows[document] = known
        return known


def weigh_terms(
    documents: int,
    uses: Iterable[tuple[int, int, str, float]],
    wording: Finds,
    length: int = 0,
) -> Vocabulary:
    """From (document, record, text, weight of the text), in the order of the outline.

    `length` is how many documents there are for the purpose of rarity (all, if it is 0).
    """
    numbers: dict[str, int] = {}
    written: list[str] = []
    counts: dict[tuple[int, int], list[float]] = {}
    for document, record, text, weight in uses:
        for folded, word in wording.find(text):
            number = numbers.setdefault(folded, len(numbers))
            if number == len(written):
                written.append(word)
            cell = counts.get((document, number))
            if cell is None:
                counts[document, number] = [weight, record]
            else:
                cell[0] += weight
    found = _matrix(documents, written, counts, length or documents)
    names = list(numbers)
    found.columns.update((names[number], i) for i, number in enumerate(found.kept))
    return found


def _matrix(
    documents: int, written: list[str], counts: dict[tuple[int, int], list[float]], length: int
) -> Vocabulary:
    frequency = Counter(term for _, term in counts)
    most = min(MOST_DOCUMENTS, max(LEAST_COMMON, COMMON * length))
    kept = {term: i for i, term in enumerate(t for t, n in frequency.items() if 1 < n <= most)}
    cells = [(d, kept[t], *cell, frequency[t]) for (d, t), cell in counts.items() if t in kept]
    rows = np.array([cell[0] for cell in cells], dtype=np.int64)
    columns = np.array([cell[1] for cell in cells], dtype=np.int64)
    values = np.array(
        [(1 + math.log(max(1.0, c))) * math.log(1 + length / n) for _, _, c, _, n in cells]
    )
    shape = (documents, len(kept))
    weights = unit_rows(sparse.csr_matrix((values, (rows, columns)), shape=shape))
    weights.sort_indices()
    first: list[dict[int, int]] = [{} for _ in range(documents)]
    for document, term, _, record, _ in cells:
        first[int(document)][int(term)] = int(record)
    return Vocabulary(weights, first, [written[term] for term in kept], list(kept))


def unit_rows(matrix: Any) -> Any:
    """The matrix with each row divided by its length; rows of zeros stay."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.where(lengths > 0, lengths, 1)) @ matrix)


def row_of(matrix: Any, row: int) -> tuple[Any, Any]:
    """The columns, sorted, and the values of one row of a CSR matrix."""
    span = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return matrix.indices[span], matrix.data[span]


def shared_terms(
    vocabulary: Vocabulary, a: int, b: int, without: Set[str] = frozenset(), most: int = 3
) -> tuple[list[str], int]:
    """The terms that bring two documents together most, and the record where b uses the first.

    `without` are words, in lower case, that are no news.
    """
    one, other = vocabulary.row(a), vocabulary.row(b)
    if len(other) < len(one):
        both = [(round(one[t] * weight, 9), t) for t, weight in other.items() if t in one]
    else:
        both = [(round(weight * other[t], 9), t) for t, weight in one.items() if t in other]
    terms = vocabulary.terms
    if without:
        both = [each for each in both if terms[each[1]].casefold() not in without]
    best = nsmallest(most, both, key=lambda each: (-each[0], each[1]))
    if not best:
        return [], -1
    return [terms[term] for _, term in best], vocabulary.first[b][best[0][1]]


def top_of_row(scores: Sequence[float] | Any, most: int) -> list[int]:
    """The indices of the highest positive scores, ties in their order."""
    values = np.asarray(scores)
    if len(values) > 8 * most:
        edge = np.partition(values, -most)[-most]
        places = np.flatnonzero((values >= edge) & (values > 0))
    else:
        places = np.flatnonzero(values > 0)
    order = np.lexsort((places, -values[places]))
    return [int(places[i]) for i in order[:most]]
