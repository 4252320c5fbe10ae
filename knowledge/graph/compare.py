"""Two topics side by side: what both say, what only one says, what both name. No libraries."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# Statements as alike as this are shown facing each other.
ALIKE = 0.4
MOST = 400
# Of a handful of statements, none is rare for being there once.
FEW = 60
_WORD = re.compile(r"[^\W_]+")

Statement = tuple[str, int]


@dataclass(frozen=True)
class Side:
    """One of the two: its statements with their lines, and the topics that it names with a line."""

    name: str
    statements: Sequence[Statement]
    names: Mapping[str, int]


@dataclass
class Comparison:
    """`facing` are pairs of alike statements; names come with a line of each side that has them."""

    facing: list[tuple[Statement, Statement]] = field(default_factory=list)
    only_first: list[Statement] = field(default_factory=list)
    only_second: list[Statement] = field(default_factory=list)
    both_name: list[tuple[str, int, int]] = field(default_factory=list)
    first_names: list[tuple[str, int]] = field(default_factory=list)
    second_names: list[tuple[str, int]] = field(default_factory=list)


def compare(first: Side, second: Side) -> Comparison:
    """What two topics have in common and where they differ; 'Stateful' faces 'Stateless'."""
    found = Comparison()
    one, other = first.statements[:MOST], second.statements[:MOST]
    pairs = _pair([text for text, _ in one], [text for text, _ in other])
    facing = dict(pairs)
    taken = set(facing.values())
    for i, statement in enumerate(first.statements):
        if i in facing:
            found.facing.append((statement, other[facing[i]]))
        else:
            found.only_first.append(statement)
    found.only_second = [s for i, s in enumerate(second.statements) if i not in taken]
    for name, line in first.names.items():
        if name in second.names:
            found.both_name.append((name, line, second.names[name]))
        elif name != second.name:
            found.first_names.append((name, line))
    found.second_names = [
        (name, line)
        for name, line in second.names.items()
        if name not in first.names and name != first.name
    ]
    return found


def _pair(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """The most alike first, each in one pair at most."""
    left, right = [_shape(text) for text in one], [_shape(text) for text in other]
    rarity = _rarity([*left, *right])
    lengths = (
        [_length(shape, rarity) for shape in left],
        [_length(shape, rarity) for shape in right],
    )
    users: dict[str, list[int]] = {}
    for j, shape in enumerate(right):
        for gram in shape:
            users.setdefault(gram, []).append(j)
    scored = []
    for i, shape in enumerate(left):
        products: dict[int, float] = defaultdict(float)
        for gram, count in shape.items():
            for j in users.get(gram, ()):
                products[j] += count * right[j][gram] * rarity[gram]
        for j, product in products.items():
            score = product / (lengths[0][i] * lengths[1][j] or 1)
            if score >= ALIKE:
                scored.append((-round(score, 6), i, j))
    pairs, used_i, used_j = [], set(), set()
    for _, i, j in sorted(scored):
        if i not in used_i and j not in used_j:
            pairs.append((i, j))
            used_i.add(i)
            used_j.add(j)
    return pairs


def _shape(text: str) -> Counter[str]:
    """Pieces of three letters of each word: 'stateful' and 'stateless' have most in common."""
    grams: Counter[str] = Counter()
    for word in _WORD.findall(text.casefold()):
        padded = f" {word} "
        grams.update(padded[i : i + 3] for i in range(len(padded) - 2))
    return grams


def _rarity(shapes: Sequence[Counter[str]]) -> dict[str, float]:
    frequency = Counter(gram for shape in shapes for gram in shape)
    number = max(FEW, len(shapes))
    return {gram: math.log(1 + number / count) for gram, count in frequency.items()}


def _length(shape: Counter[str], rarity: Mapping[str, float]) -> float:
    return math.sqrt(sum(count**2 * rarity[gram] for gram, count in shape.items()))
