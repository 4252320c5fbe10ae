"""How an exam is put together, read from a pack's blueprint.toml. Pure.

The file's own head says what each key means. An outline without one gets an exam in proportion to
what it holds: its topics are the domains.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from quiz.questions import KINDS

SHORT_ITEMS, SHORT_MINUTES = 20, 52
MOST_ITEMS, MOST_MINUTES = 500, 24 * 60


class BlueprintError(Exception):
    """A blueprint that can't be used; the text is a sentence that names what is wrong."""


@dataclass(frozen=True)
class Domain:
    """`weight` in percent; `maps_to` are the questions' domains (or topics) that serve it."""

    name: str
    weight: float
    scored_items: int
    maps_to: tuple[str, ...]


@dataclass(frozen=True)
class Exam:
    """One exam. `by` tells what of a question decides its domain."""

    code: str
    name: str
    items: int
    scored: int
    minutes: int
    kinds: tuple[str, ...]
    domains: tuple[Domain, ...]
    default: bool = False
    by: Literal["domain", "topic"] = "domain"
    first_day: date | None = None
    last_day: date | None = None
    short_items: int = SHORT_ITEMS
    short_minutes: int = SHORT_MINUTES

    @property
    def unscored(self) -> int:
        return self.items - self.scored

    def domain_of(self, home: str | None) -> Domain | None:
        """The domain that a question serves first of all: where its home stands foremost."""
        serving = [domain for domain in self.domains if home in domain.maps_to]
        return min(serving, key=lambda domain: domain.maps_to.index(str(home)), default=None)

    def weights(self) -> dict[str, float]:
        return {domain.name: domain.weight for domain in self.domains}


@dataclass(frozen=True)
class Blueprint:
    exams: tuple[Exam, ...]

    @property
    def default(self) -> Exam:
        return next((exam for exam in self.exams if exam.default), self.exams[0])

    def exam(self, code: str | None) -> Exam:
        """The exam of that code, the default one without a code; raises BlueprintError."""
        if not code:
            return self.default
        for exam in self.exams:
            if exam.code == code:
                return exam
        known = ", ".join(exam.code for exam in self.exams)
        raise BlueprintError(f"There is no exam “{code}” here; there is {known}.")


@dataclass(frozen=True)
class Cover:
    """How well an outline covers a domain: its share of the facts beside its weight, in percent."""

    domain: str
    weight: float
    facts: int
    share: float
    state: Literal["covered", "thin", "silent"]


def read_blueprint(file: Path) -> Blueprint:
    """The blueprint in a file; raises BlueprintError."""
    try:
        return parse_blueprint(file.read_text("utf-8"))
    except OSError:
        raise BlueprintError(f"{file.name} can't be read.") from None
    except UnicodeDecodeError:
        raise BlueprintError(f"{file.name} isn't UTF-8 text.") from None


def parse_blueprint(text: str) -> Blueprint:
    """The blueprint that a text describes; raises BlueprintError."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise BlueprintError(f"The blueprint isn't valid TOML: {problem}.") from None
    tables = data.get("exam")
    if not isinstance(tables, list) or not tables:
        raise BlueprintError("The blueprint names no [[exam]].")
    exams = tuple(_exam(_table(table, "Each [[exam]]")) for table in tables)
    codes = [exam.code for exam in exams]
    if len(set(codes)) < len(codes):
        raise BlueprintError("Two exams of the blueprint have the same code.")
    if sum(exam.default for exam in exams) > 1:
        raise BlueprintError("The blueprint has more than one default exam.")
    if "short" in data:
        short = _table(data["short"], "[short]")
        items = _number(short, "items", "[short]", MOST_ITEMS)
        minutes = _number(short, "minutes", "[short]", MOST_MINUTES)
        exams = tuple(replace(exam, short_items=items, short_minutes=minutes) for exam in exams)
    return Blueprint(exams)


def proportional(contents: Mapping[str, int], name: str = "Exam") -> Blueprint:
    """For an outline without a blueprint: topics by how many facts they hold; all items count."""
    held = {topic: facts for topic, facts in contents.items() if facts > 0}
    if not held:
        raise BlueprintError("This outline holds nothing that an exam could ask.")
    total = sum(held.values())
    seats = apportion(held, 65)
    domains = tuple(
        Domain(topic, 100 * facts / total, seats[topic], (topic,)) for topic, facts in held.items()
    )
    return Blueprint((Exam("", name, 65, 65, 170, KINDS, domains, default=True, by="topic"),))


def apportion(weights: Mapping[str, float], seats: int) -> dict[str, int]:
    """Seats by weight, largest remainders first (Hamilton's method); sums up to `seats`.

    >>> apportion({"a": 16, "b": 14, "c": 70}, 15)
    {'a': 2, 'b': 2, 'c': 11}
    """
    total = sum(weights.values())
    exact = {name: seats * weight / total for name, weight in weights.items()}
    given = {name: int(share) for name, share in exact.items()}
    rest = sorted(exact, key=lambda name: (given[name] - exact[name], -weights[name]))
    for name in rest[: seats - sum(given.values())]:
        given[name] += 1
    return given


def cover(exam: Exam, facts: Mapping[str, int]) -> list[Cover]:
    """How the facts of each domain (or topic) cover the exam: silent without a fact, thin where
    their share is less than half of the weight."""
    total = sum(facts.values()) or 1
    weight = sum(domain.weight for domain in exam.domains) or 1
    covers = []
    for domain in exam.domains:
        held = sum(facts.get(home, 0) for home in domain.maps_to)
        share, due = 100 * held / total, 100 * domain.weight / weight
        state: Literal["covered", "thin", "silent"] = (
            "silent" if not held else "thin" if share < due / 2 else "covered"
        )
        covers.append(Cover(domain.name, due, held, share, state))
    return covers


def _exam(table: Mapping[str, Any]) -> Exam:
    code = _text(table, "code", "An exam")
    where = f"The exam {code}"
    items = _number(table, "items", where, MOST_ITEMS)
    scored = _number(table, "scored", where, MOST_ITEMS)
    unscored = _number(table, "unscored", where, MOST_ITEMS, least=0)
    if scored + unscored != items:
        raise BlueprintError(f"{where}: scored and unscored items don't add up to {items}.")
    kinds = _texts(table, "kinds", where)
    strange = [kind for kind in kinds if kind not in KINDS]
    if strange:
        raise BlueprintError(f"{where}: there is no kind of question “{strange[0]}”.")
    tables = table.get("domain")
    if not isinstance(tables, list) or not tables:
        raise BlueprintError(f"{where} names no [[exam.domain]].")
    domains = tuple(_domain(_table(entry, f"{where}: each domain"), where) for entry in tables)
    if len({domain.name for domain in domains}) < len(domains):
        raise BlueprintError(f"{where}: two domains have the same name.")
    if sum(domain.scored_items for domain in domains) != scored:
        raise BlueprintError(f"{where}: the domains' scored items don't add up to {scored}.")
    if abs(sum(domain.weight for domain in domains) - 100) > 0.01:
        raise BlueprintError(f"{where}: the domains' weights don't add up to 100.")
    return Exam(
        code, _text(table, "name", where), items, scored,
        _number(table, "minutes", where, MOST_MINUTES), kinds, domains,
        default=table.get("default") is True,
        first_day=_day(table, "from", where), last_day=_day(table, "until", where),
    )  # fmt: skip


def _domain(table: Mapping[str, Any], where: str) -> Domain:
    name = _text(table, "name", f"{where}: a domain")
    where = f"{where}, {name}"
    weight = table.get("weight")
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 100:
        raise BlueprintError(f"{where}: weight must be a number above 0, at most 100.")
    scored = _number(table, "scored_items", where, MOST_ITEMS, least=0)
    return Domain(name, weight, scored, _texts(table, "maps_to", where))


def _table(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BlueprintError(f"{what} must be a table.")
    return value


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BlueprintError(f"{where}: {key} must be text.")
    return value


def _texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value: Sequence[Any] | None = table.get(key)
    if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
        raise BlueprintError(f"{where}: {key} must be a list of texts.")
    return tuple(value)


def _number(table: Mapping[str, Any], key: str, where: str, most: int, least: int = 1) -> int:
    value = table.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise BlueprintError(f"{where}: {key} must be a whole number from {least} to {most}.")
    return value


def _day(table: Mapping[str, Any], key: str, where: str) -> date | None:
    value = table.get(key)
    if value is not None and (not isinstance(value, date) or hasattr(value, "hour")):
        raise BlueprintError(f"{where}: {key} must be a day, as 2026-01-31.")
    return value
