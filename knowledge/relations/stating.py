"""What each line states, with what is above it: sentences, lists under headings, arrows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from knowledge.relations import languages
from knowledge.relations.arrows import read_arrows
from knowledge.relations.contexts import EVENTS, LOGS, NEUTRAL, SHARED, Context
from knowledge.relations.masking import NAME, Masked, is_name
from knowledge.relations.outline import Lines
from knowledge.relations.patterns import NEGATIONS
from knowledge.relations.roles import Roles
from knowledge.relations.sentences import Reader, Stated

LONGEST_CLAUSE = 600
HIGHEST_CLIMB = 5
# Kinds that hand something on: what a line hands it to acts in the lines below it.
_FLOWS = frozenset({"sends_to", "triggers", "logs_to", "integrates_with"})
_LOGS = re.compile(LOGS)
_EVENTS = re.compile(EVENTS)
_MATTER = re.compile(
    r"\b(?:findings?|events?|metrics?|notif\w+|messages?|results?|alerts?|traffic|data|images?)\b"
)
_LOGGING = re.compile(r"\blogging\b|\b(?:query|access|flow|audit|session) logs?\b|^logs?$")
_LOOSE = frozenset({"integrates_with", "requires", "protects"})
# Kinds that say what something is, which a page isn't said to be by a line about a detail.
_NEED_SUBJECT = frozenset({"part_of", "successor_of"})
_WITHIN = re.compile(rf"\b(?:in|of) ({NAME})")
_STAGE = re.compile(rf"^{NAME}(?: \w+){{0,2}} to \w+(?: \w+)?$")
_NEUTRAL = re.compile(rf"^{NEUTRAL}:?$")
_SHARED = re.compile(SHARED)
_NEGATED = re.compile(NEGATIONS)
_NAMES = re.compile(rf" ?{NAME}(?:'s|’s|s)?")
_ENCRYPTING = re.compile(r"encrypt|\bkeys?\b|\bsse\b|verschlüssel|crittograf|chiffr|cifra")
_OPENS = re.compile(
    r"^(?:to|via|with|using|by|through|in|from|use|uses|works|supports|supported)\b"
)
_SETS_APART = re.compile(r"^(?:for|when|if|after|once|e\.?g\.?)\b")
_BY_ANALYST = re.compile(
    rf"^(?:{NAME})(?: \w+)? to (?:query|analy[sz]e|visuali[sz]e|search|explore|investigate)$"
)


class Found(NamedTuple):
    source: int
    target: int
    kind: str
    record: int


class State:
    """Reads the lines in order; what an earlier line handed on is at hand for those below it."""

    def __init__(self, lines: Lines, roles: Roles, language: str) -> None:
        self._lines = lines
        self._roles = roles
        rows, contexts = languages.tables(language)
        self._reader = Reader(rows)
        self._contexts = [(each, re.compile(rf"^(?:{each.heading}):?$")) for each in contexts]
        self._handed: dict[int, tuple[int, ...]] = {}
        self._stepped: dict[int, tuple[int, ...]] = {}
        self._in_list: set[int] = set()
        self._known_contexts: dict[str, Context | None] = {}

    def all(self) -> Iterator[Found]:
        records = self._lines.records
        named = self._lines.linked.named
        for index, record in enumerate(records):
            if record.kind == "service" or record.states or not named[index]:
                continue
            if record.form == "code":
                continue
            yield from dict.fromkeys(self._read(index))

    def _read(self, index: int) -> Iterator[Found]:
        masked = self._lines.masked(index)
        arrows = list(read_arrows(masked.text))
        if arrows:
            for source, target in arrows:
                yield self._arrow(index, masked.target(source), masked.target(target))
            return
        found = list(self._sentences(index, masked))
        stepped = bool(found)
        if not found and self._lines.heads(index):
            found = list(self._listed(index))
            if found:
                self._in_list.add(index)
        if not found:
            found = list(self._joined(index, masked))
        if not found:
            found = list(self._analyst(index, masked)) or list(self._staged(index, masked))
        handed = [each.target for each in found if each.kind in _FLOWS]
        if handed:
            self._handed[index] = tuple(dict.fromkeys(handed))
            if stepped:
                self._stepped[index] = self._handed[index]
        yield from found

    def _arrow(self, index: int, source: int, target: int) -> Found:
        kind = "sends_to"
        if self._roles.plays(target, "compute"):
            kind = "triggers"
        return Found(source, target, kind, index)

    # --- sentences ----------------------------------------------------------------------------

    def _sentences(self, index: int, masked: Masked) -> Iterator[Found]:
        carried: tuple[int, ...] = ()
        for clause in masked.clauses():
            stated = self._pick(self._reader.read(clause[:LONGEST_CLAUSE]), masked)
            last: tuple[int, ...] = ()
            before: Stated | None = None
            for each in stated:
                if before and not each.nearest and set(each.subjects) & set(before.objects):
                    # 'rules invoke a function or notify a topic': the same act both times.
                    each = replace(each, subjects=before.subjects)
                before = each
                yield from self._found(index, masked, each, carried)
                if each.row.kind in _FLOWS and each.row.direction == ">":
                    last = tuple(masked.target(sign) for sign in each.objects)
            carried = last

    def _pick(self, stated: Iterator[Stated], masked: Masked) -> list[Stated]:
        """For each object the pattern that begins nearest to it, of those whose role fits."""
        best: dict[str, Stated] = {}
        for each in stated:
            fitting = tuple(
                sign for sign in each.objects
                if self._roles.plays(masked.target(sign), each.row.role)
            )  # fmt: skip
            for sign in fitting:
                known = best.get(sign)
                if known is None or each.start > known.start:
                    best[sign] = each
        chosen: dict[int, Stated] = {id(each): each for each in best.values()}
        return [
            Stated(
                each.row, each.subjects,
                tuple(sign for sign, owner in best.items() if owner is each),
                each.start, each.stop, each.words, each.nearest, each.blocked,
            )
            for each in sorted(chosen.values(), key=lambda each: each.start)
        ]  # fmt: skip

    def _found(
        self, index: int, masked: Masked, stated: Stated, carried: tuple[int, ...] = ()
    ) -> Iterator[Found]:
        if stated.blocked:
            return
        subjects = tuple(masked.target(sign) for sign in stated.subjects)
        subjects = subjects or carried
        if not subjects:
            subjects = self._subject(index, stated)
            is_page = subjects == self._lines.own(index)
            if stated.row.kind in _NEED_SUBJECT and stated.start > 0 and is_page:
                return
        own = self._lines.own(index)
        if len(subjects) == 1 and own and own[0] not in subjects:
            # 'S3 Protection in GuardDuty analyzes …' speaks of GuardDuty, on its page.
            within = _WITHIN.findall(stated.words)
            subjects = own if any(masked.target(s) in own for s in within) else subjects
        for sign in stated.objects:
            target = masked.target(sign)
            for subject in subjects:
                if self._is_inside(subject, target) and not stated.subjects and own:
                    subject = own[0]
                if _needs_sharer(stated) and not self._roles.plays(subject, "sharing"):
                    continue
                ends = (subject, target) if stated.row.direction == ">" else (target, subject)
                yield self._refine(stated.row.kind, index, stated.words, *ends)

    def _is_inside(self, one: int, other: int) -> bool:
        targets = self._lines.linked.targets
        return one == other or targets[one].home == other or targets[other].home == one

    def _refine(self, kind: str, index: int, words: str, source: int, target: int) -> Found:
        """The precise kind, by what is sent, where to and what for."""
        plays = self._roles.plays
        official = self._lines.linked.targets[source].official.lower()
        if kind == "aggregates_from" and _LOGS.search(official):
            return Found(target, source, "logs_to", index)
        if kind == "sends_to":
            bare = _NAMES.sub("", words)
            if not _MATTER.search(bare):
                above = self._lines.masked(self._lines.records[index].parent).text
                bare += " logs" if _LOGGING.search(above) else ""
            if _LOGS.search(bare):
                kind = "logs_to"
        elif kind == "triggers" and plays(target, "messages"):
            kind = "sends_to"
        elif kind in _LOOSE and plays(target, "crypto") and not plays(source, "crypto"):
            above = self._lines.masked(self._lines.records[index].parent).text
            if _ENCRYPTING.search(f"{self._lines.masked(index).text} {above}"):
                kind = "encrypts_with"
        return Found(source, target, kind, index)

    def _subject(self, index: int, stated: Stated | None = None) -> tuple[int, ...]:
        """Whom a line without a subject speaks of: what is above it, then the page."""
        records = self._lines.records
        if stated is not None and stated.row.kind in ("triggers", "sends_to"):
            chained = self._chained(index)
            if chained:
                return chained
        place = records[index].parent
        for _ in range(HIGHEST_CLIMB):
            if place < 0 or records[place].kind != "fact":
                break
            if place in self._handed:
                return self._handed[place]
            heads = self._lines.heads(place)
            if heads:
                return heads
            place = records[place].parent
        return self._lines.own(index)

    def _chained(self, index: int) -> tuple[int, ...]:
        """In a sequence of steps, the one before hands on to this one."""
        records = self._lines.records
        parent = records[index].parent
        if records[parent].kind != "fact" or parent in self._handed or self._lines.heads(parent):
            return ()
        before = self._sibling_before(index)
        if before < 0:
            return ()
        masked = self._lines.masked(before)
        if before in self._stepped:
            return self._stepped[before]
        leads = bool(masked.text) and is_name(masked.text[0]) and " " in masked.text
        leads = leads and before not in self._in_list
        numbered = records[index].ordinal is not None and records[before].ordinal is not None
        return masked.targets[:1] if leads or numbered else ()

    def _sibling_before(self, index: int) -> int:
        records = self._lines.records
        parent, before = records[index].parent, index - 1
        while before > parent and records[before].parent != parent:
            before = records[before].parent
        return before if before > parent else -1

    # --- a line and what stands above it --------------------------------------------------------

    def _joined(self, index: int, masked: Masked) -> Iterator[Found]:
        """A line that goes on with the one above: 'Output logs to' / 'S3'; 'Logging' / 'to S3'."""
        above = self._lines.records[index].parent
        if above < 0 or self._lines.records[above].kind == "service":
            return
        if _SETS_APART.match(masked.text):
            return
        opens = bool(_OPENS.match(masked.text))
        if self._lines.linked.named[above] and not opens:
            return
        start = _NAMES.sub(" it", self._lines.masked(above).text.rstrip(" :.")).strip()
        if _NEGATED.search(start):
            return
        clause = f"{start} {masked.text}"[:LONGEST_CLAUSE]
        for each in self._pick(self._reader.read(clause, len(start)), masked):
            yield from self._found(index, masked, each)

    def _staged(self, index: int, masked: Masked) -> Iterator[Found]:
        """'Config rule to detect' / 'EventBridge rule to trigger' / 'Lambda function to act'."""
        before = self._sibling_before(index)
        parent = self._lines.records[index].parent
        if before < 0 or self._lines.linked.named[before] == () or self._lines.heads(parent):
            return
        previous = self._lines.masked(before)
        if _STAGE.match(masked.text) and _STAGE.match(previous.text):
            yield self._arrow(index, previous.targets[0], masked.targets[0])

    def _analyst(self, index: int, masked: Masked) -> Iterator[Found]:
        """'S3' / 'Athena to query'."""
        above = self._lines.records[index].parent
        if above >= 0 and _BY_ANALYST.match(masked.text):
            for target in self._lines.heads(above):
                self._handed[index] = masked.targets[:1]
                yield Found(masked.targets[0], target, "queries", index)

    # --- lists under a heading ------------------------------------------------------------------

    def _listed(self, index: int) -> Iterator[Found]:
        records, lines = self._lines.records, self._lines
        place, passed, unknown = records[index].parent, "", 0
        below = index
        for _ in range(HIGHEST_CLIMB):
            if place < 0:
                return
            text = lines.masked(place).text
            if _NEGATED.search(text):
                return
            bare = self._bare(place)
            context = self._context(bare) if bare is not None else None
            if context is not None:
                yield from self._in_context(index, place, context, passed)
                return
            if records[place].kind == "service":
                return
            if bare is not None and _SHARED.match(bare):
                yield from self._shared(index, place)
                return
            if lines.linked.named[place]:
                is_bare = not _NAMES.sub("", lines.masked(index).text).strip(" +/&,|and")
                if is_bare and below == index and records[place].kind == "fact":
                    for source in self._handed.get(place, ()):
                        for target in lines.heads(index):
                            yield Found(source, target, "sends_to", index)
                if not passed or unknown or not lines.heads(place):
                    return
            elif not (bare and _NEUTRAL.match(bare)):
                unknown += 1
                if unknown > 1 or len(text.split()) > 2:
                    return
            passed += " " + text
            below, place = place, records[place].parent

    def _bare(self, place: int) -> str | None:
        """A heading's words without the names of what it stands under; None if it names others."""
        masked = self._lines.masked(place)
        if not masked.targets:
            return masked.text
        own = set(self._lines.linked.own[place])
        bare = _NAMES.sub("", masked.text).strip()
        if set(masked.targets) <= own:
            return bare
        context = self._context(bare)
        return bare if context and context.kind == "authenticates_with" else None

    def _context(self, bare: str) -> Context | None:
        if bare not in self._known_contexts:
            self._known_contexts[bare] = next(
                (context for context, pattern in self._contexts if pattern.match(bare)), None
            )
        return self._known_contexts[bare]

    def _in_context(self, index: int, place: int, context: Context, passed: str) -> Iterator[Found]:
        owners = self._owner(place)
        for target in self._lines.heads(index):
            if context.role and not self._roles.plays(target, context.role):
                continue
            for owner in owners:
                kind, forward = self._kind(context, owner, place, target)
                yield (
                    Found(owner, target, kind, index)
                    if forward
                    else Found(target, owner, kind, index)
                )

    def _owner(self, place: int) -> tuple[int, ...]:
        if self._lines.records[place].kind == "fact":
            return self._subject(place)
        return self._lines.own(place) or self._lines.heads(place)

    def _kind(self, context: Context, owner: int, place: int, target: int) -> tuple[str, bool]:
        official = self._lines.linked.targets[owner].official.lower()
        heading = f"{official} {self._lines.masked(self._lines.records[place].parent).text}"
        forward = context.direction == ">"
        if context.kind == "aggregates_from" and _LOGS.search(official):
            return "logs_to", False
        if context.kind == "integrates_with":
            if self._roles.plays(target, "analysis"):
                return "integrates_with", True
            if _LOGS.search(heading):
                return "logs_to", True
            if _EVENTS.search(heading):
                runs = self._roles.plays(target, "compute")
                return ("triggers" if runs else "sends_to"), True
        if context.kind == "triggers" and forward and self._roles.plays(target, "messages"):
            return "sends_to", True
        return context.kind, forward

    def _shared(self, index: int, place: int) -> Iterator[Found]:
        for owner in self._owner(place):
            if self._roles.plays(owner, "sharing"):
                for target in self._lines.heads(index):
                    yield Found(target, owner, "shares_via", index)


def _needs_sharer(stated: Stated) -> bool:
    return stated.row.kind == "shares_via" and stated.row.direction == "<"
