"""List items that are marked by a sign such as an emoji, an arrow or a circled number."""

from __future__ import annotations

import re
from unicodedata import category

# Signs that only mark the item; others, such as ✅ and ❌, say something and stay.
_PLAIN = frozenset("→⇒►▶➢➤➔➜❖◆◇◾◽▸▹⁃∙»›—―⚫⚪🔹🔸🔷🔶🔘👉☞")
_SIGNS = _PLAIN | frozenset("✓✔✗✘★☆")
_KEYCAP = re.compile("[0-9]\ufe0f?\u20e3")
_JOINERS = "\ufe0f\u200d\u20e3"


def _sign(text: str) -> str:
    """The sign and the white space after it; empty where the line starts with words."""
    if text[0].isascii():
        found = _KEYCAP.match(text)
        size = found.end() if found else 0
    else:
        if not (text[0] in _SIGNS or category(text[0]) in ("So", "No")):
            return ""
        size = 1
        while size < min(len(text), 8) and (
            text[size] in _JOINERS or category(text[size]) in ("So", "Sk", "Mn")
        ):
            size += 1
    if not size or not text[size : size + 1].isspace():
        return ""
    return text[:size]


def is_sign(line: str) -> bool:
    """Whether the line starts with a sign and goes on with words."""
    text = line.strip()
    return bool(text) and bool(_sign(text)) and len(text) > len(_sign(text)) + 1


def without_sign(line: str) -> str:
    """The line as a bullet; a sign that says something stays in its words."""
    text = line.lstrip()
    lead = line[: len(line) - len(text)]
    sign = _sign(text)
    if sign.rstrip(_JOINERS) in _PLAIN:
        text = text[len(sign) :].lstrip()
    return f"{lead}- {text}"
