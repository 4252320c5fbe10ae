"""Quantities: numbers with units in a sentence, and other values that they could be taken for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TIME = r"seconds?|minutes?|hours?|days?|weeks?|months?|years?"
_DATA = r"bytes|KB|MB|GB|TB|KiB|MiB|GiB"
_RATE = r"(?:gigabits|megabits|MB|KB|requests|million packets|packets) per second|Gbps|Mbps"
_MONEY = r"USD|US dollars|percent|%"
_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
_QUANTITY = re.compile(
    rf"(?<![\w.:/$-])(?P<number>{_NUMBER})(?![\w:/.,-]*\d)(?:\s(?P<unit>{_RATE}|{_DATA}|{_TIME}|{_MONEY})\b)?"
)
_RANGE = re.compile(
    rf"(?P<open>from|between)\s(?P<low>{_NUMBER})(?:\s(?P<first>{_TIME}|{_DATA}|Gbps|Mbps))?\s(?:to|and)\s"
    rf"(?P<high>{_NUMBER})(?:\s(?P<unit>{_TIME}|{_DATA}|Gbps|Mbps))?\b"
)
NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12,
}  # fmt: skip

# Magnitudes that the field uses, by unit.
LADDERS: dict[str, tuple[float, ...]] = {
    "second": (5, 10, 15, 30, 60, 90, 120, 180, 300, 600, 900),
    "minute": (1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120),
    "hour": (1, 2, 3, 4, 6, 8, 12, 18, 24, 36, 48, 72),
    "day": (1, 3, 5, 7, 10, 14, 15, 30, 45, 60, 90, 120, 180, 365, 400, 730),
    "week": (1, 2, 3, 4, 6, 8),
    "month": (1, 3, 6, 9, 12, 13, 18, 24, 36),
    "year": (1, 2, 3, 5, 7, 10, 15),
    "": (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 16, 20, 25, 30, 50, 60, 75, 100, 128, 150, 200, 250, 300,
         500, 750, 1000, 1500, 2000, 2500, 5000, 7500, 10000, 20000, 25000, 50000, 100000, 200000,
         500000),
    "port": (22, 25, 53, 80, 389, 443, 636, 3389, 8080, 8443),
    "code": (400, 401, 403, 404, 409, 429, 500, 502, 503),
    # Of the layers, those that people mean.
    "layer": (2, 3, 4, 7),
    "level": (1, 2, 3, 4),
    "bit": (56, 64, 96, 112, 128, 160, 192, 224, 256, 384, 512, 1024, 2048, 3072, 4096),
    "data": (1, 2, 4, 5, 8, 10, 16, 20, 25, 32, 50, 64, 100, 128, 256, 400, 512, 1024),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """`text` as it stands in the sentence from `start` to `end`; `value` in its own unit."""

    text: str
    start: int
    end: int
    value: float
    unit: str

    @property
    def family(self) -> str:
        unit = self.unit.removesuffix("s")
        if unit in LADDERS and unit != "bit":
            return unit
        return "data" if self.unit and not self.unit.startswith(("US", "percent", "%")) else ""


def number(text: str) -> float:
    return float(text.replace(",", ""))


def shown(value: float, unit: str) -> str:
    """
    >>> shown(1, "hours"), shown(2560, "days"), shown(1.25, "Gbps"), shown(7, "")
    ('1 hour', '2,560 days', '1.25 Gbps', '7')
    """
    digits = f"{value:,.10g}" if value >= 10000 else f"{value:.10g}"
    if value >= 1000 and value == int(value):
        digits = f"{int(value):,}"
    if re.fullmatch(rf"{_TIME}|(?:US )?dollars", unit):
        unit = unit.removesuffix("s") + ("" if value == 1 else "s")
    return f"{digits} {unit}".strip()


def quantities(text: str) -> Iterator[Quantity]:
    """The quantities of a sentence.

    >>> [q.text for q in quantities("GuardDuty keeps a finding for 90 days.")]
    ['90 days']
    >>> [q.text for q in quantities("Route 53 uses TLS 1.3 in EC2 since April 2023.")]
    []
    """
    for match in _QUANTITY.finditer(text):
        before = text[: match.start()].rsplit(" ", 2)
        last = before[-2] if len(before) > 1 else ""
        unit = match["unit"] or ""
        if not unit and not re.fullmatch(
            r"most|least|exactly|layer|port|code|to|is|than|of|exceed", last.strip("(")
        ):
            continue
        if not unit and re.fullmatch(r"(?:19|20)\d\d", match["number"]):
            continue
        if last in {"TLS", "SAML", "Version", "version", "Level", "Server", "Samba", "Route"}:
            continue
        yield Quantity(match[0], match.start(), match.end(), number(match["number"]), unit)


def ranges(text: str) -> Iterator[tuple[str, float, float, str]]:
    """Ranges: their text ('from 90 to 2,560 days'), ends and unit."""
    for match in _RANGE.finditer(text):
        unit = match["unit"] or match["first"] or ""
        if (
            match["first"]
            and match["unit"]
            and match["first"].rstrip("s") != match["unit"].rstrip("s")
        ):
            continue
        yield match[0], number(match["low"]), number(match["high"]), unit


def family_of(before: str) -> str:
    """The family of a number that the words before it name, or none.

    >>> family_of("allow inbound port "), family_of("at most ")
    ('port', '')
    """
    found = re.search(r"\b(port|layer|status code)s? $", before)
    return {"status code": "code"}.get(found[1], found[1]) if found else ""


def others_of(value: float, family: str) -> list[float]:
    """Other magnitudes of a family of values, in rising order, the value itself left out."""
    ladder = LADDERS.get(family, LADDERS[""])
    steps = {step for step in ladder if value / 12 <= step <= value * 12}
    if len([step for step in steps if step > value]) < 2:
        steps |= {_round(value * factor) for factor in (2, 3, 5)}
    if len([step for step in steps if step < value]) < 2 and value >= 8:
        steps |= {_round(value / factor) for factor in (2, 4, 5)}
    return [step for step in sorted(steps) if step != value and step > 0]


def others(quantity: Quantity, family: str = "") -> list[str]:
    """Values of the same unit and other magnitudes, in rising order, the value itself left out."""
    if family in {"port", "code"}:
        return [str(int(step)) for step in LADDERS[family] if step != quantity.value]
    if family:
        ladder = LADDERS[family]
        value = quantity.value
        found = [s for s in ladder if value / 12 <= s <= value * 12 and s != value]
    else:
        found = others_of(quantity.value, quantity.family)
    return [shown(step, quantity.unit) for step in found]


def _round(value: float) -> float:
    """Two leading digits, the second a 0 or a 5."""
    size = 10 ** max(0, len(str(int(value))) - 2)
    rounded = round(value / (size * 5)) * size * 5 if value >= 20 else float(round(value))
    return float(rounded)


def spellings(quantity: Quantity) -> list[str]:
    """Accepted ways to type a quantity, the one of the line first.

    >>> spellings(Quantity("6 hours", 0, 7, 6, "hours"))
    ['6 hours', '6 h', '6h', 'six hours']
    """
    digits = quantity.text.split(" ")[0]
    found = [quantity.text]
    short = {"second": "s", "minute": "min", "hour": "h", "day": "d", "year": "y"}.get(
        quantity.unit.removesuffix("s")
    )
    if short:
        found += [f"{digits} {short}", f"{digits}{short}"]
    elif quantity.unit:
        found.append(f"{digits}{quantity.unit}")
    for word, value in NUMBER_WORDS.items():
        if value == quantity.value:
            found.append(f"{word} {quantity.unit}".strip())
    if not quantity.unit:
        found.append(digits)
    found.append(quantity.text.replace(",", ""))
    return list(dict.fromkeys(found))
