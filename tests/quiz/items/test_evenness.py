"""Statements that are true or false look alike, opposites exclude each other."""

from collections import Counter

import pytest

from quiz.items.facts import split_clause
from quiz.items.mutations import mutations
from quiz.items.opposites import with_opposite
from quiz.items.true_false import true_false_items
from tests.quiz.items.outlines import small

STATEMENTS = """\
# Networks
## Firewalls
- A packet filter is stateless.
- A session table is stateful.
- The default policy denies all inbound traffic.
- A proxy checks the payload before it forwards a request.
- A rule table does not keep counters for dropped packets.
- A hardware appliance does not store packets on its disk.
- A syslog server collects the messages of several appliances.
- A bastion host records the keystrokes of administrators.
- A log line holds the address of the sender.
- An idle session expires after 15 minutes.
- A blocked sender is released after 24 hours.
"""


@pytest.mark.parametrize(
    ("sentence", "turned"),
    [
        ("A security group is stateful.", "stateless"),
        ("An archive class has the lowest latency.", "the highest latency"),
        (
            "A copy is kept in the same Region as its key.",
            "kept in a different Region from its key",
        ),
    ],
)
def test_a_word_of_a_pair_is_turned(sentence: str, turned: str) -> None:
    clause = split_clause(sentence)
    assert clause is not None
    assert with_opposite(clause, clause.rest) == turned


@pytest.mark.parametrize(
    "sentence",
    [
        "A bucket can replicate to the same Region.",
        "A table allows inbound and outbound traffic.",
        "A cluster needs at least 2 nodes.",
        "An endpoint supports static addresses.",
        "A group isn't stateful.",
    ],
)
def test_what_may_be_true_both_ways_is_left_alone(sentence: str) -> None:
    clause = split_clause(sentence)
    assert clause is None or with_opposite(clause, clause.rest) is None


def test_true_and_false_are_even_with_and_without_a_denial() -> None:
    subject = small(STATEMENTS)
    items = list(true_false_items(subject, list(subject.facts), 100, seed=1))
    looks = Counter(
        (any(word in item.stem for word in (" NOT ", "CANNOT")), item.options[0].correct)
        for item in items
    )
    assert looks[False, True] == looks[False, False] > 0
    assert looks[True, True] == looks[True, False]


def test_a_false_statement_differs_from_its_line() -> None:
    subject = small(STATEMENTS)
    for fact in subject.facts.values():
        for one in mutations(subject, fact):
            assert one.text.rstrip(".") != fact.text.rstrip(".")


def test_a_list_of_scenarios_gives_needs_with_their_first_action() -> None:
    subject = small(
        "# S\n## WAF\n### Scenarios\n- Block many requests from one agent\n"
        "  - Create a rate based rule\n  - Add a string match\n- CloudFront\n  - Use the console\n"
        "## Shield\n### Scope\n- Protects against floods\n"
    )
    needs = [fact for fact in subject.facts.values() if fact.kind == "need"]
    assert [(fact.need, fact.action) for fact in needs] == [
        ("Block many requests from one agent", "Create a rate based rule")
    ]
