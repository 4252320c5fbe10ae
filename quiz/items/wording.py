"""How checks and guessers read a text: its plain words, its kind, its quantity. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from quiz.items.words import stem, words

TextKind = Literal["number", "code", "text"]

ABSOLUTES = re.compile(
    r"\b(?:always|never|all|none|every|only|completely|entirely|absolutely|must|no|any|cannot)\b",
    re.I,
)
# Words that test-wise learners strike out wherever they stand.
SWEEPING = re.compile(r"\b(?:always|never|completely|entirely|absolutely|invariably)\b", re.I)
VAGUE = re.compile(
    r"\b(?:usually|often|sometimes|frequently|occasionally|generally|typically|rarely|seldom|"
    r"probably|possibly|perhaps|mostly|commonly|in general|as a rule|almost|nearly)\b",
    re.I,
)
NEGATION = re.compile(r"n['’]t\b|\b(?:not|no|never|cannot|without|neither|nor|none)\b", re.I)
# What is said under a condition, of some cases, or by a pronoun isn't turned.
CONDITION = re.compile(r"\b(?:if|unless|when|because|whether|until|while|once)\b", re.I)
LOOSE = re.compile(r"\b(?:can|may|lets?|allows?|helps?|such as|example|or|also|either)\b")
PRONOUN = re.compile(r"\b(?:it|its|itself|they|their|them|themselves|each other|former|latter)\b")
# Long words that join others and say nothing.
JOINING = frozenset(
    """that this these those with from into onto over under than then when where which while whose
    have does been being were will would could should they them their there here what also each
    such both either through between about before after until without within""".split()  # noqa: SIM905
)
_SIGNS = re.compile(r"[\"'“”‘’«»`.,;!?()\[\]]+(?=\s|$)|(?<!\S)[\"'“”‘’«»`.,;!?()\[\]]+|['’`]")
_VENDOR = re.compile(r"^(?:aws|amazon|the|an?)\s+", re.I)
_NUMBER = r"[-−]?\d[\d,]*(?:\.\d+)?"
_QUANTITY = re.compile(
    rf"^(?:about |up to |at least |at most |within |after |every |less than |more than )?"
    rf"[$€£]?(?P<first>{_NUMBER})(?:\s*(?:to|-|–|and)\s*(?P<second>{_NUMBER}))?"
    r"\s*(?P<unit>[^\W\d][\w./]*(?:\s[\w./]+){0,3}|%)?$",
    re.I,
)
# Sizes in seconds and bytes, so that '90 minutes' and '2 hours' can be compared.
_UNITS: dict[str, tuple[str, float]] = {
    "ms": ("s", 1e-3), "millisecond": ("s", 1e-3), "s": ("s", 1), "second": ("s", 1),
    "minute": ("s", 60), "min": ("s", 60), "hour": ("s", 3600), "h": ("s", 3600),
    "day": ("s", 86400), "week": ("s", 604800), "month": ("s", 2629746), "year": ("s", 31556952),
    "byte": ("B", 1), "kb": ("B", 1e3), "mb": ("B", 1e6), "gb": ("B", 1e9), "tb": ("B", 1e12),
    "pb": ("B", 1e15), "kib": ("B", 1024), "mib": ("B", 1024**2), "gib": ("B", 1024**3),
    "tib": ("B", 1024**4),
}  # fmt: skip


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """A text for comparison: small letters, without quotes, brackets and end signs.

    >>> bare("“AWS KMS”, the Service."), bare("s3:Get*")
    ('aws kms the service', 's3:get*')
    """
    return " ".join(_SIGNS.sub("", text.casefold().replace("‑", "-")).split())


@lru_cache(maxsize=65536)
def core(text: str) -> str:
    """A bare text without vendor or article: what of a name could stand in a stem."""
    whole = bare(text)
    return _VENDOR.sub("", whole) or whole


def has_phrase(text: str, phrase: str) -> bool:
    """Whether a bare text has the phrase as whole words."""
    return bool(phrase) and f" {phrase} " in f" {text} "


@lru_cache(maxsize=65536)
def long_words(text: str) -> frozenset[str]:
    """Words of four letters or more, stemmed, that carry meaning.

    >>> sorted(long_words("Which keys rotate with KMS?"))
    ['key', 'rotat']
    """
    return frozenset(
        stem(word)
        for word in words(text)
        if len(word) >= 4 and word.casefold() not in JOINING and not word.isdigit()
    )


@lru_cache(maxsize=65536)
def quantity(text: str) -> tuple[str, tuple[float, ...]] | None:
    """The dimension and size of a text that is a quantity and nothing else.

    >>> quantity("90 minutes") < quantity("2 hours"), quantity("7 to 30 days"), quantity("KMS")
    (True, ('s', (604800.0, 2592000.0)), None)
    """
    found = _QUANTITY.match(text.strip().rstrip("."))
    if not found:
        return None
    unit = (found["unit"] or "").casefold()
    head, _, tail = unit.partition(" ")
    head = head if head in _UNITS else head.removesuffix("s")
    dimension, factor = _UNITS.get(head, (head, 1.0))
    numbers = [found["first"], *([found["second"]] if found["second"] else [])]
    sizes = tuple(float(n.replace(",", "").replace("−", "-")) * factor for n in numbers)
    return f"{dimension} {tail}".strip(), sizes


def kind_of_text(text: str) -> TextKind:
    """What sort of answer a text is.

    >>> [kind_of_text(text) for text in ("7 days", "s3:GetObject", "GuardDuty", "AWS KMS")]
    ['number', 'code', 'text', 'text']
    """
    if quantity(text):
        return "number"
    if " " not in text.strip() and re.search(r"[:_*$/{}=<>]|\w-\w.*-|[a-z][A-Z]|\w\.\w", text):
        # 'GuardDuty' is a name; 'kmsMasterKey' and 's3:GetObject' aren't.
        return "text" if re.fullmatch(r"[A-Z][A-Za-z0-9]*", text) else "code"
    return "text"


def opening(text: str) -> str:
    """The grammar that a phrase opens with, where it is one that a stem would fit or not."""
    if text.rstrip().endswith("."):
        return "sentence"
    first = (text.split() or [""])[0].casefold()
    if first == "to":
        return "infinitive"
    if first in {"by", "with", "in", "on", "at", "through", "using", "from", "via"}:
        return "means"
    # Two words are a term ('Signing profile'), not an action.
    if first.endswith("ing") and len(first) > 5 and "-" not in first and text.count(" ") > 1:
        return "gerund"
    return "other"
