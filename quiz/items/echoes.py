"""What of a key a stem says in another form: a word's part, its plural, or its initials. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from quiz.items.wording import JOINING
from quiz.items.words import stem

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_RUN = re.compile(r"[^\W\d_]+", re.UNICODE)
# Words of what asks, which say nothing of what is asked.
_ASKING = frozenset(
    stem(word)
    for word in (
        "amazon", "service", "services", "feature", "features", "statement", "statements", "true",
        "correct", "belong", "belongs", "describes", "described", "description", "note", "notes",
        "said", "fits", "these", "named", "field", "topic", "about",
    )
)  # fmt: skip
LEAST, LEAST_INSIDE = 4, 4


@lru_cache(maxsize=65536)
def parts_of(text: str) -> frozenset[str]:
    """The stems of a text's words of four letters or more, of compounds also their parts.

    >>> sorted(parts_of("aws:PrincipalTag and EventBridge"))
    ['bridg', 'event', 'eventbridg', 'princip', 'principaltag']
    """
    found = set[str]()
    for word in _RUN.findall(text):
        for piece in {word, *_CAMEL.split(word)}:
            if len(piece) >= LEAST and piece.casefold() not in JOINING:
                found.add(stem(piece))
    return frozenset(found - _ASKING)


@lru_cache(maxsize=65536)
def _initials(text: str) -> frozenset[str]:
    """The initials of each run of capitalised words or parts, two letters or more."""
    pieces = [piece for word in _RUN.findall(text) for piece in _CAMEL.split(word)]
    found = set[str]()
    for start in range(len(pieces)):
        letters = ""
        for piece in pieces[start : start + 5]:
            if not piece[:1].isupper() or (len(piece) > 1 and piece.isupper()):
                break
            letters += piece[0]
            if len(letters) > 1:
                found.add(letters)
    return frozenset(found)


@lru_cache(maxsize=65536)
def _short(text: str) -> frozenset[str]:
    pieces = [piece for word in _RUN.findall(text) for piece in _CAMEL.split(word)]
    return frozenset(p for p in pieces if len(p) > 1 and p.isupper() and p != "AWS")


@lru_cache(maxsize=262144)
def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    if len(short) < LEAST_INSIDE or len(long) - len(short) < 2:
        return False
    return long.startswith(short) or long.endswith(short)


@lru_cache(maxsize=262144)
def echoes(said: str, name: str) -> frozenset[str]:
    """What of `said` is heard in `name`.

    >>> sorted(echoes("Which key tests the tags?", "aws:ResourceTags")), sorted(
    ...     echoes("CWAgent", "Amazon CloudWatch")), sorted(echoes("Event bus", "EventBridge"))
    (['tag'], ['CW'], ['event'])
    """
    heard = {
        part for part in parts_of(said) if any(_alike(part, other) for other in parts_of(name))
    }
    # A short part of a compound counts where the other side says it as a word of its own.
    small = {stem(piece) for word in _RUN.findall(name) for piece in _CAMEL.split(word)}
    heard |= {
        stem(word)
        for word in _RUN.findall(said)
        if word.islower() and len(word) >= LEAST and len(stem(word)) == 3 and stem(word) in small
    }
    heard |= _short(said) & _initials(name)
    # 'IP address' in 'SourceIp', 'VPC' in 'SourceVpce'.
    capital = {piece.upper().removesuffix("E") for word in _RUN.findall(name)
               for piece in _CAMEL.split(word) if 2 <= len(piece) <= 4}  # fmt: skip
    heard |= {short for short in _short(said) if short.removesuffix("E") in capital}
    heard |= {short for short in _short(name) if short in _initials(said)}
    return frozenset(heard - _ASKING)


def tells(stem_text: str, key: str, others: Sequence[str]) -> bool:
    """Whether a stem echoes in a key and in none of the other options."""
    heard = echoes(stem_text, key)
    return bool(heard) and bool(heard - frozenset().union(*(echoes(stem_text, o) for o in others)))


def echoing_pairs(pairs: Sequence[Sequence[str]]) -> int:
    """How many pairs of a matching item say on both sides what no other pair's right side says.

    >>> echoing_pairs([("aws:PrincipalTag", "tests the tags"), ("aws:SourceIp", "an address")])
    1
    """
    rights = [right for _, right in pairs]
    return sum(
        tells(left, right, [*rights[:place], *rights[place + 1 :]])
        for place, (left, right) in enumerate(pairs)
    )
