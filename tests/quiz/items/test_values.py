import pytest

from quiz.items.facts import split_clause
from quiz.items.single_value import value_question
from quiz.items.values import Quantity, others, quantities, shown, spellings


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("GuardDuty keeps a finding for 90 days.", "for how long does GuardDuty keep a finding?"),
        ("An IMDSv2 session lasts at most 6 hours.",
         "how long does an IMDSv2 session last at most?"),
        ("The default waiting period is 30 days.", "what is the default waiting period?"),
        ("A token is valid for 12 hours.", "for how long is a token valid?"),
        ("Field-level encryption covers at most 10 fields in a request.",
         "at most how many fields does field-level encryption cover in a request?"),
        ("A rule evaluates requests over a default window of 5 minutes.",
         "over what default window does a rule evaluate requests?"),
        ("An NLB handles TCP, UDP and TLS traffic at layer 4.",
         "at which layer does an NLB handle TCP, UDP and TLS traffic?"),
        ("API Gateway answers throttled requests with the HTTP status code 429.",
         "with which HTTP status code does API Gateway answer throttled requests?"),
    ],
)  # fmt: skip
def test_value_question_reads(sentence, question):
    clause = split_clause(sentence)
    assert clause is not None
    (quantity,) = quantities(sentence)
    asked = value_question(clause, quantity)
    assert asked is not None
    assert asked[0] == question


def test_names_and_versions_are_no_quantities():
    assert not list(quantities("Route 53 uses TLS 1.3 and SHA-256 in EC2 since April 2023."))


def test_other_values_share_the_unit_and_leave_the_value_out():
    found = others(Quantity("90 days", 0, 7, 90, "days"))
    assert "90 days" not in found
    assert all(text.endswith(("day", "days")) for text in found)
    assert len(found) >= 4


def test_value_shows_its_unit_in_number():
    assert [shown(1, "hours"), shown(2560, "days"), shown(7, "")] == ["1 hour", "2,560 days", "7"]


def test_several_spellings_are_accepted():
    assert spellings(Quantity("6 hours", 0, 7, 6, "hours")) == [
        "6 hours", "6 h", "6h", "six hours",
    ]  # fmt: skip
