"""What Moodle, a spreadsheet and Anki find in an export."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.consts import CARD_TYPE_REV, QUEUE_TYPE_REV

from quiz.exports.anki import as_apkg
from quiz.exports.csv import as_csv, safe
from quiz.exports.gift import as_gift
from tests.quiz.samples import make_question, one_of_each

# The parts of a GIFT question, as question/format/gift/format.php of Moodle finds them.
GIFT = re.compile(r"^::(?P<name>(?:\\.|[^:\\])*)::\[plain\](?P<stem>(?:\\.|[^{\\])*)\{\n"
                  r"(?P<body>(?:\t.*\n)+)\}$", re.M)  # fmt: skip


def unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def parse(gift: str) -> list[dict[str, Any]]:
    found = []
    for match in GIFT.finditer(gift):
        lines = [line.removeprefix("\t") for line in match["body"].splitlines()]
        answers = [line for line in lines if not line.startswith("####")]
        found.append({"stem": unescape(match["stem"]), "answers": answers, "lines": lines})
    return found


def test_gift_holds_each_question_with_its_stem() -> None:
    questions = one_of_each()
    found = parse(as_gift(questions, category="Notes"))
    assert sorted(one["stem"] for one in found) == sorted(q["stem"] for q in questions)
    assert all(one["lines"][-1].startswith("####") for one in found)


def test_gift_marks_one_right_answer_of_a_single_choice() -> None:
    (found,) = parse(as_gift([make_question()]))
    assert [line[0] for line in found["answers"]].count("=") == 1
    assert [line[0] for line in found["answers"]].count("~") == 3


@pytest.mark.parametrize("sign", list("~=#{}:\\"))
def test_gift_keeps_signs_that_mean_something_to_moodle(sign: str) -> None:
    stem = f"Which is a{sign}b?"
    (found,) = parse(as_gift([make_question(stem, right=f"key {sign} x")]))
    assert found["stem"] == stem
    key = next(line for line in found["answers"] if line.startswith("="))
    assert unescape(re.split(r"(?<!\\)#", key[1:])[0]) == f"key {sign} x"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "＝"])
def test_a_formula_in_a_table_is_text(sign: str) -> None:
    question = make_question(f"{sign}HYPERLINK(1)?", right=f"{sign}cmd")
    rows = list(csv.reader(StringIO(as_csv([question]))))
    cells = [cell for cell in rows[1] if "HYPERLINK" in cell or cell.endswith("cmd")]
    assert cells
    assert all(cell.startswith("'") for cell in cells if cell.lstrip("'").startswith(sign))


def test_a_table_has_a_row_for_each_question_and_as_many_cells_as_headings() -> None:
    rows = list(csv.reader(StringIO(as_csv(one_of_each()))))
    assert len(rows) == 1 + len(one_of_each())
    assert {len(row) for row in rows} == {len(rows[0])}


def test_a_number_stays_a_number() -> None:
    assert safe("10") == "10"


def import_package(collection: Collection, file: Path) -> None:
    request = ImportAnkiPackageRequest(
        package_path=str(file), options=ImportAnkiPackageOptions(with_scheduling=False)
    )
    collection.import_anki_package(request)


def test_anki_imports_a_package_twice_and_keeps_its_history(tmp_path: Path) -> None:
    file = tmp_path / "notes.apkg"
    file.write_bytes(as_apkg(one_of_each(), title="Notes", changed=1_700_000_000))
    collection = Collection(str(tmp_path / "collection.anki2"))
    try:
        import_package(collection, file)
        first = sorted(collection.find_notes(""))
        assert len(first) == len(one_of_each())
        card = collection.get_card(collection.find_cards("")[0])
        card.reps, card.ivl, card.due = 4, 30, 40
        card.queue, card.type = QUEUE_TYPE_REV, CARD_TYPE_REV
        collection.update_card(card)
        file.write_bytes(as_apkg(one_of_each(), title="Notes", changed=1_700_000_500))
        import_package(collection, file)
        assert sorted(collection.find_notes("")) == first
        again = collection.get_card(card.id)
        assert (again.reps, again.ivl) == (4, 30)
    finally:
        collection.close()


def test_a_package_is_the_same_for_the_same_questions() -> None:
    one, other = (as_apkg(one_of_each(), title="N", changed=1_700_000_000) for _ in range(2))
    assert one == other
