"""Whether what was typed into a gap is one of the accepted answers: pure.

Case, spaces, quotes and a leading article never matter. A slip of the keys is forgiven in a word
of five letters or more (optimal string alignment: one edit, two from nine letters on), never in
the first letter, where 'symmetric' and 'asymmetric' part. Numbers, units and identifiers must be
exact: 30 for 3, 'Mb' for 'MB' or 'kms:Decript' is another answer, not a slip.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

_SIGNS = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "−": "-", "µ": "μ"}
)
_ARTICLE = re.compile(r"^(?:an?|the)\s+(?=\S)", re.I)
_TOKEN = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+|[^\w\s]|_")
_IDENTIFIER = re.compile(r"[:_/*@={}<>\\.]|[a-z][A-Z]")
_THOUSANDS = re.compile(r"(?<=\d)[, ](?=\d{3}(?!\d))")
# Spellings of one unit; the first is compared. Bits and bytes differ by case alone.
_UNITS = {
    spelling: spellings.split()[0]
    for spellings in (
        "ms millisecond milliseconds msec", "s second seconds sec secs",
        "min minute minutes mins", "h hour hours hr hrs", "d day days", "week weeks",
        "month months", "y year years yr yrs", "% percent", "b byte bytes", "bit bits",
        "kb kilobyte kilobytes", "kib kibibyte kibibytes", "mb megabyte megabytes",
        "mib mebibyte mebibytes", "gb gigabyte gigabytes", "gib gibibyte gibibytes",
        "tb terabyte terabytes", "tib tebibyte tebibytes", "pb petabyte petabytes",
        "kbit kilobit kilobits", "mbit megabit megabits", "gbit gigabit gigabits",
        "kbps", "mbps", "gbps", "hz hertz", "usd dollar dollars $",
    )
    for spelling in spellings.split()
}  # fmt: skip
_BITS = re.compile(r"^[KMGTP]b$")
_COUNTED = (
    "zero", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_NUMBERS = {word: str(number) for number, word in enumerate(_COUNTED)}


@dataclass(frozen=True)
class Match:
    """The accepted answer that was meant; `slip` tells that it was spelled otherwise."""

    accepted: str
    slip: bool


def find_match(given: str, accepted: Iterable[str]) -> Match | None:
    """The accepted answer that was given, exactly or with a slip of the keys."""
    answers = list(accepted)
    words = _words(given)
    if not words:
        return None
    for answer in answers:
        if _same(words, _words(answer)):
            return Match(answer, slip=False)
    for answer in answers:
        if _is_slip(given, answer, words, _words(answer)):
            return Match(answer, slip=True)
    return None


def tidy(text: str) -> str:
    """Signs and spaces as everybody would type them, without quotes around or an article."""
    text = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    text = " ".join(re.sub('["`]', " ", text).split()).strip("' ")
    text = re.sub(r"[.,;!?]+$", "", text)
    return _ARTICLE.sub("", _THOUSANDS.sub("", text))


def _words(text: str) -> list[str]:
    words: list[str] = []
    for word in _TOKEN.findall(tidy(text)):
        # After a number, 'Mb' are bits and 'MB' bytes.
        if words and words[-1][0].isdigit() and _BITS.match(word):
            words.append(f"{word[0].casefold()}bit")
            continue
        folded = word.casefold()
        folded = _NUMBERS.get(folded, folded)
        after_number = bool(words) and words[-1][0].isdigit()
        words.append(_UNITS.get(folded, folded) if after_number else folded)
    return words


def _same(given: list[str], accepted: list[str]) -> bool:
    if given == accepted:
        return True
    # 'work load' is 'workload', 'cross account' is 'cross-account'; '1 0' is never '10'.
    if any(word[0].isdigit() for word in (*given, *accepted)):
        return [t for t in given if t != "-"] == [t for t in accepted if t != "-"]
    joined = ["".join(t for t in words if t != "-") for words in (given, accepted)]
    return bool(joined[0]) and joined[0] == joined[1]


def _is_exact(answer: str, words: list[str]) -> bool:
    """Whether nothing of an accepted answer may be spelled otherwise."""
    return (
        any(word[0].isdigit() or word in _UNITS for word in words)
        or bool(_IDENTIFIER.search(tidy(answer)))
        or (answer.isupper() and len(tidy(answer)) <= 6)
    )


def _is_slip(given: str, answer: str, typed: list[str], words: list[str]) -> bool:
    if _is_exact(answer, words):
        return False
    typed = [word for word in typed if word != "-"]
    words = [word for word in words if word != "-"]
    if not typed or len(typed) != len(words):
        return False
    edits = 0
    for one, other in zip(typed, words, strict=True):
        if one == other:
            continue
        allowed = _allowed(min(len(one), len(other)))
        if one[0] != other[0] or one[0].isdigit() or one in _UNITS:
            return False
        distance = OSA.distance(one, other, score_cutoff=allowed)
        if distance > allowed:
            return False
        edits += distance
    return edits <= 2


def _allowed(length: int) -> int:
    return 0 if length < 5 else 1 if length < 9 else 2
