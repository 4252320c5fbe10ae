"""Text as matching sees it: as long as written, so that positions stay those of the text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def words(text: str) -> frozenset[str]:
    """A table of words, written as one string."""
    return frozenset(text.split())


# What a link points to says nothing about the words; its place is kept by a sign no name holds.
_HIDDEN = "\x1f"
_ADDRESS = re.compile(
    r"(?<=\])\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)|\b[a-z][a-z+.-]*://\S+"
)
_SENTENCE_END = re.compile(r"[.!?;:。！？：；]['\")\]»”’]*\s+$|(?:→|->|=>|[-–—])\s+$")
# Scripts written without spaces: a name in them needs no word boundary.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)
_HYPHENS = str.maketrans("‐‑–\u00a0\u202f\u2007\t\n\r", "---      ")
# What follows a hyphen in an adjective of a name: 'Lambda-based'.
_ADJECTIVES = words(
    """based backed managed hosted generated encrypted compatible enabled integrated specific
    provided side like native aware only owned issued protected style created related level"""
)


@lru_cache(maxsize=4096)
def _lower(char: str) -> str:
    lowered = char.lower()
    return lowered if len(lowered) == 1 else char


def lower(text: str) -> str:
    """Lower case, sign by sign, so that the length stays.

    >>> lower("İstanbul EC2")
    'İstanbul ec2'
    """
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(map(_lower, text))


def readable(text: str) -> str:
    """The text with addresses blanked and spaces and hyphens unified, as long as before."""
    if "://" in text or "](" in text:
        text = _ADDRESS.sub(lambda match: _HIDDEN * len(match[0]), text)
    # Most texts stay as they are, and are held once.
    return text if text.isascii() and text.isprintable() else text.translate(_HYPHENS)


def is_unspaced(char: str) -> bool:
    return bool(_UNSPACED.match(char))


def _joins(left: str, right: str) -> bool:
    """Whether two neighbouring signs belong to one word."""
    if not (left.isalnum() or unicodedata.category(left)[0] == "M"):
        return False
    if not (right.isalnum() or unicodedata.category(right)[0] == "M"):
        return False
    return not (is_unspaced(left) or is_unspaced(right))


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is a stretch of whole words, and not a part of an identifier.

    >>> is_whole("the VPC.", 4, 7), is_whole("VPCs", 0, 3), is_whole("AWS_KMS", 4, 7)
    (True, False, False)
    """
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if _joins(before, text[start]) or _joins(text[end - 1], after):
        return False
    beyond_left = text[start - 2] if start > 1 else " "
    beyond_right = text[end + 1] if end + 1 < len(text) else " "
    if before in "_$@!" and beyond_left.isalnum():
        return False
    if after in "_@!" and beyond_right.isalnum():
        return False
    if text[start:end].islower() and not text[start:end].isdigit():
        return not _in_identifier(text, start, end, before, after, beyond_left, beyond_right)
    return not (before == "/" and text[max(0, start - 2)] in "/ " and after == "/")


def _in_identifier(
    text: str, start: int, end: int, before: str, after: str, left: str, right: str
) -> bool:
    """Whether a name in lower case is a piece of a path, host, key or option."""
    inside = left.isalnum() or (before in "/${}-" and not left.isspace())
    if before in "./\\$:={}-" and inside:
        # 'and/or' and 'lambda/sqs' are lists as well: only a path starts with its slash.
        return before != "/" or not left.isalnum() or "/" in text[end : end + 1]
    if before in "/$" and left.isspace():
        return True
    if after in "./\\:=" and right.isalnum():
        return after != "/"
    if after == "-" and right.isalnum():
        word = re.match(r"\w+", text[end + 1 :])
        return word is None or word[0].lower() not in _ADJECTIVES
    return False


def starts_sentence(text: str, start: int) -> bool:
    """Whether what stands at `start` is the first word of the text or of a sentence in it."""
    left = text[:start].rstrip("\"'`*([“‘«„_")
    return not left.strip() or bool(_SENTENCE_END.search(left))
