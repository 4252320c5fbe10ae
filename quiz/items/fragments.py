"""Telegraphic notes: 'Cannot use …' under a heading becomes a statement of what the heading names.

Only where that is certain: the line begins with a verb that says what its heading does, is or
needs, and the line above it (or a heading that groups without meaning) names one known thing.
"""
# ruff: noqa: SIM905

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from knowledge.lexicon import Lexicon, fold, names_in_heading
from knowledge.records import Record
from quiz.items.facts import Clause, Fact
from quiz.items.verbs import BASES, THIRD, base
from quiz.items.words import content, lower_first, plain

# Bullets in the base form that tell what a thing does; others may tell the reader what to do.
_TELLING = frozenset(
    """allow analyze detect decrypt encrypt generate get identify monitor prevent protect provide
    require restrict retrieve return scan store support work collect discover aggregate give enable
    aid help""".split()
) - {"enable", "get", "monitor"}
_GROUPING = re.compile(
    r"^(?:features?|overview|key features?|capabilities|security|characteristics|functionality|"
    r"about|basics|what|what is it|purpose|facts|general|notes|limitations?|limits)$",
    re.I,
)
_MODAL = {"can": "can", "cannot": "can't", "can't": "can't", "cant": "can't", "must": "must"}
_THIRD_OF = {base(verb): verb for verb in sorted(THIRD)} | {"aid": "aids"}
_BAD = re.compile(
    r"\b(?:eg|e\.g|ie|i\.e|etc|if|then|else|you|your|our|we|us|my|this|these|that|those|it|them|"
    r"they|above|below|foo|bar)\b|[{}<>=*→:;?!()\[\]|]|\bvs\b|->",
    re.I,
)
_API = re.compile(
    r"^(?:Get|Assume|Decode|Create|Put|List|Describe|Delete|Update|Generate|Start|Stop|Batch|Send|"
    r"Revoke|Encrypt|Decrypt|Re|Sign|Verify|Import|Disable|Enable)[A-Z]\w+$"
)


def read_fragments(
    records: Sequence[Record], facts: Mapping[int, Fact], lexicon: Lexicon
) -> dict[int, Fact]:
    """The facts with those fragments turned into statements that can be."""
    parts = {
        fold(name): part.name for part in lexicon.parts if not part.generic
        for name in (part.name, *part.aliases)
    }  # fmt: skip
    found = dict(facts)
    for index, fact in facts.items():
        if fact.kind != "fragment" or records[index].form == "code":
            continue
        clause = _clause(records, fact, lexicon, parts)
        if clause is not None:
            text = f"{clause.subject} {clause.predicate}."
            found[index] = replace(
                fact, kind="statement", text=text, stems=content(text), clause=clause
            )
    return found


def _clause(
    records: Sequence[Record], fact: Fact, lexicon: Lexicon, parts: Mapping[str, str]
) -> Clause | None:
    text = fact.text.rstrip(". ")
    if (
        _BAD.search(text)
        or not 3 <= len(text.split()) <= 20
        or text.count('"')
        or text.count("'") > 1
    ):
        return None
    predicate = _predicate(text)
    if predicate is None:
        return None
    name = _subject(records, fact, lexicon, parts)
    if name is None:
        return None
    verb, rest = predicate
    if not _articled(verb, rest) or len(rest.split()) < 3 - (verb not in THIRD):
        return None
    if re.search(r"\b(?:AND|OR|NOT)\b", rest) or re.match(r"or\b|and\b", rest):
        return None
    return Clause("", name[0], name[1], "", verb, rest, False)


def _predicate(text: str) -> tuple[str, str] | None:
    """The verb and the rest of a bullet that begins with its verb.

    >>> _predicate("Does not support trust relationships"), _predicate("Use WAF and managed rules")
    (("doesn't", 'support trust relationships'), None)
    >>> _predicate("Return account ID for specified access key ID")
    ('returns', 'account ID for specified access key ID')
    """
    first, _, rest = text.partition(" ")
    word = first.lower()
    second, _, tail = rest.partition(" ")
    if not rest:
        return None
    if word in {"does", "doesnt", "doesn't"}:
        if word == "does" and second.lower() == "not":
            rest = tail
        elif word == "does":
            return None
        return "doesn't", lower_first(rest)
    if word in _MODAL:
        if word == "can" and second.lower() == "not":
            return "can't", tail
        return _MODAL[word], rest
    if word in {"is", "has"}:
        return word, rest
    if word in THIRD:
        return word, rest
    if word in _TELLING and word in _THIRD_OF:
        return _THIRD_OF[word], rest
    return None


_FREE = frozenset(
    """a an the all any each every one two three four five six multiple several many no more less
    access traffic data logging encryption support metadata authentication authorization compliance
    visibility information integration on in to with from for by as at only automatically over
    permission content code storage compute network and or up down out""".split()
)


def _articled(verb: str, rest: str) -> bool:
    """Whether what follows the verb needs no article that the note leaves out.

    >>> _articled("creates", "instance and applies software"), _articled("requires", "SSM Agent")
    (False, True)
    """
    tokens = rest.split()
    if verb in {"can", "can't", "must", "doesn't"}:
        if tokens[0] not in BASES | {"be", "have"}:
            return False
        tokens = tokens[1:]
    if tokens[:1] == ["be"]:
        tokens = tokens[2:]
    if not tokens:
        return True
    first = tokens[0].strip(",")
    if first.lower() in _FREE or first.endswith(("s", "ly")) or not first.islower():
        return True
    # 'customer gateways', 'session logs': the noun phrase ends in a plural.
    for token in tokens[1:4]:
        if token in _FREE:
            return False
        if token.rstrip(",").endswith("s"):
            return True
    return False


def _subject(
    records: Sequence[Record], fact: Fact, lexicon: Lexicon, parts: Mapping[str, str]
) -> tuple[str, str] | None:
    """The thing that the line above names: as it reads, and with its identifier in backticks."""
    place = fact.parent
    while place >= 0:
        record = records[place]
        heading = plain(record.text).strip(" :.")
        if record.kind == "service":
            entry = lexicon.find(heading)
            if entry is None or entry.kind == "theme":
                return None
            name = entry.short or entry.official
            return name, name
        if _API.match(heading):
            return f"The {heading} API", f"The `{heading}` API"
        if re.fullmatch(r"(?:X|Access)-[A-Z][\w-]+", heading):
            return f"The {heading} header", f"The `{heading}` header"
        if re.fullmatch(r"[a-z0-9]{2,12}:[A-Z][\w/]+", heading):
            return f"The {heading} condition key", f"The `{heading}` condition key"
        for name in names_in_heading(heading):
            if fold(name) in parts:
                return _with_article(parts[fold(name)])
            entry = lexicon.find(name)
            if entry is not None and entry.kind == "part":
                return _with_article(entry.short or entry.official)
        if not _GROUPING.match(heading):
            return None
        place = record.parent
    return None


def _with_article(name: str) -> tuple[str, str] | None:
    last = name.split()[-1]
    if last.endswith("s") and not last.endswith(("ss", "us", "is", "OS", "WS", "NS", "TS")):
        return None
    if " " not in name and re.search(r"[:_]|[a-z][A-Z]", name):
        return None
    if last[0].isupper() or not last.islower():
        return name, name
    text = f"{'An' if name[0].lower() in 'aeio' else 'A'} {lower_first(name)}"
    return text, text
