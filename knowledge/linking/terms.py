"""Without a lexicon: capitalised terms and identifiers that recur name something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.lexicon import fold
from knowledge.linking.text import readable, starts_sentence, words
from knowledge.records import Record

LEAST_LINES = 3
LEAST_SERVICES = 2
# Languages whose every noun has a capital: only identifiers count there.
_CAPITAL_NOUNS = frozenset({"de", "lb"})
_IDENTIFIER = re.compile(
    r"(?<![\w./@-])(?:[A-Z]{2,}[A-Za-z0-9]*|[a-z]{1,3}[A-Z][A-Za-z0-9]*|[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+"
    r"|[A-Z][A-Za-z]*\d[\dA-Za-z]*)(?![\w])"
)
_CAPITALISED = re.compile(
    r"(?<![\w./@-])[^\W\d_a-z][\w'’-]*(?:[ ][^\W\d_a-z][\w'’-]*)*", re.UNICODE
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+#.-]*[A-Za-z0-9+#]")
_NOISE = words(
    """i ok todo note nb eg ie etc vs and or not no yes the a an if in of on to is it kb mb gb tb
    monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december"""
)


def _terms_in(text: str, language: str) -> Iterator[str]:
    if language.split("-")[0] in ("zh", "ja", "ko", "th"):
        yield from _LATIN.findall(text)
        return
    yield from _IDENTIFIER.findall(text)
    if language.split("-")[0] in _CAPITAL_NOUNS:
        return
    for match in _CAPITALISED.finditer(text):
        parts, start = match[0].split(" "), match.start()
        if starts_sentence(text, start):
            # The first word of a sentence has its capital from grammar.
            start += len(parts[0]) + 1
            parts = parts[1:]
        if parts and not _IDENTIFIER.fullmatch(" ".join(parts)):
            yield " ".join(parts)


def find_terms(records: Sequence[Record], language: str, known: set[str]) -> list[str]:
    """Terms on at least three lines of at least two services, in order of appearance."""
    lines: dict[str, set[int]] = {}
    services: dict[str, set[int]] = {}
    for index, record in enumerate(records):
        if record.kind == "service" or record.stated:
            continue
        for term in set(_terms_in(readable(record.text), language)):
            key = fold(term)
            if len(term) < 2 or key in _NOISE or key in known or key.isdigit():
                continue
            lines.setdefault(term, set()).add(index)
            services.setdefault(term, set()).add(record.service)
    kept = [
        term
        for term, where in lines.items()
        if len(where) >= LEAST_LINES and len(services[term]) >= LEAST_SERVICES
    ]
    return sorted(kept, key=lambda term: (min(lines[term]), term))
