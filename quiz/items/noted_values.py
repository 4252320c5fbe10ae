"""The one number of a note: as a choice, as a gap, and true or false."""

# ruff: noqa: SIM905

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256

from quiz.items.drafts import Candidate, Draft
from quiz.items.facts import Fact
from quiz.items.item import Evidence, Item, Option
from quiz.items.needs import SCENARIOS
from quiz.items.noted import Notes, place_of
from quiz.items.stems import need_is_action
from quiz.items.subject import Subject
from quiz.items.terms import GROUPING, UNFIT, is_listing
from quiz.items.values import number, others_of, shown
from quiz.items.verbs import AUXILIARIES, PLURAL_VERBS, THIRD
from quiz.items.words import content, plain

_NUMBER = re.compile(
    r"(?<![\w.:/$%*-])(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?![\d.:/,_-]*\d)(?P<gap> ?)"
)
_UNIT = re.compile(
    r"(?P<unit>seconds?|secs?|minutes?|mins?|min|hours?|hrs?|h|days?|weeks?|months?|years?|bytes|bits?|"
    r"KB|MB|GB|TB|KiB|MiB|GiB|[GM]bps|GBps|MBps|RPS|requests?/?(?: per second|s)?|"
    r"million packets/s|packets/s|%|percent)(?=\W|$)"
)
_SECONDS = {"s": "second", "sec": "second", "min": "minute", "h": "hour", "hr": "hour"}
# Numbers that name a version, a standard, a layer's protocol or a place in a list count nothing.
_NAMED = re.compile(
    r"\b(?:TLS|SSL|SAML|IPv|v|version|route|level|layer|step|phase|port|ports|SHA|AES|RSA|FIPS|ISO|"
    r"error|HTTP|status|code|AWS|EC|S|type|part|chapter|figure|no|number|page|option|case)\.?$",
    re.I,
)
_FULL = frozenset(
    [
        "second",
        "seconds",
        "minute",
        "minutes",
        "hour",
        "hours",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
    ]
)
# A bound that is true of one number is true of others.
_BOUND = re.compile(
    r"\b(?:max\w*|min\w*|at most|at least|up to|within|less|more|larger|greater|smaller|exceed|"
    r"over|under|past|last|about|around|approx\w*|every|after|before|limit\w*|can|to)\b|[<>~+]",
    re.I,
)
_PLURAL = re.compile(r"(?P<noun>[a-z]{3,}(?: [a-z]{3,})?s)\b")
_KINDS = frozenset(
    """ways types kinds options things parts items versions modes others cases""".split()
)
# Smaller numbers, or larger ones, are true as well where a number bounds what is spoken of.
_RANGE = re.compile(
    r"\b(?:within|last|past|up to|less|fewer|more|larger|greater|smaller|over|under|above|below|"
    r"than|exceed\w*|to|about|around|approx\w*|at least|at most|before|after)\b[\w ]{0,14}$|[<>~]",
    re.I,
)
_OPEN_END = re.compile(r"\s*(?:\+|or (?:more|less|greater|fewer)|and (?:more|up|above))")
_CONDITION = re.compile(r"(?:if|when|where|unless|in case|for|while)\b", re.I)
_LIMIT = re.compile(r"\b(?:max(?:imum)?|min(?:imum)?|limit|default)\b", re.I)
LEAST_WORDS, MOST_WORDS = 4, 16


@dataclass(frozen=True, slots=True)
class Value:
    """The number of a note: the words before and behind it, its unit as it stands."""

    fact: Fact
    before: str
    after: str
    value: float
    unit: str
    family: str

    @property
    def text(self) -> str:
        return self.shown(self.value)

    def shown(self, value: float) -> str:
        """A value with the unit of the note, in its number."""
        unit = self.unit
        if unit in _FULL:
            unit = unit.removesuffix("s") + ("" if value == 1 else "s")
        return f"{shown(value, '')} {unit}".strip()

    def told(self, instead: str) -> str:
        return " ".join(f"{self.before}{instead}{self.after}".split())


def value_of_note(fact: Fact, text: str) -> Value | None:
    """The one number of a note that counts or measures something, or None."""
    size = len(re.sub(r"(\d)([A-Za-z])", r"\1 \2", text).split())
    if not LEAST_WORDS <= size <= MOST_WORDS or UNFIT.search(text):
        return None
    found = list(_NUMBER.finditer(text))
    if len(found) != 1 or len(re.findall(r"\d+", text)) != len(re.findall(r"\d+", found[0][0])):
        return None
    match = found[0]
    before, rest = text[: match.start()], text[match.end() :]
    if _NAMED.search(before.rstrip(" (")):
        return None
    if re.search(r"\b[A-Z]\w*[ -]$", before) and " " in before.strip():
        return None  # 'Intel Xeon 5': part of a name
    value = number(match["number"])
    if value == 0 or re.fullmatch(r"(?:19|20)\d\d", match["number"]):
        return None
    unit = _UNIT.match(rest)
    if unit:
        word = unit["unit"]
        bare = word.rstrip("s") or word
        family = _SECONDS.get(bare, bare)
        return Value(fact, before, f" {rest}", value, word, family)
    noun = _PLURAL.match(rest)
    if (
        noun is None
        or noun["noun"] in _KINDS
        or value < 2
        or not match["gap"]
        or rest.startswith(("is ", "s "))
    ):
        return None
    return Value(fact, before, f" {rest}", value, "", "")


def note_values(subject: Subject, services: Collection[int] | None) -> Iterator[Value]:
    if not subject.english:
        return
    for service in subject.services:
        if services is not None and service not in services:
            continue
        for fact in subject.by_service.get(service, ()):
            record = subject.records[fact.index]
            if record.form in {"code", "numbered", "row"} or record.stated:
                continue
            if fact.index in subject.reworded:
                continue  # it is asked in a sentence
            text = plain(record.text).strip(" .")
            if fact.kind not in {"fragment", "statement"} or record.text.rstrip().endswith("."):
                continue
            if _is_part_of_more(subject, fact, text):
                continue
            value = value_of_note(fact, text)
            if value is not None and (_RANGE.search(value.before) or _OPEN_END.match(value.after)):
                continue
            if value is not None and len(content(value.told(""))) >= 2:
                yield value


def _is_part_of_more(subject: Subject, fact: Fact, text: str) -> bool:
    """Whether a note is a request or a condition, whose consequence stands elsewhere."""
    if need_is_action(text) or _CONDITION.match(text) or subject.by_parent.get(fact.index):
        return True
    place = fact.parent
    while place >= 0:
        if SCENARIOS.match(plain(subject.records[place].text).strip(" :.")):
            return True
        place = subject.records[place].parent
    return not _says_something(text)


def _says_something(text: str) -> bool:
    """Whether a note has a verb, or a quantity that its words name as a limit.

    >>> _says_something("Session lasts 6 hours"), _says_something("512 bit key (AES)")
    (True, False)
    """
    if _LIMIT.search(text):
        return True
    said = [word.casefold() for word in re.findall(r"[A-Za-z'’]+", text)]
    return any(word in THIRD or word in AUXILIARIES or word in PLURAL_VERBS for word in said)


def notes_worth_asking(
    subject: Subject, notes: Notes, services: Collection[int] | None = None
) -> Iterator[int]:
    """Notes that tell something distinctive of a term, or hold the one number of it."""
    if not subject.english:
        return
    for service in subject.services:
        if services is None or service in services:
            yield from (row.told.fact for row in notes.rows(service))
    yield from (value.fact.index for value in note_values(subject, services))


def _where(subject: Subject, fact: Fact) -> str:
    """The headings over a note, the nearest two: what it speaks of."""
    names: list[str] = []
    place = fact.parent
    while place >= 0 and place != fact.service and len(names) < 2:
        name = plain(subject.records[place].text).strip(" :.")
        if (
            name.casefold() not in GROUPING
            and len(name) <= 60
            and not (is_listing(name) or re.search(r"\d", name))
        ):
            names.append(name)
        place = subject.records[place].parent
    topic = place_of(subject, fact.service)
    return f"{topic} ({', '.join(reversed(names))})" if names else topic


def note_value_drafts(subject: Subject, services: Collection[int] | None = None) -> Iterator[Draft]:
    for value in note_values(subject, services):
        fact = value.fact
        where = _where(subject, fact)
        evidence = subject.evidence(fact)
        candidates = [
            Candidate(
                value.shown(other), f"The line states {value.text}: {evidence.text}",
                "other_value", (evidence,),
                0.9 if value.value / 4 <= other <= value.value * 4 else 0.6,
            )
            for other in others_of(value.value, value.family)
        ]  # fmt: skip
        told = value.told("N")
        yield Draft(
            "note_value",
            f"In {where}, which value does N stand for in the note “{told}”?",
            [Candidate(value.text, f"It says: {evidence.text}", "states_it", (evidence,))],
            candidates, (fact.index,), fact.service, f"{where}: {evidence.text}.", (evidence,),
            numeric=True, distinctive=0.6, at_least=3,
        )  # fmt: skip


def note_value_gaps(subject: Subject, services: Collection[int] | None = None) -> Iterator[Item]:
    for value in note_values(subject, services):
        fact = value.fact
        where = _where(subject, fact)
        evidence = subject.evidence(fact)
        digits = shown(value.value, "")
        answers = [digits, f"{digits} {value.unit}".strip(), f"{digits}{value.unit}"]
        answers.append(digits.replace(",", ""))
        yield Item(
            "cloze", "note_value_gap", subject.topic(fact), subject.feature(fact),
            subject.domain(fact.service),
            f"In {where}, which number completes the note “{value.told('____')}”?",
            f"{where}: {evidence.text}.", (evidence,), (fact.index,), fact.service,
            answers=tuple(dict.fromkeys(answers)), difficulty=0.6,
        )  # fmt: skip


def note_value_statements(
    subject: Subject, seed: int, services: Collection[int] | None = None
) -> Iterator[Item]:
    """As many true as false: every other note of a fixed order has another number of as many
    digits."""
    values = sorted(
        note_values(subject, services),
        key=lambda value: sha256(f"{seed}|{value.fact.text}|{value.fact.line}".encode()).digest(),
    )
    true = 0
    for value in values:
        size = len(shown(value.value, ""))
        if value.value == 1 or _BOUND.search(value.before) or value.after.strip().startswith("+"):
            continue
        others = [
            other for other in others_of(value.value, value.family)
            if len(shown(other, "")) == size and not 0.7 < other / value.value < 1.4
        ]  # fmt: skip
        if not others:
            continue
        is_true = true <= 0
        true += 1 if is_true else -1
        mark = sha256(f"{seed}|{value.fact.text}".encode()).digest()[0]
        said = value.value if is_true else others[mark % len(others)]
        yield _statement(subject, value, shown(said, ""), is_true)


def _statement(subject: Subject, value: Value, said: str, is_true: bool) -> Item:
    fact = value.fact
    evidence: Evidence = subject.evidence(fact)
    told = f"The line states {value.text}: {evidence.text}"
    stem = f"Is it true or false that in {_where(subject, fact)}, “{value.told(said)}” is right?"
    return Item(
        "true_false", "true_false_note_value", subject.topic(fact), subject.feature(fact),
        subject.domain(fact.service), stem, told, (evidence,), (fact.index,), fact.service,
        (
            Option("True", is_true, told, "states_it" if is_true else "other_value", (evidence,)),
            Option("False", not is_true, told,
                   "other_value" if is_true else "states_it", (evidence,)),
        ),
        difficulty=0.45,
    )  # fmt: skip
