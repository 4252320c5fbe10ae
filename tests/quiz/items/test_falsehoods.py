"""False tellings are denied by their line, whatever a line can also be taken to say is left."""

import pytest

from quiz.items.facts import split_clause
from quiz.items.falsehoods import Spent
from quiz.items.halves import halves, second_denied
from quiz.items.turns import turned_statements


def turned(text: str) -> list[str]:
    return [told for told, _ in turned_statements(text)]


@pytest.mark.parametrize(
    ("line", "false"),
    [
        ("It runs on Linux but not on Windows.", "It runs on Windows but not on Linux."),
        ("It runs in a batch, not in real time.", "It runs in real time, not in a batch."),
        (
            "A filter sees packets, whereas a proxy sees requests.",
            "A proxy sees packets, whereas a filter sees requests.",
        ),
        ("A gateway checks both mail and calls.", "A gateway checks mail but not calls."),
        (
            "A share works only if all features are on.",
            "A share works whether or not all features are on.",
        ),
        ("A key can be deleted only after all copies are gone.",
         "A key can be deleted even before copies are gone."),
        ("A rule runs without any function.", "A rule runs only with a function."),
        ("It has exactly one table at a time.", "It has several tables at the same time."),
        ("A backup keeps several versions.", "A backup keeps only one version."),
        ("Logging works only for public zones.", "Logging works only for private zones."),
        ("Only the root user can close an account.",
         "Users other than the root user can close an account."),
        ("A rule needs no function.", "A rule needs a function."),
        ("The server no longer looks up names.", "The server still looks up names."),
        ("A copy is made every hour.", "A copy is made every day."),
        ("A replica requires versioning.", "Versioning is optional for a replica."),
    ],
)  # fmt: skip
def test_what_a_sentence_insists_on_is_turned(line: str, false: str) -> None:
    assert false in turned(line)


@pytest.mark.parametrize(
    "line",
    [
        "A gateway can check several mails or one.",
        "A user may sign in with or without a token.",
        "The list names at least two owners.",
        "A zone is either public or private.",
        "A policy can be attached to a user or a role.",
    ],
)
def test_what_leaves_room_is_not_turned(line: str) -> None:
    assert turned(line) == []


def test_a_list_is_told_without_its_last_thing() -> None:
    clause = split_clause("A trail is sent to a bucket, a stream and a queue.")
    assert clause is not None
    told = list(halves("A trail is sent to a bucket, a stream and a queue", clause))
    assert told[0] == "A trail is sent to a bucket and a stream but not a queue"


@pytest.mark.parametrize(
    "line",
    [
        "A route lies between a client and a server",
        "A rule combines a name and an address",
        "A tool works with formats such as text and tables",
    ],
)
def test_what_is_said_of_both_together_is_left(line: str) -> None:
    clause = split_clause(f"{line}.")
    assert clause is None or list(halves(line, clause)) == []


def test_the_second_of_two_verbs_is_denied() -> None:
    line = "A crawler finds data and keeps its description"
    clause = split_clause(f"{line}.")
    assert clause is not None
    assert second_denied(line, clause) == "A crawler finds data but doesn't keep its description"


def test_a_line_is_spent_after_two_tellings_and_a_text_after_one() -> None:
    spent = Spent()
    spent.spend(7, "A is B.")
    assert not spent.has_left(7, "A is B.")
    assert spent.has_left(7, "A is C.")
    spent.spend(7, "A is C.")
    assert not spent.has_left(7, "A is D.")
