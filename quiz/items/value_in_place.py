"""Which value, asked where it stands: 'A session lasts at most how many hours?'"""

from __future__ import annotations

import re

from quiz.items.facts import Fact, leans_back
from quiz.items.measures import Measure
from quiz.items.stems import emphasize
from quiz.items.subject import Subject
from quiz.items.values import LADDERS, others_of, shown

# The question, its key, and other values.
Asked = tuple[str, str, list[str]]
# So many words may follow the value, where they say what it is of.
MOST_BEHIND = 12
_BEHIND = re.compile(
    r" (?:of|per|for|in|from|to|across|before|after|on|at|by|ahead|old|long|every|until)\b[^,;:]*$"
)
# What is said beside, and isn't a condition of the value.
_ASIDE = re.compile(
    r", (?:which|even|so|because|whereas|while|and (?:the|it|its|an?)|within which)\b.*$|"
    r" and (?:can|by default)\b.*$"
)
_RANGE_BEFORE = re.compile(r"\b(?:from|between|of) (?P<low>[\d,]+)(?: (?P<unit>\w+))? (?:to|and) $")
# What isn't said for certain has no provably wrong neighbour.
_VAGUE = re.compile(
    r"\b(?:about|usually|often|typically|average|roughly|around|approximately|better|best|"
    r"more than|larger than|longer than|less than|can be chosen|some|sometimes|depending)\b",
    re.I,
)
_MAY_WITHIN = re.compile(r"\b(?:can|may|could)\b.*\bwithin $")
_LEVEL = re.compile(r"(?P<name>(?:(?:[A-Z][\w-]*|[\d-]+) )*)[Ll]evel $")
_BAND = re.compile(r" (?:the |a )?values? from (?P<low>[\d.]+) to (?P<high>\d+(?:\.\d+)?)\.?$")
# Families of which no other value is possible.
CLOSED = frozenset(["port", "code", "layer", "level"])
_NOUNS = {"port": "port", "layer": "layer", "code": "HTTP status code"}


def value_in_place(subject: Subject, fact: Fact, measure: Measure) -> Asked | None:
    """The question with its values, or None where the line may not be turned so."""
    text = fact.text
    if fact.kind != "statement" or leans_back(text):
        return None
    if band := _BAND.search(text):
        return _band(subject, fact, band)
    before = text[: measure.start]
    behind = _ASIDE.sub("", text[max(measure.tail, measure.drop) :]).rstrip(".")
    if _VAGUE.search(before + behind) or _MAY_WITHIN.search(before):
        return None
    if behind and (len(behind.split()) > MOST_BEHIND or not _BEHIND.fullmatch(behind)):
        return None
    if (bounds := _RANGE_BEFORE.search(before)) is not None:
        return _range(before[: bounds.start()], bounds, measure, behind)
    if re.search(r"(?: and| or|,|\d to) $", before) or len(f"{before}{behind}".split()) < 4:
        return None
    asked = _asked(measure, before)
    if asked is None:
        return None
    lead, words, family, unit = asked
    if re.search(r"\b(?:a|an|the) $", lead):
        return None
    question = f"{emphasize(f'{lead}{words}{behind}')}?"
    if family in CLOSED:
        key = str(int(measure.value))
        return question, key, [str(step) for step in LADDERS[family] if str(step) != key]
    others = [shown(other, unit) for other in others_of(measure.value, family)]
    return question, shown(measure.value, unit), others


def _band(subject: Subject, fact: Fact, band: re.Match[str]) -> Asked | None:
    """A band of values, against those that other lines of the topic give to other things."""
    low, high = float(band["low"]), float(band["high"])
    others: dict[str, None] = {}
    for other in subject.by_service.get(fact.service, ()):
        found = _BAND.search(other.text)
        if found and (float(found["high"]) < low or float(found["low"]) > high):
            others[f"{found['low']} to {found['high']}"] = None
    question = f"{fact.text[: band.start()]} which range of values?"
    return question, f"{band['low']} to {band['high']}", list(others)


def _asked(measure: Measure, before: str) -> tuple[str, str, str, str] | None:
    """What stands before the value, the words that ask for it, its family and its unit."""
    if measure.family in _NOUNS:
        noun = _NOUNS[measure.family]
        found = re.search(
            r"(?:the )?(?P<way>(?:inbound |outbound |HTTP )?)(?:port|layer|status code) $", before
        )
        if found is None:
            return None
        way = found["way"] if not noun.startswith(found["way"] or "-") else ""
        return before[: found.start()], f"which {way}{noun}", measure.family, ""
    if measure.family == "level" and (level := _LEVEL.search(before)):
        return before[: level.start()], f"which {level['name']}Level", "level", ""
    if measure.unit:
        if not measure.is_time:
            family = "" if "per" in measure.unit or measure.unit[:2] == "US" else "data"
            counted = measure.unit.removeprefix("million ")
            return before, f"how many {counted}", family, measure.unit
        bare = measure.unit.removesuffix("s")
        return before, f"how many {bare}s", bare, measure.unit
    if measure.noun and (measure.bound or re.search(r"\bha(?:s|ve) $", before)):
        return before, f"how many {measure.noun}", "", ""
    return None


def _range(head: str, bounds: re.Match[str], measure: Measure, behind: str) -> Asked | None:
    """Of a range both ends are asked for, against ranges with one end or both moved."""
    unit = measure.unit
    if not unit or not measure.is_time:
        return None
    first = bounds["unit"] or unit
    low, high = float(bounds["low"].replace(",", "")), measure.value
    if re.search(r"\b(?:set|chosen|configured|changed) $", head):
        question = f"{head}within which range{behind}?"
    elif re.search(r"\b(?:period|window|time|duration|delay) $", head):
        question = f"{head}of what length{behind}?"
    elif re.search(r"\b(?:last|lasts) $", head):
        question = f"{head}how long{behind}?"
    else:
        return None
    lows = others_of(low, first.removesuffix("s"))
    highs = others_of(high, unit.removesuffix("s"))

    def told(one: float, other: float) -> str:
        same = first.removesuffix("s") == unit.removesuffix("s")
        return f"{shown(one, '' if same else first)} to {shown(other, unit)}"

    pairs = [(low, other) for other in highs if other != low]
    pairs += [(one, high) for one in lows]
    pairs += list(zip(lows, highs, strict=False))
    if first.removesuffix("s") == unit.removesuffix("s"):
        pairs = [(one, other) for one, other in pairs if one < other]
    return emphasize(question), told(low, high), [told(*pair) for pair in pairs]
