"""The things that questions can ask for by name: services, their named parts, identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from knowledge.lexicon import Entry, Lexicon, fold
from knowledge.records import Record
from quiz.items.facts import Fact
from quiz.items.words import upper_first, words

EntityKind = Literal["service", "part", "code"]

# What a word beside an identifier says that it is, the more special first.
TYPES: tuple[tuple[str, str], ...] = (
    ("condition operator", "condition operator"), ("condition key", "condition key"),
    ("policy variable", "policy variable"), ("managed policy", "managed policy"),
    ("managed rule group", "managed rule group"), ("rule group", "managed rule group"),
    ("managed rule", "managed Config rule"), ("network mode", "network mode"),
    ("log driver", "log driver"), ("staging label", "staging label"),
    ("dynamic reference", "dynamic reference"), ("automation document", "Systems Manager document"),
    ("ssm document", "Systems Manager document"), ("runbook", "Systems Manager document"),
    ("document", "Systems Manager document"), ("api", "API operation"),
    ("operation", "API operation"), ("metric", "CloudWatch metric"), ("header", "HTTP header"),
    ("option", "command line option"), ("operator", "condition operator"),
    ("element", "policy element"), ("permission", "IAM permission"), ("attribute", "attribute"),
    ("parameter", "parameter"), ("endpoint", "endpoint"), ("origin", "key material origin"),
    ("setting", "setting"), ("command", "command"), ("tool", "tool"), ("library", "library"),
    ("property", "property"), ("event", "event"), ("cookie", "cookie"),
    ("policy", "managed policy"),
    ("key", "condition key"), ("plugin", "plugin"), ("field", "field"),
)  # fmt: skip

_PLURAL_TYPES = re.compile(r"\b(?:operators|keys|apis|operations|policies|actions|labels)\b", re.I)


@dataclass(slots=True)
class Entity:
    """`name` is how an option shows it, `scope` the official short name of its home."""

    name: str
    kind: EntityKind
    type: str
    home: int
    scope: str
    names: frozenset[str]
    family: str = ""
    generic: bool = False
    own: list[int] = field(default_factory=list)
    mentioned: list[int] = field(default_factory=list)


_CLASSES = {
    "policy": "policy", "rule": "rule", "group": "rule", "gateway": "gateway",
    "endpoint": "endpoint", "account": "account", "key": "key", "material": "key", "role": "role",
    "certificate": "certificate", "ca": "certificate", "log": "log", "event": "event",
    "trail": "log", "balancer": "load balancer", "connection": "connection", "vif": "connection",
    "vpn": "connection", "tunnel": "connection", "interface": "connection", "list": "list",
    "set": "list", "baseline": "list", "mode": "mode", "class": "storage class", "pool": "pool",
    "user": "user", "principal": "user", "acl": "policy", "filter": "rule", "token": "token",
    "control": "control", "alarm": "alarm", "dashboard": "alarm", "finding": "finding",
    "insight": "finding", "document": "document", "runbook": "document", "template": "document",
    "plan": "policy", "permission": "policy", "boundary": "policy", "hold": "mode",
    "record": "record", "zone": "record", "label": "label", "subnet": "network",
    "volume": "volume", "snapshot": "volume", "image": "volume",
}  # fmt: skip


def class_of(name: str) -> str:
    """What kind of thing a part is, by the last word of its name.

    >>> class_of("Service control policy"), class_of("Run Command")
    ('policy', 'tool')
    """
    return _CLASSES.get(singular(name.split()[-1].lower()), "tool")


def service_name(entry: Entry | None, heading: str) -> str:
    """A short readable official name: 'AWS KMS', 'Amazon S3', 'Elastic Load Balancing'.

    >>> service_name(Entry("AWS Key Management Service", short="KMS"), "KMS")
    'AWS KMS'
    """
    if entry is None:
        return heading
    if entry.kind == "outside" or not entry.short:
        return entry.official
    if entry.part_of:
        if entry.short.isupper():
            return entry.official.removeprefix("AWS ").removeprefix("Amazon ")
        return entry.short
    vendor = entry.official.split(" ", 1)[0]
    if vendor not in {"AWS", "Amazon"} or entry.short.startswith(("AWS", "Amazon")):
        return entry.official
    return f"{vendor} {entry.short}"


def code_type(fact: Fact) -> tuple[str, str] | None:
    """The identifier that a statement is about and what it is, or None.

    >>> from quiz.items.facts import read_fact
    >>> from knowledge.records import Record
    """
    clause = fact.clause
    if clause is None or clause.plural or clause.raw_subject.count("`") != 2:
        return None
    before, code, after = clause.raw_subject.split("`")
    if _PLURAL_TYPES.search(before + after) or " and " in before + after:
        return None
    around = f"{after} " if after.strip() else before
    tail = (around.split() or [""])[0 if after.strip() else -1].lower()
    phrase = " ".join((after if after.strip() else before).lower().split()[-3:])
    for word, kind in TYPES:
        if phrase.endswith(word) or (tail == word) or (after.strip().lower().startswith(word)):
            if kind == "condition key" and ":" not in code:
                return None
            return code, kind
    return None


def _names(*texts: str) -> frozenset[str]:
    return frozenset(folded for folded in (fold(text) for text in texts if text) if folded)


def build_entities(
    records: Sequence[Record], facts: Mapping[int, Fact], lexicon: Lexicon
) -> list[Entity]:
    """All entities of an outline, with the facts that are about them and that mention them."""
    entities: list[Entity] = []
    homes: dict[str, int] = {}
    scopes: dict[str, str] = {}
    families: dict[int, str] = {}
    for index, record in enumerate(records):
        if record.kind != "service" or record.implied:
            continue
        entry = lexicon.find(record.text)
        if entry is None or entry.kind == "theme":
            continue
        homes.setdefault(entry.official, index)
        families[index] = entry.family
        if entry.kind == "service" and not entry.part_of:
            every = [name for name, _ in entry.names()]
            entities.append(
                Entity(service_name(entry, record.text), "service", "AWS service", index,
                       service_name(entry, record.text), _names(*every, record.text), entry.family)
            )  # fmt: skip
    for entry in lexicon.services:
        scopes[entry.official] = service_name(entry, entry.official)
        home = homes.get(entry.part_of, homes.get(entry.official, -1))
        if entry.part_of and home >= 0 and entry.kind != "theme":
            homes.setdefault(entry.official, home)
            every = [name for name, _ in entry.names()]
            entities.append(
                Entity(service_name(entry, entry.official), "part", class_of(entry.official), home,
                       scopes.get(entry.part_of, entry.part_of), _names(*every),
                       families.get(home, ""))
            )  # fmt: skip
    for part in lexicon.parts:
        home = homes.get(part.home, -1)
        if home >= 0 and re.fullmatch(r"[A-Za-z][\w/@. '’-]*", part.name) and not _coded(part.name):
            entities.append(
                Entity(upper_first(_one(part.name)), "part", class_of(part.name), home,
                       scopes.get(part.home, part.home), _names(part.name, *part.aliases),
                       families.get(home, ""), part.generic)
            )  # fmt: skip
    entities += _coded_entities(records, facts, lexicon, homes, families)
    _link(entities, facts)
    return entities


def _one(name: str) -> str:
    """A part's name in the singular where its last word is a common noun."""
    common = name.split()[-1].islower() and not re.search(r" (?:for|of|to|in|with) ", name)
    return singular(name) if common else name


def _coded(name: str) -> bool:
    return " " not in name and (":" in name or bool(re.search(r"[a-z][A-Z]|^[a-z].*-|_", name)))


def _coded_entities(
    records: Sequence[Record],
    facts: Mapping[int, Fact],
    lexicon: Lexicon,
    homes: Mapping[str, int],
    families: Mapping[int, str],
) -> Iterable[Entity]:
    found: dict[tuple[str, str], set[int]] = {}
    for fact in facts.values():
        if (typed := code_type(fact)) is not None:
            found.setdefault(typed, set()).add(fact.service)
    known = {fold(name): part for part in lexicon.parts for name in (part.name, *part.aliases)}
    for (code, kind), services in found.items():
        part = known.get(fold(code))
        home = homes.get(part.home, -1) if part else -1
        if home < 0:
            home = min(services)
        aliases = (part.name, *part.aliases) if part else ()
        scope = service_name(lexicon.find(records[home].text), records[home].text)
        yield Entity(
            code, "code", kind, home, scope, _names(code, *aliases), families.get(home, ""),
            generic=len(services) > 1 and part is None,
        )  # fmt: skip


def _link(entities: Sequence[Entity], facts: Mapping[int, Fact]) -> None:
    by_name: dict[str, list[Entity]] = {}
    longest = 1
    for entity in entities:
        for name in entity.names:
            by_name.setdefault(name, []).append(entity)
    longest = 7
    for index, fact in facts.items():
        subject = fact.clause.subject if fact.clause else ""
        owners = {id(entity) for entity in _subjects(subject, by_name)} if subject else set()
        typed = code_type(fact)
        tokens = re.findall(r"[^\s,;()\[\]\"“”]+", fact.text)
        seen: set[int] = set()
        for start in range(len(tokens)):
            for size in range(1, longest + 1):
                if start + size > len(tokens):
                    break
                for entity in by_name.get(fold(" ".join(tokens[start : start + size])), ()):
                    if id(entity) not in seen:
                        seen.add(id(entity))
                        entity.mentioned.append(index)
        for entity in entities if owners else ():
            if id(entity) in owners:
                entity.own.append(index)
        if typed:
            for entity in by_name.get(fold(typed[0]), ()):
                if entity.kind == "code" and entity.type == typed[1] and index not in entity.own:
                    entity.own.append(index)


_OF = re.compile(r"\s(?:in|of|from|for|behind|on|to)\s")
_DETERMINER = re.compile(r"^(?:A|An|The|Each|Every)\s+", re.I)


def _is_home(entity: Entity, tails: Sequence[str]) -> bool:
    """Whether what follows a part's name is only its home: 'A suppression rule in GuardDuty'."""
    scope = fold(entity.scope)
    bare = fold(entity.scope.removeprefix("AWS ").removeprefix("Amazon "))
    return entity.kind == "part" and len(tails) == 1 and fold(tails[0]) in {scope, bare}


def singular(name: str) -> str:
    """A name without the plural of its last word.

    >>> singular("bucket policies"), singular("SCPs"), singular("Access"), singular("Kinesis")
    ('bucket policy', 'SCP', 'Access', 'Kinesis')
    """
    if name.endswith("ies") and not name.endswith(("ookies", "eries")):
        return name[:-3] + "y"
    if name.endswith("s") and not name.endswith(("ss", "us", "is", "ias")):
        return name[:-1]
    return name


def _subjects(subject: str, by_name: Mapping[str, list[Entity]]) -> list[Entity]:
    """The entities that a whole subject names: 'A suppression rule in GuardDuty'."""
    bare = _DETERMINER.sub("", subject)
    bare = re.sub(r"\s*\([^)]*\)", "", bare)
    found: list[Entity] = []
    head, *tails = _OF.split(bare)
    for candidate in dict.fromkeys((bare, head, singular(bare), singular(head))):
        for entity in by_name.get(fold(candidate), ()):
            if tails and candidate in {head, singular(head)} and not _is_home(entity, tails):
                continue  # 'The KMS key behind a signing key' isn't about all KMS keys
            if entity.kind != "code" and entity not in found:
                found.append(entity)
        if found:
            break
    if not found and not tails:
        # 'A Cognito user pool': the home before the part.
        parts = words(bare)
        for start in range(1, len(parts)):
            rest = " ".join(parts[start:])
            for entity in by_name.get(fold(rest), ()) or by_name.get(fold(singular(rest)), ()):
                before = fold(" ".join(parts[:start]))
                scope = fold(entity.scope.removeprefix("AWS ").removeprefix("Amazon "))
                if entity.kind == "part" and before in {scope, "aws" + scope, "amazon" + scope}:
                    found.append(entity)
    return found
