"""The table of names that matching looks for, from headings, lexicon and recurring terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.lexicon import Entry, Lexicon, fold
from knowledge.linking.inflection import forms
from knowledge.linking.targets import Cast, Draft, heading_names
from knowledge.linking.terms import CAPITAL_NOUNS, tag
from knowledge.linking.text import readable, words

Sort = Literal["name", "part", "not"]

# Headings that organise an outline and name nothing, in the languages that outlines came in.
STRUCTURAL = frozenset(
    fold(word)
    for word in words(
        """introduction intro overview summary notes note examples example basics misc other
    others general appendix glossary references reference conclusion background terms faq todo
    questions links resources exercises contents miscellaneous definitions definition
    introduzione panoramica riassunto note esempi generale appendice glossario riferimenti
    conclusione einleitung einführung überblick zusammenfassung notizen beispiele allgemein anhang
    glossar literatur fazit grundlagen introducción resumen notas ejemplos apéndice glosario
    referencias conclusión résumé exemples annexe glossaire références aperçu
    概述 简介 介绍 总结 附录 参考 概要 はじめに まとめ 例 付録 参考文献"""
    )
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_IDENTIFIER = re.compile(r"[A-Z].*[A-Z0-9]|[a-z]+[A-Z]|\d")
LONGEST_HEADING_NAME = 6  # words
SHORTEST_PLAIN_WORD = 3
LOUD = 0.7  # of the headings


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write a target; `target` is -1 for what is known to be none.

    `cased`: only with this case. `ambiguous`: also a plain word, so that the context decides.
    `everyday`: a heading's own word without a lexicon to vouch for it. `apart`: one word of the
    name, written as several.
    """

    text: str
    target: int
    sort: Sort = "name"
    cased: bool = False
    ambiguous: bool = False
    everyday: bool = False
    apart: bool = False
    context: str = ""  # of a 'not' phrase 'X: Y': the X


def _is_code(name: str) -> bool:
    """Whether a name is told by its case: 'IAM', 'EC2', 'mRNA'."""
    return " " not in name and len(name) <= 5 and bool(_IDENTIFIER.search(name))


def is_identifier(name: str) -> bool:
    """Whether a name is one word that no language has: 'kube-proxy2', 'StatefulSet'."""
    return " " not in name and bool(_IDENTIFIER.search(name)) and not name.isdigit()


def _variants(name: str) -> Iterator[str]:
    """A name with its words split or joined."""
    yield name
    if "-" in name:
        yield name.replace("-", " ")
    split = _CAMEL.sub(" ", name)
    if split != name and all(len(word) > 2 for word in split.split()):
        yield split
    parts = name.split()
    joined = "".join(parts)
    if 1 < len(parts) <= 3 and len(joined) >= 8 and name[0].isupper() and not parts[0].isupper():
        yield joined


def _of_entry(entry: Entry, target: int) -> Iterator[Name]:
    unsure = {fold(name) for name in entry.ambiguous}
    whole = {fold(text) for text, _ in entry.names() if " " not in text}
    for text, origin in entry.names():
        if fold(text) in unsure:
            if entry.kind != "theme":
                yield Name(text, target, cased=True, ambiguous=True)
        elif origin == "abbreviation" or _is_code(text):
            yield Name(text, target, cased=True)
        else:
            for variant in _variants(text):
                yield Name(variant, target, apart=" " in variant and fold(variant) in whole)


def _of_headings(
    headings: Iterable[str], cased_only: bool, target: int, language: str
) -> Iterator[Name]:
    for heading in dict.fromkeys(headings):
        parts = heading.split()
        if len(heading) < 2 or len(parts) > LONGEST_HEADING_NAME or fold(heading) in STRUCTURAL:
            continue
        if _is_code(heading):
            yield Name(heading, target, cased=True)
            if heading[-1] == "s" and heading[:-1].isupper():
                yield Name(heading[:-1], target, cased=True)
        elif len(parts) > 1:
            last = forms(parts[-1]) if tag(language) == "en" else parts[-1:]
            for form in last:
                for variant in _variants(" ".join([*parts[:-1], form])):
                    yield Name(variant, target, cased=cased_only)
        elif not (heading.isascii() or heading[0].isupper() or heading[0].islower()):
            yield Name(heading, target)
        elif is_identifier(heading):
            yield from (Name(variant, target) for variant in _variants(heading))
        elif len(heading) >= SHORTEST_PLAIN_WORD:
            # Where every noun has a capital, what has none is a verb.
            cased = cased_only or tag(language) in CAPITAL_NOUNS
            for form in forms(heading, language):
                yield Name(form, target, cased=cased, everyday=not cased)
        else:
            yield Name(heading, target, cased=True, ambiguous=True)


def _of_lexicon(lexicon: Lexicon, cast: Cast) -> Iterator[Name]:
    for entry in lexicon.services:
        target = cast.by_official.get(entry.official, -1)
        if target >= 0 or entry.kind == "outside":
            yield from _of_entry(entry, target)
    for part in lexicon.parts:
        home = cast.by_official.get(part.home, -1)
        for text in (part.name, *part.aliases):
            yield Name(text, home, "part", cased=" " not in text and text.isupper())
            yield from _shortened(text, lexicon)
    for phrase in lexicon.not_services:
        context, _, rest = phrase.phrase.rpartition(": ")
        target = cast.by_official.get(phrase.looks_like, -1)
        if target < 0:
            continue
        yield Name(phrase.phrase, target, "not", cased=" " not in phrase.phrase)
        if context:
            yield Name(rest, target, "not", context=context)


def _shortened(part: str, lexicon: Lexicon) -> Iterator[Name]:
    """What is left of a part's name without its home: 'Object Lambda' still isn't Lambda."""
    parts = part.split()
    if len(parts) == 3 and lexicon.find(parts[0]):
        other = lexicon.find(parts[-1])
        if other is not None:
            yield Name(" ".join(parts[1:]), -1, "not")


def _is_loud(drafts: Iterable[Draft]) -> bool:
    """Whether an outline writes its headings in capitals, where they tell no abbreviation."""
    first = [draft.headings[0] for draft in drafts if draft.headings and draft.record is not None]
    return len(first) > 1 and sum(heading.isupper() for heading in first) >= LOUD * len(first)


def _calm(heading: str) -> str:
    return " ".join(word.capitalize() if len(word) > 3 else word for word in heading.split())


def find_names(
    cast: Cast, lexicon: Lexicon, terms: Iterable[tuple[str, int]], language: str = "en"
) -> dict[str, list[Name]]:
    """Names by their lower-case text; the first target to claim a name has it."""
    table: dict[str, list[Name]] = {}
    owners: dict[tuple[str, bool], int] = {}
    found: list[Name] = list(_of_lexicon(lexicon, cast))
    loud = _is_loud(cast.drafts)
    for index, draft in enumerate(cast.drafts):
        if draft.entry is None:
            if loud:
                draft.headings = [_calm(heading) for heading in draft.headings]
            found.extend(_of_headings(draft.headings, draft.cased, index, language))
    for index, draft in enumerate(cast.drafts):
        found.extend(_of_headings(draft.aliases, draft.cased, index, language))
    found.extend(Name(text, target, cased=True) for text, target in terms)
    for name in found:
        key = readable(name.text).lower()
        if len(key) != len(name.text) or not key.strip():
            continue
        if name.sort == "name" and owners.setdefault((key, name.cased), name.target) != name.target:
            continue
        known = table.setdefault(key, [])
        if name not in known:
            known.append(name)
    return table


def headings_of(drafts: Iterable[Draft]) -> set[str]:
    """All folded names that headings give, and what they are also called."""
    return {
        fold(name)
        for draft in drafts
        for heading in (*draft.headings, *draft.aliases)
        for name in heading_names(heading)
    }
