"""Things that stand side by side in the notes, each with what is said of it: the subjects of
sentences of one topic that name one sort of thing, and identifiers of one type.

They need no entry in a lexicon: 'Low severity in GuardDuty covers …' beside 'High severity in
GuardDuty covers …' shows that both are severities and that each is something else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from knowledge.lexicon import fold
from quiz.items.entities import Entity, class_of, singular
from quiz.items.facts import Clause, Fact
from quiz.items.identifiers import Identifier, namespace_of, read_identifiers, type_after
from quiz.items.subject import Subject
from quiz.items.things import MIN_MASS, SHARED, names_in, predicate_of, tells_what_it_is
from quiz.items.words import content, upper_first, words

_DETERMINER = re.compile(r"^(?:A|An|The)\s+")
_JOINT = re.compile(
    r"\s(?:in|of|from|for|behind|on|to|that|with|by|between|at|over|such as|through|above|below|"
    r"without|than|via|against|into|under|inside|created|issued|obtained|made)\s"
)
_UNFIT = re.compile(
    r"^(?:One|Two|Three|Each|Every|Some|All|Any|Both|Old|New|Common|Other|Another|Most|Many|Several|"
    r"Only|Exactly|Such|Its|Their|This|These|Those|No|Single|Existing|Different|Related|Optional|"
    r"[A-Z][a-z]+ing)\b|['’]|\b(?:and|or|their|its)\b|\d{4}"
)
_VENDORS = frozenset({"aws", "amazon"})
_VAGUE = frozenset(
    """user customer account application company instance request service resource data traffic
    information access value name number communication client server owner administrator principal
    caller environment example support use way""".split()  # noqa: SIM905
)
SHORTEST, LONGEST = 18, 118


@dataclass(frozen=True, slots=True)
class Sibling:
    """A thing by `entity` (made for it where the lexicon has none), and what one fact says of it.

    `sort` is what it is one of; `group` is where it stands: its topic, for identifiers none.
    """

    entity: Entity
    fact: Fact
    predicate: str
    sort: str
    code: bool = False
    # Whether the fact can be asked; the others only show what their thing is.
    asked: bool = True

    @property
    def name(self) -> str:
        return self.entity.name


def _name_of(subject: Subject, fact: Fact, clause: Clause) -> tuple[str, str] | None:
    """The name of what a sentence speaks of, and the word for its sort."""
    text = re.sub(r"\s*\([^)]*\)", "", _DETERMINER.sub("", clause.subject))
    if _UNFIT.search(upper_first(text)) or len(text.split()) > 7:
        return None
    head, *tails = _JOINT.split(text)
    home = {fold(subject.name(fact.service)), fold(subject.topic(fact))}
    home |= {fold(subject.name(fact.service).removeprefix(v)) for v in ("AWS ", "Amazon ")}
    if len(tails) == 1 and fold(_DETERMINER.sub("", upper_first(tails[0]))) in home:
        text = head
    elif tails:
        return None
    if clause.plural:
        last = text.split()[-1]
        if last == last.lower():
            text = singular(text)
        elif re.fullmatch(r"[A-Z]{2,}s", last):
            text = text[:-1]  # 'SCPs'
    sort = singular(_JOINT.split(text)[0].split()[-1].lower())
    if sort in _VAGUE and len(text.split()) < 3:
        return None
    if fold(text) in home or fold(text).removesuffix(fold(sort)) in home | {""}:
        return None  # 'CloudTrail event': what each of its kinds is as well
    if fold(text) in _VENDORS:
        return None
    entry = subject.lexicon.find(text)
    if entry is not None and entry.kind == "service" and not entry.part_of:
        return None
    return upper_first(text), sort


def read_siblings(subject: Subject) -> list[Sibling]:
    """Every sentence that says what something is or does, with a name for what it speaks of."""
    identifiers = subject.keep("identifiers", read_identifiers)
    made: dict[tuple[int, str], Entity] = {}
    aliases = {
        fold(one): frozenset(map(fold, (part.name, *part.aliases)))
        for part in subject.lexicon.parts for one in (part.name, *part.aliases)
    }  # fmt: skip
    found: list[Sibling] = []
    for fact in subject.facts.values():
        clause = fact.clause
        if fact.kind != "statement" or clause is None or clause.lead:
            continue
        coded = _coded(fact, clause, identifiers)
        if clause.raw_subject.count("`") and coded is None:
            continue
        named = (coded.code, coded.type) if coded else _name_of(subject, fact, clause)
        if named is None:
            continue
        name, sort = named
        entity = made.get((fact.service, fold(name)))
        if entity is None:
            owners = [one for one in subject.owners.get(fact.index, ()) if one.kind != "service"]
            names = frozenset({fold(name), *(owners[0].names if owners and not coded else ())})
            names |= aliases.get(fold(name), frozenset())
            entity = Entity(
                name, "code" if coded else "part", sort, fact.service, subject.name(fact.service),
                names,
            )  # fmt: skip
            made[fact.service, fold(name)] = entity
        entity.own.append(fact.index)
        told = tells_what_it_is(clause) and not clause.rest.startswith(("one of", "either "))
        told = told and clause.verb not in {"include", "includes", "recommends", "recommend"}
        predicate = predicate_of(subject, fact, entity) if told else None
        enough = predicate is not None and _says_enough(subject, predicate)
        found.append(Sibling(entity, fact, predicate or "", sort, coded is not None, enough))
    return found


def _says_enough(subject: Subject, predicate: str) -> bool:
    """Whether what is said is of a fit length, and enough of it its own."""
    if not SHORTEST <= len(predicate) <= LONGEST:
        return False
    return subject.mass(content(predicate) - SHARED) >= MIN_MASS * 0.45


def _coded(fact: Fact, clause: Clause, known: dict[str, Identifier]) -> Identifier | None:
    """The one identifier that a sentence is about: 'The `Null` condition operator tests …'."""
    if clause.raw_subject.count("`") != 2 or clause.plural:
        return None
    before, code, after = clause.raw_subject.split("`")
    identifier = known.get(code)
    if identifier is None or len(before.split()) > 5:
        return None
    if after.strip() and type_after(after) is None:
        return None  # 'An `AssumeRole` session' is no operation
    if re.search(r" (?:of|on|in|with) ", f"{before} ") and not after.strip():
        return None
    return identifier


def nearness(one: Sibling, other: Sibling) -> float:
    """How near two siblings stand; 0 where they are no siblings."""
    if one.code != other.code:
        return 0.0
    if one.sort != other.sort:
        if one.code or one.fact.service != other.fact.service:
            return 0.0
        if _modifiers(one) & _modifiers(other):
            return 0.0  # an 'advanced tier' has what an 'advanced parameter' has
        alike = class_of(one.name) == class_of(other.name) != "tool"
        if not alike and _proper(one.name) != _proper(other.name):
            return 0.0
        near = 0.75 if alike else 0.55
        return near + (0.1 if one.fact.feature == other.fact.feature else 0.0)
    if one.fact.service == other.fact.service:
        if one.fact.parent == other.fact.parent:
            return 0.95
        return 0.9 if one.fact.feature == other.fact.feature else 0.8
    if not one.code:
        return 0.0
    space = namespace_of(one.name)
    return 0.85 if space and space == namespace_of(other.name) else 0.45


def _modifiers(row: Sibling) -> set[str]:
    """The words of a name before its sort, but those of its home."""
    home = {word.casefold() for word in words(row.entity.scope)} | _VENDORS
    return {word.casefold() for word in words(row.name)[:-1]} - home


def _proper(name: str) -> bool:
    """Whether a name is written with capitals: 'Origin Shield', not 'Cache behavior'."""
    last = name.split()[-1]
    return last != last.lower()


class Family:
    """The siblings of an outline, and which can be told apart."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.rows = read_siblings(subject)
        self.by_sort: dict[tuple[bool, str], list[Sibling]] = {}
        self.by_service: dict[int, list[Sibling]] = {}
        for row in self.rows:
            self.by_sort.setdefault((row.code, row.sort), []).append(row)
            self.by_service.setdefault(row.fact.service, []).append(row)
        self._close: dict[int, list[str]] = {}

    def close_lines(self, row: Sibling) -> list[str]:
        """The lines that say much of what a row says, but its own."""
        if row.fact.index not in self._close:
            found = self.subject.close_facts(content(row.predicate), 0.4)
            self._close[row.fact.index] = [
                self.subject.facts[index].text for index in found if index != row.fact.index
            ]
        return self._close[row.fact.index]

    def false_of(self, row: Sibling, other: Sibling) -> bool:
        """Whether what is said of one thing isn't said, in any near line, of another."""
        entity = other.entity
        if row.entity is entity or row.entity.names & entity.names:
            return False
        mine, theirs = row.name.casefold(), other.name.casefold()
        if not row.code and (_within(mine, theirs) or _within(theirs, mine)):
            return False
        if row.code and (mine in theirs or theirs in mine) and len(mine) != len(theirs):
            short, long = sorted((mine, theirs), key=len)
            if long.startswith(short) and row.fact.parent != other.fact.parent:
                return False
        if names_in(row.predicate, entity):
            return False
        if not content(row.predicate) - content(other.fact.text):
            return False
        own = {self.subject.facts[index].text for index in entity.own}
        return not any(names_in(line, entity) for line in self.close_lines(row) if line not in own)

    def of_kind(self, row: Sibling) -> list[Sibling]:
        if row.code:
            return self.by_sort[row.code, row.sort]
        return self.by_service[row.fact.service]

    def around(self, row: Sibling) -> Iterator[tuple[Sibling, float]]:
        for other in self.of_kind(row):
            near = nearness(row, other)
            if row.sort != other.sort and self.subject.is_theme(row.fact.service):
                continue  # what a subject names beside each other need not be of one kind
            if near and self.false_of(row, other):
                yield other, near


def _within(one: str, other: str) -> bool:
    """Whether all words of a name are in another: a 'public NAT gateway' is a 'NAT gateway'."""
    return set(words(one)) <= set(words(other))


def in_services(rows: Collection[Sibling], services: Collection[int] | None) -> list[Sibling]:
    return [row for row in rows if services is None or row.fact.service in services]
