"""What may be typed into a gap: a name's numbers, its other names, with and without its home."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Mapping

from knowledge.lexicon import fold
from quiz.items.entities import singular
from quiz.items.subject import Subject

_BRACKETS = re.compile(r"\s*\(([^)]+)\)")
_VENDOR = re.compile(r"^(?:AWS|Amazon) ")
# Adjectives and stuff, which have one number alone.
_ONE_NUMBER = re.compile(r"(?:ness|ware|data|ing|ed|ly|ive|ous|ful|less|able|ible|ant|ary)$", re.I)


def known_words(subject: Subject, services: Collection[int] | None = None) -> frozenset[str]:
    """Every word that some topics or the lexicon write, in small letters."""
    lexicon = subject.lexicon
    texts = [fact.text for fact in subject.facts_in(services)]
    texts += [name for entry in lexicon.services for name, _ in entry.names()]
    texts += [name for part in lexicon.parts for name in (part.name, *part.aliases)]
    return frozenset(word.casefold() for text in texts for word in re.findall(r"[\w-]+", text))


def in_both_numbers(name: str, known: Container[str] | None = None) -> list[str]:
    """A name with its last word in the other number, where that is a `known` word.

    >>> in_both_numbers("Permissions boundaries"), in_both_numbers("Hosted UI", {"ui"})
    (['Permissions boundary'], [])
    >>> in_both_numbers("Client VPN", {"vpns"}), in_both_numbers("alias"), in_both_numbers("data")
    (['Client VPNs'], ['aliases'], [])
    """
    *before, last = name.split(" ")
    other = _other_number(last)
    if other == last or (known is not None and other.casefold() not in known):
        return []
    return [" ".join([*before, other])]


def _other_number(word: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z-]+", word) or _ONE_NUMBER.search(word):
        return word
    if word.endswith(("aliases", "statuses", "buses", "sses", "xes", "ches", "shes")):
        return word[:-2]
    single = singular(word)
    if single != word:
        return single
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


_VERSION = re.compile(r"v\d+(?:\.\d+)*$")
_CODE = re.compile(r":|[a-z][A-Z]\S*$")
_OF = re.compile(r" (?:for|of|in|to|with|on) ")


def part_names(subject: Subject) -> dict[str, tuple[str, ...]]:
    """All names of each part of the lexicon, by each of them folded."""
    found: dict[str, tuple[str, ...]] = {}
    for part in subject.lexicon.parts:
        every = (part.name, *part.aliases)
        for name in every:
            found.setdefault(fold(name), every)
    return found


def names_of(subject: Subject, parts: Mapping[str, tuple[str, ...]], name: str) -> list[str]:
    """The other names that the lexicon has for what a name names, the official ones first.

    A spelling may be of something near ('EC2 instance' of EC2, 'IMDSv1' of IMDS), so it has none.
    """
    keys = {fold(name), fold(singular(name))}
    entry = subject.lexicon.find(name)
    every: tuple[str, ...] = ()
    if entry is not None and entry.kind != "theme":
        every = (entry.official, entry.short, *entry.abbreviations, *entry.former)
    elif entry is None:
        every = parts.get(fold(name)) or parts.get(fold(singular(name)), ())
    if not any(fold(other) in keys for other in every if other):
        return []
    return [
        other for other in every
        if other and _version(other) == _version(name) and (_CODE.search(name) or not
        _CODE.search(other))
        and bool(_OF.search(other)) <= bool(_OF.search(name))
    ]  # fmt: skip


def _version(name: str) -> str:
    found = _VERSION.search(name)
    return found[0] if found else ""


def accepted(
    subject: Subject,
    parts: Mapping[str, tuple[str, ...]],
    known: Container[str],
    shown: str,
    others: Iterable[str] = (),
) -> list[str]:
    """What is right for a gap where `shown` stood: it first, then its other names and numbers."""
    bare = _BRACKETS.sub("", shown).strip()
    answers = [bare, *_BRACKETS.findall(shown), *others]
    answers += [f"{bare} ({other})" for other in others]
    for name in dict.fromkeys((bare, singular(bare), *others)):
        answers += names_of(subject, parts, name)
    answers += [_VENDOR.sub("", answer) for answer in list(answers)]
    answers += [other for answer in list(answers) for other in in_both_numbers(answer, known)]
    seen: dict[str, str] = {}
    for answer in answers:
        seen.setdefault(answer.casefold(), answer)
    return list(seen.values())


def code_spellings(code: str) -> list[str]:
    """An identifier as it stands, and what of it may be left out.

    >>> code_spellings("kms:Decrypt"), code_spellings("--format")
    (['kms:Decrypt', 'Decrypt'], ['--format', 'format'])
    """
    tail = code.rsplit(":", 1)[-1]
    return list(dict.fromkeys([code, tail if len(tail) > 2 else code, code.strip("-")]))
