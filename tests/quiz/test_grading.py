"""Forms become answers, answers become right or wrong; anything else is refused in a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.gaps import find_match
from quiz.grading import AnswerError, check_answer, grade, read_answer, read_reply
from quiz.questions import KINDS, chance_of, layout_of, problem_with
from tests.questions import make_question


def reply(kind: str, layout: list[int] | None = None, **form: Any) -> Any:
    question = make_question(kind)
    data = {name.replace("_", "-"): value for name, value in form.items()}
    answer = read_answer(question, layout, data)
    return grade(question, answer)


@pytest.mark.parametrize(
    ("given", "accepted", "found", "slip"),
    [
        ("GuardDuty", "GuardDuty", True, False),
        ("guard duty", "GuardDuty", True, False),
        ("the “Envelope encryption”", "envelope encryption", True, False),
        ("envelop encryption", "envelope encryption", True, True),
        ("envleope encryption", "envelope encryption", True, True),
        ("cross account", "cross-account", True, False),
        ("asymmetric", "symmetric", False, False),
        ("symmetric", "asymmetric", False, False),
        ("decrypt", "encrypt", False, False),
        ("egress", "ingress", False, False),
        ("minimum", "maximum", False, False),
        ("stateless", "stateful", False, False),
        ("role", "rule", False, False),
        ("8 days", "7 days", False, False),
        ("7 day", "7 days", True, False),
        ("7days", "7 days", True, False),
        ("seven days", "7 days", True, False),
        ("7 dayz", "7 days", False, False),
        ("7 weeks", "7 days", False, False),
        ("7", "7 days", False, False),
        ("1000", "1,000", True, False),
        ("100", "1,000", False, False),
        ("1 0 days", "10 days", False, False),
        ("5 gb", "5 GB", True, False),
        ("5 Gb", "5 GB", False, False),
        ("5 GiB", "5 GB", False, False),
        ("90 percent", "90%", True, False),
        ("megabites", "megabytes", False, False),
        ("kms:decrypt", "kms:Decrypt", True, False),
        ("kms:Decript", "kms:Decrypt", False, False),
        ("SCPs", "SCP", False, False),
        ("", "x", False, False),
        ("- -", "-", False, False),
    ],
)
def test_a_gap_forgives_slips_and_nothing_else(
    given: str, accepted: str, found: bool, slip: bool
) -> None:
    match = find_match(given, [accepted])
    assert (match is not None, bool(match and match.slip)) == (found, slip)


def test_an_exact_answer_is_found_before_a_slip() -> None:
    match = find_match("policies", ["policie", "policies"])
    assert match is not None
    assert (match.accepted, match.slip) == ("policies", False)


def test_single_and_true_false() -> None:
    assert reply("single", choice=["1"]).right
    assert not reply("single", choice=["0"]).right
    assert reply("true_false", choice=["0"]).right


def test_multiple_is_all_or_nothing() -> None:
    assert reply("multiple", choice=["3", "0"]).right
    assert not reply("multiple", choice=["0", "1"]).right


def test_ordering_by_places_of_the_shown_steps() -> None:
    layout = [2, 0, 1]  # shown: third, first, second
    assert reply("ordering", layout, place_0=["3"], place_1=["1"], place_2=["2"]).right
    assert not reply("ordering", layout, place_0=["1"], place_1=["2"], place_2=["3"]).right


def test_matching_tells_which_pairs_are_right() -> None:
    layout = [1, 0, 2]
    assert reply("matching", layout, match_0=["1"], match_1=["0"], match_2=["2"]).right
    half = reply("matching", layout, match_0=["1"], match_1=["2"], match_2=["0"])
    assert (half.right, half.parts) == (False, (True, False, False))


@pytest.mark.parametrize(
    ("kind", "form", "sentence"),
    [
        ("single", {}, "Choose an option first."),
        ("single", {"choice": ["4"]}, "There is no such option. Nothing was changed."),
        ("single", {"choice": ["-1"]}, "There is no such option. Nothing was changed."),
        ("single", {"choice": ["٣"]}, "There is no such option. Nothing was changed."),
        ("single", {"choice": ["0", "1"]}, "The form gives more than one value where one belongs."),
        ("multiple", {"choice": ["0"]}, "Choose two options; you chose one."),
        ("multiple", {"choice": ["0", "0"]}, "Choose two options; you chose one."),
        ("multiple", {"choice": ["0", "1", "2"]}, "Choose two options; you chose three."),
        ("cloze", {"text": ["  "]}, "Type an answer first."),
        ("cloze", {"text": ["x" * 201]}, "An answer can have at most 200 characters."),
        ("cloze", {"text": ["a\x00b"]}, "The answer holds characters that can't be typed."),
        ("ordering", {"place-0": ["1"]}, "Give each step a place first."),
        (
            "ordering",
            {"place-0": ["1"], "place-1": ["1"], "place-2": ["2"]},
            "Two steps have place 1. Each place is for one step.",
        ),
        (
            "ordering",
            {"place-0": ["0"], "place-1": ["1"], "place-2": ["2"]},
            "There is no such place. Nothing was changed.",
        ),
        (
            "matching",
            {"match-0": ["0"], "match-1": ["0"], "match-2": ["1"]},
            "Each entry on the right can be used only once.",
        ),
    ],
)
def test_what_is_no_answer_is_refused(kind: str, form: Any, sentence: str) -> None:
    with pytest.raises(AnswerError) as caught:
        read_answer(make_question(kind), None, form)
    assert str(caught.value) == sentence


def test_a_form_of_another_question_is_refused() -> None:
    question = make_question("single")
    with pytest.raises(AnswerError, match="another question"):
        read_reply(question, None, {"question": ["0" * 16], "choice": ["1"]})
    with pytest.raises(AnswerError, match="doesn't say which"):
        read_reply(question, None, {"choice": ["1"]})


def test_a_reply_holds_guess_and_time() -> None:
    question = make_question("single")
    form = {"question": [question["id"]], "choice": ["1"], "guessed": ["on"], "ms": ["1800"]}
    found = read_reply(question, None, form)
    assert (found.answer, found.guessed, found.ms) == ({"choice": 1}, True, 1800)
    assert read_reply(question, None, {**form, "ms": ["soon"]}).ms is None


def test_no_answer_is_wrong() -> None:
    assert [grade(make_question(kind), None).right for kind in KINDS] == [False] * 6


def test_an_ordering_is_never_shown_in_order() -> None:
    question = make_question("ordering")
    layouts = [layout_of(question, str(seed)) for seed in range(50)]
    assert [0, 1, 2] not in layouts
    assert layout_of(question, "7") == layout_of(question, "7")


def test_chance() -> None:
    assert [round(chance_of(make_question(kind)), 3) for kind in KINDS] == [
        0.25, 0.5, 0.1, 0.0, 0.167, 0.167,
    ]  # fmt: skip


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["question", "choice", "text", "guessed", "ms", "x"]
    + [f"{name}-{place}" for name in ("place", "match") for place in range(4)]
)
VALUES = st.lists(st.text(max_size=12) | st.integers(-2, 6).map(str), max_size=4)


@given(st.sampled_from(KINDS), st.dictionaries(FIELDS, VALUES))
def test_any_form_is_graded_or_refused(kind: str, form: dict[str, list[str]]) -> None:
    question = make_question(kind)
    try:
        found = read_reply(
            question, layout_of(question, "1"), {"question": [question["id"]], **form}
        )
    except AnswerError:
        return
    assert check_answer(question, found.answer) == found.answer
    assert isinstance(grade(question, found.answer).right, bool)


@given(st.sampled_from(KINDS), ANYTHING)
def test_any_stored_answer_is_graded_or_refused(kind: str, answer: object) -> None:
    try:
        found = check_answer(make_question(kind), answer)
    except AnswerError:
        return
    assert isinstance(grade(make_question(kind), found).right, bool)


@given(st.text(), st.lists(st.text(), min_size=1, max_size=3))
def test_any_text_is_compared(given_text: str, accepted: list[str]) -> None:
    find_match(given_text, accepted)


@given(ANYTHING)
def test_anything_may_be_no_question(data: object) -> None:
    problem = problem_with(data)
    assert problem is None or problem.endswith(".")


def test_our_questions_are_questions() -> None:
    assert [problem_with(make_question(kind)) for kind in KINDS] == [None] * 6
