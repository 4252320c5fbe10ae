"""Terms and what notes say of them: 'NAT Gateway' above 'Needs to run from public subnet'.

A term is a heading or a short bullet that names something and stands above lines that tell of it,
beside other terms. What one line tells belongs to its term, and to another only if nothing under
that one comes near it. No lexicon is needed and no verb is read: notes are quoted as they stand.
"""
# ruff: noqa: SIM905

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from knowledge.lexicon import fold
from quiz.items.item import Evidence
from quiz.items.subject import Subject
from quiz.items.verbs import AMBIGUOUS, AUXILIARIES, BASES, THIRD, base
from quiz.items.words import content, cue_words, plain, words

GROUPING = frozenset(
    """overview about features feature capabilities functionality characteristics basics purpose
    facts general notes what description properties""".split()
)
_GENERIC = re.compile(
    r"\b(?:examples?|options?|types?|requires?|requirements?|scenarios?|common|others?|steps?|"
    r"notes?|how|when|if|where|why|what|which|who|use|using|cases?|costs?|pricing|provides?|"
    r"purposes?|benefits?|limits?|limitations?|conditions?|defaults?|best|recommended|advantages?|"
    r"disadvantages?|via|only|can|cannot|must|not|allow|deny|create|enable|configure|custom|"
    r"troubleshoot\w*|issues?|problems?|errors?|integrations?|architectures?|dependencies|setup|"
    r"syntax|structure|configurations?|settings?|solutions?|choices?|output|input|need|needs|"
    r"features?|data|info|information|security|overview|patterns?|practi[sc]es?|mitigat\w*|prevent\w*|access|support|"
    r"comparison|differences?|vs|versus|either|both|all|any|no|yes|optional|misc|summary|"
    r"introduction|background|considerations?|strateg\w+|components?|concepts?|terms|resources|"
    r"layers?|levels?|modes?|service|services|source|sources|destination|destinations|targets?|values?|anything|else)\b|"
    r"[→>{}=;!?]|\.\.",
    re.I,
)
_LOOSE_END = re.compile(
    r"\b(?:to|from|using|either|via|with|by|for|on|of|are|is|be|and|or|in|at|the|a|an|as|either|"
    r"both|including|include|includes|like|that|which|when|if)$",
    re.I,
)
UNFIT = re.compile(
    r"\b(?:eg|e\.g|ie|i\.e|etc|you|your|our|we|us|my|this|these|those|it|they|them|above|below|"
    r"foo|bar|same|also|see|other|others|another|else|then|such|here|there|previous|next|now|"
    r"example|instead|again|too|either|neither|both)\b|[{}<>=*→;?!|\\]|->|\.\.\.|https?:|^[^\w(]",
    re.I,
)
# Lines that tell their reader what to do describe no term.
_DOING = frozenset(
    """use add create configure check specify attach update set need make ensure send go run select
    choose install contact turn put point click deploy setup try lower raise recommend consider
    change copy read open close start stop delete remove give apply query look find import export
    upload download assign associate assume replace review test wait call pass keep include invoke
    detach combine store reduce respond submit verify place automate""".split()
)
_LISTING = re.compile(
    r"\b(?:types?|kinds?|examples?|syntax|structure|formats?|fields?|options?|list|sources?|steps?|"
    r"scenarios?|troubleshoot\w*|how|fix\w*|commands?|identify|contain|setup|configur\w+|solutions?)\b",
    re.I,
)
# A line that says something has a verb before it, or words that join.
_SHAPED = re.compile(
    r"\b(?:of|for|to|by|from|with|in|on|via|behind|without|than|per|as|at|over|through|between|"
    r"after|before|until|within|only|cannot|can|must|is|are|has|have|does|doesn't|not|and)\b",
    re.I,
)
# What makes a short line a remark and no name.
_PHRASE = re.compile(
    r"\b(?:to|by|from|with|in|on|via|behind|without|than|per|as|at|over|through|between|after|"
    r"before|until|within|and|or|is|are|has|have|always|more|most|less|never|not)\b|^\d|^\w+ly\b",
    re.I,
)
_COMMAND = re.compile(r"(?:^|\s)--?\w|\b(?:sudo|docker|yum|aws [a-z0-9]+) [a-z]|@|\.(?:com|org)\b")
_OPENINGS = frozenset(
    """and or but if when unless because so not no how what why where who which""".split()
)
MOST_WORDS, MOST_SIGNS = 5, 40
LEAST_TOLD, MOST_TOLD = 3, 18
MOST_QUOTED = 118
# In words that one fact alone has.
OWN_MASS, ABLE_MASS = 1.1, 1.9
NEAR_TOLD = 0.25


@dataclass(frozen=True, slots=True)
class Told:
    """One line that tells of a term: the fact's index and the words as they stand."""

    fact: int
    text: str
    stems: frozenset[str]
    evidence: Evidence


@dataclass(slots=True)
class Term:
    """`place` is its record's index, `above` that of the record over it and its siblings."""

    name: str
    place: int
    above: int
    service: int
    feature: int
    told: list[Told] = field(default_factory=list)
    below: frozenset[int] = frozenset()


class Terms:
    """The terms of an outline by the record above them, read for one topic at a time."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.children: dict[int, list[int]] = {}
        for index, record in enumerate(subject.records):
            if record.parent >= 0:
                self.children.setdefault(record.parent, []).append(index)
        self._terms: dict[int, list[Term]] = {}
        self._parts = {
            fold(name) for part in subject.lexicon.parts if not part.generic
            for name in (part.name, *part.aliases)
        }  # fmt: skip
        self._firsts: dict[int, Told | None] = {}

    def of(self, service: int) -> list[Term]:
        """The terms of a topic, in the order of the outline."""
        if service not in self._terms:
            found = [
                term
                for index in self._under(service)
                if (term := self._term(index, self.subject.records[index].parent)) is not None
            ]
            beside = Counter(term.above for term in found)
            # A bullet that stands beside no other term is a remark on the heading over it.
            self._terms[service] = [
                term for term in found
                if beside[term.above] > 1 or self.subject.records[term.place].kind == "feature"
            ]  # fmt: skip
        return self._terms[service]

    def of_topic(self, service: int) -> Iterator[Told]:
        """Lines that stand under a topic itself, or that its headings state."""
        yield from self._told(service)
        for child in self.children.get(service, ()):
            record = self.subject.records[child]
            if record.kind == "feature" and record.states:
                stated = [i for i in self.children.get(child, ()) if self.subject.records[i].stated]
                text = plain(record.text).strip(" .")
                if stated and tells(text, False):
                    evidence = self.subject.evidence(self.subject.facts[stated[0]])
                    yield Told(stated[0], text, content(text), evidence)

    def first_of_topic(self, service: int) -> Told | None:
        if service not in self._firsts:
            self._firsts[service] = next(self._any_of_topic(service), None)
        return self._firsts[service]

    def _any_of_topic(self, service: int) -> Iterator[Told]:
        yield from self.of_topic(service)
        for child in self.children.get(service, ()):
            yield from self._told(child)

    def _term(self, index: int, above: int) -> Term | None:
        record = self.subject.records[index]
        name = plain(record.text).strip(" :.")
        if record.form in {"code", "numbered", "row"} or not is_term(name):
            return None
        lexicon = self.subject.lexicon
        entry = lexicon.find(name)
        if " " not in name and not self.subject.common.isdisjoint(forms(name)):
            return None  # 'Users', 'Basic': no name that stands alone
        known = entry is not None or fold(name) in self._parts
        if lexicon.services and not known and re.fullmatch(r"[A-Z][a-z]+", name):
            return None  # 'Resilience': a word, and no name of the field
        home = self.subject.entries[record.service]
        if (
            entry is not None
            and entry.kind != "theme"
            and home is not None
            and not (entry.official == home.official or entry.part_of == home.official)
        ):
            return None  # under a topic, another topic stands for what the two have in common
        under = self._under(index)
        told = list(self._told(index))
        if not told:
            return None
        return Term(name, index, above, record.service, record.feature, told, frozenset(under))

    def _under(self, index: int) -> Iterator[int]:
        for child in self.children.get(index, ()):
            yield child
            yield from self._under(child)

    def _told(self, index: int, label: str = "") -> Iterator[Told]:
        """Lines under a term; those under a label ('Requires') are told with it."""
        subject = self.subject
        for child in self.children.get(index, ()):
            record = subject.records[child]
            if record.kind != "fact" or record.form in {"code", "numbered", "row"}:
                continue
            text = plain(record.text).strip()
            bare = text.strip(" :.")
            if (not label or _SHAPED.search(bare)) and tells(text, bool(self.children.get(child))):
                told = bare if not label else f"{label}: {bare}"
                if len(told) <= MOST_QUOTED:
                    fact = subject.facts[child]
                    yield Told(child, told, content(told), subject.evidence(fact))
            if bare.casefold() in GROUPING:
                yield from self._told(child, label)
            elif (
                not label
                and is_label(bare)
                and not is_term(bare)
                and subject.lexicon.find(bare) is None
            ):
                yield from self._told(child, bare)


def forms(word: str) -> set[str]:
    """A word in small letters, with and without the ending of a plural."""
    small = word.lower()
    return {small, small.removesuffix("s"), f"{small}s"}


def is_listing(name: str) -> bool:
    """Whether a heading only says what sort of lines stand below it: 'Types', 'Use cases'."""
    return bool(_LISTING.search(name)) and len(name.split()) <= 2


def is_label(text: str) -> bool:
    """Whether a short line says how the lines below it are meant: 'Requires', 'Use cases'."""
    return (
        len(text.split()) <= 4
        and text[:1].isupper()
        and not UNFIT.search(text)
        and not _LISTING.search(text)
    )


# Verbs that begin names as well: 'Access Analyzer', 'Patch Manager'.
_NOUNS = frozenset(map(base, AMBIGUOUS)) | {"patch", "protect", "compare", "scan"}


def is_term(name: str) -> bool:
    """Whether a heading or bullet names a thing.

    >>> [is_term(n) for n in ("NAT Gateway", "aws:SourceIp", "Output logs to", "Use cases")]
    [True, True, False, False]
    """
    tokens = name.split()
    if not tokens or len(tokens) > MOST_WORDS or len(name) > MOST_SIGNS or len(name) < 2:
        return False
    if _PHRASE.search(name) or re.search(r": |\(\d|\b\d+$", name):
        return False
    if _GENERIC.search(name) or _LOOSE_END.search(name) or not re.search(r"[A-Za-z]{2}", name):
        return False
    if re.search(r"[\"“”,/+&]|\d+ ?(?:hours?|days?|min)", name) or name.count("(") != name.count(
        ")"
    ):
        return False
    first = tokens[0].lower()
    verb = first in _DOING or first in THIRD or first in BASES
    if verb and (len(tokens) == 1 or tokens[1][:1].islower() or first not in _NOUNS):
        return False
    if re.search(r"^\w+ing$", first) and len(tokens) > 1:
        return False  # 'Preserving data': what one does
    if len(tokens) == 1 and re.search(r"(?:less|ful|able|ible|ive|ing|ed|al|ic|ly)$", name):
        return False
    if tokens[-1].lower() in THIRD - AMBIGUOUS:
        return False  # 'Route 53 supports'
    if first in AUXILIARIES or (first.endswith("ed") and not tokens[1:2]):
        return False
    if first.endswith("ed") and tokens[1][:1].islower():
        return False
    named = name[:1].isupper() or re.search(r"[:_]|[a-z][A-Z]|\d", tokens[0])
    return bool(named) and not re.match(r"(?:A|An|The|If|In|On|For|To|With|By|From|At)\b", name)


def tells(text: str, has_more: bool) -> bool:
    """Whether a note says something of the term above it, alone as it stands.

    >>> tells("Needs to run from public subnet", True), tells("Queries using either", True)
    (True, False)
    """
    bare = text.rstrip(". ")
    tokens = bare.split()
    if not LEAST_TOLD + has_more <= len(tokens) <= MOST_TOLD or len(bare) > 118:
        return False
    if tokens[0].lower() == "allow" and " to " not in bare:
        return False
    # A whole sentence names its own subject.
    if text.endswith((":", ",", ".")) or UNFIT.search(bare) or _LOOSE_END.search(bare):
        return False
    if bare.count('"') % 2 or bare.count("(") != bare.count(")") or re.search(r"\w: ?\w", bare):
        return False
    first = tokens[0].lower().strip(",;:")
    shaped = _SHAPED.search(bare) or first in THIRD or first in BASES or len(tokens) >= 4
    if _COMMAND.search(bare) or " + " in bare or not shaped:
        return False
    if first in _OPENINGS:
        return False
    return first not in _DOING


# What others can, need or don't do too, whether or not a note says so.
ABLE = re.compile(
    r"(?:.*: )?(?:can|may|supports?|supported|works?|working|integrates?|integrated|requires?|"
    r"needs?|uses?|used|must|should|has|have|available|accepts?|helps?|offers?|compatible|"
    r"encrypt\w*|cannot|can't|does not|doesn't|do not|is not|isn't|not|no|never|only)\b"
    r"|requires?\b|needs?\b|limit|[\w-]+ (?:is|are|was|were)\b"
    r"|.*\b(?:can|must|may|should|could)\b"
    r"|(?:.*: )?(?:on|in|by|via|for|with|at|to|from|within|without|during|per)\b",
    re.I,
)


# What is said of one thing and true of most beside it.
_COMMON = re.compile(
    r"(?:.*: )?(?:supports?|supported|cannot|can't|can not|does not|doesn't|do not|don't|is not|"
    r"isn't|not|no|never|protects?|prevents?|improves?|reduces?|secures?|"
    r"works? with|integrates?|compatible|available)\b"
    r"|.*\b(?:compliant|compliance|certified|eligible|FIPS)\b",
    re.I,
)


def is_distinctive(subject: Subject, told: Told, shared: frozenset[str]) -> bool:
    """Whether a note has enough words that few others have: more where it tells what its term can
    do or needs, as others may, whether or not a note says so."""
    own = told.stems - shared
    if _COMMON.match(told.text):
        return False
    least = ABLE_MASS if ABLE.match(told.text) else OWN_MASS
    return len(own) >= 2 and subject.mass(own) >= least * subject.unit


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def term_stems(term: Term) -> frozenset[str]:
    return frozenset().union(*(told.stems for told in term.told))


def is_wrong(subject: Subject, told: Told, term: Term, rival: Term, close: Collection[int]) -> bool:
    """Whether what is told of a term is told of no rival, and neither names the other."""
    mine, theirs = term.name.casefold(), rival.name.casefold()
    if mine in theirs or theirs in mine:
        return False
    if rival.place in term.below or term.place in rival.below:
        return False
    if not subject.rare(term_stems(term)).isdisjoint(subject.rare(term_stems(rival))):
        return False
    if any(index in rival.below or index == rival.place for index in close):
        return False
    name = cue_words(_CAMEL.sub(" ", rival.name))
    if name & cue_words(told.text):
        return False  # a note that says a word of a name may well be true of it
    said = {word.casefold() for word in words(told.text)}
    short = {word.casefold() for word in words(rival.name) if len(word) > 1}
    if short and short <= said:
        return False
    for index in close:
        heard = {word.casefold() for word in words(subject.facts[index].text)}
        if index != told.fact and short and short <= heard:
            return False
    return True
