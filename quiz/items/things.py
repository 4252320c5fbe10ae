"""Which service, feature or identifier: the subject of a distinctive statement is the key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import lru_cache

from knowledge.lexicon import fold
from quiz.items.drafts import Candidate, Draft
from quiz.items.entities import Entity
from quiz.items.facts import Clause, Fact, leans_back
from quiz.items.kin import are_kin, has_part_like, share_domain
from quiz.items.stems import pick, third_person, with_lead
from quiz.items.subject import Subject
from quiz.items.words import content, words

_WEAK = re.compile(
    r"\b(?:also|as well|too|another|other|others|both|such|this|these|those|above|below|same|"
    r"considered|regarded|called|formerly|now|again|further|like|good|best|better|useful|suitable|recommended|ideal)\b",
    re.I,
)
_ASIDE = re.compile(r", (?:because|so|whereas|while)\b.*$")
_ANAPHORA = re.compile(r"\bit\b|, (?:and|but) (?:AWS|the|a|an)\b")
_DENIES = re.compile(r"\b(?:no|not|never|neither|nor|without|until|unless)\b|n't\b")
_VERSION = re.compile(r"v\d+\b")
# Kinds of which one thing may be several: a customer managed key can hold imported material.
OVERLAPPING = frozenset(
    {
        "key",
        "policy",
        "role",
        "user",
        "account",
        "event",
        "certificate",
        "connection",
        "log",
        "volume",
        "endpoint",
        "gateway",
        "network",
        "list",
    }
)
_HYPERNYM = re.compile(
    r"resource-based|identity-based|customer managed|managed polic|inline|permissions policy|"
    r"symmetric|service role|vpc endpoint$|temporary|principal|federat",
    re.I,
)
MIN_MASS = 11.0
MAX_PREDICATE = 170


def predicate_of(subject: Subject, fact: Fact, entity: Entity) -> str | None:
    """What the fact says of the entity, ready to follow 'which …', or None."""
    clause = fact.clause
    if clause is None:
        return None
    if set(_VERSION.findall(clause.subject)) - set(_VERSION.findall(entity.name)):
        return None  # what the second version does, the first may not
    if clause.negative or _DENIES.search(f"{clause.predicate} "):
        return None  # what one thing isn't, many others aren't either
    if leans_back(fact.text):
        return None
    predicate = third_person(clause)
    if predicate is not None:
        predicate = _ASIDE.sub("", predicate)
        if _ANAPHORA.search(predicate):
            return None
    if predicate is None or len(predicate) > MAX_PREDICATE or _WEAK.search(predicate):
        return None
    if clause.lead and (
        re.search(r"\b(?:its|their|it)\b", clause.lead)
        or _WEAK.search(clause.lead)
        or names_in(clause.lead, entity)
        or re.match(r"(?:In|On|At|Under|Within) (?:the|a|an)\b", clause.lead)
    ):
        return None
    return None if names_in(predicate, entity) else predicate


@lru_cache(maxsize=8192)
def pieces(text: str) -> frozenset[str]:
    """Every stretch of up to six words, folded, as it is and without a plural's s."""
    tokens = [fold(word) for word in words(text)]
    found: set[str] = set()
    for start in range(len(tokens)):
        for size in range(1, 7):
            piece = "".join(tokens[start : start + size])
            found |= {piece, piece.removesuffix("s")}
    return frozenset(found)


def names_in(text: str, entity: Entity) -> bool:
    """Whether a text says one of the entity's names."""
    return not entity.names.isdisjoint(pieces(text))


# What many AWS services can truthfully be said to do or have, whatever the outline says of them.
SHARED = content(
    """HIPAA PCI DSS SOC ISO comply compliance compliant eligible workload standard encrypt
    encryption decrypt key KMS TLS SSL HTTPS rest transit MFA IAM role policy
    resource based access delegated
    administrator organization organizations account member cross EventBridge event CloudTrail
    CloudWatch log SNS notification audit tag IPv4 IPv6 endpoint PrivateLink VPC console CLI API SDK
    serverless managed charge free cost price pricing fee month region regional linked Lambda
    function S3 bucket finding send publish support integrate default automatic
    automatically data user group
    permission control security central centrally dashboard deliver destination target store backup
    principal request call network instance EC2 resource application custom customer client server
    private public import export code SQS queue topic multiple several allow deny authenticate
    authorize metric alarm domain name certificate ACM Cognito Firehose OpenSearch share"""
)


# Verbs of what a thing can do or has: siblings may have it too, whether or not the outline says so.
_CAPABLE = frozenset(
    ["supports", "works", "integrates", "requires", "needs", "uses", "can", "may", "has", "must",
     "should", "allows", "accepts", "sends", "receives", "helps", "gives", "runs", "offers"]
)  # fmt: skip


def tells_what_it_is(clause: Clause) -> bool:
    """Whether a statement says what its subject is or is for, and not what it also can."""
    if clause.verb in {"is", "are"}:
        return bool(re.match(r"(?:an?|the|one)\b", clause.rest))
    return clause.verb not in _CAPABLE


# What most services do with others, whatever is said of one.
_COMMON = frozenset(
    ["sends", "receives", "supports", "works", "integrates", "publishes", "uses", "has", "needs",
     "requires", "gets", "accepts", "can", "may"]
)  # fmt: skip


def _is_common(clause: Clause) -> bool:
    """Whether a statement without a number tells of a service what others do as well."""
    if re.search(r"\d", clause.rest):
        return False
    return clause.verb in _COMMON


def defines(fact: Fact) -> bool:
    """Whether a statement says what its subject is: 'A digest file is a file that …'."""
    clause = fact.clause
    return clause is not None and clause.verb in {"is", "are"} and bool(
        re.match(r"(?:an?|the)\b", clause.rest)
    )  # fmt: skip


def is_distinctive(subject: Subject, fact: Fact, entity: Entity, predicate: str) -> bool:
    """Whether enough of a statement is its own; of a service, beyond what most services share."""
    stems = content(predicate)
    own = subject.mass(stems - SHARED)
    if entity.kind == "service" and fact.clause is not None and _is_common(fact.clause):
        return False
    telling = fact.clause is not None and tells_what_it_is(fact.clause)
    if entity.kind == "service":
        return own >= (MIN_MASS if telling else MIN_MASS * 1.6)
    if entity.kind in {"part", "code"} and not telling:
        return False
    return own >= MIN_MASS * 0.45 and subject.mass(stems) >= MIN_MASS


def related(one: Entity, other: Entity) -> bool:
    """Whether two names may stand for the same or for a part of the same."""
    if one is other or one.names & other.names:
        return True
    first, second = one.name.casefold(), other.name.casefold()
    return first in second or second in first


def wrong_entities(
    subject: Subject, fact: Fact, entity: Entity, predicate: str
) -> Iterator[tuple[Entity, Fact, float]]:
    """Entities of the key's type of which the statement is false, each with a fact of its own."""
    stems = content(f"{fact.clause.lead if fact.clause else ''} {predicate}")
    close = subject.close_facts(stems)
    could = {id(owner) for index in close for owner in subject.mentions.get(index, ())}
    could |= {id(owner) for index in close for owner in subject.owners.get(index, ())}
    homes = {subject.facts[index].service for index, share in close.items() if index != fact.index}
    named = {id(other) for other in subject.entities if names_in(predicate, other)}
    for other in subject.entities:
        if other.kind != entity.kind or not other.own:
            continue
        if other.type != entity.type and (entity.kind != "part" or other.home != entity.home):
            continue
        if id(other) in could or id(other) in named or other.generic or related(entity, other):
            continue
        if other.kind == "service" and (
            other.home in homes
            or not are_kin(subject, entity.home, other.home)
            or has_part_like(subject, other.home, predicate)
        ):
            continue
        if entity.kind == "part" and not are_kin(subject, entity.home, other.home):
            continue
        if entity.kind == "part" and not _exclude(entity, other):
            continue
        if entity.kind == "part" and other.home == entity.home and not defines(fact):
            continue  # what one part does, its sibling may do as well, unsaid
        own = best_fact(subject, other)
        if own is None:
            continue
        near = 0.25
        if other.home == entity.home:
            near = 0.85
        elif other.family and other.family == entity.family:
            near = 0.8
        elif share_domain(subject, entity.home, other.home):
            near = 0.5
        if entity.kind == "part":
            near += 0.15 if entity.type == other.type else -0.15
            near -= 0.3 if entity.type != other.type and "tool" in {entity.type, other.type} else 0
        if near < 0.25:
            continue
        yield other, own, near


def _exclude(one: Entity, other: Entity) -> bool:
    """Whether nothing can be both of two parts, as far as their kinds tell."""
    if _HYPERNYM.search(one.name) or _HYPERNYM.search(other.name):
        return False
    same_kind = one.type == other.type and one.type in OVERLAPPING
    return not (same_kind and one.home == other.home)


def best_fact(subject: Subject, entity: Entity) -> Fact | None:
    """The statement that tells best what an entity is."""
    best: tuple[float, int] | None = None
    for index in entity.own:
        fact = subject.facts[index]
        if fact.clause is None or fact.clause.lead:
            continue
        score = subject.mass(fact.stems) / 60
        if fact.clause.verb in {"is", "are"}:
            score += 1.0
        if fact.parent == entity.home:
            score += 1.0
        if fact.clause.verb in {"can", "may"} or fact.clause.negative:
            score -= 0.5
        if best is None or score > best[0]:
            best = score, index
    return subject.facts[best[1]] if best else None


_SAYS_SERVICE = re.compile(r"^is (?:the|an) AWS service that ")
_HEADS = {
    "account": "account", "mode": "mode", "policy": "policy", "gateway": "gateway", "role": "role",
    "key": "kind of key", "endpoint": "endpoint", "event": "kind of event",
    "storage class": "storage class", "user": "kind of user", "certificate": "certificate",
    "load balancer": "load balancer", "finding": "kind of finding", "control": "kind of control",
    "token": "token",
}  # fmt: skip


def question(fact: Fact, entity: Entity, predicate: str, same_type: bool = False) -> str:
    """The stem; `same_type` says whether all options are of the key's type, so that the stem may
    name it."""
    clause = fact.clause
    assert clause is not None
    if entity.kind == "service":
        which = "which AWS service"
        predicate = _SAYS_SERVICE.sub("", predicate)
    elif entity.kind == "code":
        which = f"which {entity.type}"
    else:
        which = f"which {_HEADS.get(entity.type, 'feature') if same_type else 'feature'}"
    scope = entity.scope.removeprefix("AWS ").removeprefix("Amazon ")
    named = scope in predicate or scope in clause.lead or scope in entity.type
    if (
        entity.kind == "service"
        or named
        or entity.type
        in {
            "condition key",
            "condition operator",
            "managed policy",
            "HTTP header",
            "CloudWatch metric",
            "managed Config rule",
        }
    ):
        return with_lead(clause, f"{which} {predicate}?")
    if entity.kind == "part":
        head = _HEADS.get(entity.type) if same_type else None
        if head is not None or clause.lead:
            head = head or f"{scope} feature"
            text = f"which {head} {predicate}?"
            if not clause.lead and f"{scope} feature" != head:
                text = f"in {scope}, {text}"
            return with_lead(clause, text)
        return with_lead(clause, f"which {scope} feature {predicate}?")
    if clause.lead:
        return with_lead(clause, f"{which} {predicate}?")
    return pick(
        (f"In {entity.scope}, which {entity.type} {predicate}?",
         f"Which {entity.type} of {entity.scope} {predicate}?"),
        fact.text,
    )  # fmt: skip


def thing_drafts(
    subject: Subject,
    refused: Counter[str],
    services: Collection[int] | None = None,
    kinds: Collection[str] = ("service", "part", "code"),
    wanted: Collection[int] | None = None,
) -> Iterator[Draft]:
    """Drafts for things of some kinds; `wanted` are the facts that are still to be asked."""
    for index, owners in subject.owners.items():
        fact = subject.facts[index]
        if wanted is not None and index not in wanted:
            continue
        if services is not None and fact.service not in services:
            continue
        for entity in owners[:1]:
            if entity.kind not in kinds:
                continue
            if fact.kind != "statement" or entity.generic:
                refused["generic_name"] += 1
                continue
            # Of a service only what it is, or what stands first of it: the rest may hold of others.
            if entity.kind == "service" and fact.feature >= 0 and not defines(fact):
                refused["no_definition"] += 1
                continue
            predicate = predicate_of(subject, fact, entity)
            if predicate is None:
                refused["predicate_unfit"] += 1
                continue
            if not is_distinctive(subject, fact, entity, predicate):
                refused["not_distinctive"] += 1
                continue
            evidence = subject.evidence(fact)
            found = list(wrong_entities(subject, fact, entity, predicate))
            at_home = [row for row in found if row[0].home == entity.home]
            if entity.kind == "part":
                if len(at_home) < 2:
                    refused["no_sibling"] += 1
                    continue
                near = [row for row in found if row in at_home or row[2] >= 0.8]
                found = at_home if len(at_home) >= 3 else near
            alike = all(row[0].type == entity.type for row in found)
            asked = question(fact, entity, predicate, alike)
            if content(entity.name) and content(entity.name) <= content(asked):
                refused["stem_names_key"] += 1
                continue
            candidates = [
                Candidate(
                    other.name,
                    f"{other.name} is something else: {own.text}",
                    "other_part_of_service" if other.home == entity.home
                    else "belongs_to_other_service",
                    (subject.evidence(own),),
                    near,
                )
                for other, own, near in found
            ]  # fmt: skip
            yield Draft(
                f"which_{entity.kind}", asked,
                [Candidate(entity.name, fact.text, "states_it", (evidence,))], candidates,
                (index,), fact.service, fact.text, (evidence,),
                distinctive=min(1.0, subject.mass(content(predicate)) / 40),
            )  # fmt: skip
