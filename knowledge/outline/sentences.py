"""Whether a heading says something by itself, as a sentence does."""

from __future__ import annotations

import re
from itertools import pairwise

_WORD = re.compile(r"[^\s,;/|+()]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENDS = ("。", "．", "！", "।")
_ABBREVIATIONS = ("etc.", "inc.", "ltd.", "vs.", "eg.", "e.g.", "i.e.", "co.", "...")
_ASKING = _words("how why what when where which who whose")
_FINITE = _words(
    "is are was were can cannot can't could must may might should will won't would does doesn't "
    "do don't has have had needs requires supports allows uses provides enables runs works "
    "applies contains includes means makes gives takes sends stores keeps lets becomes depends"
)
_PLURAL_FINITE = _words("support require allow use provide enable need contain include")
_OPENING = _words(
    "adds aggregates allows analyses analyzes applies authenticates automates blocks builds "
    "caches calls centralises centralizes checks collects compares connects contains controls "
    "converts copies creates decrypts defines deletes delivers denies deploys detects discovers "
    "distributes enables encrypts enforces ensures evaluates exports filters finds forwards "
    "gathers generates gets gives governs grants handles helps hides holds hosts identifies "
    "imports improves increases inspects installs keeps launches lets limits loads logs "
    "maintains makes manages measures merges monitors moves needs offers operates performs "
    "prevents processes produces protects provides publishes pulls pushes queries reads "
    "receives records reduces rejects removes replaces reports resolves restricts returns "
    "rotates routes runs scales scans schedules searches secures sends separates serves shares "
    "shows signs simplifies splits starts stops stores streams tests tracks transforms triggers "
    "updates uses validates verifies watches writes"
)
_SMALL = _words(
    "a an the of for to in on at by with without from into onto over under across via per as "
    "and or but that which who than then up out between within through against during its your "
    "their using"
)


def is_sentence(text: str, language: str = "en") -> bool:
    """A heading that states a fact, as against one that only names a topic.

    Deliberately shy: outside English only a full stop counts.

    >>> is_sentence("Serverless SQL query service for data in S3")
    True
    >>> is_sentence("Restrict Resource Policies to Organization")
    False
    """
    text = text.strip().rstrip("*_")
    if text.endswith(_ENDS):
        return True
    words = _WORD.findall(text)
    if text.endswith((".", "!")) and len(words) >= 3:
        return not text.lower().endswith(_ABBREVIATIONS)
    if not language.startswith("en") or text.endswith(("?", ":")) or len(words) < 4:
        return False
    first = words[0].lower()
    if first in _ASKING or not words[0][0].isalpha():
        return False
    if _has_finite_verb(words):
        return True
    if _looks_like_a_title(words):
        return False
    if first in _OPENING:
        return True
    return len(words) >= 6 and any(word in _SMALL for word in words[1:-1])


def _has_finite_verb(words: list[str]) -> bool:
    """A verb with something after it; `Can define a role` has its subject left out."""
    if len(words) < 5:
        return False
    if any(word in _FINITE for word in words[1:-1]) or words[0] in ("Can", "Cannot", "Must"):
        return True
    return any(
        word in _PLURAL_FINITE and before.endswith("s") and before.lower() not in _SMALL
        for before, word in pairwise(words[:-1])
    )


def _looks_like_a_title(words: list[str]) -> bool:
    """Most of the words after the first that could be small start with a capital."""
    plain = [w for w in words[1:] if w[0].isalpha() and w.lower() not in _SMALL and not _is_name(w)]
    capitals = sum(1 for word in plain if word[0].isupper())
    return capitals * 2 > len(plain) or not plain


def _is_name(word: str) -> bool:
    """An abbreviation or a word such as EC2, FIPS, DynamoDB."""
    return any(sign.isupper() or sign.isdigit() for sign in word[1:])
