"""Features of different services that are about the same thing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from knowledge.graph.reasons import Reason, listed, quote
from knowledge.graph.terms import (
    Vocabulary,
    row_of,
    shared_terms,
    top_of_row,
    unit_rows,
    weigh_terms,
    weigh_uses,
)
from knowledge.graph.topics import Topics
from knowledge.graph.uses import read_uses
from knowledge.graph.wording import Wording
from knowledge.lexicon import plain

# Words of the heading count so much more than those beneath it.
HEADING = 3.0
# The parts of a feature's score (docs/decisions/0008): their words, the pairs of those, the words
# of one's heading in the other's lines, headings, what both name, how related their services are,
# whether one names the other's service, or the other itself, and whether they do comparable jobs.
WORDS, PAIRS, ABOUT, HEADINGS, NAMED = 1.0, 0.6, 0.5, 0.2, 0.3
SERVICES, DIRECT, PART, FAMILY = 0.5, 0.3, 0.2, 0.4
TOTAL = WORDS + PAIRS + ABOUT + HEADINGS + NAMED
# So many rows of scores at once, and fewer where there are so many features that their cells would
# take the most of a load's memory.
BLOCK, CELLS = 512, 1_000_000


@dataclass
class Features:
    """The features of an outline as documents: `records` are their headings' indices."""

    topics: Topics
    records: list[int]
    owner: np.ndarray[Any, Any]
    words: Vocabulary
    pairs: Vocabulary
    headings: Vocabulary
    topical: Any
    named: Any
    first_named: dict[tuple[int, int], int]
    parts: Any
    first_part: dict[tuple[int, int], int]
    families: Any


def find_features(topics: Topics, wording: Wording) -> Features:
    """Every feature of a topic with its words and the topics that it names."""
    records = topics.records
    places = [i for i, r in enumerate(records) if r.kind == "feature" and topics.of(i) is not None]
    number = {record: i for i, record in enumerate(places)}
    owner = np.array([topics.of(i) for i in places], dtype=np.int64)

    def texts() -> Iterator[tuple[int, int, str, float]]:
        for index, record in enumerate(records):
            place = number.get(record.feature)
            if place is not None and not record.stated:
                weight = HEADING if record.kind == "feature" else 1.0
                yield place, index, record.text, weight

    def headings() -> Iterator[tuple[int, int, str, float]]:
        # The service's own name in a heading ('S3 Encryption at rest') is no news there.
        for place, index in enumerate(places):
            own = {term for term, _ in wording.find(topics.topics[owner[place]].name)}
            words = [word for term, word in wording.find(records[index].text) if term not in own]
            yield place, index, " ".join(words), 1.0

    first: dict[tuple[int, int], int] = {}
    parts: dict[tuple[int, int], int] = {}
    for naming in topics.namings:
        place = number.get(records[naming.record].feature)
        if place is None:
            continue
        if naming.source != naming.target:
            first.setdefault((place, naming.target), naming.record)
        part = number.get(naming.part) if naming.part is not None else None
        if part is not None and part != place:
            parts.setdefault((place, part), naming.record)
    uses = read_uses(texts(), wording)
    words = weigh_uses(len(places), uses)
    titles = list(headings())
    return Features(
        topics, places, owner, words, weigh_uses(len(places), uses.pairs()),
        weigh_terms(len(places), titles, wording), _topical(titles, words, wording),
        _named(first, len(places), len(topics)), first, _direct(parts, len(places)), parts,
        _families(topics, places),
    )  # fmt: skip


def _topical(
    titles: Sequence[tuple[int, int, str, float]], words: Vocabulary, wording: Wording
) -> Any:
    """Feature × term of the lines: the heading's words by their rarity, rows of length 1."""
    frequency = np.diff(words.weights.tocsc().indptr)
    cells: dict[tuple[int, int], float] = {}
    for place, _, text, _ in titles:
        for term, _ in wording.find(text):
            column = words.columns.get(term)
            if column is not None:
                cells[place, column] = math.log(1 + words.weights.shape[0] / frequency[column])
    rows, columns = [c[0] for c in cells], [c[1] for c in cells]
    shape = words.weights.shape
    return unit_rows(sparse.csr_matrix((list(cells.values()), (rows, columns)), shape=shape))


def _named(first: dict[tuple[int, int], int], features: int, topics: int) -> Any:
    cells = list(first)
    rows, columns = [c[0] for c in cells], [c[1] for c in cells]
    matrix = sparse.csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(features, topics))
    fame = np.asarray(matrix.sum(axis=0)).ravel()
    rarity = np.log(1 + features / np.maximum(1, fame))
    return unit_rows(sparse.csr_matrix(matrix @ sparse.diags(rarity)))


def _direct(parts: dict[tuple[int, int], int], size: int) -> Any:
    """Feature × feature, the same both ways: 1 where one names the other, 2 where both do."""
    rows, columns = [a for a, _ in parts], [b for _, b in parts]
    matrix = sparse.csr_matrix((np.ones(len(parts)), (rows, columns)), shape=(size, size))
    return sparse.csr_matrix(matrix + matrix.T)


def _families(topics: Topics, places: Sequence[int]) -> Any:
    """Feature × feature: 1 where the lexicon knows both as doing comparable jobs."""
    labels: dict[str, int] = {}
    cells = [
        (i, labels.setdefault(topics.known[record].family, len(labels)))
        for i, record in enumerate(places)
        if record in topics.known and topics.known[record].family
    ]
    matrix = sparse.csr_matrix(
        (np.ones(len(cells)), ([c[0] for c in cells], [c[1] for c in cells])),
        shape=(len(places), max(1, len(labels))),
    )
    return sparse.csr_matrix(matrix @ matrix.T)


def rank_features(
    found: Features, related: Sequence[Sequence[tuple[int, float]]], most: int
) -> list[list[tuple[int, float]]]:
    """For each feature the best features of other services, with scores from 0 to 1.

    `related` are the related topics of each topic: features of related services count more.
    """
    size = len(found.records)
    closeness = _closeness(related, len(found.topics))
    best: list[list[tuple[int, float]]] = []
    words_t, headings_t = found.words.weights.T.tocsr(), found.headings.weights.T.tocsr()
    pairs_t, topical_t = found.pairs.weights.T.tocsr(), found.topical.T.tocsr()
    named_t = found.named.T.tocsr()
    rarity = _rarity(found)
    known = np.isin(found.records, list(found.topics.known))
    block = max(16, min(BLOCK, CELLS // max(1, size)))
    for start in range(0, size, block):
        rows = slice(start, min(start + block, size))
        score = WORDS * (found.words.weights[rows] @ words_t)
        score = score + PAIRS * (found.pairs.weights[rows] @ pairs_t)
        score = score + ABOUT * (found.topical[rows] @ words_t)
        score = score + ABOUT * (found.words.weights[rows] @ topical_t)
        score = score + HEADINGS * (found.headings.weights[rows] @ headings_t)
        score = score + NAMED * (found.named[rows] @ named_t)
        score = score + PART * found.parts[rows] + FAMILY * found.families[rows]
        cells = sparse.coo_matrix(score)
        if not cells.nnz:
            best += [[] for _ in range(cells.shape[0])]
            continue
        own, other = found.owner[rows][cells.row], found.owner[cells.col]
        close = (
            np.asarray(closeness[own, other]).ravel() + np.asarray(closeness[other, own]).ravel()
        )
        value = cells.data + SERVICES * close / 2
        # 'S3 event notifications' names Lambda: what Lambda says of it stands near.
        names = np.asarray(rarity[start + cells.row, other]).ravel()
        named = np.asarray(rarity[cells.col, own]).ravel()
        value = value + DIRECT * (names + named)
        # Of one service only such as are services themselves: security groups and network ACLs.
        value[(own == other) & ~(known[start + cells.row] & known[cells.col])] = 0
        value[start + cells.row == cells.col] = 0
        value = np.round(value / TOTAL, 6)
        table = sparse.csr_matrix((value, (cells.row, cells.col)), shape=cells.shape)
        for row in range(table.shape[0]):
            columns = table.indices[table.indptr[row] : table.indptr[row + 1]]
            values = table.data[table.indptr[row] : table.indptr[row + 1]]
            order = np.argsort(columns, kind="stable")
            columns, values = columns[order], values[order]
            best.append([
                (int(columns[i]), min(1.0, float(values[i]))) for i in top_of_row(values, most)
            ])  # fmt: skip
    return best


def _rarity(found: Features) -> Any:
    """Feature × topic: how much it says that the one names the other, by how rare that is."""
    fame = np.maximum(1, np.diff(found.named.tocsc().indptr))
    size = np.maximum(1, np.bincount(found.owner, minlength=len(found.topics)))
    return sparse.csr_matrix((found.named > 0) @ sparse.diags(1 / np.sqrt(fame * size)))


def _closeness(related: Sequence[Sequence[tuple[int, float]]], size: int) -> Any:
    cells = [(a, b, score) for a, row in enumerate(related) for b, score in row]
    return sparse.csr_matrix(
        ([c[2] for c in cells], ([c[0] for c in cells], [c[1] for c in cells])), shape=(size, size)
    )


def _both_name(found: Features, a: int, b: int) -> list[int]:
    """The topics that the lines of both features name, the rarest first, three at most."""
    columns, weights = row_of(found.named, a)
    others = row_of(found.named, b)[0]
    if not len(columns) or not len(others):
        return []
    weight = dict(zip(columns.tolist(), weights.tolist(), strict=True))
    both = weight.keys() & set(others.tolist())
    both -= {int(found.owner[a]), int(found.owner[b])}
    return sorted(both, key=lambda t: (-weight[t], t))[:3]


def why(found: Features, a: int, b: int) -> list[Reason]:
    """Why feature b is related to feature a, the strongest reason first, three at most."""
    topics, records = found.topics, found.topics.records
    reasons: list[Reason] = []
    for here, there in ((a, b), (b, a)):
        place = found.first_part.get((here, there))
        if place is not None and not reasons:
            here_name, there_name = (plain(records[found.records[i]].text) for i in (here, there))
            text = f"{here_name} names {there_name}: “{quote(records[place].text)}”"
            reasons.append(Reason("mention", text, records[place].line))
    one, other = (topics.known.get(found.records[i]) for i in (a, b))
    if one and other and one.family and one.family == other.family:
        text = f"Both do comparable jobs ({one.family})"
        if one.about and other.about:
            names = [entry.short or entry.official for entry in (one, other)]
            text += f": {names[0]} {one.about}; {names[1]} {other.about}"
        line = records[found.records[b]].line
        reasons.append(Reason("family", text, line, (one.family,)))
    for here, there in ((a, b), (b, a)):
        place = found.first_named.get((here, int(found.owner[there])))
        if place is not None and not reasons:
            name = topics.topics[int(found.owner[there])].name
            heading = plain(records[found.records[here]].text)
            service = topics.topics[int(found.owner[here])].name
            text = f"{heading} of {service} names {name}: “{quote(records[place].text)}”"
            reasons.append(Reason("mention", text, records[place].line))
    terms, place = shared_terms(found.headings, a, b)
    if terms and place >= 0:
        heading = quote(records[place].text)
        text = f"Both are about {listed([t.lower() for t in terms])}: “{heading}”"
        reasons.append(Reason("shared_terms", text, records[place].line, tuple(terms)))
    rare = _both_name(found, a, b)
    if rare:
        names = [topics.topics[t].name for t in rare]
        record = records[found.first_named[b, rare[0]]]
        text = f"Both name {listed(names)}: “{quote(record.text)}”"
        reasons.append(Reason("shared_topic", text, record.line, tuple(names)))
    terms, place = shared_terms(found.words, a, b)
    quoted = {(reason.kind, reason.line) for reason in reasons}
    if terms and len(reasons) < 3 and ("shared_terms", records[place].line) not in quoted:
        text = f"Both speak of {listed(terms)}: “{quote(records[place].text)}”"
        reasons.append(Reason("shared_terms", text, records[place].line, tuple(terms)))
    return reasons[:3]
