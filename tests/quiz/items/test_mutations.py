import pytest

from quiz.items.denials import flipped
from quiz.items.facts import split_clause
from quiz.items.mutations import mutations
from tests.quiz.items.outlines import small


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("Simple AD doesn't support MFA.", "Simple AD supports MFA."),
        ("An ALB can authenticate users.", "An ALB can't authenticate users."),
        ("SCPs do not restrict roles.", "SCPs restrict roles."),
        ("Subnets cannot have overlapping blocks.", "Subnets can have overlapping blocks."),
        ("A log is encrypted by default.", "A log isn't encrypted by default."),
    ],
)
def test_statement_is_denied_by_its_verb(sentence, denied):
    clause = split_clause(sentence)
    assert clause is not None
    assert flipped(clause) == denied


@pytest.mark.parametrize(
    "sentence",
    [
        "Only the root user can enable it.",
        "A key works only in its Region.",
        "Targets include EC2 instances.",
        "Every firewall uses exactly one policy.",
    ],
)
def test_statement_that_needs_more_than_its_verb_is_left(sentence):
    clause = split_clause(sentence)
    assert clause is None or flipped(clause) is None


def test_a_value_is_swapped_for_another_with_the_line_as_proof():
    subject = small()
    (fact,) = [fact for fact in subject.facts.values() if "90 days" in fact.text]
    found = mutations(subject, fact)
    assert found
    assert all(one.reason == "other_value" and "90 days" not in one.text for one in found)
    assert all("90 days" in one.why for one in found)
