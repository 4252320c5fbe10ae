"""Notes in telegram style: what is a term, what tells of it, and what may not be asked."""

from collections import Counter

import pytest

from knowledge.lexicon import EMPTY
from quiz.items.bank import make_bank
from quiz.items.noted import Notes
from quiz.items.noted_values import value_of_note
from quiz.items.subject import Subject
from quiz.items.terms import is_term, tells
from tests.quiz.items.outlines import small

CELLS = """\
# Biology
## Cell organelles
### Golgi apparatus
- Sorts proteins into vesicles for export
- Stack of flattened cisternae
### Smooth endoplasmic reticulum
- Detoxifies poisons in liver tissue
- Synthesizes lipids without ribosomes
### Nuclear envelope
- Double membrane around chromatin
- Pores regulate transport of messenger molecules
### Peroxisome
- Breaks down long fatty acids by oxidation
### Chloroplast
- Captures sunlight within thylakoid stacks
- Fixes carbon during 3 stages
## Tissues
### Epithelium
- Lines the surfaces of organs
"""


def cells() -> Subject:
    return small(CELLS, EMPTY)


@pytest.mark.parametrize(
    "name", ["NAT Gateway", "aws:SourceIp", "Golgi apparatus", "Domain name (DNS)"]
)
def test_names_are_terms(name: str) -> None:
    assert is_term(name)


@pytest.mark.parametrize(
    "name",
    ["Output logs to", "Use cases", "Created in 1 zone", "First 4", "Preserving data", "Options",
     "Regionally resilient", "Configure the agent"],
)  # fmt: skip
def test_remarks_and_labels_are_no_terms(name: str) -> None:
    assert not is_term(name)


@pytest.mark.parametrize(
    "text", ["Use the console", "eg a table", "Requires:", "If it fails", "Queries using either",
             "docker login --password-stdin x", "A whole sentence names its subject."]
)  # fmt: skip
def test_instructions_examples_and_fragments_tell_nothing(text: str) -> None:
    assert not tells(text, has_more=False)


def test_a_note_is_asked_with_its_term_as_the_key() -> None:
    items = [item for item in make_bank(cells()).items if item.shape == "which_term"]
    assert items
    for item in items:
        key = next(option.text for option in item.options if option.correct)
        assert item.evidence[0].path[-1] == key
        assert item.stem.endswith("?")
        assert "Cell organelles" in item.stem


def test_every_wrong_term_is_explained_by_a_line_of_its_own() -> None:
    for item in make_bank(cells()).items:
        for option in item.options:
            if not option.correct and item.shape == "which_term":
                assert option.text in option.why
                assert option.evidence[0].path[-1] == option.text


def test_a_note_that_two_terms_share_is_asked_of_neither() -> None:
    twice = CELLS.replace("## Tissues", "- Stack of flattened cisternae\n## Tissues")
    subject = small(twice, EMPTY)
    rows = Notes(subject).rows(subject.services[0])
    shared = [row for row in rows if row.told.text == "Stack of flattened cisternae"]
    for row in shared:
        assert {"Golgi apparatus", "Chloroplast"}.isdisjoint(r.name for r, _ in row.rivals)


def test_a_rival_whose_name_the_note_says_is_no_wrong_option() -> None:
    subject = small(CELLS.replace("liver tissue", "chloroplast stroma"), EMPTY)
    rows = Notes(subject).rows(subject.services[0])
    row = next(row for row in rows if "chloroplast" in row.told.text)
    assert "Chloroplast" not in {rival.name for rival, _ in row.rivals}


def test_true_and_false_notes_come_in_twos_of_one_term() -> None:
    items = [item for item in make_bank(cells()).items if item.shape == "true_false_note"]
    shown = Counter(item.stem.rsplit(" describes ", 1)[1] for item in items)
    truth = [item.options[0].correct for item in items]
    assert items
    assert truth.count(True) == truth.count(False)
    assert all(count % 2 == 0 for count in shown.values())


def test_notes_of_another_language_are_left_to_kinds_without_grammar() -> None:
    subject = Subject(cells().records, language="it")
    kinds = {item.kind for item in make_bank(subject).items}
    assert kinds <= {"matching", "ordering", "cloze"}


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("Scales to 45GBps per zone", 45, "GBps"), ("Kept for 90 days", 90, "days"),
     ("Covers up to 10 fields", 10, "")],
)  # fmt: skip
def test_the_one_number_of_a_note_is_its_value(text: str, value: float, unit: str) -> None:
    found = value_of_note(next(iter(cells().facts.values())), text)
    assert found is not None
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    ["Built on Windows Server 2012", "Valid between 15 and 60 minutes", "Uses TLS version 1",
     "Works with the directory in 2 ways"],
)  # fmt: skip
def test_versions_ranges_and_kinds_are_no_values(text: str) -> None:
    assert value_of_note(next(iter(cells().facts.values())), text) is None
