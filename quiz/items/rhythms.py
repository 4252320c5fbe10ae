"""Values that are words: how often something is done, and small numbers. Pure."""

from __future__ import annotations

import re

from quiz.items.nouns import article
from quiz.items.wording import LOOSE

_RARITIES = ("hourly", "daily", "weekly", "monthly", "yearly")


_PERIODS = ("hour", "day", "week", "month", "year")


def other_rhythm(text: str) -> str | None:
    """'takes daily snapshots' → 'takes weekly snapshots'; 'every hour' → 'every day'."""
    for ring, before in ((_RARITIES, ""), (_PERIODS, "every "), (_PERIODS, "once an? ")):
        pattern = re.compile(rf"\b({before})({'|'.join(ring)})\b")
        found = pattern.findall(text)
        if len(found) == 1:
            place = ring.index(found[0][1])
            other = ring[place + 1 if place + 1 < len(ring) else place - 1]
            lead = found[0][0]
            if lead.startswith("once"):
                lead = f"once {article('hour' if other != 'hour' else 'our')} "
                lead = "once an " if other == "hour" else "once a "
            return pattern.sub(f"{lead}{other}", text)
    return None


_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def other_number(text: str) -> str | None:
    """'reserves five addresses' → 'reserves four addresses', by the word's place in its text."""
    found = list(re.finditer(rf"\b({'|'.join(_NUMBERS)})\b(?![-\w])", text))
    if len(found) != 1 or not found[0].start() or ":" in text:
        return None
    before = text[: found[0].start()]
    if re.search(r"\b(?:at least|at most|up to|or|first|last|than|of|the|about|between|with)"
        r"(?: \w+)? $",
                 before) or LOOSE.search(text):  # fmt: skip
        return None
    place = _NUMBERS.index(found[0][1])
    step = 1 if place == 0 or (len(text) % 2 and place + 1 < len(_NUMBERS)) else -1
    return f"{before}{_NUMBERS[place + step]}{text[found[0].end() :]}"
