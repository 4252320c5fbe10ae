"""Which terms each text of an outline uses, as numbers in arrays: there are millions of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from knowledge.graph.wording import Wording

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Uses:
    """`used` are the numbers of all terms, text after text; the other arrays are by text.

    `times` is how many terms a text has, `documents` and `records` are whose it is, `weights` how
    much its terms count. Terms are numbered from 0 to `size`, as they first appear: `numbers` by
    the term as folded, `written` as written there; both empty where terms are pairs.
    """

    used: Array
    times: Array
    documents: Array
    records: Array
    weights: Array
    size: int
    numbers: dict[str, int] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)

    def pairs(self) -> Uses:
        """Two terms of a text side by side as one, for what neither says alone: 'flow logs'."""
        inside = np.ones(max(0, len(self.used) - 1), dtype=bool)
        ends = np.cumsum(self.times)
        inside[ends[(ends > 0) & (ends < len(self.used))] - 1] = False
        one, other = self.used[:-1][inside].astype(np.int64), self.used[1:][inside]
        codes = one * self.size + other
        _, firsts, places = np.unique(codes, return_index=True, return_inverse=True)
        numbers = np.empty(len(firsts), dtype=np.int32)
        numbers[np.argsort(firsts)] = np.arange(len(firsts), dtype=np.int32)
        return Uses(
            numbers[places], np.maximum(self.times - 1, 0), self.documents, self.records,
            self.weights, len(firsts),
        )  # fmt: skip


def read_uses(texts: Iterable[tuple[int, int, str, float]], wording: Wording) -> Uses:
    """From (document, record, text, weight of the text), in the order of the outline."""
    numbers: dict[str, int] = {}
    written: list[str] = []
    used, times, documents, records = (array("i") for _ in range(4))
    weights = array("d")
    for document, record, text, weight in texts:
        terms = wording.find(text)
        for folded, word in terms:
            number = numbers.get(folded)
            if number is None:
                number = numbers[folded] = len(written)
                # A term written as it is read is held once.
                written.append(folded if word == folded else word)
            used.append(number)
        times.append(len(terms))
        documents.append(document)
        records.append(record)
        weights.append(weight)
    return Uses(
        _ints(used), _ints(times), _ints(documents), _ints(records), np.frombuffer(weights),
        len(written), numbers, written,
    )  # fmt: skip


def _ints(values: array[int]) -> Array:
    return np.frombuffer(values, dtype=np.int32)
