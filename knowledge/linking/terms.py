"""Without a lexicon: capitalised terms and identifiers that recur name something."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.lexicon import fold
from knowledge.linking.text import readable, starts_sentence, words
from knowledge.records import Record

LEAST_LINES = 3
LEAST_SERVICES = 2
# A term on more of the pages than this is what everything there is about, and no topic of it.
UBIQUITOUS = 0.4
LEAST_UBIQUITOUS = 8
# A word that is written small more often than so, against its capitals, is no name.
MOST_SMALL = 0.25
# Languages whose every noun has a capital: only identifiers count there.
CAPITAL_NOUNS = frozenset({"de", "lb"})
_IDENTIFIER = re.compile(
    r"(?<![\w./@-])(?<!\d )(?:[A-Z]{2,}[A-Za-z0-9]*|[a-z]{1,3}[A-Z][A-Za-z0-9]*"
    r"|[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+|[A-Z][A-Za-z]*\d[\dA-Za-z]*)(?![\w])"
)
_CAPITALISED = re.compile(
    r"(?<![\w./@-])[^\W\d_a-z][\w'’-]*(?:[ ][^\W\d_a-z][\w'’-]*)*", re.UNICODE
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+#.-]*[A-Za-z0-9+#]")
_ROMAN = re.compile(r"[IVX]+")
_SMALL = re.compile(r"(?<![\w./@-])[^\W\d_][\w'’]+")
# Formats, units and abbreviations that notes on any subject are full of.
_NOISE = words(
    """i ok todo note nb eg ie etc vs and or not no yes the a an if in of on to is it kb mb gb tb
    api apis id ids ip ips os url urls uri uris http https json xml yaml csv html pdf cli ui gui
    sdk sdks cpu cpus gpu faq utc gmt am pm ad bc ce bce pro pros con cons qa db dbs ttl
    monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december"""
)


def tag(language: str) -> str:
    return language.split("-")[0].lower()


def is_title(text: str) -> bool:
    """Whether a text has its capitals from a title's style, where they say nothing."""
    long = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if len(word) > 3]
    return len(long) > 3 and all(word[0].isupper() for word in long)


def count_small(texts: Sequence[str]) -> Counter[str]:
    """How often each word is written without a capital."""
    small: Counter[str] = Counter()
    for text in texts:
        small.update(word for word in _SMALL.findall(text) if word.islower())
    return small


def _terms_in(text: str, language: str) -> Iterator[tuple[str, str]]:
    """(term, the term without its first word where that may be grammar's capital) of a text."""
    if tag(language) in ("zh", "ja", "ko", "th"):
        yield from ((term, term) for term in _LATIN.findall(text))
        return
    yield from ((term, term) for term in _IDENTIFIER.findall(text))
    if tag(language) in CAPITAL_NOUNS or is_title(text):
        return
    for match in _CAPITALISED.finditer(text):
        whole = match[0]
        if _IDENTIFIER.fullmatch(whole):
            continue
        # The first word of a sentence has its capital from grammar.
        rest = whole.partition(" ")[2] if starts_sentence(text, match.start()) else whole
        if not _IDENTIFIER.fullmatch(rest):
            yield whole, rest


@dataclass
class Usage:
    """Where each term of an outline stands: its lines and their services, by how it is written."""

    lines: dict[str, set[int]] = field(default_factory=dict)
    services: dict[str, set[int]] = field(default_factory=dict)
    small: Counter[str] = field(default_factory=Counter)
    pages: int = 0

    def add(self, index: int, service: int, term: str) -> None:
        noise = len(term) < 2 or fold(term) in _NOISE or term.isdigit() or _ROMAN.fullmatch(term)
        if not noise:
            self.lines.setdefault(term, set()).add(index)
            self.services.setdefault(term, set()).add(service)

    def is_word(self, term: str) -> bool:
        """Whether a term is written small as well, as any word is: 'NOT', 'Service'."""
        return self.small[term.lower()] > MOST_SMALL * len(self.lines.get(term, ()))


def read_usage(records: Sequence[Record], language: str) -> Usage:
    """All terms of an outline's lines."""
    usage = Usage(small=count_small([r.text for r in records if r.form != "code"]))
    usage.pages = sum(record.kind == "service" for record in records)
    unsure: list[tuple[int, str, str]] = []
    for index, record in enumerate(records):
        if record.kind == "service" or record.stated or record.form == "code":
            continue
        for whole, rest in set(_terms_in(readable(record.text), language)):
            if whole == rest:
                usage.add(index, record.service, whole)
            elif rest:
                unsure.append((index, whole, rest))
    # 'Audit Manager' begins a sentence: the whole is meant if it stands inside another one.
    inside = frozenset(usage.lines)
    for index, whole, rest in unsure:
        term = whole if whole in inside else rest
        if term in inside:
            usage.add(index, records[index].service, term)
    return usage


def find_terms(usage: Usage, known: set[str]) -> list[str]:
    """Terms on at least three lines of at least two services, in order of appearance.

    `known` are the folded names that headings give.
    """
    most = max(LEAST_UBIQUITOUS, UBIQUITOUS * usage.pages)
    kept = [
        term
        for term, where in usage.lines.items()
        if len(where) >= LEAST_LINES
        and LEAST_SERVICES <= len(usage.services[term]) <= most
        and fold(term) not in known
        and not usage.is_word(term)
    ]
    return sorted(kept, key=lambda term: (min(usage.lines[term]), term))


def find_surnames(usage: Usage, names: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """(last word, target) of names all in capitals, where lines use that word alone for them.

    `names` are headings with their targets. A last word that two of them have is neither's.
    """
    lasts: dict[str, set[int]] = {}
    for name, target in names:
        parts = name.split()
        if len(parts) > 1 and all(part[0].isupper() for part in parts) and len(parts[-1]) > 3:
            lasts.setdefault(parts[-1], set()).add(target)
    for last, targets in lasts.items():
        if len(targets) == 1 and last in usage.lines and not usage.is_word(last):
            yield last, min(targets)
