"""Gaps take what a statement is about, show its first letters, and accept its other names."""

import re
from collections import Counter

import pytest

from knowledge.lexicon import parse_lexicon
from quiz.gaps import find_match
from quiz.items.cloze import cloze_items
from quiz.items.gap_answers import in_both_numbers
from quiz.items.item import Item
from quiz.items.measures import measures_of
from quiz.items.phrases import phrases_of
from quiz.items.single_value import value_drafts
from tests.quiz.items.outlines import small

LEXICON = """\
[[service]]
official = "AWS Vault Keeper"
short = "Vault Keeper"
[[service]]
official = "AWS Ledger Service"
short = "Ledger Service"
abbreviations = ["ALS"]
former = ["Book Service"]
[[service]]
official = "Tally"
abbreviations = ["Tallyv1", "Tallyv2"]
[[part]]
name = "Retention lock"
home = "AWS Vault Keeper"
aliases = ["keep lock"]
"""


def gaps(*statements: str) -> list[Item]:
    lines = "".join(f"- {statement}\n" for statement in statements)
    return list(cloze_items(small(f"# Field\n## Vault Keeper\n{lines}", parse_lexicon(LEXICON)),
                            Counter()))  # fmt: skip


def told(item: Item) -> str:
    found = re.search(r"“(.*?)\.?”", item.stem)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("sentence", "expected", "answers"),
    [
        ("A sealed archive of Vault Keeper stays readable for 90 days after its owner leaves.",
         "A sealed archive of Vault Keeper stays readable for ____ days after its owner leaves",
         {"90", "90 days"}),
        ("A sealed archive of Vault Keeper can be opened again for at most 1 hour.",
         "A sealed archive of Vault Keeper can be opened again for at most ____",
         {"1 hour", "60 minutes", "one hour"}),
        ("A private archive of Vault Keeper lasts thirteen moons or 13 months (395 days).",
         "A private archive of Vault Keeper lasts thirteen moons or ____ months", {"13"}),
        ("The vault period of a sealed archive can be set between 1 hour and 12 hours.",
         "The vault period of a sealed archive can be set between 1 hour and ____ hours", {"12"}),
        ("Sealed archives of Vault Keeper must allow inbound port 8443 from the branch network.",
         "Sealed archives of Vault Keeper must allow inbound port ____ from the branch network",
         {"8443"}),
    ],
)  # fmt: skip
def test_number_is_the_gap_and_its_unit_stays(sentence, expected, answers):
    (item,) = gaps(sentence)
    assert told(item) == expected
    assert answers <= set(item.answers or ())


def test_name_shows_its_first_letters_and_takes_its_other_names():
    (item,) = gaps("A sealed archive copies its monthly journal to Ledger Service without delay.")
    assert re.search(r"journal to L\w*____ S\w*____", told(item))
    for typed in ("Ledger Service", "ledger service", "ALS", "AWS Ledger Service", "Book Service"):
        assert find_match(typed, item.answers or ())
    assert find_match("edger ervice", item.answers or ()) is None


def test_versions_of_a_name_are_not_taken_for_each_other():
    items = gaps("A sealed archive of the ancient kingdom still reports its balance to Tallyv1.")
    for item in items:
        assert find_match("Tallyv2", item.answers or ()) is None


def test_identifier_shows_its_namespace_and_first_letter():
    (item,) = gaps("A sealed archive opens early only if its keeper holds `vault:LiftSeal`.")
    assert "vault:L____" in item.stem
    assert {"vault:LiftSeal", "LiftSeal"} <= set(item.answers or ())


@pytest.mark.parametrize(
    "sentence",
    [
        "A retention lock keeps every archive under the retention lock of its keeper forever.",
        "This lets the keeper open the sealed archive through Ledger Service at any time.",
        "The keeper reaches many systems, such as Ledger Service, from one sealed archive.",
        "Vault Keeper stores sealed archives.",
    ],
)
def test_no_gap_where_the_answer_is_told_or_nothing_forces_it(sentence):
    assert not gaps(sentence)


def test_a_number_among_others_is_no_gap():
    assert not gaps("The default toll of Vault Keeper is 100, 200 or 500 hours in most cities.")


def test_a_name_is_asked_thrice_a_topic_at_most():
    places = ("north gate", "south tower", "river harbour", "old mint", "west wing")
    told_of = (f"The {place} copies its monthly journal to Ledger Service." for place in places)
    items = gaps(*told_of)
    keys = Counter((item.answers or ("",))[0] for item in items)
    assert keys["Ledger Service"] == 3


def test_one_gap_a_statement():
    items = gaps(
        "A sealed archive copies its monthly journal to Ledger Service without delay.",
        "A sealed archive of Vault Keeper stays readable for 90 days after its owner leaves.",
    )
    assert Counter(item.facts[0] for item in items).most_common(1)[0][1] == 1


@pytest.mark.parametrize(
    ("name", "known", "other"),
    [
        ("Hosted UI", {"hosted", "ui"}, []),
        ("Permissions boundaries", None, ["Permissions boundary"]),
        ("managed login", {"login", "logins"}, ["managed logins"]),
        ("key aliases", None, ["key alias"]),
        ("sensitive data", None, []),
    ],
)
def test_other_number_of_a_name_is_a_word_of_the_outline(name, known, other):
    assert in_both_numbers(name, known) == other


@pytest.mark.parametrize(
    ("sentence", "torn"),
    [
        ("An old ACL filters traffic at the level of the inner subnet.", "filters traffic"),
        ("Cold storage is for data that is read less often but needs rapid retrieval.", "needs"),
    ],
)
def test_no_gap_takes_the_verb(sentence, torn):
    assert not any(torn in (item.answers or ("",))[0] for item in gaps(sentence))


def test_of_a_name_that_is_said_again_its_own_word_is_the_gap():
    items = gaps("A retention lock turns the retention period of sealed archives into a promise.")
    assert [(told(item).split(" turns")[0], (item.answers or ("",))[0]) for item in items] == [
        ("A retention l____", "lock")
    ]


def test_noun_phrases_end_at_verbs_and_small_words():
    text = "Files frequently accessed by guests move through a virtual socket to the cold store."
    found = [text[phrase.start : phrase.end] for phrase in phrases_of(text)]
    assert found[-2:] == ["virtual socket", "cold store"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The keeper supports SAML 2.0 and TLS 1.3.",
        "The vault was built in May 2019.",
        "The keeper has two doors: the gate and the hatch.",
        "A guest reaches more than 18 rooms.",
        "A guest pays 24 hours a day.",
    ],
)
def test_versions_dates_and_counts_of_a_list_are_not_asked(sentence):
    (fact,) = small(f"# Field\n## Vault\n- {sentence}\n").facts.values()
    assert measures_of(fact) == []


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("A DDoS drill may not exceed 20 gigabits per second.",
         "A DDoS drill may NOT exceed how many gigabits per second?"),
        ("The keeper deletes a seal that has not been used for 90 days.",
         "The keeper deletes a seal that has NOT been used for how many days?"),
        ("The vault must allow inbound port 443 from the branch.",
         "The vault must allow which inbound port from the branch?"),
        ("High severity covers the values from 7.0 to 8.9.",
         "High severity covers which range of values?"),
    ],
)  # fmt: skip
def test_value_is_asked_in_place_where_inversion_is_uncertain(sentence, question):
    subject = small(f"# Field\n## Vault\n- {sentence}\n")
    assert [draft.stem for draft in value_drafts(subject, Counter())] == [question]


def test_what_is_true_within_a_bound_is_no_wrong_option():
    subject = small("# Field\n## Vault\n- A lock in progress can be aborted within 24 hours.\n")
    assert not list(value_drafts(subject, Counter()))
