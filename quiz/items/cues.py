"""What a guesser sees of an option or a statement: scores, higher where it likes it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from quiz.items.wording import ABSOLUTES, NEGATION, bare
from quiz.items.words import content

# An option, the other options, the stem.
Cue = Callable[[str, Sequence[str], str], float]


def _length(text: str, others: Sequence[str], stem: str) -> float:
    return float(len(text))


def _of_stem(text: str, others: Sequence[str], stem: str) -> float:
    return float(len(content(text) & content(stem)))


def _convergence(text: str, others: Sequence[str], stem: str) -> float:
    return float(sum(len(content(text) & content(other)) for other in others))


@lru_cache(maxsize=65536)
def _trigrams(text: str) -> frozenset[str]:
    padded = f" {bare(text)} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


def _oddness(text: str, others: Sequence[str], stem: str) -> float:
    """How little the signs of an option resemble those of the others (mean Jaccard distance)."""
    own = _trigrams(text)
    likeness = [len(own & other) / max(1, len(own | other)) for other in map(_trigrams, others)]
    return -round(sum(likeness) / max(1, len(likeness)), 9)


def _absolutes(text: str, others: Sequence[str], stem: str) -> float:
    return -float(len(ABSOLUTES.findall(text)))


def _denials(text: str, others: Sequence[str], stem: str) -> float:
    return -float(len(NEGATION.findall(text)))


def _specific(text: str, others: Sequence[str], stem: str) -> float:
    return float(sum(sign.isupper() or sign.isdigit() for sign in text))


CUES: dict[str, Cue] = {
    "longest": _length,
    "words of the stem": _of_stem,
    "convergence": _convergence,
    "odd one out": _oddness,
    "fewest absolutes": _absolutes,
    "fewest denials": _denials,
    "most specific": _specific,
}


def _capitals(statement: str) -> float:
    return float(sum(sign.isupper() for sign in statement))


def _digits(statement: str) -> float:
    return float(sum(sign.isdigit() for sign in statement))


# The cues of a statement that is true or false, the higher the more it sounds true.
STATEMENT_CUES: dict[str, Callable[[str], float]] = {
    "long": lambda statement: float(len(statement)),
    "few absolutes": lambda statement: -float(len(ABSOLUTES.findall(statement))),
    "few denials": lambda statement: -float(len(NEGATION.findall(statement))),
    "capitals": _capitals,
    "digits": _digits,
}
