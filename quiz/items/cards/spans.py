"""Gaps in a note as it stands: what its author marked, and the one number that it holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from quiz.items.cards.gaps import spellings
from quiz.items.cards.places import (
    EXAMPLE,
    GAP,
    clean,
    first_letters,
    folded,
    is_example,
    place_of,
    stands_in,
)
from quiz.items.facts import Fact, leans_back
from quiz.items.item import Item
from quiz.items.labels import is_label
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.words import STOP, content, words

_CLOZE = re.compile(r"\{\{c\d+::(?P<text>[^{}]+?)(?:::[^{}]*)?\}\}")
_MARKED = re.compile(
    r"(?<![\w*_])(?P<marks>\*\*|__|==)(?P<text>[^*_=\n]{2,48}?)(?P=marks)(?![\w*_])"
    r"|\[\[(?:[^\]|]*\|)?(?P<link>[^\]|#]{2,48})\]\]"
)
_NUMBER = re.compile(
    r"(?<![\w.,:/#+-])(?P<number>\d{1,3}(?:[ ,.]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
    r"(?:\s?(?:[–—-]|to|bis|a|à)\s?\d+(?:[.,]\d+)?)?"
    r"(?P<unit>\s?%|[a-zA-Zµ]{1,7}\b)?(?![\w.:/-]*\d)"
)
# Numbers that are names: layers, versions, forms, paragraphs, chapters; and who counts them.
_NAMED = re.compile(
    r"(?:\b(?:layer|level|tier|version|v|type|step|phase|chapter|section|part|page|figure|table|"
    r"appendix|no|nr|number|problem|set|question|lecture|week|unit|module|TLS|SSL|IPv|HTTP|AES|RSA|"
    r"SHA|kapitel|teil|seite|abschnitt|fase|parte|capitolo|pagina|art|articolo|§)\.?\s?|第)$",
    re.I,
)
_BOUND = re.compile(
    r"\b(?:max|maximum|min|minimum|most|least|only|up to|limit(?:ed to)?|exactly|every|nur|genau|"
    r"höchstens|solo|massimo|seulement|sólo|máximo)\b[^.;]{0,12}$|[=≤≥<>]$",
    re.I,
)
# 'SAML 2.0', 'Windows Server 2016', 'the Route 53': a name and its number.
_VERSION = re.compile(r"\b[A-Z][\w-]+ (?:\d+\.\d+|(?:19|20)\d\d)$|\S [A-Z][a-z]{2,} \d{1,3}$")
_ADDRESS = re.compile(
    r"https?:|www\.|\[\^|!\[|\bUhr\b|\bo'clock\b|\d+\.\d+\.\d+|[{}<>]|\$\(|\\|^\s*[-$>#]|--\w|::|\]\("
)
_TASK = re.compile(r"^(?:\[[ xX-]\]|(?:TODO|DOING|DONE|LATER|NOW|WAITING)\b)")
# Where one sentence ends and the next begins.
SENTENCES = re.compile(r"(?<=[^\W\d_A-Z]{2}[.!?])\s+(?=[^\W\d_a-z])|(?<=[。！？])")
LEAST_CONTENT = 2
LONGEST = 170


@dataclass(frozen=True, slots=True)
class Span:
    """What is to be told of a note: the note with its gap, and what fills it."""

    told: str
    answer: str
    number: bool


def marked_spans(raw: str) -> list[Span]:
    """The note once for each gap that its author made, or for what is set in bold inside it.

    >>> marked_spans("{{c1::Amiloride}} blocks {{c2::ENaC}}")[1].told
    'Amiloride blocks ____'
    >>> [span.answer for span in marked_spans("The **nucleus** holds the DNA")]
    ['nucleus']
    """
    found: list[Span] = []
    whole = _CLOZE.sub(lambda match: match["text"], raw)
    for match in _CLOZE.finditer(raw):
        told = _kept(raw, match.span())
        found.append(Span(clean(told), clean(match["text"]), False))
    if found:
        return found
    for match in _MARKED.finditer(whole):
        before, after = whole[: match.start()], whole[match.end() :]
        if not before.strip(" -*") and re.match(r"\s*(?:[:：–—=-]|$)", after):
            continue  # a term with its explanation, or a label
        text = match["text"] or match["link"]
        told = clean(_unlinked(f"{before}{GAP}{after}"))
        found.append(Span(told, clean(text).strip(" :.,"), False))
    return found


def _kept(raw: str, gap: tuple[int, int]) -> str:
    """The text of all cloze marks but the one that is the gap."""
    return _CLOZE.sub(lambda one: GAP if one.span() == gap else one["text"], raw)


def _unlinked(text: str) -> str:
    return re.sub(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]", r"\1", text).replace("==", "")


def number_span(text: str) -> Span | None:
    """The note with its one number as the gap, its unit kept; None where it has none or several.

    >>> number_span("Mandatory 7-30d waiting period").told
    'Mandatory ____d waiting period'
    """
    if _ADDRESS.search(text) or EXAMPLE.match(text):
        return None
    found = list(_NUMBER.finditer(text))
    if len(found) != 1 or len(re.findall(r"\d+", text)) > (
        2 if found[0][0] != found[0]["number"] else 1
    ) + (
        found[0]["number"].count(",")
        + found[0]["number"].count(".")
        + found[0]["number"].count(" ")
    ):
        return None
    match = found[0]
    before = text[: match.start()].rstrip(" (")
    if match["number"] in {"0", "1"} and not _BOUND.search(before):
        return None  # 'one' as an article
    if text[match.end() :].startswith("s ") or _VERSION.search(f"{before} {match['number']}"):
        return None
    if _NAMED.search(text[: match.start()]) or (
        match.start() == 0 and text[match.end() : match.end() + 1] in ".)"
    ):
        return None
    unit = match["unit"] or ""
    if (
        unit
        and unit[0].isalpha()
        and not re.fullmatch(
            r"(?:ms|s|sec|secs|m|min|mins|h|hr|hrs|d|days?|w|y|yrs?|[kKMGTP]i?[bB]|[kKMG]bps|mm|cm|km|g|kg|"
            r"mg|ml|l|V|A|W|Hz|MHz|GHz|x)",
            unit,
        )
    ):
        return None
    shown = match[0][: len(match[0]) - len(unit)] if unit else match[0]
    return Span(f"{text[: match.start()]}{GAP}{unit}{text[match.end() :]}", shown.strip(), True)


def _cut(span: Span) -> Span | None:
    """The span in its own sentence alone, where that can be read without the one before it."""
    sentences = SENTENCES.split(span.told)
    if len(sentences) == 1:
        return span
    told = next((one for one in sentences if GAP in one), "")
    return None if not told or leans_back(told) else Span(told, span.answer, span.number)


def marked_gaps(subject: Subject, services: Collection[int] | None = None) -> Iterator[Item]:
    for fact in notes_of(subject, services):
        raw = subject.records[fact.index].text
        spans = marked_spans(raw)
        made_by_author = "{{c" in raw
        for span in spans[:4] if made_by_author else spans[:1]:
            cut = _cut(span)
            if cut is not None and is_askable(subject, fact, cut):
                item = note_gap(subject, fact, cut)
                item.shape = "author_gap" if made_by_author else item.shape
                yield item


def number_gaps(subject: Subject, services: Collection[int] | None = None) -> Iterator[Item]:
    """The one number of each note that is no sentence of a known grammar."""
    for fact in notes_of(subject, services):
        if subject.english and fact.clause is not None:
            continue
        text = clean(subject.records[fact.index].text)
        if is_label(text.partition(":")[0]) and ":" in text:
            continue
        spans = [number_span(one) for one in SENTENCES.split(text) if not leans_back(one)]
        span = next((one for one in spans if one is not None), None)
        if span is None or not is_askable(subject, fact, span):
            continue
        if _has_rival(subject, fact, span):
            continue
        yield note_gap(subject, fact, span)


def notes_of(subject: Subject, services: Collection[int] | None) -> Iterator[Fact]:
    """The facts that are told in words: no code, no table, no heading, no task."""
    for fact in subject.facts_in(services):
        record = subject.records[fact.index]
        if _TASK.match(record.text):
            continue
        if is_example(subject, fact):
            continue
        if record.form not in {"code", "row", "heading"} and fact.kind not in {"lead", "need"}:
            yield fact


def is_askable(subject: Subject, fact: Fact, span: Span) -> bool:
    """Whether what is left of a note says enough, and nothing around it says the answer."""
    rest = span.told.replace(GAP, " ")
    said = [word for word in words(rest) if word.lower() not in STOP and not word.isdigit()]
    ideographs = len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff]", rest))
    least = LEAST_CONTENT + bool(subject.lexicon.services)
    if len(said) < least and ideographs < 5:
        return False
    if len(span.told) > LONGEST or span.told.count(GAP) != 1 or not folded(span.answer):
        return False
    if span.number:
        return f" {folded(span.answer)} " not in f" {folded(place_of(subject, fact))} "
    if len(span.answer.split()) > 4 or not content(span.answer):
        return False
    return not stands_in(span.answer, rest) and not stands_in(span.answer, place_of(subject, fact))


def _has_rival(subject: Subject, fact: Fact, span: Span) -> bool:
    """Whether a note under the same heading says the same with another number."""
    own = content(span.told.replace(GAP, " "))
    for other in subject.by_parent.get(fact.parent, ()):
        if other.index == fact.index:
            continue
        rival = number_span(other.text)
        if rival is not None and rival.answer != span.answer:
            theirs = content(rival.told.replace(GAP, " "))
            if own and len(own & theirs) >= 0.6 * min(len(own), len(theirs) or 1):
                return True
    return False


def note_gap(subject: Subject, fact: Fact, span: Span, shape: str = "") -> Item:
    """The item of a note with its gap; what is no number shows its first letters."""
    place = place_of(subject, fact)
    about = f" on {place}" if place else ""
    what = "number" if span.number else "term"
    told = span.told if span.number else span.told.replace(GAP, first_letters(span.answer))
    stem = pick(
        (f"Which {what} is missing in this note{about}: “{told}”?",
         f"Which {what} completes this note{about}: “{told}”?"), span.told,
    )  # fmt: skip
    said = span.told.replace(GAP, span.answer)
    answers = spellings(span.answer)
    if span.number and re.search(r"[–—-]", span.answer):
        low, high = re.split(r"\s?[–—-]\s?", span.answer)[:2]
        answers += [f"{low}-{high}", f"{low} to {high}"]
    return Item(
        "cloze", shape or f"note_{what}", subject.topic(fact), subject.feature(fact),
        subject.domain(fact.service), stem, said, (subject.evidence(fact),), (fact.index,),
        fact.service, answers=tuple(dict.fromkeys(answers)), difficulty=0.6,
    )  # fmt: skip
