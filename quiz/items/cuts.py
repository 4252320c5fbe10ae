"""Sentences made shorter without a change to whether they are true. Pure.

What is cut adds to the main clause and doesn't limit it: a reason, a result, a relative clause
behind a comma, a second main clause behind ', and'. A condition stays ('provided that', 'if').
"""

from __future__ import annotations

import re

from quiz.items.verbs import AMBIGUOUS, AUXILIARIES, THIRD

_ASIDE = re.compile(r", (?:because|so|whereas|while|which|even|for example|such as)\b.*$")
_TAIL = re.compile(
    r", (?:because|so|whereas|while|which|even|for example|such as)\b"
    r"(?:[^,]*|[^,]*, [^,]* and [^,]*)$"
)
_RELATIVE = re.compile(
    r", (?:(?:for|by|with|in|from|to|at|of|on|through) which|who|whose|where|including|"
    r"for instance)\b[^,]*$"
)
_GLOSS = re.compile(r" \((?!s\))[^()]*\)")
_LIMITS = re.compile(r"\b(?:provided|unless|if|except|only|until|when)\b")
_VERBS = (THIRD - AMBIGUOUS) | AUXILIARIES


def without_aside(text: str) -> str:
    """A sentence or predicate without the reason, result or example at its end.

    >>> without_aside("is stateless, so return traffic needs its own rule")
    'is stateless'
    """
    return _ASIDE.sub("", text)


def _without_tail(text: str) -> str:
    """Without an aside at the very end, where a main clause stands before it."""
    found = _TAIL.search(text)
    if found is None or not _VERBS & set(text[: found.start()].split(" ")):
        return text
    return text[: found.start()]


def _without_second(text: str) -> str:
    """Without a last main clause behind ', and' that has a verb of its own and sets no limit."""
    before, link, after = text.rpartition(", and ")
    words = after.split(" ")
    if not link or "," in before or _LIMITS.search(after) or not _VERBS & set(words[:6]):
        return text
    return before


def shortened(text: str, most: int) -> str:
    """A sentence of at most so many signs where a safe cut makes it so, or as it was.

    >>> shortened("An ACL is stateless, and its rules are numbered, which is handy.", 30)
    'An ACL is stateless.'
    """
    stop = "." if text.endswith(".") else ""
    short = text.removesuffix(".")
    for cut in (_without_tail, lambda t: _RELATIVE.sub("", t), _without_second,
                lambda t: _GLOSS.sub("", t)):  # fmt: skip
        if len(short) + len(stop) <= most:
            break
        short = cut(short)
    return short + stop if len(short) + len(stop) <= most else text
