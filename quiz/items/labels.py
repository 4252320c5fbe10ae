"""Terms with their definitions as the outline nests them: no grammar needed, any language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from hashlib import sha256

from quiz.items.item import Evidence, Item
from quiz.items.subject import Subject
from quiz.items.words import content, plain, words

_BOLD = re.compile(
    r"^(?:\*\*|__)(?P<term>[^*_]{2,40})(?:\*\*|__)\s*[:：–—-]\s*(?P<told>.{12,110})$"
    r"|^(?:\*\*|__)(?P<other>[^*_]{2,40})[:：](?:\*\*|__)\s*(?P<rest>.{12,110})$"
)
_GENERIC = re.compile(
    r"\b(?:examples?|options?|types?|requires?|requirements?|scenarios?|common|other|steps?|notes?|"
    r"how to|how|when|if|where|why|what|which|use|using|with|without|by|for|to|or|and|costs?|"
    r"pricing|provides?|purpose|security|benefits?|limits?|limitations?|condition|default|best|recommended|"
    r"advantages?|disadvantages?|via|only|can|cannot|must|not|allow|deny|create|enable|configure)\b|"
    r"[:→>{]",
    re.I,
)
_BAD = re.compile(r"^(?:eg|e\.g|ie|i\.e|and|or|but|then|also|see)\b|[{}]|->|=>|\\$", re.I)
# Words that head a note in other languages without naming anything.
_LABELS = frozenset(
    """definition definición définition definizione definição beispiel beispiele esempio esempi
    ejemplo exemple exemples nota note notes notiz hinweis merke wichtig importante attention remark
    remarks summary zusammenfassung riassunto resumen résumé overview überblick einführung
    introduction introduzione course created author date tags topic todo task source quelle fonte
    gefahr abhilfe vorteil vorteile nachteil nachteile up down parent see source exception
    definice ملاحظة مثال تعريف 定义 例 例子 注 注意 定義 备注""".split()  # noqa: SIM905
)
LEAST, SIZE = 3, 4
Row = tuple[str, str, int, Evidence]


def is_label(text: str) -> bool:
    """Whether a heading or a term says what kind of note follows and names nothing.

    >>> is_label("Beispiele"), is_label("How to rotate keys"), is_label("Golgi apparatus")
    (True, True, False)
    """
    return text.casefold().strip(" :：*") in _LABELS or bool(_GENERIC.search(text))


def _rows(subject: Subject, services: Collection[int] | None) -> dict[int, list[Row]]:
    groups: dict[int, list[Row]] = {}
    records = subject.records
    children: dict[int, list[int]] = {}
    for index, record in enumerate(records):
        if record.kind == "fact":
            children.setdefault(record.parent, []).append(index)
    for index, record in enumerate(records):
        if services is not None and record.service not in services:
            continue
        if record.kind != "fact" or record.form in {"code", "numbered", "row"}:
            continue
        fact = subject.facts[index]
        if match := _BOLD.match(record.text.strip()):
            term = (match["term"] or match["other"]).strip()
            told = plain(match["told"] or match["rest"]).strip(" .")
            groups.setdefault(record.parent, []).append((term, told, index, subject.evidence(fact)))
            continue
        under = children.get(index, [])
        if len(under) != 1 or children.get(under[0]) or not subject.english:
            continue
        term, told = plain(record.text).strip(" .:"), plain(records[under[0]].text).strip(" .")
        if not 1 <= len(term.split()) <= 4 or _GENERIC.search(term) or not term[:1].isupper():
            continue
        if not 3 <= len(told.split()) <= 18 or len(told) > 110 or _BAD.search(told):
            continue
        child = subject.facts[under[0]]
        groups.setdefault(record.parent, []).append((term, told, under[0], subject.evidence(child)))
    return groups


def _apart(one: Row, other: Row) -> bool:
    mine, theirs = content(one[1]), content(other[1])
    if not mine or not theirs or one[0].casefold() == other[0].casefold():
        return False
    terms = {word.casefold() for row in (one, other) for word in words(row[0]) if len(word) > 2}
    told = {word.casefold() for row in (one, other) for word in words(row[1])}
    return not terms & told and len(mine & theirs) / min(len(mine), len(theirs)) < 0.34


def label_matchings(subject: Subject, services: Collection[int] | None = None) -> Iterator[Item]:
    for parent, rows in _rows(subject, services).items():
        rows = sorted(rows, key=lambda row: sha256(row[1].encode()).digest())
        while len(rows) >= LEAST:
            chosen = [rows.pop(0)]
            for row in list(rows):
                if len(chosen) == SIZE:
                    break
                if all(_apart(row, other) for other in chosen):
                    chosen.append(row)
                    rows.remove(row)
            if len(chosen) < LEAST:
                continue
            fact = subject.facts[chosen[0][2]]
            topic = subject.name(fact.service)
            heading = plain(subject.records[parent].text).rstrip(":")
            where = topic if heading in topic or parent == fact.service else f"{topic} ({heading})"
            stem = (
                f"{where}: which statement goes with which term?"
                if subject.english
                else f"{where}?"
            )
            yield Item(
                "matching", "matching_labels", subject.topic(fact), subject.feature(fact),
                subject.domain(fact.service), stem,
                "; ".join(f"{term}: {told}" for term, told, _, _ in chosen) + ".",
                tuple(row[3] for row in chosen), tuple(row[2] for row in chosen), fact.service,
                pairs=tuple((term, told) for term, told, _, _ in chosen), difficulty=0.5,
            )  # fmt: skip
