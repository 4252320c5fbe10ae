"""Words as evidence: which terms each topic or feature uses, and how rare they are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from knowledge.graph.wording import Wording

# A term of more documents than this share says nothing about any of them.
COMMON = 0.4
LEAST_COMMON = 4
# And of more than so many, it costs more than it says.
MOST_DOCUMENTS = 300


@dataclass
class Vocabulary:
    """A matrix of documents × terms, rows of length 1, and where each term first stands in each.

    `weights[d, t]` is the TF-IDF of Salton and Buckley (1988), logarithmic in the frequency;
    `first[d, t]` is 1 + the record that uses the term first in that document.
    """

    weights: Any
    first: Any
    terms: list[str]


def weigh_terms(
    documents: int,
    uses: Iterable[tuple[int, int, str, float]],
    wording: Wording,
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
                counts[document, number] = [weight, record + 1]
            else:
                cell[0] += weight
    return _matrix(documents, written, counts, length or documents)


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
    firsts = np.array([cell[3] for cell in cells], dtype=np.int64)
    shape = (documents, len(kept))
    weights = unit_rows(sparse.csr_matrix((values, (rows, columns)), shape=shape))
    first = sparse.csr_matrix((firsts, (rows, columns)), shape=shape)
    weights.sort_indices()
    first.sort_indices()
    return Vocabulary(weights, first, [written[term] for term in kept])


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
    columns, values = row_of(vocabulary.weights, a)
    others, weights = row_of(vocabulary.weights, b)
    both, at, there = np.intersect1d(columns, others, assume_unique=True, return_indices=True)
    if not len(both):
        return [], -1
    order = np.lexsort((both, -np.round(values[at] * weights[there], 9)))
    kept = [i for i in order if vocabulary.terms[both[i]].casefold() not in without][:most]
    if not kept:
        return [], -1
    places = row_of(vocabulary.first, b)[1]
    return [vocabulary.terms[both[i]] for i in kept], int(places[there[kept[0]]]) - 1


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
