"""Dated lines: in which year something was, and what came first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from quiz.items.cards.places import GAP, clean, place_of
from quiz.items.item import Item
from quiz.items.stems import pick
from quiz.items.subject import Subject

_BEFORE = r"BCE?|B\.C\.(?:E\.)?|a\.\s?C\.|v\.\s?Chr\.|av\. J\.-C\."
_AFTER = r"AD|CE|A\.D\.|d\.\s?C\.|n\.\s?Chr\."
_DATED = re.compile(
    rf"^(?P<early>AD |公元前|前)?(?P<year>\d{{1,4}})(?:\s?[–—-]\s?\d{{1,4}})?"
    rf"(?:\s?(?P<era>{_BEFORE}|{_AFTER})|年)?(?P<sign>\s*[:：–—-]\s*|\.\s+|,\s+|\s+)(?P<what>\S.*)$"
)
_YEAR = re.compile(r"(?<![\d.,/:-])(?:1\d{3}|20\d\d)(?![\d.,/:-]|\s?%)")
_SIGNS = frozenset(":：–—.")
# Lines of one topic that begin with a date before that counts as a timeline.
LEAST, MOST = 3, 5
LONGEST = 110


@dataclass(frozen=True, slots=True)
class Dated:
    """A dated line: `when` as written, `year` negative before our era."""

    fact: int
    when: str
    year: int
    what: str


def read_dated(text: str) -> tuple[str, int, str] | None:
    """The date as written, its first year, and what happened.

    >>> read_dated("264–241 BC: First Punic War")
    ('264–241 BC', -264, 'First Punic War')
    >>> read_dated("AD 64: Fire in Rome"), read_dated("80 GB of memory")
    (('AD 64', 64, 'Fire in Rome'), None)
    """
    match = _DATED.match(text)
    if match is None:
        return None
    year = int(match["year"])
    era = match["era"] or ""
    before = bool(re.fullmatch(_BEFORE, era)) or match["early"] in {"公元前", "前"}
    certain = bool(era or match["early"] or "年" in text[: match.start("sign") + 1])
    # A bare number is a year only where a sign stands behind it.
    if not certain and not (100 <= year <= 2100 and match["sign"].strip() in _SIGNS):
        return None
    what = match["what"].strip(" .")
    if not re.search(r"[^\W\d_]{2}|[\u3040-\u9fff]", what):
        return None
    return text[: match.start("sign")].strip(), -year if before else year, what


def timelines(subject: Subject, services: Collection[int] | None = None) -> Iterator[list[Dated]]:
    """The dated lines of each topic that has several."""
    by_service: dict[int, list[Dated]] = {}
    for fact in subject.facts_in(services):
        if subject.records[fact.index].form in {"code", "row"}:
            continue
        found = read_dated(clean(subject.records[fact.index].text))
        if found is not None and len(found[2]) <= LONGEST:
            by_service.setdefault(fact.service, []).append(Dated(fact.index, *found))
    for dated in by_service.values():
        if len(dated) >= LEAST:
            yield dated


def date_gaps(subject: Subject, services: Collection[int] | None = None) -> Iterator[Item]:
    """When each thing of a timeline was, typed."""
    for dated in timelines(subject, services):
        for one in dated:
            if sum(other.what == one.what for other in dated) > 1 or _YEAR.search(one.what):
                continue
            fact = subject.facts[one.fact]
            place = place_of(subject, fact)
            about = f" (notes on {place})" if place else ""
            stem = pick(
                (f"When was this{about}: “{one.what}”?",
                 f"Which date do the notes give{about} for “{one.what}”?"), one.what,
            )  # fmt: skip
            era = re.sub(r"[\d–—\s-]+", "", one.when)
            shown = f"{GAP} {era}".strip() if not one.when.startswith(("AD", "公", "前")) else GAP
            bare = re.findall(r"\d+(?:\s?[–—-]\s?\d+)?", one.when)[0]
            yield Item(
                "cloze", "date", subject.topic(fact), subject.feature(fact),
                subject.domain(fact.service), f"{stem} ({shown})", f"{one.when}: {one.what}.",
                (subject.evidence(fact),), (one.fact,), fact.service,
                answers=tuple(dict.fromkeys([one.when, bare, *_first(bare, one.when)])),
                difficulty=0.7,
            )  # fmt: skip


def _first(bare: str, when: str) -> list[str]:
    """Of a span its first year by itself is as good where it is said as a span only once."""
    return [f"{bare} BC", f"{bare} BCE"] if "BC" in when else []


def date_orders(subject: Subject, services: Collection[int] | None = None) -> Iterator[Item]:
    """Three to five things of one timeline, the earliest first."""
    for dated in timelines(subject, services):
        left = sorted(
            (one for one in dated if not re.search(r"\d{2}", one.what)),
            key=lambda one: sha256(one.what.encode()).digest(),
        )
        while len(left) >= LEAST:
            chosen: list[Dated] = []
            for one in left:
                if len(chosen) < MOST and all(
                    one.year != other.year and one.what.casefold() != other.what.casefold()
                    for other in chosen
                ):
                    chosen.append(one)
            left = [one for one in left[1:] if one not in chosen]
            if len(chosen) >= LEAST:
                yield _ordering(subject, sorted(chosen, key=lambda one: one.year))


def _ordering(subject: Subject, dated: Sequence[Dated]) -> Item:
    facts = [subject.facts[one.fact] for one in dated]
    place = place_of(subject, facts[0]).split(" › ")[0].strip("“”")
    about = f" from the notes on “{place}”" if place else ""
    return Item(
        "ordering", "date_order", subject.topic(facts[0]), subject.feature(facts[0]),
        subject.domain(facts[0].service),
        f"In which order did these happen{about}, the earliest first?",
        "; ".join(f"{one.when}: {one.what}" for one in dated) + ".",
        tuple(subject.evidence(fact) for fact in facts), tuple(fact.index for fact in facts),
        facts[0].service, sequence=tuple(one.what for one in dated), difficulty=0.65,
    )  # fmt: skip
