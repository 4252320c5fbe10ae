"""The numbers of a statement that are worth asking for: limits, sizes, times, ports, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quiz.items.facts import Fact
from quiz.items.values import NUMBER_WORDS, number

_TIME = r"seconds?|minutes?|hours?|days?|weeks?|months?|years?"
_DATA = r"bytes|KB|MB|GB|TB|KiB|MiB|GiB"
_RATE = (
    r"(?:million |thousand )?(?:gigabits|megabits|KB|MB|GB|requests|packets|transactions|messages)"
    r" per (?:second|minute)|Gbps|Mbps|kbps"
)
_MONEY = r"USD|US dollars|dollars|euros|percent|%"
_UNIT = rf"(?P<unit>{_RATE}|{_DATA}|{_TIME}|{_MONEY})(?![\w-])"
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
_WORDS = "|".join(word for word, value in NUMBER_WORDS.items() if value > 1)
_MEASURE = re.compile(
    rf"(?<![\w.:/$#-])(?P<number>{_DIGITS}|(?:{_WORDS})\b)"
    rf"(?:(?P<bit>-bit\b)|-(?P<part>second|minute|hour|day|week|month|year)\b(?! old)"
    rf"|\s{_UNIT}|(?![\w/:-]|[.,]\d))"
)
_NAMED = re.compile(
    r"\b(?P<noun>port|layer|status code|[Ll]evel)(?:s)?(?P<first> (?:[\d.]+|\w+) (?:and|to|or))? $"
)
_RANGE_END = re.compile(
    rf"\b(?:from|between|of|range|ports?)\s(?:{_DIGITS})"
    rf"(?:\s(?:{_UNIT.replace('?P<unit>', '?:')}))?\s(?:to|and)\s$"
)
_BOUND = re.compile(
    r"\b(?:at most|at least|exactly|up to|maximum of|minimum of|limit of|limited to|about|"
    r"not exceed|more than|fewer than|less than|longer than|above|below|plus|over)\s$"
)
_COUNTING = re.compile(
    r"\b(?:has|have|needs?|requires?|supports?|offers?|allows?|creates?|accepts?|contains?|uses?|"
    r"holds?|of|with|by|to|in)\s$"
)
_NOUN = re.compile(
    r"\s(?P<nouns>(?:[a-z][a-z-]+ ){0,4}?(?:[A-Za-z-]+ )??[A-Za-z-]*[A-RT-Za-rt-z]s)\b"
)
_IP = re.compile(r"(?<=[a-z] )(?<!\w Agent )\d{1,3}(?:\.\d{1,3}){3}(?!\w|[./]\d)")
_BEFORE_NAME = re.compile(
    r"\b(?:TLS|SSL|SAML|OAuth|IPv|[Vv]ersion|Server|Samba|Route|TOTP|HTTP|RFC|step|Step|top|FIPS|"
    r"SHA|AES|RSA|PCI|ISO|Python|Java|Node|Windows|Linux|chapter|article|Article|page|No|§|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"since|until|in|of|before|after|by)\s$"
)
_EXAMPLE = re.compile(r"\b(?:for example|such as|e\.g\.|for instance)(?=\W)")
_AGAIN = re.compile(rf"\s*\((?:{_DIGITS})[^)]*\)")
MOST_NUMBERS = 4


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of a text from `start` to `end`; `unit` or `noun` is what it counts, from there to
    `tail`; `drop` is where a bracket that says it again ends."""

    start: int
    end: int
    value: float
    unit: str
    noun: str
    family: str
    tail: int
    drop: int
    bound: str
    spelled: bool = False

    @property
    def is_time(self) -> bool:
        return bool(re.fullmatch(_TIME, self.unit))


def measures_of(fact: Fact) -> list[Measure]:
    """The numbers of a statement, in its order.

    >>> from quiz.items.facts import read_fact
    >>> from knowledge.records import Record
    """
    text = fact.text
    masked = text
    for code in fact.codes:
        masked = masked.replace(code, "\ue000" * len(code)) if code else masked
    shown = _EXAMPLE.search(masked)
    end = shown.start() if shown else len(masked)
    address = _IP.search(text, 0, end)
    if address and " or " not in text[address.end() :]:
        place = address.end()
        return [Measure(address.start(), place, 0, "", "", "ip", place, place, "")]
    if len(re.findall(r"\d+(?:[.,]\d+)*", masked)) > MOST_NUMBERS:
        return []
    return [measure for measure in _found(masked) if measure.end <= end]


def _found(text: str) -> Iterator[Measure]:
    for match in _MEASURE.finditer(text):
        before, behind = text[: match.start()], text[match.end() :]
        said = match["number"]
        spelled = said in NUMBER_WORDS
        value = float(NUMBER_WORDS[said]) if spelled else number(said)
        start, end = match.span("number")
        bound = _BOUND.search(before)
        bounded = bound[0].strip() if bound else ""
        named = _NAMED.search(before)
        unit = match["unit"] or (f"{match['part']}s" if match["part"] else "")
        if re.match(r"/\d|-\d|\.\d", behind) or _inside_ip(text, start):
            continue
        if match["bit"]:
            yield Measure(start, end, value, "", "", "bit", match.end(), match.end(), bounded)
            continue
        if unit:
            if re.match(r" (?:a|per) day\b", behind) and value == 24:
                continue
            again = _AGAIN.match(behind)
            drop = match.end() + again.end() if again else match.end()
            if before.endswith("(") or re.search(r"\([^)]*$", before):
                continue
            yield Measure(start, end, value, unit, "", "", match.end(), drop, bounded, spelled)
            continue
        if re.match(r" (?:HTTP )?status code\b", behind):
            yield Measure(start, end, value, "", "", "code", end, end, "")
            continue
        if named:
            family = named["noun"].casefold()
            yield Measure(start, end, value, "", "", {"status code": "code"}.get(family, family),
                          end, end, bounded)  # fmt: skip
            continue
        if _RANGE_END.search(before):
            yield Measure(start, end, value, "", "", "range", end, end, "", spelled)
            continue
        alone = bounded in {"limit of", "limited to"} and not _NOUN.match(behind)
        if value < 2 and not alone:
            continue
        if re.fullmatch(r"(?:19|20)\d\d", said) or re.search(r"\([^)]*$", before):
            continue
        noun = _NOUN.match(behind)
        if not bound and (_BEFORE_NAME.search(before) or not _COUNTING.search(before)):
            continue
        if bounded in {"more than", "over", "about"} and value < 100:
            continue  # 'more than 18 services': true of 17 as well
        if noun and not noun["nouns"].endswith(("ss", "us", "is")):
            if ":" in behind or (spelled and not (bound or re.search(r"\bha(?:s|ve)\s$", before))):
                continue  # the list that follows can be counted
            yield Measure(start, end, value, "", noun["nouns"], "", match.end() + noun.end(),
                          end, bounded, spelled)  # fmt: skip
        elif bounded in {"limit of", "above", "plus", "below", "limited to"} and not noun:
            yield Measure(start, end, value, "", "", "", end, end, bounded, spelled)


def _inside_ip(text: str, start: int) -> bool:
    return any(match.start() <= start < match.end() for match in _IP.finditer(text))
