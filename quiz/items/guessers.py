"""Guessers that see only the surface of a bank: how often each is right without knowing. Pure.

Singles, multiples and true-or-false items are guessed apart. A heuristic picks the option with the
highest score; where several tie, it is right by the share of keys among them. For a multiple it
picks as many options as are to be chosen, each option counting on its own. A learned guesser is a
logistic model of all scores, fitted on four fifths of the bank and tried on the fifth. Its folds
share what they are fitted on, so it strays further by chance than picks that are drawn one by one:
its standard error is that of the same bank with its keys dealt anew (Ojala & Garriga 2010,
Permutation Tests for Studying Classifier Performance).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from quiz.items.cues import CUES, STATEMENT_CUES
from quiz.items.flaws import Question
from quiz.items.logistic import STEPS, fit
from quiz.items.wording import bare

FOLDS = 5
# How far from chance a guesser may be: this, or so many standard errors in a small bank.
NEAR = 0.03
ERRORS = 2.7
# Fewer items than this say nothing about a guesser.
FEWEST = 20
# Places weigh less in what is learned: folds share them, so a lead by chance would last.
PLACE = 0.05
# How often the keys are dealt anew to see how far a learner strays by chance, fitted in few steps.
DEALS = 20
DEAL_STEPS = 3

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Guess:
    """How a guesser fared: shares of 0 to 1, and how far from chance it may be."""

    accuracy: float
    chance: float
    bound: float

    @property
    def within(self) -> bool:
        return abs(self.accuracy - self.chance) <= self.bound

    def as_dict(self) -> dict[str, float]:
        return {name: round(getattr(self, name), 4) for name in ("accuracy", "chance", "bound")}


@dataclass(frozen=True, slots=True)
class Choice:
    """What guessing knows of an item: a score a cue and option, and which options are keys."""

    fold: int
    scores: Floats  # options x cues
    keys: NDArray[np.bool_]
    texts: tuple[str, ...]


def run_guessers(bank: Sequence[Question]) -> dict[str, Guess]:
    """Every guesser over a bank, by 'kind: guesser'."""
    found: dict[str, Guess] = {}
    for kind in ("single", "multiple", "true_false"):
        questions = [question for question in bank if question["kind"] == kind]
        questions.sort(key=lambda question: str(question["id"]))
        if len(questions) < FEWEST:
            continue
        run = _guess_statements if kind == "true_false" else _guess_choices
        found |= {f"{kind}: {name}": guess for name, guess in run(questions)}
    return found


def folds_of(questions: Sequence[Question]) -> list[int]:
    """A fold for each item; those that ask of the same line share one, so that no twin is learned.

    Keys stand in the same places in every fold: in a bank whose places are even, a fold with many
    keys in one place would leave few for the others, and a learner would be fooled by that.
    """
    groups: dict[str, list[int]] = {}
    for number, question in enumerate(questions):
        evidence = question["evidence"]
        groups.setdefault(evidence[0]["text"] if evidence else question["id"], []).append(number)
    held = [Counter[tuple[int, int]]() for _ in range(FOLDS)]
    folds = [0] * len(questions)
    for mark in sorted(groups, key=lambda mark: sha256(mark.encode("utf-8")).digest()):
        places = [
            (len(questions[number]["options"]), place)
            for number in groups[mark]
            for place, option in enumerate(questions[number]["options"])
            if option["correct"]
        ]
        best = min(
            range(FOLDS), key=lambda f: (sum(held[f][p] for p in places), held[f].total(), f)
        )
        held[best].update(places)
        for number in groups[mark]:
            folds[number] = best
    return folds


def _choice(question: Question, fold: int) -> Choice:
    texts = tuple(option["text"] for option in question["options"])
    scores = [
        [cue(text, texts[:i] + texts[i + 1 :], question["stem"]) for cue in CUES.values()]
        for i, text in enumerate(texts)
    ]
    keys = np.array([option["correct"] for option in question["options"]])
    return Choice(fold, np.array(scores), keys, tuple(map(bare, texts)))


# --- how often the pick is right ---


def _guess_choices(questions: Sequence[Question]) -> Iterator[tuple[str, Guess]]:
    choices = list(map(_choice, questions, folds_of(questions)))
    for place, name in enumerate(CUES):
        yield name, _judge(choices, [choice.scores[:, place] for choice in choices])
        if name == "longest":
            yield "shortest", _judge(choices, [-choice.scores[:, place] for choice in choices])
    yield "position", _judge(choices, _positions(choices))
    yield "often a key elsewhere", _judge(choices, _keyed_elsewhere(choices))
    yield "learned", _judge_learned(choices)


def _judge_learned(choices: Sequence[Choice]) -> Guess:
    tables = _tables(choices)
    plain = _judge(choices, _learned(choices, tables))
    rng = np.random.default_rng(len(choices))
    strayed: list[float] = []
    for _ in range(DEALS):
        dealt = [replace(choice, keys=rng.permutation(choice.keys)) for choice in choices]
        guess = _judge(dealt, _learned(dealt, tables, DEAL_STEPS))
        strayed.append(guess.accuracy - plain.chance)
    return Guess(plain.accuracy, plain.chance, max(plain.bound, _bound(strayed)))


def _bound(strayed: Sequence[float]) -> float:
    return ERRORS * float(np.sqrt(np.mean(np.square(strayed))))


def _judge(choices: Sequence[Choice], scores: Sequence[Floats]) -> Guess:
    right, chance, spread, picks = 0.0, 0.0, 0.0, 0
    for choice, score in zip(choices, scores, strict=True):
        wanted, size = int(choice.keys.sum()), len(choice.keys)
        even = wanted / size
        right += _right_picks(score, choice.keys, wanted)
        chance += wanted * even
        spread += wanted * even * (1 - even)
        picks += wanted
    return Guess(right / picks, chance / picks, max(NEAR, ERRORS * sqrt(spread) / picks))


def _right_picks(score: Floats, keys: NDArray[np.bool_], wanted: int) -> float:
    """How many of the best options are keys; those that tie for the last places count in part."""
    order = sorted(range(len(score)), key=lambda i: -score[i])
    right, left = 0.0, wanted
    for _, group in groupby(order, key=lambda i: score[i]):
        tied = list(group)
        taken = min(left, len(tied))
        right += taken * float(np.mean(keys[tied]))
        left -= taken
        if not left:
            break
    return right


def _positions(choices: Sequence[Choice]) -> list[Floats]:
    """How often each place holds a key, among the items with as many options."""
    seen: dict[int, Floats] = {}
    for choice in choices:
        size = len(choice.keys)
        seen[size] = seen.get(size, np.zeros(size)) + choice.keys
    return [seen[len(choice.keys)] for choice in choices]


def _keyed_elsewhere(choices: Sequence[Choice]) -> list[Floats]:
    """How often each option's text is a key of another item."""
    keyed = Counter(text for c in choices for text, key in zip(c.texts, c.keys, strict=True) if key)
    return [
        np.array([float(keyed[t] - key) for t, key in zip(c.texts, c.keys.tolist(), strict=True)])
        for c in choices
    ]


def _tables(choices: Sequence[Choice]) -> list[Floats]:
    """What is learned from: all scores of each option, and its place."""
    most = max(len(choice.keys) for choice in choices)
    return [
        np.column_stack([_standard(np.column_stack([c.scores, keyed])), _place(len(c.keys), most)])
        for c, keyed in zip(choices, _keyed_elsewhere(choices), strict=True)
    ]


def _learned(
    choices: Sequence[Choice], tables: Sequence[Floats], steps: int = STEPS
) -> list[Floats]:
    """The log odds of each option by a model of the other folds."""
    folds = np.array([choice.fold for choice in choices])
    guessed: list[Floats] = [np.zeros(len(choice.keys)) for choice in choices]
    for fold in range(FOLDS):
        train = np.flatnonzero(folds != fold).tolist()
        if not train:
            continue
        weights = fit(
            np.vstack([tables[i] for i in train]),
            np.concatenate([choices[i].keys for i in train]).astype(float),
            steps=steps,
        )
        for i in np.flatnonzero(folds == fold).tolist():
            guessed[i] = np.round(tables[i] @ weights[1:], 9)
    return guessed


def _standard(scores: Floats) -> Floats:
    """Scores as distances from their item's mean in its standard deviations, and who is extreme."""
    spread = scores.std(axis=0)
    even = (scores - scores.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    high = (scores == scores.max(axis=0)) & (spread > 0)
    low = (scores == scores.min(axis=0)) & (spread > 0)
    return np.column_stack([even, high, low])


def _place(size: int, most: int) -> Floats:
    places = np.zeros((size, most))
    places[np.arange(size), np.arange(size)] = PLACE
    return places


# --- true or false: the statement alone ---


def _guess_statements(questions: Sequence[Question]) -> Iterator[tuple[str, Guess]]:
    """'True' is guessed above the median of a cue, either at the median itself."""
    scores = np.array([[cue(q["stem"]) for cue in STATEMENT_CUES.values()] for q in questions])
    truth = np.array([_is_true(question) for question in questions])
    folds = np.array(folds_of(questions))
    middle = np.median(scores, axis=0)
    for place, name in enumerate(STATEMENT_CUES):
        yield name, _judge_statements(np.sign(scores[:, place] - middle[place]), truth)
    yield "always true", _judge_statements(np.ones(len(truth)), truth)
    spread = scores.std(axis=0)
    table = (scores - scores.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    plain = _judge_statements(_learned_signs(table, truth, folds), truth)
    rng = np.random.default_rng(len(truth))
    strayed: list[float] = []
    for _ in range(DEALS):
        dealt = rng.permutation(truth)
        signs = _learned_signs(table, dealt, folds, DEAL_STEPS)
        strayed.append(_judge_statements(signs, dealt).accuracy - plain.chance)
    yield "learned", Guess(plain.accuracy, plain.chance, max(plain.bound, _bound(strayed)))


def _learned_signs(
    table: Floats, truth: NDArray[np.bool_], folds: NDArray[np.int_], steps: int = STEPS
) -> Floats:
    guessed = np.zeros(len(truth))
    for fold in range(FOLDS):
        inside = folds == fold
        if inside.any() and not inside.all():
            weights = fit(table[~inside], truth[~inside].astype(float), steps=steps)
            guessed[inside] = weights[0] + table[inside] @ weights[1:]
    signs: Floats = np.sign(np.round(guessed, 9))
    return signs


def _is_true(question: Question) -> bool:
    return any(o["correct"] and o["text"].casefold() == "true" for o in question["options"])


def _judge_statements(signs: Floats, truth: NDArray[np.bool_]) -> Guess:
    right = np.where(signs == 0, 0.5, np.where(truth, signs > 0, signs < 0))
    return Guess(float(right.mean()), 0.5, max(NEAR, ERRORS * 0.5 / sqrt(len(truth))))
