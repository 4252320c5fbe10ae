"""Words as evidence: which terms each topic or feature uses, and how rare they are."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse

from knowledge.graph.uses import Uses, read_uses
from knowledge.graph.wording import Wording

# A term of more documents than this share says nothing about any of them.
COMMON = 0.4
LEAST_COMMON = 4
# And of more than so many, it costs more than it says.
MOST_DOCUMENTS = 300
# So many documents' rows are kept ready to be compared.
MOST_ROWS = 4096


@dataclass
class Vocabulary:
    """A matrix of documents × terms, rows of length 1, and where each term first stands in each.

    `weights[d, t]` is the TF-IDF of Salton and Buckley (1988), logarithmic in the frequency, in
    CSR form with sorted columns; `firsts` has for each of its stored values the record that uses
    the term first in that document. `columns` is the place of each term as folded.
    """

    weights: Any
    firsts: np.ndarray[Any, Any]
    terms: list[str]
    columns: dict[str, int] = field(default_factory=dict)
    _rows: dict[int, dict[int, float]] = field(default_factory=dict)

    def row(self, document: int) -> dict[int, float]:
        """The weights of one document's terms; looked up often, so those of many are kept."""
        known = self._rows.get(document)
        if known is None:
            columns, values = row_of(self.weights, document)
            known = dict(zip(columns.tolist(), values.tolist(), strict=True))
            if len(self._rows) >= MOST_ROWS:
                self._rows.clear()
            self._rows[document] = known
        return known

    def first(self, document: int, term: int) -> int:
        """The record that uses one of the document's terms first in it."""
        columns, _ = row_of(self.weights, document)
        return int(self.firsts[self.weights.indptr[document] + np.searchsorted(columns, term)])


def weigh_terms(
    documents: int,
    texts: Iterable[tuple[int, int, str, float]],
    wording: Wording,
    length: int = 0,
) -> Vocabulary:
    """From (document, record, text, weight of the text), in the order of the outline.

    `length` is how many documents there are for the purpose of rarity (all, if it is 0).
    """
    return weigh_uses(documents, read_uses(texts, wording), length)


def weigh_uses(documents: int, uses: Uses, length: int = 0) -> Vocabulary:
    """The same from terms that are numbered; without their names where they have none."""
    size = max(1, uses.size)
    keys = np.repeat(uses.documents.astype(np.int64) * size, uses.times)
    keys += uses.used
    # Stable, so that the first of each document's uses of a term comes first.
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    cells = keys[starts]
    del keys
    each = np.repeat(uses.weights, uses.times)[order]
    counts = np.add.reduceat(each, starts) if len(starts) else each
    first = np.repeat(uses.records, uses.times)[order[starts]]
    del each, order
    matrix, firsts, kept = _matrix(
        documents, cells // size, cells % size, counts, first, length or documents
    )
    if not uses.written:
        return Vocabulary(matrix, firsts, [])
    names = list(uses.numbers)
    return Vocabulary(
        matrix, firsts, [uses.written[n] for n in kept], {names[n]: i for i, n in enumerate(kept)}
    )


def _matrix(
    documents: int,
    rows: np.ndarray[Any, Any],
    terms: np.ndarray[Any, Any],
    counts: np.ndarray[Any, Any],
    first: np.ndarray[Any, Any],
    length: int,
) -> tuple[Any, np.ndarray[Any, Any], list[int]]:
    """(weights, their first records, the terms that are kept) of cells sorted by row and term."""
    frequency = np.bincount(terms)
    most = min(MOST_DOCUMENTS, max(LEAST_COMMON, COMMON * length))
    kept = np.flatnonzero((frequency > 1) & (frequency <= most))
    stays = np.isin(terms, kept)
    rows, terms, counts, first = rows[stays], terms[stays], counts[stays], first[stays]
    often = _mapped(counts, lambda count: 1 + math.log(max(1.0, count)))
    rare = _mapped(frequency[terms], lambda n: math.log(1 + length / n))
    columns = np.searchsorted(kept, terms)
    shape = (documents, len(kept))
    weights = unit_rows(sparse.csr_matrix((often * rare, (rows, columns)), shape=shape))
    weights.sort_indices()
    return weights, first, kept.tolist()


def _mapped(values: np.ndarray[Any, Any], change: Callable[[float], float]) -> np.ndarray[Any, Any]:
    """What `change` makes of each value; it is asked once for each that differs."""
    different, places = np.unique(values, return_inverse=True)
    return np.array([change(value) for value in different.tolist()], dtype=np.float64)[places]


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
        both = [(-round(one[t] * weight, 9), t) for t, weight in other.items() if t in one]
    else:
        both = [(-round(weight * other[t], 9), t) for t, weight in one.items() if t in other]
    both.sort()
    best: list[int] = []
    for _, term in both:
        if not without or vocabulary.terms[term].casefold() not in without:
            best.append(term)
            if len(best) == most:
                break
    if not best:
        return [], -1
    return [vocabulary.terms[term] for term in best], vocabulary.first(b, best[0])


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
