"""Which node of a changed outline is which: one behaviour each, then random edits."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.identity import Changes, Item, longest_rise, match
from knowledge.outline.reading import read_outline
from knowledge.records import make_records


def items(text: str) -> list[Item]:
    return [Item(r.kind, r.text, r.parent) for r in make_records(read_outline(text))]


def pairs(old: str, new: str) -> tuple[dict[str, str | None], Changes]:
    """New text → the old text that it is; for outlines whose texts differ from one another."""
    before, after = items(old), items(new)
    matched, changes = match(before, after)
    found = {
        item.text: before[o].text if o >= 0 else None
        for item, o in zip(after, matched, strict=True)
    }
    return found, changes


OLD = """\
# Notes
## Storage
### Buckets
- Objects are kept in buckets
- Versioning keeps old objects
  - Cannot be switched off again
## Compute
### Functions
- Run at most 15 minutes
- Use an execution role
"""


def test_the_same_text_is_kept_whole() -> None:
    found, changes = pairs(OLD, OLD)
    assert all(new == old for new, old in found.items())
    assert changes == Changes(kept=9)


def test_a_mended_typo_is_an_edit() -> None:
    found, changes = pairs(OLD, OLD.replace("Versioning keeps", "Versoning keps"))
    assert found["Versoning keps old objects"] == "Versioning keeps old objects"
    assert changes == Changes(kept=8, edited=1)


def test_a_renamed_topic_keeps_all_beneath_it() -> None:
    found, changes = pairs(OLD, OLD.replace("## Storage", "## Object stores"))
    assert found["Object stores"] == "Storage"
    assert changes == Changes(kept=8, edited=1)


def test_a_subtree_that_moved_to_another_topic_is_moved() -> None:
    new = """\
# Notes
## Storage
### Buckets
- Objects are kept in buckets
## Compute
### Functions
- Run at most 15 minutes
- Use an execution role
- Versioning keeps old objects
  - Cannot be switched off again
"""
    found, changes = pairs(OLD, new)
    assert found["Versioning keeps old objects"] == "Versioning keeps old objects"
    assert changes == Changes(kept=8, moved=1)


def test_two_siblings_that_change_places_are_one_move() -> None:
    new = OLD.replace("- Run at most 15 minutes\n- Use an execution role\n",
                      "- Use an execution role\n- Run at most 15 minutes\n")  # fmt: skip
    assert pairs(OLD, new)[1] == Changes(kept=8, moved=1)


def test_another_statement_in_its_place_is_not_the_same() -> None:
    found, changes = pairs(OLD, OLD.replace("Use an execution role", "Log to a stream"))
    assert found["Log to a stream"] is None
    assert (changes.added, changes.removed) == (1, 1)


def test_a_line_above_moves_nothing() -> None:
    new = OLD.replace("### Buckets\n", "### Buckets\n- Names are unique in the world\n")
    assert pairs(OLD, new)[1] == Changes(kept=9, added=1)


def test_equal_siblings_are_told_apart_by_what_is_beneath_them() -> None:
    old = "# T\n## A\n- Requires\n  - one\n- Requires\n  - two\n## B\n- b\n"
    new = "# T\n## A\n- Requires\n  - two\n## B\n- b\n"
    before, after = items(old), items(new)
    matched, changes = match(before, after)
    kept = [before[o].text for o in matched if o >= 0]
    assert "two" in kept
    assert changes == Changes(kept=5, removed=2)


@pytest.mark.parametrize(
    ("values", "rise"),
    [([], []), ([5], [0]), ([3, 1, 2, 5], [1, 2, 3]), ([2, 1], [1])],
)
def test_longest_rise(values: list[int], rise: list[int]) -> None:
    assert longest_rise(values) == rise


# Random edits: a tree whose nodes carry a hidden identity, written as an outline before and after.

WORDS = [
    "bucket",
    "object",
    "policy",
    "network",
    "table",
    "index",
    "queue",
    "topic",
    "stream",
    "cluster",
    "region",
    "account",
    "key",
    "role",
    "group",
    "rule",
    "alarm",
    "metric",
    "trace",
    "token",
    "session",
    "backup",
    "volume",
    "image",
    "domain",
    "record",
    "zone",
    "certificate",
    "template",
    "stack",
    "parameter",
    "secret",
    "finding",
    "detector",
    "agent",
    "rotation",
    "retention",
]


@dataclass
class Tagged:
    tag: int
    text: str
    children: list[Tagged] = field(default_factory=list)


def grow(rng: random.Random) -> list[Tagged]:
    tag = iter(range(10_000))

    def node(depth: int) -> Tagged:
        words = rng.sample(WORDS, rng.randint(3, 7))
        below = rng.randint(0, 4) if depth < 3 else 0
        if depth < 2:
            below += 2
        return Tagged(next(tag), " ".join(words), [node(depth + 1) for _ in range(below)])

    return [node(0) for _ in range(rng.randint(2, 5))]


def walk(tops: list[Tagged], depth: int = 0) -> list[tuple[int, Tagged]]:
    found = []
    for top in tops:
        found.append((depth, top))
        found += walk(top.children, depth + 1)
    return found


def write(tops: list[Tagged]) -> tuple[str, list[int]]:
    lines, tags = ["# Title"], []
    for depth, node in walk(tops):
        mark = {0: "## ", 1: "### "}.get(depth, "  " * (depth - 2) + "- ")
        lines.append(mark + node.text)
        tags.append(node.tag)
    return "\n".join(lines) + "\n", tags


def misspell(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text))
    return text[:at] + rng.choice("aeiou") + text[at + 1 :]


def edit(tops: list[Tagged], rng: random.Random, fresh: int) -> None:
    depth, node = rng.choice(walk(tops))
    facts = [(d, n) for d, n in walk(tops) if d >= 1]
    action = rng.choice(["misspell", "extend", "rename", "add", "remove", "swap", "move"])
    if action == "misspell":
        node.text = misspell(node.text, rng)
    elif action == "extend":
        node.text += f" {rng.choice(WORDS)}"
    elif action == "rename" and depth < 2:
        node.text = " ".join(rng.sample(WORDS, 4))
    elif action == "add" and depth >= 1:
        words = " ".join(rng.sample(WORDS, 6))
        node.children.insert(rng.randint(0, len(node.children)), Tagged(fresh, words))
    elif action == "remove":
        holder = rng.choice(facts)[1]
        holder.children[:] = holder.children[1:]
    elif action == "swap" and len(node.children) > 1:
        node.children[0], node.children[1] = node.children[1], node.children[0]
    elif action == "move" and depth >= 1:
        others = [n for d, n in walk(tops) if d >= 1 and not any(n is x for _, x in walk([node]))]
        if node.children and others:
            rng.choice(others).children.append(node.children.pop(0))


@given(seed=st.integers(0, 2**32), edits=st.integers(1, 4))
@settings(max_examples=120, deadline=None)
def test_identity_survives_random_edits(seed: int, edits: int) -> None:
    rng = random.Random(seed)
    tops = grow(rng)
    before, old_tags = write(tops)
    for number in range(edits):
        edit(tops, rng, 20_000 + number)
    after, new_tags = write(tops)
    old_items, new_items = items(before), items(after)
    matched, changes = match(old_items, new_items)
    assert changes.kept + changes.edited + changes.moved + changes.added == len(new_items)
    assert len(new_items) - changes.added == len(old_items) - changes.removed
    same_kind = {tag: item.kind for tag, item in zip(old_tags, old_items, strict=True)}
    lost = [
        tag
        for tag, item, o in zip(new_tags, new_items, matched, strict=True)
        if same_kind.get(tag) == item.kind and (o < 0 or old_tags[o] != tag)
    ]
    assert lost == []


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b", "aa", ""]), st.integers(0, 5)), max_size=12),
    st.lists(st.tuples(st.sampled_from(["a", "b", "aa", ""]), st.integers(0, 5)), max_size=12),
)
def test_matching_is_one_to_one_for_any_two_forests(
    old: list[tuple[str, int]], new: list[tuple[str, int]]
) -> None:
    def forest(rows: list[tuple[str, int]]) -> list[Item]:
        return [Item("fact", text, min(up, i) - 1) for i, (text, up) in enumerate(rows)]

    matched, changes = match(forest(old), forest(new))
    used = [o for o in matched if o >= 0]
    assert len(used) == len(set(used))
    assert changes.removed == len(old) - len(used)
