"""Each rule: a golden item that breaks it, and a twin that differs in nothing else and doesn't."""

from __future__ import annotations

from typing import Any

import pytest

from quiz.items.bank_flaws import giveaways, gives_away, uneven_positions
from quiz.items.flaws import RULES, flaws_of
from tests.quiz.samples import (
    make_cloze,
    make_matching,
    make_multiple,
    make_option,
    make_ordering,
    make_question,
    make_statement,
    one_of_each,
)

Question = dict[str, Any]
item = make_question


def options(*pairs: tuple[str, bool], **changed: Any) -> list[dict[str, Any]]:
    return [make_option(text, correct, **changed) for text, correct in pairs]


def told(**changed: Any) -> Question:
    """A sound item but for what each of its options tells."""
    return item(options=options(("S3", True), ("A1", False), ("A2", False), **changed))


# rule, flawed item, clean twin
GOLDEN: list[tuple[str, Question, Question]] = [
    ("stem_without_question", item("S3 stores"), item("S3 is a service. What does it store?")),
    ("stem_without_question", item("Choose the one that stores objects."),
     item("Which one stores objects? (Choose one.)")),
    ("blank_in_stem", item("Which is right: ____ stores objects?"), item()),
    ("blank_in_stem", make_statement("Does … store objects?"), make_cloze()),
    ("negative_stem", item("Which service does not store objects?"),
     item("Which service does NOT store objects?")),
    ("negative_stem", item("Which service doesn't store objects?"),
     item("Which service stores objects that can't be changed?")),
    ("negative_stem", item("All of these store objects except which?", "SQS"),
     item("Which of these stores objects, if not blocks?")),
    ("negative_stem", item("Which statement is incorrect?"), item("Which statement is correct?")),
    ("stem_names_answer", item("Which service, called S3, stores objects?"),
     item("Which service stores objects in buckets?")),
    ("stem_names_answer", item("What does KMS use to wrap keys?", "AWS KMS"),
     item("What does KMSX use to wrap keys?", "AWS KMS")),
    ("stem_names_answer", item("Which of S3 and SQS stores objects?"),
     item("Which of S3, SQS, EBS and ECS stores objects?")),
    ("stem_names_answer", make_cloze(answers=["buckets"]), make_cloze(answers=["objects"])),
    ("stem_word_in_key_only",
     item("Where are objects stored?", "An object bucket", ["A queue", "A volume", "A task"]),
     item("Where are objects stored?", "An object bucket", ["An object queue", "A volume"])),
    ("pair_tells_itself", make_matching([["Object lock", "Locks a thing"], ["A", "Says this"],
                                         ["B", "Says that"]]),
     make_matching([["Object lock", "Locks a thing"], ["A", "Locks this"], ["B", "Locks that"]])),
    ("pair_tells_itself", make_matching([["S3", "S3 stores"], ["A", "This"], ["B", "That"]]),
     make_matching()),
    ("of_the_above", item(wrong=["SQS", "None of the above"]), item(wrong=["SQS", "EBS"])),
    ("of_the_above", item(right="All of these"), item(right="All of Europe")),
    ("longest_key", item(right="Simple Storage", wrong=["Queue Item", "Volume A"]),
     item(right="Simple Store", wrong=["Queue Item", "Volume A"])),
    ("absolute_words", item(right="It rotates keys", wrong=["It never rotates", "It rotates all"]),
     item(right="It rotates keys", wrong=["It may not rotate", "It rotates all"])),
    ("absolute_words", item(right="It rotates", wrong=["Only it rotates", "It rotates all keys"]),
     item(right="It rotates only keys", wrong=["Only it rotates", "It rotates all keys"])),
    ("vague_words", item(right="It usually rotates", wrong=["It rotates twice", "It stays"]),
     item(right="It rotates yearly", wrong=["It rotates twice", "It stays"])),
    ("unsorted_numbers", item(right="90 minutes", wrong=["2 hours", "30 minutes"]),
     item(right="30 minutes", wrong=["90 minutes", "2 hours"])),
    ("unsorted_numbers", item(right="7 days", wrong=["30 days", "14 days"]),
     item(right="30 days", wrong=["14 days", "7 days"])),
    ("unsorted_numbers", item(right="1,000 keys", wrong=["500 keys", "2,000 keys"]),
     item(right="500 keys", wrong=["1,000 keys", "2,000 keys"])),
    ("duplicate_options", item(wrong=["SQS", "sqs."]), item(wrong=["SQS", "SNS"])),
    ("duplicate_options", item(right="s3:Get*", wrong=["A role", "a  role"]),
     item(right="s3:Get*", wrong=["s3:Get", "s3:Put"])),
    ("nested_options", item(right="KMS keys", wrong=["Keys", "KMS"]),
     item(right="KMS keys", wrong=["Key", "Roles"])),
    ("key_stands_out", item(right="443", wrong=["the port", "the host"]),
     item(right="443", wrong=["the port", "8443"])),
    ("key_stands_out", item(right="s3:GetObject", wrong=["Read object", "Write object"]),
     item(right="s3:GetObject", wrong=["s3:PutObject", "Write object"])),
    ("key_stands_out", item(right="a bucket", wrong=["A queue", "A task"]),
     item(right="A bucket", wrong=["A queue", "A task"])),
    ("key_stands_out", item(right="It is kept.", wrong=["It is cut", "It goes on"]),
     item(right="It is kept.", wrong=["It is cut.", "It goes on"])),
    ("key_stands_out", item(right="Enabling the new key", wrong=["Turn it off", "Make it anew"]),
     item(right="Enabling the new key", wrong=["Turning a key off", "Make it anew"])),
    ("option_too_long", item(wrong=["x" * 121, "y" * 90]), item(wrong=["x" * 120, "y" * 90])),
    ("wrong_number_of_keys", item(options=options(("S3", True), ("SQS", True), ("SNS", False))),
     item(options=options(("S3", True), ("SQS", False), ("SNS", False)))),
    ("wrong_number_of_keys", make_statement(options=options(("True", True), ("False", True))),
     make_statement()),
    ("wrong_number_of_keys", make_multiple(options=options(("S3", True), ("EBS", True))),
     make_multiple()),
    ("number_not_said", item("Which services store data?", ["S3", "EBS"]), make_multiple()),
    ("number_not_said", item("Which THREE services store?", ["S3", "EBS"]),
     item("Which TWO services store?", ["S3", "RDS"])),
    ("too_few_distractors", item(wrong=["SQS"]), item(wrong=["SQS", "SNS"])),
    ("unexplained_option", told(why=" "),
     item()),
    ("unexplained_option", told(reason=""),
     item()),
    ("unexplained_option",
     told(evidence=[]), item()),
    ("no_evidence", item(evidence=[]), item()),
    ("no_evidence", item(explanation=""), item()),
    ("unanswerable", make_cloze(answers=[]), make_cloze()),
    ("unanswerable", make_cloze(stem="Which word is missing?"), make_cloze()),
    ("unanswerable", make_ordering(["One", "Two"]), make_ordering(["One", "Two", "Three"])),
    ("unanswerable", make_ordering(["One", "Two", "one"]), make_ordering(["One", "Two", "On"])),
    ("unanswerable", make_matching([["A", "b"], ["C", "b"], ["D", "e"]]),
     make_matching([["A", "b"], ["C", "f"], ["D", "e"]])),
    ("unanswerable", make_statement(options=options(("True", True))), make_statement()),
    ("unanswerable", item(kind="essay"), item()),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "flawed", "clean"), GOLDEN)
def test_a_rule_finds_its_flaw_and_spares_the_twin(
    rule: str, flawed: Question, clean: Question
) -> None:
    assert rule in flaws_of(flawed)
    assert rule not in flaws_of(clean)


def test_every_rule_has_a_golden_item() -> None:
    assert {rule for rule, _, _ in GOLDEN} == set(RULES)


@pytest.mark.parametrize("question", one_of_each(), ids=lambda question: question["kind"])
def test_a_sound_item_of_each_kind_has_no_flaw(question: Question) -> None:
    assert flaws_of(question) == []


def test_questions_in_other_scripts_end_with_their_own_marks() -> None:
    assert "stem_without_question" not in flaws_of(item("哪个服务存储对象？"))
    assert "stem_without_question" not in flaws_of(item("أي خدمة تخزن الكائنات؟"))


def test_a_denial_inside_a_quoted_statement_is_no_negative_stem() -> None:
    assert "negative_stem" not in flaws_of(item("Which service is “not for blocks”?"))


# --- between items ---


def test_an_item_that_shows_another_ones_answer_gives_it_away() -> None:
    teller = item(
        "Which bucket policy does Amazon Macie scan when it discovers sensitive data?", "A"
    )
    asked = item("Which service discovers sensitive data in a bucket?", "Amazon Macie", ["B", "C"])
    assert gives_away(teller, asked)
    assert giveaways([teller, asked]) == [(teller["id"], asked["id"])]


def test_the_name_alone_of_an_answer_gives_nothing_away() -> None:
    teller = item("At which price per month does Amazon Macie start?", "A")
    asked = item("Which service discovers sensitive data in a bucket?", "Amazon Macie", ["B", "C"])
    assert not gives_away(teller, asked)


def test_two_items_of_one_line_give_each_other_away() -> None:
    line = [{"line": 9, "text": "Macie scans S3.", "path": []}]
    one, other = item("What scans S3?", evidence=line), item("What does it scan?", evidence=line)
    assert gives_away(one, other)
    assert gives_away(other, one)


def test_an_item_that_shows_only_one_of_two_answers_gives_nothing_away() -> None:
    stem = "Which TWO services discover sensitive data in buckets?"
    asked = item(stem, ["Macie", "Comprehend"], ["B", "C", "D"])
    assert not gives_away(item("Does Macie discover sensitive data in buckets?", "A"), asked)
    both = item("Do Macie and Comprehend discover sensitive data in buckets?", "A")
    assert gives_away(both, asked)


def test_the_answer_of_a_cloze_is_given_away_by_the_whole_statement() -> None:
    asked = make_cloze(stem="Which word completes “Object lock keeps a ____ from being deleted”?",
                       answers=["version"])  # fmt: skip
    teller = make_ordering(["Object lock keeps a version", "It is deleted", "It completes"])
    assert gives_away(teller, asked)


def test_keys_that_stand_mostly_first_are_uneven() -> None:
    bank = [item(f"Which is number {n}?", key_at=n % 8 % 5 % 4) for n in range(160)]
    assert uneven_positions(bank)[0].startswith("single of 4, place 1: 60 of 160")


def test_keys_in_turn_are_even() -> None:
    bank = [item(f"Which is number {n}?", key_at=n % 4) for n in range(81)]
    assert uneven_positions(bank) == []


def test_more_true_statements_than_false_ones_are_uneven() -> None:
    bank = [make_statement(truth=n % 3 > 0) for n in range(120)]
    assert len(uneven_positions(bank)) == 2
    assert uneven_positions([make_statement(truth=n % 2 > 0) for n in range(120)]) == []
