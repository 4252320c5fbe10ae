"""Items from cards, tables, dates, marks and lists: the outline's own shape, in any language."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.lexicon import EMPTY
from knowledge.outline.reading import read_outline
from knowledge.records import make_records
from quiz.items.bank import Bank, make_bank
from quiz.items.flaws import flaws_of
from quiz.items.item import Item
from quiz.items.subject import Subject
from tests.quiz.items.outlines import ROOT

OUTLINES = sorted((ROOT / "tests/outlines").iterdir())


def bank_of(text: str) -> Bank:
    tree = read_outline(text.encode())
    return make_bank(Subject(make_records(tree), EMPTY, tree.language))


def items_of(text: str, *shapes: str) -> list[Item]:
    return [item for item in bank_of(text).items if item.shape in shapes]


def asked(text: str, *shapes: str) -> dict[str, tuple[str, ...]]:
    return {item.stem: item.answers or () for item in items_of(text, *shapes)}


@pytest.mark.parametrize(
    ("line", "stem", "answer"),
    [
        ("Q: Antidote for heparin?\nA: Protamine sulfate", "Antidote for heparin?", "Protamine"),
        ("- What does S3 mean?::Volume overload", "What does S3 mean?", "Volume overload"),
        ("F: Hauptstadt von Peru?\nA: Lima", "Hauptstadt von Peru?", "Lima"),
    ],
)
def test_a_question_of_the_author_is_asked_in_the_authors_words(line, stem, answer):
    (item,) = items_of(f"# Cards\n## Deck\n{line}\n", "card_question")
    assert item.stem.startswith(stem)
    assert answer in (item.answers or ("",))[0]


def test_each_gap_that_the_author_made_is_asked():
    found = asked("# Drugs\n## Diuretics\n- {{c1::Amiloride}} blocks {{c2::ENaC}}\n", "author_gap")
    assert sorted(found.values()) == [("Amiloride",), ("ENaC",)]
    assert any("“A____ blocks ENaC”" in stem for stem in found)


def test_a_term_is_asked_by_its_explanation_with_its_first_letters():
    text = "# Biology\n## Organelles\n- **Golgi apparatus**: sorts and ships proteins in vesicles\n"
    (item,) = items_of(text, "card_term")
    assert "sorts and ships proteins in vesicles" in item.stem
    assert item.stem.endswith("(G____ a____)")
    assert item.answers == ("Golgi apparatus",)


@pytest.mark.parametrize(
    "line",
    [
        "- Exception: the buyer knew of the flaw\n- Exception: the seller was absent for long",
        "- Beispiel: ein Haus am Rand der Stadt",
        "- keep the changes: the index stays as it was",
        "- Prices: 12, 15, 18",
        "- Example\n  - Port: the door of a large host",
        "- Mitosis: how mitosis divides one cell",
    ],
)
def test_what_names_nothing_or_tells_itself_is_no_term(line):
    assert not items_of(f"# T\n## Topic\n{line}\n", "card_term")


def test_a_cell_is_asked_by_row_and_column_and_chosen_from_its_column():
    text = (
        "# Storage\n## Services\n| Name | Kind | Durability |\n|---|---|---|\n"
        "| Alpha | Object | 11 nines |\n| Beta | Block | 3 nines |\n| Gamma | File | 5 nines |\n"
    )
    gaps = asked(text, "cell")
    assert any(
        "“Kind”" in stem and "“Beta”" in stem and a == ("Block",) for stem, a in gaps.items()
    )
    singles = items_of(text, "cell_value", "cell_row")
    assert singles
    for item in singles:
        assert all(option.evidence[0].line for option in item.options)
    (matching, *_) = items_of(text, "cell_matching")
    assert len(matching.pairs or ()) == 3


def test_yes_and_no_cells_are_not_asked():
    text = "# T\n## A\n| Algorithm | Preemptive |\n|---|---|\n| FCFS | no |\n| Robin | yes |\n"
    assert not items_of(text, "cell", "cell_value", "cell_row", "cell_matching")


TIMELINE = """# Rome
## Republic
- 494 BC – First secession of the plebs
- 451–450 BC – Twelve Tables
- 264–241 BC: First Punic War
- 146 BC: Carthage is destroyed
"""


def test_dates_are_asked_and_put_in_order_with_years_before_our_era_the_right_way():
    (order, *_) = items_of(TIMELINE, "date_order")
    assert order.sequence == (
        "First secession of the plebs", "Twelve Tables", "First Punic War", "Carthage is destroyed",
    )  # fmt: skip
    found = asked(TIMELINE, "date")
    assert any("Twelve Tables" in stem and "450" not in stem for stem in found)


@pytest.mark.parametrize(
    ("note", "told", "answer"),
    [
        ("Mandatory 7-30d waiting period", "Mandatory ____d waiting period", "7-30"),
        ("La capitale si sposta a Roma nel 1871", "La capitale si sposta a Roma nel ____", "1871"),
        ("Up to 25 items in each batch", "Up to ____ items in each batch", "25"),
    ],
)
def test_the_one_number_of_a_note_is_a_gap_with_its_unit_kept(note, told, answer):
    (item,) = items_of(f"# T\n## Keys\n- {note}\n", "note_number")
    assert f"“{told}”" in item.stem
    assert (item.answers or ("",))[0] == answer


@pytest.mark.parametrize(
    "note",
    [
        "TLS 1.2 or newer on every host", "Runs on Windows Server 2016 hosts",
        "Records in Route 53 hosted zones", "Needs 1 role for each function",
        "See https://example.org/a/12 for more", "e.g. 30 hosts behind a balancer",
        "Between 10 and 20 hosts in each zone", "[^1]: See the appendix",
        "TODO read chapter about 12 monkeys",
    ],
)  # fmt: skip
def test_numbers_that_name_or_count_nothing_are_no_gaps(note):
    assert not items_of(f"# T\n## Keys\n- {note}\n", "note_number")


def test_a_number_with_a_rival_beside_it_is_not_asked():
    text = "# T\n## Keys\n- Waiting period of keys 30 days\n- Waiting period of keys 7 days\n"
    assert not items_of(text, "note_number")


def test_one_missing_member_of_a_list_of_names_is_asked():
    (item,) = items_of("# T\n## Pods\n- Restart policies\n  - Always\n  - OnFailure\n  - Never\n",
                       "list_member")  # fmt: skip
    assert (item.answers or ("",))[0] in {"Always", "OnFailure", "Never"}
    assert (item.answers or ("",))[0] not in item.stem


def test_headings_with_notes_of_their_own_are_no_list():
    names = "".join(f"  - {name}\n    - short\n" for name in ("Boiling", "Baking", "Frying"))
    text = f"# T\n## A\n- Methods\n{names}"
    assert not items_of(text, "list_member")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("A bridge is an edge whose removal splits the graph in two.", "bridge"),
        ("操作系统是管理计算机硬件与软件资源的程序。", "操作系统"),
        ("Ein Deskriptor ist eine Zahl, mit der das System eine Datei meint.", "Deskriptor"),
    ],
)  # fmt: skip
def test_a_sentence_that_defines_asks_for_what_it_defines(text, answer):
    (item,) = items_of(f"# T\n## 1\n{text}\n", "definition")
    assert item.answers == (answer,)


def test_an_unsorted_numbered_list_in_another_language_is_no_order():
    assert not items_of(
        "# 网络\n## 传输层\n1. 面向连接的协议\n2. 无连接的协议\n3. 端口的范围\n", "ordering"
    )


@pytest.mark.parametrize("path", OUTLINES, ids=lambda path: path.stem)
def test_sample_outlines_give_only_sound_items(path):
    tree = read_outline(path.read_bytes())
    for item in make_bank(Subject(make_records(tree), EMPTY, tree.language)).items:
        assert not flaws_of(item.as_dict()), item.stem
        assert item.evidence[0].line
        for answer in item.answers or ():
            assert answer.strip()


def test_most_sample_outlines_can_be_asked():
    found = Counter[bool]()
    for path in OUTLINES:
        tree = read_outline(path.read_bytes())
        found[bool(make_bank(Subject(make_records(tree), EMPTY, tree.language)).items)] += 1
    assert found[True] >= 0.7 * len(OUTLINES)


@settings(max_examples=150)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=160))
def test_any_line_at_all_is_read_without_an_error(text):
    for item in bank_of(f"# T\n## A\n- {text}\n").items:
        assert not flaws_of(item.as_dict())


@pytest.mark.parametrize(
    ("note", "answer"),
    [
        ("- Nitric oxide activates guanylate cyclase and raises cGMP", "cGMP"),
        ("- La Lombardia passa al Regno di Sardegna nella guerra", "Sardegna"),
        ("- Der Scheduler verdrängt den laufenden Prozess", "Prozess"),
    ],
)
def test_the_last_name_of_a_note_is_a_gap(note, answer):
    text = f"# T\n## 1\n{note}\n"
    assert [item.answers for item in items_of(text, "note_name")] == [(answer,)]


@pytest.mark.parametrize(
    "note",
    ["- run `kubectl get pods -A` in the Terminal.app", "- Cyclin D binds Cyclin D kinase",
     "- In short no name at all stands here", "- King Henry Tudor founded the house"],
)  # fmt: skip
def test_code_names_said_twice_and_parts_of_names_are_no_gaps(note):
    assert not items_of(f"# T\n## 1\n{note}\n", "note_name")
