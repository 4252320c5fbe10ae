"""What is known of one outline before its text is asked: words, names, synonyms. Pure.

It is made when the outline is indexed, stored as one JSON text beside the index, and held in memory
by every process that searches the outline. It tells which typed words exist at all, how rare they
are, which names begin as typed, and what everyday words stand for.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from math import log
from typing import Any, Literal, NamedTuple

from knowledge.lexicon import Synonym, names_in_heading
from knowledge.search.documents import FEATURE, SERVICE, document_id
from knowledge.search.naming import compact, initials, plain_text
from knowledge.search.words import fold, pieces, wholes

# Beyond this many different words the rarest are left out; then an unknown word may still be found.
MOST_WORDS = 300_000

How = Literal["exact", "alias", "initials", "part"]


class Node(NamedTuple):
    """A service or feature as a hit shows it. `service` is the index of a feature's service."""

    kind: int
    pk: int
    name: str
    slug: str
    line: int
    headed: bool
    service: int


class NameEntry(NamedTuple):
    """One way to call a node."""

    key: str
    node: int
    how: How


def node_names(
    kind: int, name: str, others: Iterable[tuple[str, bool]], within: Iterable[str] = ()
) -> dict[str, How]:
    """All keys of one node with how they name it, the best reason for each.

    `others` are further names and whether they are as good as the name itself; `within` are names
    of the service that a feature stands under: 'S3 Object Lock' is 'Object Lock' there.
    """
    found: dict[str, How] = {}
    given = names_in_heading(name)
    found.setdefault(compact(given[0] if given else name), "exact")
    for other in given[1:]:
        found.setdefault(compact(other), "alias")
    for other, equal in others:
        found.setdefault(compact(other), "exact" if equal else "alias")
    folded = fold(plain_text(name))
    for owner in within:
        start = fold(owner) + " "
        if len(start) > 2 and folded.startswith(start):
            found.setdefault(compact(folded.removeprefix(start)), "alias")
    for called in [*given, *(other for other, _ in others)]:
        for short in initials(called, whole_only=True):
            found.setdefault(short, "initials")
    if kind == FEATURE:
        for short in initials(name):
            found.setdefault(short, "part")
    found.pop("", None)
    return found


def synonym_key(text: str, stem: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(stem(whole) for whole in wholes(text, 12))


class Lexis:
    """The words, names and synonyms of one outline, as read from its JSON text."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.documents: int = max(1, data["documents"])
        self.complete: bool = data["complete"]
        self.words: dict[str, int] = data["words"]
        self.others: dict[str, int] = data["others"]
        self.nodes = [Node(*row) for row in data["nodes"]]
        self.names = [NameEntry(*row) for row in data["names"]]
        self.synonyms: dict[tuple[str, ...], list[list[str]]] = {
            tuple(key.split(" ")): means for key, means in data["synonyms"].items()
        }
        self._starts_by_length: dict[int, dict[str, str]] = {}
        self._numbers: tuple[int, list[int]] = (0, [])
        self.longest_synonym = max(map(len, self.synonyms), default=0)

    @classmethod
    def read(cls, text: str) -> Lexis:
        return cls(json.loads(text))

    @cached_property
    def by_node(self) -> dict[tuple[int, int], int]:
        """Where a service or feature stands in `nodes`, by kind and primary key."""
        return {(node.kind, node.pk): index for index, node in enumerate(self.nodes)}

    def numbers(self, outline: int) -> list[int]:
        """The numbers of the nodes' documents; `outline` is the key of whose lexis this is."""
        known, numbers = self._numbers
        if known != outline:
            numbers = [document_id(outline, node.kind, node.pk) for node in self.nodes]
            self._numbers = (outline, numbers)
        return numbers

    @cached_property
    def by_name(self) -> dict[str, list[NameEntry]]:
        found: dict[str, list[NameEntry]] = {}
        for entry in self.names:
            found.setdefault(entry.key, []).append(entry)
        return found

    @cached_property
    def _name_keys(self) -> list[str]:
        return [entry.key for entry in self.names]

    @cached_property
    def _starts(self) -> tuple[list[str], list[int]]:
        """Every word of a name, sorted, and the node that it belongs to."""
        rows = sorted(
            (word, index)
            for index, node in enumerate(self.nodes)
            for piece in pieces(node.name, 12)
            for word in piece.words
        )
        return [word for word, _ in rows], [index for _, index in rows]

    @cached_property
    def words_of_length(self) -> dict[int, list[str]]:
        """The words that a slip may be mended to, by length: names written as one among them,
        numbers and identifiers not."""
        found: dict[int, list[str]] = {}
        joined = {
            entry.key
            for entry in self.names
            if entry.how in ("exact", "alias") and entry.key in self.others
        }
        for word in self.words.keys() | joined:
            if len(word) > 2 and word.isalpha():
                found.setdefault(len(word), []).append(word)
        return found

    def starts_of_length(self, length: int) -> dict[str, str]:
        """The beginnings that longer words have, each with one of those words."""
        starts = self._starts_by_length.get(length)
        if starts is None:
            starts = {}
            for longer, words in self.words_of_length.items():
                if longer > length:
                    for word in words:
                        starts.setdefault(word[:length], word)
            self._starts_by_length[length] = starts
        return starts

    @cached_property
    def service_keys(self) -> frozenset[str]:
        """Every way to call a service, initials left out."""
        return frozenset(
            entry.key
            for entry in self.names
            if entry.how in ("exact", "alias") and self.nodes[entry.node].kind == SERVICE
        )

    @cached_property
    def services_with_word(self) -> Counter[str]:
        """In the names of how many services a word stands."""
        return Counter(
            word
            for node in self.nodes
            if node.kind == SERVICE
            for word in {word for piece in pieces(node.name, 12) for word in piece.words}
        )

    @cached_property
    def vocabulary(self) -> list[str]:
        return sorted(self.words)

    def knows(self, word: str) -> bool:
        return word in self.words or word in self.others

    def count(self, word: str) -> int:
        """In how many documents a word stands."""
        return max(self.words.get(word, 0), self.others.get(word, 0))

    def rarity(self, count: int) -> float:
        """How much a word tells that stands in `count` documents: about 0.4 to 1.4."""
        rarest = log(1 + self.documents)
        return 0.4 + log(1 + self.documents / (1 + count)) / rarest

    def completions(self, prefix: str, most: int | None = 200) -> list[str]:
        """The words that begin so, other than the prefix itself; the first in the alphabet."""
        start = bisect_left(self.vocabulary, prefix)
        end = bisect_left(self.vocabulary, prefix + "\U0010ffff", lo=start)
        found = self.vocabulary[start : end if most is None else min(end, start + most)]
        return found[1:] if found and found[0] == prefix else found

    def names_beginning(self, key: str, most: int) -> list[NameEntry]:
        """The names that begin with a key, in alphabetical order."""
        if not key:
            return []
        start = bisect_left(self._name_keys, key)
        end = bisect_left(self._name_keys, key + "\U0010ffff", lo=start)
        return self.names[start : min(end, start + most)]

    def nodes_with_word_beginning(self, prefix: str, most: int) -> list[tuple[int, bool]]:
        """The nodes that have a word in their name that begins so, and if it is the whole word."""
        words, nodes = self._starts
        start = bisect_left(words, prefix)
        end = min(bisect_left(words, prefix + "\U0010ffff", lo=start), start + most)
        return [(nodes[i], words[i] == prefix) for i in range(start, end)]


def write_lexis(
    *,
    documents: int,
    words: dict[str, int],
    others: dict[str, int],
    nodes: Sequence[Node],
    names: Iterable[NameEntry],
    synonyms: Iterable[Synonym],
    stem: Callable[[str], str],
) -> str:
    """The JSON text of an outline's lexis."""
    complete = len(words) + len(others) <= MOST_WORDS
    if not complete:
        words, others = _commonest(words, MOST_WORDS // 2), _commonest(others, MOST_WORDS // 2)
    table: dict[str, list[list[str]]] = {}
    for synonym in synonyms:
        _add_synonym(table, synonym.words, synonym.means, stem)
        if synonym.both:
            _add_synonym(table, synonym.means, synonym.words, stem)
    return json.dumps(
        {
            "documents": documents,
            "complete": complete,
            "words": words,
            "others": others,
            "nodes": nodes,
            "names": sorted(names),
            "synonyms": table,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _commonest(counts: dict[str, int], most: int) -> dict[str, int]:
    kept = sorted(counts, key=lambda word: (-counts[word], len(word), word))[:most]
    return {word: counts[word] for word in kept}


def _add_synonym(
    table: dict[str, list[list[str]]],
    words: Iterable[str],
    means: Iterable[str],
    stem: Callable[[str], str],
) -> None:
    targets = [wholes(text, 12) for text in means]
    for text in words:
        key = " ".join(synonym_key(text, stem))
        known = table.setdefault(key, []) if key else []
        known += [target for target in targets if target and target not in known]
