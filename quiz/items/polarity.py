"""Whether two texts deny, close and demand the same."""

from __future__ import annotations

import re

_NEGATIVE = re.compile(
    r"n['’]t\b|\b(?:not|cannot|cant|never|no|none|neither|nor|without|nothing|nobody|unable|"
    r"un(?:less|like)|except|but not|excluding|other than|instead of|rather than|dont|doesnt|isnt|"
    r"fails?|lacks?)\b",
    re.I,
)
_ONLY = re.compile(
    r"\b(?:only|solely|exclusively|exactly|nobody else|nothing else|alone|just|"
    r"any other|the one)\b",
    re.I,
)
_MUST = re.compile(
    r"\b(?:must|requir\w+|mandatory|needs?|needed|has to|have to|necessary|should|enforced?|shall|"
    r"only|cannot|can't|prerequisites?)\b",
    re.I,
)
_DENYING = re.compile(
    r"^(?:(?:does|do|is|are|can|has|have)(?:n['’]t| not)|cannot|no|not|never|without)\b"
    r"|\b(?:not|never|no)\b(?! recommended)",
    re.I,
)


def same_signs(sentence: str, note: str, label: str, context: str) -> bool:
    """Whether the sentence denies, closes and demands as the note does, and not otherwise.

    `label` is the short line above the note, `context` all lines that it is read with.

    >>> same_signs("A key can be exported.", "Cannot be exported", "", "Keys . Cannot be exported")
    False
    """
    denied = bool(_NEGATIVE.search(note) or _DENYING.search(label))
    if denied != bool(_NEGATIVE.search(sentence)) and (denied or not _NEGATIVE.search(context)):
        return False
    if bool(_ONLY.search(note)) and not _ONLY.search(sentence):
        return False
    if _ONLY.search(sentence) and not _ONLY.search(context):
        return False
    return not re.search(r"\b(?:must|requires?)\b", sentence) or bool(_MUST.search(context))
