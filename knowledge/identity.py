"""Which node of a changed outline is which node of the one before. Pure.

Two forests in preorder are matched in the spirit of GumTree (Falleri et al., "Fine-grained and
accurate source code differencing", ASE 2014): equal subtrees first, then top-down through the
children of matched parents, with similar words or shared children as the sign of an edit, then
what moved. Every step is near-linear; quadratic comparisons are limited to small groups.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from rapidfuzz import fuzz, process

# Under one parent, words this similar (0..100) are the same node, edited.
SAME_PLACE = 60.0
# Away from its parent a node must be more alike to be the same one.
OTHER_PLACE = 82.0
# Shared children (0..1, Dice) that make two nodes of other words the same.
SHARED_CHILDREN = 0.5
# More pairs than this aren't compared one by one.
MOST_PAIRS = 250_000


@dataclass(frozen=True, slots=True)
class Item:
    """What matching knows of a node: `parent` is an index into the same list, -1 at the top."""

    kind: str
    text: str
    parent: int


@dataclass(slots=True)
class Changes:
    """How many nodes stayed as they were, and how many didn't."""

    kept: int = 0
    edited: int = 0
    moved: int = 0
    added: int = 0
    removed: int = 0

    def as_dict(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in self.__slots__}


class _Forest:
    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.children: list[list[int]] = [[] for _ in items]
        self.tops: list[int] = []
        for index, item in enumerate(items):
            (self.children[item.parent] if item.parent >= 0 else self.tops).append(index)
        self.paths: list[int] = []
        self.subtrees: list[int] = [0] * len(items)
        self.sizes: list[int] = [1] * len(items)

    def number(self, ids: dict[Hashable, int], fresh: count[int]) -> None:
        """Give equal paths and equal subtrees equal numbers, across both forests."""

        def of(key: Hashable) -> int:
            found = ids.get(key)
            if found is None:
                found = ids[key] = next(fresh)
            return found

        for item in self.items:
            above = self.paths[item.parent] if item.parent >= 0 else -1
            self.paths.append(of(("path", above, item.kind, item.text)))
        for index in range(len(self.items) - 1, -1, -1):
            item = self.items[index]
            below = tuple(self.subtrees[child] for child in self.children[index])
            self.subtrees[index] = of(("tree", item.kind, item.text, below))
            self.sizes[index] += sum(self.sizes[child] for child in self.children[index])


class _Matching:
    def __init__(self, old: Sequence[Item], new: Sequence[Item]) -> None:
        self.old, self.new = _Forest(old), _Forest(new)
        ids: dict[Hashable, int] = {}
        fresh = count()
        self.old.number(ids, fresh)
        self.new.number(ids, fresh)
        self.to_old: list[int] = [-1] * len(new)
        self.to_new: list[int] = [-1] * len(old)

    def pair(self, o: int, n: int) -> None:
        self.to_old[n], self.to_new[o] = o, n

    def free(self, o: int, n: int) -> bool:
        return (
            self.to_new[o] < 0
            and self.to_old[n] < 0
            and self.old.items[o].kind == self.new.items[n].kind
        )

    def by_key(self, old_keys: Sequence[Hashable], new_keys: Sequence[Hashable]) -> None:
        """Pair the unmatched that share a key, in the order of the file."""
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for o in range(len(old_keys) - 1, -1, -1):
            if self.to_new[o] < 0:
                waiting[old_keys[o]].append(o)
        for n, key in enumerate(new_keys):
            if self.to_old[n] < 0 and waiting.get(key):
                self.pair(waiting[key].pop(), n)

    def equal_places(self) -> None:
        old, new = self.old, self.new
        self.by_key(
            list(zip(old.paths, old.subtrees, strict=True)),
            list(zip(new.paths, new.subtrees, strict=True)),
        )
        self.by_key(old.paths, new.paths)

    def moved_subtrees(self) -> None:
        """A subtree that stands elsewhere, word for word, and only once on both sides."""
        old_count = self._unmatched(self.old.subtrees, self.to_new)
        new_count = self._unmatched(self.new.subtrees, self.to_old)
        where = {s: o for o, s in enumerate(self.old.subtrees) if self.to_new[o] < 0}
        for n, s in enumerate(self.new.subtrees):
            if self.to_old[n] >= 0 or new_count[s] != 1 or old_count.get(s) != 1:
                continue
            if self.new.sizes[n] == 1 and len(self.new.items[n].text) < 12:
                continue
            self._pair_subtrees(where[s], n)

    def _unmatched(self, keys: Sequence[int], matched: Sequence[int]) -> Counter[int]:
        return Counter(key for key, other in zip(keys, matched, strict=True) if other < 0)

    def _pair_subtrees(self, o: int, n: int) -> None:
        stack = [(o, n)]
        while stack:
            o, n = stack.pop()
            if self.free(o, n):
                self.pair(o, n)
            stack.extend(zip(self.old.children[o], self.new.children[n], strict=True))

    def top_down(self) -> None:
        """Through all matched parents: pair their unmatched children."""
        self.siblings(self.old.tops, self.new.tops)
        for n in range(len(self.to_old)):
            o = self.to_old[n]
            if o >= 0 and self.new.children[n]:
                self.siblings(self.old.children[o], self.new.children[n])

    def siblings(self, old: Sequence[int], new: Sequence[int]) -> None:
        old = [o for o in old if self.to_new[o] < 0]
        new = [n for n in new if self.to_old[n] < 0]
        if not old or not new:
            return
        by_text: dict[tuple[str, str], list[int]] = defaultdict(list)
        for o in reversed(old):
            by_text[self.old.items[o].kind, self.old.items[o].text].append(o)
        for n in new:
            same = by_text.get((self.new.items[n].kind, self.new.items[n].text))
            if same:
                self.pair(same.pop(), n)
        old = [o for o in old if self.to_new[o] < 0]
        new = [n for n in new if self.to_old[n] < 0]
        if len(old) * len(new) <= MOST_PAIRS:
            self.similar(old, new, SAME_PLACE)

    def similar(self, old: Sequence[int], new: Sequence[int], least: float) -> None:
        """Pair the most alike first; shared children count as much as words."""
        if not old or not new:
            return
        scores = process.cdist(
            [self.old.items[o].text.casefold() for o in old],
            [self.new.items[n].text.casefold() for n in new],
            scorer=fuzz.ratio,
        )
        pairs = []
        for i, o in enumerate(old):
            for j, n in enumerate(new):
                if self.old.items[o].kind != self.new.items[n].kind:
                    continue
                words = float(scores[i][j])
                if words < least and least == SAME_PLACE and self.continues(o, n):
                    words = least
                shared = self.shared_children(o, n)
                if words >= least or shared >= SHARED_CHILDREN:
                    pairs.append((-max(words, 100 * shared), -words, abs(i - j), o, n))
        for *_, o, n in sorted(pairs):
            if self.free(o, n):
                self.pair(o, n)

    def continues(self, o: int, n: int) -> bool:
        """One says what the other does and something more: words were added or taken off."""
        short, long = sorted(
            (self.old.items[o].text.casefold(), self.new.items[n].text.casefold()), key=len
        )
        return len(short) >= 3 and (long.startswith(short + " ") or long.endswith(" " + short))

    def shared_children(self, o: int, n: int) -> float:
        """Dice's coefficient of the children's words; 0 where either has none."""
        a, b = self.old.children[o], self.new.children[n]
        if not a or not b:
            return 0.0
        theirs = Counter(self.new.items[child].text for child in b)
        common = sum((Counter(self.old.items[child].text for child in a) & theirs).values())
        return 2 * common / (len(a) + len(b))

    def moved_words(self) -> None:
        """The same words elsewhere: in the same service first, then anywhere if not too common."""
        old_homes = self._homes(self.old)
        new_homes = [self.to_old[home] if home >= 0 else -1 for home in self._homes(self.new)]
        old, new = self.old.items, self.new.items
        self.by_key(
            [(item.kind, item.text, home) for item, home in zip(old, old_homes, strict=True)],
            [(item.kind, item.text, home) for item, home in zip(new, new_homes, strict=True)],
        )
        left = Counter(old[o].text for o, n in enumerate(self.to_new) if n < 0)
        rare = {text for text, times in left.items() if times == 1 or len(text) >= 24}
        self.by_key(
            [(item.kind, item.text) for item in old],
            [
                (item.kind, item.text) if item.text in rare else ("", index)
                for index, item in enumerate(new)
            ],
        )

    def moved_edits(self) -> None:
        """Moved and edited at once: alike words within one service, then anywhere."""
        old_homes, new_homes = self._homes(self.old), self._homes(self.new)
        groups: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for o, n in enumerate(self.to_new):
            if n < 0:
                groups[old_homes[o]][0].append(o)
        for n, o in enumerate(self.to_old):
            home = self.to_old[new_homes[n]]
            if o < 0 and home >= 0:
                groups[home][1].append(n)
        for old, new in groups.values():
            if len(old) * len(new) <= MOST_PAIRS:
                self.similar(old, new, OTHER_PLACE)
        old = [o for o, n in enumerate(self.to_new) if n < 0]
        new = [n for n, o in enumerate(self.to_old) if o < 0]
        if len(old) * len(new) <= MOST_PAIRS:
            self.similar(old, new, OTHER_PLACE)

    @staticmethod
    def _homes(forest: _Forest) -> list[int]:
        homes: list[int] = []
        for index, item in enumerate(forest.items):
            homes.append(homes[item.parent] if item.parent >= 0 else index)
        return homes

    def changes(self) -> Changes:
        changes = Changes(removed=sum(1 for n in self.to_new if n < 0))
        stayed = self._in_order()
        for n, o in enumerate(self.to_old):
            if o < 0:
                changes.added += 1
            elif not self._same_parent(o, n) or n not in stayed:
                changes.moved += 1
            elif self.old.items[o].text != self.new.items[n].text:
                changes.edited += 1
            else:
                changes.kept += 1
        return changes

    def _same_parent(self, o: int, n: int) -> bool:
        above_old, above_new = self.old.items[o].parent, self.new.items[n].parent
        if above_old < 0 or above_new < 0:
            return above_old == above_new
        return self.to_old[above_new] == above_old

    def _in_order(self) -> set[int]:
        """The new nodes that keep their order among their siblings (a longest such sequence)."""
        stayed: set[int] = set()
        for siblings in (self.new.tops, *self.new.children):
            same = [n for n in siblings if self.to_old[n] >= 0]
            same = [n for n in same if self._same_parent(self.to_old[n], n)]
            stayed.update(same[i] for i in longest_rise([self.to_old[n] for n in same]))
        return stayed


def longest_rise(values: Sequence[int]) -> list[int]:
    """The indices of a longest strictly rising subsequence.

    >>> longest_rise([3, 1, 2, 5])
    [1, 2, 3]
    """
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        place = bisect_left(tails, value)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [value]
        ends[place : place + 1] = [index]
    rise: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        rise.append(index)
        index = before[index]
    return rise[::-1]


def match(
    old: Sequence[Item], new: Sequence[Item], known: Iterable[tuple[int, int]] = ()
) -> tuple[list[int], Changes]:
    """For each new node the index of the old one that it is, or -1; and the count of changes.

    Both lists are in preorder (a parent before its children). `known` are pairs (old, new) that
    are the same whatever their words are.
    """
    matching = _Matching(old, new)
    for o, n in known:
        if matching.free(o, n):
            matching.pair(o, n)
    matching.equal_places()
    if any(other < 0 for other in matching.to_old) and any(o < 0 for o in matching.to_new):
        matching.moved_subtrees()
        matching.top_down()
        matching.moved_words()
        matching.top_down()
        matching.moved_edits()
        matching.top_down()
    return matching.to_old, matching.changes()
