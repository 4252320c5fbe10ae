"""Two topics side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.graph.compare import Side, compare


def side(name: str, *texts: str, names: dict[str, int] | None = None) -> Side:
    return Side(name, [(text, line) for line, text in enumerate(texts, 1)], names or {})


def test_opposites_face_each_other() -> None:
    found = compare(
        side("Security groups", "Stateful", "Attached to an interface", "Allow rules only"),
        side("Network ACLs", "Stateless", "Attached to a subnet", "Numbered"),
    )
    pairs = [(one[0], other[0]) for one, other in found.facing]
    assert ("Stateful", "Stateless") in pairs
    assert ("Attached to an interface", "Attached to a subnet") in pairs
    assert [text for text, _ in found.only_second] == ["Numbered"]


def test_names_are_parted_into_common_and_own() -> None:
    found = compare(
        side("A", names={"KMS": 1, "B": 2, "Lambda": 3}), side("B", names={"KMS": 9, "RDS": 8})
    )
    assert found.both_name == [("KMS", 1, 9)]
    assert found.first_names == [("Lambda", 3)]
    assert found.second_names == [("RDS", 8)]


def test_labels_are_shown_only_where_they_face_one() -> None:
    first = Side("A", [("Stateful: x", 2)], {}, [("Stateful", 1), ("Default", 3)])
    second = Side("B", [("Stateless: y", 2)], {}, [("Stateless", 1), ("Default", 4)])
    labels = [(one[0], other[0]) for one, other in compare(first, second).facing]
    assert ("Stateful", "Stateless") in labels
    assert ("Default", "Default") not in labels


def test_what_both_speak_of_stands_under_the_word() -> None:
    found = compare(
        side("A", "Works with KMS and costs nothing"), side("B", "Specify a key, or KMS makes one")
    )
    assert found.shared == [
        ("KMS", [("Works with KMS and costs nothing", 1)], [("Specify a key, or KMS makes one", 1)])
    ]


def test_the_names_of_both_make_no_lines_alike() -> None:
    found = compare(side("Red fox", "A red fox sleeps"), side("Grey wolf", "No red fox hunts here"))
    assert found.facing == []


TEXTS = st.lists(st.text(max_size=20), max_size=12)


@given(TEXTS, TEXTS)
def test_every_statement_is_shown_once(one: list[str], other: list[str]) -> None:
    first, second = side("A", *one), side("B", *other)
    found = compare(first, second)
    mine = [each for _, some, _ in found.shared for each in some]
    theirs = [each for _, _, some in found.shared for each in some]
    mine += [*found.only_first, *(a for a, _ in found.facing)]
    theirs += [*found.only_second, *(b for _, b in found.facing)]
    assert sorted(mine) == sorted(first.statements)
    assert sorted(theirs) == sorted(second.statements)
