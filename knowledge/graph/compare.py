"""Two topics side by side: what both say, what only one says, what both name. No libraries."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.graph.wording import Wording

# Statements as alike as this are shown facing each other: by their letters, or by their words.
ALIKE = 0.4
ALIKE_WORDS = 0.3
MOST = 400
# Of a handful of statements, none is rare for being there once.
FEW = 60
# What both speak of in more lines than this on a side says little of either.
COMMON = 6
_WORD = re.compile(r"[^\W_]+")

Statement = tuple[str, int]


@dataclass(frozen=True)
class Side:
    """One of the two: its statements with their lines, and the topics that it names with a line.

    `labels` are short lines that others stand under: they say something only where they face one.
    """

    name: str
    statements: Sequence[Statement]
    names: Mapping[str, int]
    labels: Sequence[Statement] = ()


@dataclass
class Comparison:
    """Every statement stands in it once, labels only where they face one.

    Names come with a line of each side that has them.
    `facing` are pairs of alike statements; `shared` are words that both use, as written, with the
    statements of each side that do.
    """

    facing: list[tuple[Statement, Statement]] = field(default_factory=list)
    shared: list[tuple[str, list[Statement], list[Statement]]] = field(default_factory=list)
    only_first: list[Statement] = field(default_factory=list)
    only_second: list[Statement] = field(default_factory=list)
    both_name: list[tuple[str, int, int]] = field(default_factory=list)
    first_names: list[tuple[str, int]] = field(default_factory=list)
    second_names: list[tuple[str, int]] = field(default_factory=list)


def compare(first: Side, second: Side, wording: Wording | None = None) -> Comparison:
    """What two topics have in common and where they differ; 'Stateful' faces 'Stateless'.

    The words of their own names count for nothing: that both lines name one of them makes them no
    more alike.
    """
    wording = wording or Wording()
    found = Comparison()
    own = {term for side in (first, second) for term, _ in wording.find(side.name)}
    letters = set(_WORD.findall(f"{first.name} {second.name}".casefold()))
    one, other = first.statements[:MOST], second.statements[:MOST]
    terms = (_terms(one, wording, own), _terms(other, wording, own))
    pairs = _pair([text for text, _ in one], [text for text, _ in other], terms, letters)
    facing = dict(pairs)
    left = [i for i in range(len(one)) if i not in facing]
    right = sorted(set(range(len(other))) - set(facing.values()))
    found.facing = _facing_labels(first.labels[:MOST], second.labels[:MOST], letters)
    found.facing += [(one[i], other[j]) for i, j in sorted(facing.items())]
    shown = _share(found, (one, other), terms, (left, right))
    found.only_first = [
        s for i, s in enumerate(first.statements) if i not in shown[0] | set(facing)
    ]
    taken = shown[1] | set(facing.values())
    found.only_second = [s for j, s in enumerate(second.statements) if j not in taken]
    _part_names(found, first, second)
    return found


def _facing_labels(
    one: Sequence[Statement], other: Sequence[Statement], own: set[str]
) -> list[tuple[Statement, Statement]]:
    """Labels that are almost but not quite the same, word by word: 'Stateful' and 'Stateless'."""
    alike = _alike([_shape(t, own) for t, _ in one], [_shape(t, own) for t, _ in other])
    scored = sorted((-score, i, j) for (i, j), score in alike.items() if score >= ALIKE)
    found: dict[int, int] = {}
    for _, i, j in scored:
        words = _WORD.findall(one[i][0].casefold()), _WORD.findall(other[j][0].casefold())
        if i in found or j in found.values() or words[0] == words[1]:
            continue
        if len(words[0]) == len(words[1]):
            found[i] = j
    return [(one[i], other[j]) for i, j in sorted(found.items())]


def _part_names(found: Comparison, first: Side, second: Side) -> None:
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


def _terms(
    statements: Sequence[Statement], wording: Wording, own: set[str]
) -> list[dict[str, str]]:
    """Of each statement its terms, as written."""
    return [
        {term: word for term, word in wording.find(text) if term not in own}
        for text, _ in statements
    ]


def _share(
    found: Comparison,
    statements: tuple[Sequence[Statement], Sequence[Statement]],
    terms: tuple[list[dict[str, str]], list[dict[str, str]]],
    left: tuple[Iterable[int], Iterable[int]],
) -> tuple[set[int], set[int]]:
    """What both speak of in lines that face no other; the most telling word takes a line first."""
    users: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
    for side in (0, 1):
        for i in left[side]:
            for term in terms[side][i]:
                users[side].setdefault(term, []).append(i)
    both = [
        term
        for term in users[0].keys() & users[1].keys()
        if max(len(users[0][term]), len(users[1][term])) <= COMMON
    ]
    shown: tuple[set[int], set[int]] = (set(), set())
    lines: list[tuple[int, str, list[Statement], list[Statement]]] = []
    for term in sorted(both, key=lambda term: (_weight(users, term), users[0][term], term)):
        mine = [i for i in users[0][term] if i not in shown[0]]
        theirs = [j for j in users[1][term] if j not in shown[1]]
        if mine and theirs:
            shown[0].update(mine)
            shown[1].update(theirs)
            lines.append((
                mine[0], terms[0][mine[0]][term], [statements[0][i] for i in mine],
                [statements[1][j] for j in theirs],
            ))  # fmt: skip
    found.shared = [(word, mine, theirs) for _, word, mine, theirs in sorted(lines)]
    return shown


def _weight(users: tuple[dict[str, list[int]], dict[str, list[int]]], term: str) -> int:
    return len(users[0][term]) + len(users[1][term])


def _pair(
    one: Sequence[str],
    other: Sequence[str],
    terms: tuple[list[dict[str, str]], list[dict[str, str]]],
    own: set[str],
) -> list[tuple[int, int]]:
    """The most alike first, each in one pair at most."""
    by_letters = _alike([_shape(text, own) for text in one], [_shape(text, own) for text in other])
    by_words = _alike([Counter(t.keys()) for t in terms[0]], [Counter(t.keys()) for t in terms[1]])
    scored = [(-score, i, j) for (i, j), score in by_letters.items() if score >= ALIKE]
    scored += [(-score, i, j) for (i, j), score in by_words.items() if score >= ALIKE_WORDS]
    pairs, used_i, used_j = [], set(), set()
    for _, i, j in sorted(scored):
        if i not in used_i and j not in used_j:
            pairs.append((i, j))
            used_i.add(i)
            used_j.add(j)
    return pairs


def _alike(
    left: Sequence[Counter[str]], right: Sequence[Counter[str]]
) -> dict[tuple[int, int], float]:
    """The cosine of each pair that has something in common, what is rare counting for more."""
    rarity = _rarity([*left, *right])
    lengths = (
        [_length(shape, rarity) for shape in left],
        [_length(shape, rarity) for shape in right],
    )
    users: dict[str, list[int]] = {}
    for j, shape in enumerate(right):
        for piece in shape:
            users.setdefault(piece, []).append(j)
    found: dict[tuple[int, int], float] = {}
    for i, shape in enumerate(left):
        products: dict[int, float] = defaultdict(float)
        for piece, count in shape.items():
            for j in users.get(piece, ()):
                products[j] += count * right[j][piece] * rarity[piece]
        for j, product in products.items():
            found[i, j] = round(product / (lengths[0][i] * lengths[1][j] or 1), 6)
    return found


def _shape(text: str, own: set[str]) -> Counter[str]:
    """Pieces of three letters of each word: 'stateful' and 'stateless' have most in common."""
    grams: Counter[str] = Counter()
    for word in _WORD.findall(text.casefold()):
        if word not in own:
            padded = f" {word} "
            grams.update(padded[i : i + 3] for i in range(len(padded) - 2))
    return grams


def _rarity(shapes: Sequence[Counter[str]]) -> dict[str, float]:
    frequency = Counter(piece for shape in shapes for piece in shape)
    number = max(FEW, len(shapes))
    return {piece: math.log(1 + number / count) for piece, count in frequency.items()}


def _length(shape: Counter[str], rarity: Mapping[str, float]) -> float:
    return math.sqrt(sum(count**2 * rarity[piece] for piece, count in shape.items()))
