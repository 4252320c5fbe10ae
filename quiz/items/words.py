"""Words of a sentence: plain text, stems, content words, code spans."""
# ruff: noqa: SIM905

from __future__ import annotations

import re
from functools import lru_cache
from threading import Lock

import snowballstemmer

_CODE = re.compile(r"`+([^`]*)`+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*:/])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)

STOP = frozenset(
    """a an the of in on at to for from by with without and or nor but as if then than that which
    who whose whom what when where while is are was were be been being am do does did has have had
    can could may might must shall should will would not no it its they them their this these those
    there here such so also only own other another one ones each every any all some more most both
    either neither into onto over under between through per via about after before until up out off
    aws amazon service services use uses used using make makes made get gets let lets give gives
    given set sets need needs""".split()
)

_english = snowballstemmer.stemmer("english")
# The stemmer keeps the word that it is at in itself, so threads take turns.
_turn = Lock()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    with _turn:
        return str(_english.stemWord(word.lower()))


def codes(text: str) -> list[str]:
    """What stands in backticks.

    >>> codes("The `AssumeRole` API and `sts:TagSession`")
    ['AssumeRole', 'sts:TagSession']
    """
    return [match.strip() for match in _CODE.findall(text)]


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """A record's words without inline Markdown; code keeps its signs.

    >>> plain("**Use** `aws:*_x` on [S3](http://s3)")
    'Use aws:*_x on S3'
    """
    kept: list[str] = []
    place = 0
    for match in _CODE.finditer(text):
        kept += [_unmarked(text[place : match.start()]), match[1]]
        place = match.end()
    kept.append(_unmarked(text[place:]))
    return " ".join("".join(kept).split())


def _unmarked(text: str) -> str:
    return _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", _LINK.sub(r"\1", text)))


def words(text: str) -> list[str]:
    return _WORD.findall(text)


@lru_cache(maxsize=65536)
def content(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    return frozenset(
        stem(word)
        for word in words(text)
        if word.lower() not in STOP and (len(word) > 1 or word.isdigit())
    )


@lru_cache(maxsize=65536)
def long_words(text: str) -> frozenset[str]:
    """Lower-case words of four letters or more."""
    return frozenset(word.lower() for word in words(text) if len(word) >= 4)


@lru_cache(maxsize=65536)
def cue_words(text: str) -> frozenset[str]:
    """Words of four letters or more, with their stems: what a stem can give away."""
    return frozenset(stem(word) for word in long_words(text) if word not in STOP)


def lower_first(text: str) -> str:
    """The text with a small first letter, unless its first word is a name.

    >>> lower_first("Use an SCP"), lower_first("SCPs apply"), lower_first("IAM roles")
    ('use an SCP', 'SCPs apply', 'IAM roles')
    """
    first = text.split(" ", 1)[0]
    if len(first) > 1 and first[1:] != first[1:].lower():
        return text
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
