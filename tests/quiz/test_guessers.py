"""Guessers against banks whose cues are known: planted ones are caught, fair ones pass."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Any

import numpy as np
import pytest

from quiz.items.guessers import FEWEST, Guess, run_guessers
from quiz.items.logistic import fit
from tests.quiz.samples import make_option, make_question, make_statement

Question = dict[str, Any]
WORDS = re.findall(
    r"\w+",
    """lake river stone cloud tree leaf grass field house road bridge tower garden window door
    table chair lamp paper pencil bottle glass spoon plate basket rope wheel cart boat sail anchor
    shell sand wave storm wind rain snow frost ice fire smoke ash coal iron copper""",
)


def draw(rng: Random, number: int) -> str:
    return " ".join(rng.sample(WORDS, number)).capitalize()


def make_bank(
    size: int = 600, *, kind: str = "single", plant: Callable[[str, str], str] | None = None,
    key_at: int | None = None, key: str | None = None,
) -> list[Question]:  # fmt: skip
    """Items of random words; `plant` rewrites (key, stem) to the key that is shown."""
    rng = Random(5)
    bank = []
    for number in range(size):
        stem = f"Which {draw(rng, 4).lower()} has number {number}?"
        texts = [draw(rng, 3) for _ in range(5 if kind == "multiple" else 4)]
        keys = [
            plant(text, stem) if plant else text for text in texts[: 2 if kind == "multiple" else 1]
        ]
        options = [make_option(key or text, True) for text in keys]
        options += [make_option(text) for text in texts[len(keys) :]]
        rng.shuffle(options)
        if key_at is not None:
            options.sort(key=lambda option: not option["correct"])
            options.insert(key_at, options.pop(0))
        bank.append(make_question(stem, options=options, kind=kind, id=f"{number:016x}"))
    return bank


def exceeding(bank: list[Question]) -> set[str]:
    return {name for name, guess in run_guessers(bank).items() if not guess.within}


@pytest.mark.parametrize("kind", ["single", "multiple"])
def test_a_fair_bank_passes_every_guesser(kind: str) -> None:
    found = run_guessers(make_bank(kind=kind))
    assert len(found) == 11
    assert [name for name, guess in found.items() if not guess.within] == []


def test_a_fair_bank_of_statements_passes_every_guesser() -> None:
    rng = Random(3)
    bank = [
        make_statement(f"Is it true or false that {draw(rng, rng.randint(4, 9))}?", n % 2 > 0)
        for n in range(400)
    ]
    found = run_guessers(bank)
    assert len(found) == 7
    assert [name for name, guess in found.items() if not guess.within] == []


PLANTED: dict[str, Callable[[str, str], str]] = {
    "longest": lambda key, stem: f"{key} quicksilver",
    "shortest": lambda key, stem: key[:3],
    "words of the stem": lambda key, stem: f"{key} {stem.split()[1]}",
    "most specific": lambda key, stem: f"{key} A1",
    "odd one out": lambda key, stem: "§§ ¶¶ ‡‡ ††",
    "fewest denials": lambda key, stem: key,
    "fewest absolutes": lambda key, stem: key,
}


@pytest.mark.parametrize("kind", ["single", "multiple"])
@pytest.mark.parametrize("cue", PLANTED)
def test_a_planted_cue_is_caught_by_its_guesser_and_learned(cue: str, kind: str) -> None:
    bank = make_bank(300, kind=kind, plant=PLANTED[cue])
    word = {"fewest denials": " not", "fewest absolutes": " only"}.get(cue, "")
    for question in bank:
        for option in question["options"]:
            option["text"] += word if not option["correct"] else ""
    assert {f"{kind}: {cue}", f"{kind}: learned"} <= exceeding(bank)


def test_options_that_converge_on_the_key_are_caught() -> None:
    bank = make_bank(300)
    for question in bank:
        key = next(option for option in question["options"] if option["correct"])
        wrong = [option for option in question["options"] if not option["correct"]]
        for option, word in zip(wrong, key["text"].split(), strict=True):
            option["text"] += f" {word}"
    assert {"single: convergence", "single: learned"} <= exceeding(bank)


def test_keys_in_one_place_are_caught() -> None:
    assert {"single: position", "single: learned"} <= exceeding(make_bank(200, key_at=2))


def test_a_text_that_is_always_right_is_caught() -> None:
    assert {"single: often a key elsewhere", "single: learned"} <= exceeding(
        make_bank(200, key="The same stone")
    )


def test_texts_that_are_right_once_only_are_caught_by_what_is_learned() -> None:
    """Each text is the key of one item and a wrong option of others: who counts, knows."""
    rng = Random(8)
    names = [draw(rng, 3) for _ in range(240)]
    bank = []
    for number, name in enumerate(names):
        wrong = rng.sample([other for other in names if other != name], 3)
        options = [make_option(name, True), *(make_option(other) for other in wrong)]
        rng.shuffle(options)
        bank.append(make_question(f"Which has number {number}?", options=options))
    found = run_guessers(bank)
    assert not found["single: often a key elsewhere"].within
    assert found["single: learned"].accuracy > 0.9


@pytest.mark.parametrize(
    ("cue", "word"), [("few denials", " not"), ("few absolutes", " only"), ("long", " or so it is")]
)
def test_statements_that_sound_false_are_caught(cue: str, word: str) -> None:
    rng = Random(2)
    bank = [
        make_statement(f"Is it so that {draw(rng, 5)}{'' if n % 2 else word}?", n % 2 > 0)
        for n in range(200)
    ]
    assert {f"true_false: {cue}", "true_false: learned"} <= exceeding(bank)


def test_mostly_true_statements_are_caught() -> None:
    rng = Random(2)
    bank = [make_statement(f"Is it so that {draw(rng, 5)}?", n % 4 > 0) for n in range(200)]
    assert "true_false: always true" in exceeding(bank)


def test_a_handful_of_items_says_nothing() -> None:
    assert run_guessers(make_bank(FEWEST - 1)) == {}


def test_the_bound_is_three_points_or_the_error_of_a_small_bank() -> None:
    assert run_guessers(make_bank(30))["single: longest"].bound == pytest.approx(
        2.7 * (0.25 * 0.75 / 30) ** 0.5
    )
    assert run_guessers(make_bank(3000))["single: longest"].bound == 0.03


def test_a_guesser_far_below_chance_is_beyond_its_bound_too() -> None:
    assert Guess(0.29, 0.25, 0.05).within
    assert not Guess(0.19, 0.25, 0.05).within


def test_options_that_look_alike_are_guessed_by_chance_exactly() -> None:
    bank = make_bank(100, plant=lambda key, stem: key)
    for question in bank:
        for number, option in enumerate(question["options"]):
            option["text"] = f"option {'abcd'[number]}"
    assert run_guessers(bank)["single: longest"].accuracy == pytest.approx(0.25)


def test_the_order_of_the_bank_and_runs_change_nothing() -> None:
    bank = make_bank(120)
    first = {name: guess.as_dict() for name, guess in run_guessers(bank).items()}
    again = {name: guess.as_dict() for name, guess in run_guessers(bank[::-1]).items()}
    assert first == again


def test_the_logistic_model_finds_known_weights() -> None:
    """Against the odds themselves: with one yes-or-no cue the weight is the log odds ratio."""
    table = np.array([[0.0]] * 100 + [[1.0]] * 100)
    target = np.array([1.0] * 20 + [0.0] * 80 + [1.0] * 60 + [0.0] * 40)
    weights = fit(table, target, ridge=1e-9)
    assert weights[0] == pytest.approx(np.log(20 / 80), abs=1e-4)
    assert weights[1] == pytest.approx(np.log(60 / 40) - np.log(20 / 80), abs=1e-4)
