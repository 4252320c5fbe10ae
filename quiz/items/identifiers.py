"""Identifiers of an outline: what each is (a condition key, an API operation, …), and its kin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from quiz.items.entities import TYPES
from quiz.items.facts import Fact
from quiz.items.subject import Subject
from quiz.items.verbs import BASES
from quiz.items.words import plain

# Identifiers in a row, with what the words around them say that they are.
_RUN = re.compile(r"(?P<first>`[^`]+`)(?P<more>(?:(?:, (?:and |or )?| and | or )`[^`]+`)*)")
_MORE_TYPES = (
    ("cli option", "command line option"), ("staging label", "staging label"),
    ("iam action", "IAM action"), ("action", "IAM action"), ("log driver", "log driver"),
    ("service principal", "service principal"), ("policy variable", "policy variable"),
    ("finding type", "finding type"), ("label", "staging label"), ("error", "error"),
    ("path", "path"), ("file", "file"), ("region", "Region"), ("category", "category"),
    ("namespace", "metric namespace"), ("method", "HTTP method"), ("tier", "tier"),
    ("resource type", "resource type"), ("document", "Systems Manager document"),
)  # fmt: skip
_KINDS = tuple(sorted({*TYPES, *_MORE_TYPES}, key=lambda row: (-len(row[0]), row)))
# 'kms:Decrypt' is an action by its verb, whatever stands beside it.
_ACTION = re.compile(r"[a-z0-9-]+:(?P<verb>[A-Z][a-z]+)(?:[A-Z]\w*)?")
_VERBS = BASES | {"put", "describe", "bypass", "list", "assume", "leave", "unmask", "tag", "modify"}
# What can stand for each other in a sentence: a name of its own, no value and no example.
_WHOLE = re.compile(r"(?!https?:)[A-Za-z][\w:./-]*\w")


@dataclass(slots=True)
class Identifier:
    code: str
    type: str
    services: set[int] = field(default_factory=set)
    facts: list[int] = field(default_factory=list)


def shape_of(code: str) -> str:
    """How an identifier looks: letters of each sort, and the signs between them.

    >>> shape_of("aws:SourceIp"), shape_of("GetObject"), shape_of("a-b-c")
    ('a:Camel', 'Camel', 'a-a')
    """
    parts = re.split(r"([:./-])", code)
    looks = [
        part if part in ":./-"
        else "UP" if part.isupper()
        else "Camel" if part[:1].isupper()
        else "camel" if part != part.lower()
        else "a"
        for part in parts if part
    ]  # fmt: skip
    text = "".join(looks)
    return re.sub(r"(?:a-)+a", "a-a", text)


@lru_cache(maxsize=8192)
def namespace_of(code: str) -> str:
    """What stands before the last sign: 'kms' of 'kms:Decrypt'."""
    head, sign, _ = code.rpartition(":")
    return head if sign else ""


def _typed(before: str, after: str) -> str | None:
    """What the words beside an identifier say that it is."""
    left = [word.strip(".,;").lower() for word in before.split()[-3:]]
    right = [word.strip(".,;").lower() for word in after.split()[:3]]
    singular = [word.removesuffix("s") if not word.endswith("ss") else word for word in right]
    for word, kind in _KINDS:
        size = word.count(" ") + 1
        if " ".join(singular[:size]) == word or " ".join(right[:size]) == word:
            return kind
        tail = " ".join(left[-size:])
        if tail in {word, f"{word}s"} and (size > 1 or word not in {"tool", "event", "policy"}):
            return kind
    return None


def type_after(text: str) -> str | None:
    """What the words behind an identifier say that it is."""
    return _typed("", text)


def read_identifiers(subject: Subject) -> dict[str, Identifier]:
    """Every identifier with one certain type, in the order of the outline."""
    votes: dict[str, Counter[str]] = {}
    seen: dict[str, list[Fact]] = {}
    for fact in subject.facts.values():
        raw = subject.records[fact.index].text
        for match in _RUN.finditer(raw):
            codes = re.findall(r"`([^`]+)`", match[0])
            kind = _typed(plain(raw[: match.start()]), plain(raw[match.end() :]))
            for code in codes:
                if not _WHOLE.fullmatch(code) or code.isdigit():
                    continue
                seen.setdefault(code, []).append(fact)
                if kind is not None:
                    votes.setdefault(code, Counter())[kind] += 1
    found: dict[str, Identifier] = {}
    by_look: dict[tuple[str, str], Counter[str]] = {}
    for code in seen:
        verb = _ACTION.fullmatch(code)
        if verb and verb["verb"].lower() in _VERBS and not code.startswith("aws:"):
            found[code] = Identifier(code, "IAM permission")
        elif code in votes:
            kind = min(votes[code], key=lambda k: (-votes[code][k], k))
            if _misread(code, kind):
                continue
            found[code] = Identifier(code, kind)
            if namespace_of(code):
                by_look.setdefault((namespace_of(code), shape_of(code)), Counter())[kind] += 1
    for code in seen:
        look = (namespace_of(code), shape_of(code))
        kinds = by_look.get(look)
        if code not in found and code not in votes and kinds and look[0]:
            kind, count = kinds.most_common(1)[0]
            if len(kinds) == 1 and count >= 2:
                found[code] = Identifier(code, kind)
    for code, identifier in found.items():
        identifier.services = {fact.service for fact in seen[code]}
        identifier.facts = list(dict.fromkeys(fact.index for fact in seen[code]))
    return found


def _misread(code: str, kind: str) -> bool:
    """'The `aws:SourceIp` key' is a condition key, 'the `Project` key' of a tag isn't."""
    if kind == "condition key":
        return ":" not in code
    return kind in {"IAM action", "IAM permission"} and ":" not in code


def kin_of(
    subject: Subject, one: Identifier, known: dict[str, Identifier]
) -> Iterator[tuple[Identifier, float]]:
    """Other identifiers of a type with how near they are; none that stands inside the other."""
    own = one.code.casefold()
    for other in known.values():
        if other.type != one.type or other.code == one.code:
            continue
        theirs = other.code.casefold()
        if own in theirs or theirs in own:
            continue
        near = 0.4
        space = namespace_of(one.code)
        if one.services & other.services or (space and space == namespace_of(other.code)):
            near = 0.85
        elif {subject.domain(s) for s in one.services} & {
            subject.domain(s) for s in other.services
        }:
            near = 0.55
        if shape_of(one.code) == shape_of(other.code):
            near += 0.1
        yield other, near
