import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.lexicon import read_lexicon
from knowledge.outline.reading import read_outline
from knowledge.records import make_records
from quiz.items.auditing import audit
from quiz.items.bank import Bank, first_items, make_bank
from quiz.items.drafts import NOT_TRUE, STATED
from quiz.items.item import KINDS
from quiz.items.quiz import gives_away, make_quiz
from quiz.items.subject import Subject
from tests.quiz.items.outlines import PACK, small

ROOT = Path(__file__).parents[3]
QUESTION = {
    "id", "kind", "topic", "feature", "domain", "stem", "options", "pairs", "sequence", "answers",
    "explanation", "evidence", "difficulty",
}  # fmt: skip


@cache
def pack() -> tuple[Subject, Bank]:
    records = make_records(read_outline((PACK / "outline.md").read_bytes()))
    subject = Subject(records, read_lexicon(PACK / "lexicon.toml"))
    return subject, make_bank(subject)


def test_small_outline_gives_a_value_an_order_and_a_gap():
    kinds = {item.kind for item in make_bank(small()).items}
    assert {"single", "ordering", "cloze"} <= kinds


@pytest.mark.slow
class TestPack:
    def test_single_items_have_one_key_and_others_none_or_two(self):
        for item in pack()[1].items:
            right = sum(option.correct for option in item.options)
            expected = {"single": 1, "true_false": 1, "multiple": 2}.get(item.kind, 0)
            assert right == expected, item.stem

    def test_every_option_says_why_by_a_named_reason_with_a_line(self):
        for item in pack()[1].items:
            for option in item.options:
                assert option.why, item.stem
                assert option.reason, item.stem
                assert option.evidence[0].text

    def test_ids_are_unique(self):
        items = pack()[1].items
        assert len({item.id for item in items}) == len(items)

    def test_items_have_the_shape_of_the_interface(self):
        for item in pack()[1].items:
            data = item.as_dict()
            assert set(data) == QUESTION
            assert data["kind"] in KINDS
            assert data["stem"].endswith("?")
            assert 0 <= data["difficulty"] <= 1
            assert data["evidence"][0]["line"]
            json.dumps(data)

    def test_options_are_short_distinct_and_numbers_in_order(self):
        for item in pack()[1].items:
            texts = [option.text for option in item.options]
            assert len({text.casefold() for text in texts}) == len(texts)
            assert all(len(text) <= 120 for text in texts)
            if item.shape == "value" and "to" not in texts[0]:
                numbers = [float(text.split(" ")[0].replace(",", "")) for text in texts]
                assert numbers == sorted(numbers)

    def test_positions_of_keys_are_even(self):
        singles = [item for item in pack()[1].items if item.kind == "single"]
        places = Counter(
            [option.correct for option in item.options].index(True)
            for item in singles
            if len(item.options) == 4
        )
        assert max(places.values()) - min(places.values()) <= 12

    def test_true_and_false_are_even(self):
        items = [item for item in pack()[1].items if item.kind == "true_false"]
        true = sum(item.options[0].correct for item in items)
        assert abs(true - (len(items) - true)) <= 0.06 * len(items)

    def test_bank_is_large_and_asks_what_is_worth_asking(self):
        bank = pack()[1]
        asked = {index for item in bank.items for index in item.facts}
        worthy = {index for index, score in bank.worth.items() if score >= 0.5}
        assert len(bank.items) >= 1050
        assert len(asked & worthy) >= 0.63 * len(worthy)

    def test_audit_finds_no_flaw_and_no_guesser_beyond_its_bound(self):
        found = audit(pack()[1])
        assert found.flaws == {}
        assert found.exceeding == {}

    def test_a_line_is_told_falsely_twice_at_most_and_no_text_twice(self):
        false = [
            option
            for item in pack()[1].items if item.shape in STATED
            for option in item.options if option.correct == (item.shape == NOT_TRUE)
        ]  # fmt: skip
        lines = Counter(option.evidence[0].line for option in false)
        assert lines.most_common(1)[0][1] <= 2
        assert len({option.text for option in false}) == len(false)

    def test_what_is_not_true_is_asked_beside_three_lines_as_they_stand(self):
        items = [item for item in pack()[1].items if item.shape == NOT_TRUE]
        assert 0 < len(items) <= 0.12 * len(pack()[1].items)
        for item in items:
            assert "NOT true?" in item.stem
            wrong = [option for option in item.options if not option.correct]
            assert {option.reason for option in wrong} == {"stated_by_line"}
            assert len(wrong) == 3

    def test_a_statement_is_right_everywhere_or_wrong_everywhere(self):
        items = [item for item in pack()[1].items if item.shape in STATED]
        right = {o.text for i in items if i.shape != NOT_TRUE for o in i.options if o.correct}
        shown = {o.text for i in items if i.shape == NOT_TRUE for o in i.options if not o.correct}
        assert not right & shown

    def test_recall_of_what_belongs_where_is_an_eighth_at_most(self):
        items = pack()[1].items
        homes = {"which_home", "part_of_service", "two_parts", "matching_homes"}
        assert sum(item.shape in homes for item in items) <= len(items) / 7

    def test_topics_of_ten_facts_have_twelve_items_but_for_some(self):
        subject, bank = pack()
        made = Counter(item.service for item in bank.items)
        large = [service for service, facts in subject.by_service.items() if len(facts) >= 10]
        assert sum(not made[service] for service in large) <= 1
        assert sum(made[service] < 12 for service in large) <= 18

    @settings(max_examples=15, deadline=None)
    @given(seed=st.integers(0, 10**6), count=st.integers(1, 40))
    def test_quiz_asks_no_fact_twice_and_gives_nothing_away(self, seed, count):
        chosen = make_quiz(pack()[1].items, count=count, seed=seed)
        assert len(chosen) == count
        facts = [index for item in chosen for index in set(item.facts)]
        assert len(facts) == len(set(facts))
        for place, item in enumerate(chosen):
            assert not any(gives_away(item, other) for other in chosen[:place])

    def test_quiz_is_the_same_for_its_seed(self):
        first, again = (make_quiz(pack()[1].items, count=20, seed=7) for _ in range(2))
        assert [item.id for item in first] == [item.id for item in again]
        assert [i.id for i in make_quiz(pack()[1].items, count=20, seed=8)] != [
            item.id for item in first
        ]

    def test_first_item_of_a_topic_comes_without_the_bank(self):
        subject, _ = pack()
        found = {s: next(first_items(subject, {s}), None) for s in subject.services[:12]}
        made = {service: item for service, item in found.items() if item is not None}
        assert len(made) >= 11
        assert all(item.service == service for service, item in made.items())


SCRIPT = """
import hashlib, json
from tests.quiz.items.outlines import small
from quiz.items.bank import make_bank
items = [item.as_dict() for item in make_bank(small(), seed=3).items]
print(hashlib.sha256(json.dumps(items).encode()).hexdigest())
"""


def test_bank_does_not_depend_on_the_hash_seed():
    digests = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }  # fmt: skip
    assert len(digests) == 1
    assert len(hashlib.sha256().hexdigest()) == len(digests.pop().strip())


@given(st.text(st.characters(blacklist_categories=["Cc", "Cs"]), max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_items_or_none_but_no_error(text):
    for item in make_bank(small(f"## Topic\n{text}\n")).items:
        assert item.stem


def test_other_languages_get_the_kinds_that_need_no_grammar():
    text = (
        "## Sicherheit\n### Begriffe\n"
        "- **Firewall**: filtert den Verkehr zwischen zwei Netzen nach Regeln\n"
        "- **Honeypot**: lockt Angreifer an und beobachtet ihr Verhalten\n"
        "- **Sandbox**: führt unbekannte Programme abgeschirmt vom System aus\n"
    )
    records = make_records(read_outline(text.encode()))
    items = make_bank(Subject(records, language="de")).items
    assert {item.kind for item in items} == {"matching", "cloze"}
    assert all(len(item.pairs or ()) == 3 for item in items if item.kind == "matching")
