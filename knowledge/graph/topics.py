"""The nodes of the graph of services: those with a heading, and those that are only named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from knowledge.lexicon import Entry, Lexicon, plain
from knowledge.linking import Linked
from knowledge.records import Record


class Relation(Protocol):
    """A relation as `knowledge.relations` gives it: source and target are indices of targets."""

    @property
    def source(self) -> int: ...
    @property
    def target(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def evidence(self) -> Sequence[tuple[int, int, str]]: ...


class Explain(Protocol):
    """A relation in words."""

    def __call__(
        self, kind: str, a: str, b: str, /, *, feature: bool = False, official: str = ""
    ) -> str: ...


@dataclass(slots=True)
class Topic:
    """A service. `record` is its heading's, None where the outline only names it.

    `home` is the topic that it is a part of, where the outline has that one. `line` is the
    heading's or the first that names it.
    """

    name: str
    official: str
    record: int | None
    entry: Entry | None
    line: int
    home: int | None = None
    target: int | None = None
    fields: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        return self.entry.family if self.entry else ""

    @property
    def domains(self) -> tuple[str, ...]:
        return self.entry.domains if self.entry else ()


@dataclass(slots=True)
class Naming:
    """A record of topic `source` names topic `target`, or `part`, the record of a feature of it."""

    source: int
    target: int
    record: int
    part: int | None = None


@dataclass(slots=True)
class Tie:
    """A relation between two topics, with the names of the features that it is about, if any."""

    source: int
    target: int
    kind: str
    text: str
    evidence: Sequence[tuple[int, int, str]]


@dataclass
class Topics:
    """All topics, those with a heading first, in the outline's order, and what links them."""

    records: Sequence[Record]
    topics: list[Topic] = field(default_factory=list)
    by_record: dict[int, int] = field(default_factory=dict)
    by_target: dict[int, int] = field(default_factory=dict)
    target_names: list[str] = field(default_factory=list)
    # Features that are services in their own right, by record, and their entries.
    known: dict[int, Entry] = field(default_factory=dict)
    namings: list[Naming] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.topics)

    def of(self, record: int) -> int | None:
        """The topic under which a record stands, None for what stands before the first one."""
        return self.by_record.get(self.records[record].service)

    def named_by(self) -> dict[tuple[int, int], list[int]]:
        """(topic, topic it names) → the records that do, in order."""
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for naming in self.namings:
            if naming.source != naming.target:
                found[naming.source, naming.target].append(naming.record)
        return found


def find_topics(
    records: Sequence[Record],
    linked: Linked,
    relations: Sequence[Relation],
    lexicon: Lexicon,
    explain: Explain,
) -> Topics:
    """The graph of services of an outline; parts and features count for the service they are in."""
    found = Topics(records)
    for index, record in enumerate(records):
        if record.kind == "service" and not record.implied:
            entry = lexicon.find(record.text)
            found.by_record[index] = len(found.topics)
            name = (entry.short or entry.official) if entry else plain(record.text) or record.text
            official = entry.official if entry else name
            found.topics.append(Topic(name, official, index, entry, record.line or 0))
    first: dict[int, int] = {}
    for mention in linked.mentions:
        first.setdefault(mention.target, mention.line)
    for number, target in enumerate(linked.targets):
        entry = lexicon.by_official.get(target.official)
        found.target_names.append((entry.short if entry else "") or target.official)
        if target.record is not None:
            home = found.by_record.get(records[target.record].service)
            if entry is not None and records[target.record].kind == "feature":
                found.known[target.record] = entry
            if home is not None:
                found.by_target[number] = home
                if found.topics[home].record == target.record:
                    found.topics[home].target = number
            continue
        name = found.target_names[number]
        found.by_target[number] = len(found.topics)
        found.topics.append(
            Topic(name, target.official, None, entry, first.get(number, 0), target=number)
        )
    for number, target in enumerate(linked.targets):
        topic = found.by_target.get(number)
        home = found.by_target.get(target.home) if target.home is not None else None
        if target.record is None and topic is not None and home != topic:
            found.topics[topic].home = home
    for each in found.topics:
        each.fields = lexicon.fields_of(each.entry) if each.entry else ()
    _collect_namings(found, linked)
    _collect_ties(found, linked, relations, explain)
    return found


def _collect_namings(found: Topics, linked: Linked) -> None:
    for mention in linked.mentions:
        source, target = found.of(mention.record), found.by_target.get(mention.target)
        part = linked.targets[mention.target].record
        if part is not None and found.records[part].kind != "feature":
            part = None
        while source is not None and target is not None:
            if source != target or part is not None:
                found.namings.append(Naming(source, target, mention.record, part))
            # What names a part names the whole as well.
            target = found.topics[target].home


def _collect_ties(
    found: Topics, linked: Linked, relations: Sequence[Relation], explain: Explain
) -> None:
    for relation in relations:
        source, target = found.by_target.get(relation.source), found.by_target.get(relation.target)
        if source is None or target is None or source == target or not relation.evidence:
            continue
        names = found.target_names
        record = linked.targets[relation.source].record
        text = explain(
            relation.kind, names[relation.source], names[relation.target],
            feature=record is not None and found.records[record].kind == "feature",
            official=linked.targets[relation.source].official if record in found.known else "",
        )  # fmt: skip
        tie: tuple[Any, ...] = (relation.kind, text, relation.evidence)
        for a in {source, found.topics[source].home}:
            for b in {target, found.topics[target].home}:
                if a is not None and b is not None and a != b:
                    found.ties.append(Tie(a, b, *tie))
