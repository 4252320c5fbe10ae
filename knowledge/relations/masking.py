"""A line as patterns see it: lower case, with one sign in place of each name of a service."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Signs of the private use area: the first name of a line is FIRST, the next one FIRST + 1, …
FIRST, LAST = 0xE000, 0xF8FF
NAME = f"[{chr(FIRST)}-{chr(LAST)}]"
# A name with the space before it and its ending, to see the words without it.
NAMES = re.compile(rf" ?{NAME}(?:'s|’s|s)?")
_MARKUP = re.compile(r"[*_`\"“”„«»{}]+")
# Signs of the private use area that a text has of its own stand for nothing.
_STRAY = re.compile(NAME)
_SPACES = re.compile(r"\s+")
# 'Need: what is wanted → what to do': only the second half states anything.
_NEED = re.compile(r"^\s*(?:need|goal|task)\s*:.*?(?:→|->|=>)", re.IGNORECASE)
# A remark in brackets is left out, unless it goes on with the sentence: 'Authorizer (via Lambda)'.
_REMARK = re.compile(r"\((?!(?:via|with|by|using|through|in|on|to|from)\b)[^()]*\)")
_ARTICLE = re.compile(r"\b(?:an?|the|each|every|any) $", re.IGNORECASE)
_BRACKETS = re.compile(r"[()\[\]]")
_SENTENCE = re.compile(
    r"(?<=[^\d\s])[.;!?]\s+|:\s*(?=if\b)|,?\s+(?:but|whereas|while|because|unless|although|though"
    r"|aber|während|weil|when|ma|mentre|perché|mais|alors que|parce que|pero|mientras|porque)\s+"
    r"|,\s+(?:so|which|where|when|who|whose)\s+(?!as\b)"
)


@dataclass(frozen=True, slots=True)
class Masked:
    """One line; `targets` holds what its signs stand for, by their place in the alphabet."""

    text: str
    targets: tuple[int, ...]

    def target(self, sign: str) -> int:
        return self.targets[ord(sign) - FIRST]

    def clauses(self) -> list[str]:
        return [part.strip() for part in _SENTENCE.split(self.text) if part.strip()]


def is_name(sign: str) -> bool:
    return FIRST <= ord(sign) <= LAST


def mask(text: str, names: Sequence[tuple[int, int, int]]) -> Masked:
    """Put a sign in place of each name, given as (start, end, target) in order.

    >>> mask("Sent to the S3.", [(12, 14, 7)]).text
    'sent to the \\ue000.'
    """
    parts: list[str] = []
    targets: list[int] = []
    at = 0
    for place, (start, end, target) in enumerate(names):
        if start < at or len(targets) > LAST - FIRST:
            continue
        after = names[place + 1][0] if place + 1 < len(names) else -1
        beside = after == end + 1 and text[end] == " "
        if beside and (names[place + 1][2] == target or _ARTICLE.search(text, 0, start)):
            # 'ELB load balancers', 'a VPC OpenSearch domain': the last is what is meant.
            continue
        parts += [_STRAY.sub(" ", text[at:start]), chr(FIRST + len(targets))]
        targets.append(target)
        at = end
    parts.append(_STRAY.sub(" ", text[at:]))
    masked = "".join(parts)
    masked = _NEED.sub("→", masked)
    if "(" in masked:
        masked = _REMARK.sub(" ", masked)
    masked = _BRACKETS.sub(" ", _MARKUP.sub("", masked))
    return Masked(_SPACES.sub(" ", masked.lower()).strip(), tuple(targets))
