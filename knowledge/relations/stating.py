"""What each line states, with what is above it: sentences, lists under headings, arrows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.relations import languages
from knowledge.relations.arrows import read_arrows
from knowledge.relations.listing import Lists
from knowledge.relations.masking import NAME, NAMES, Masked, is_name
from knowledge.relations.outline import Lines
from knowledge.relations.patterns import NEGATIONS
from knowledge.relations.refining import Found, refine
from knowledge.relations.roles import Roles
from knowledge.relations.sentences import GERUND, Reader, Stated
from knowledge.relations.subjects import Subjects

LONGEST_CLAUSE = 600
# Kinds that hand something on: what a line hands it to acts in the lines below it.
_MOVES = frozenset({"sends_to", "logs_to"})
_FLOWS = frozenset({"sends_to", "triggers", "logs_to", "integrates_with"})
# Kinds that say what something is, which a page isn't said to be by a line about a detail.
# What is attached to something, or reached, hands nothing on to the lines below.
_RESTS = re.compile(r"\b(?:associat|attach|connect|join|reach)\w*\b")
_NEED_SUBJECT = frozenset({"part_of", "successor_of"})
_WITHIN = re.compile(rf"\b(?:in|of) ({NAME})")
_STAGE = re.compile(rf"^{NAME}(?: \w+){{0,2}} to \w+(?: \w+)?$")
_NEGATED = re.compile(NEGATIONS)
_OPENS = re.compile(
    r"^(?:to|via|with|using|by|through|in|from|use|uses|works|supports|supported)\b"
)
_SETS_APART = re.compile(r"^(?:for|when|if|after|once|e\.?g\.?)\b")
_BY_ANALYST = re.compile(
    rf"^(?:{NAME})(?: \w+)? to (?:query|analy[sz]e|visuali[sz]e|search|explore|investigate)$"
)


class State:
    """Reads the lines in order; what an earlier line handed on is at hand for those below it."""

    def __init__(self, lines: Lines, roles: Roles, language: str) -> None:
        self._lines = lines
        self._roles = roles
        rows, contexts = languages.tables(language)
        self._reader = Reader(rows)
        self._subjects = Subjects(lines)
        self._resting: set[int] = set()
        self._lists = Lists(lines, roles, self._subjects, contexts)

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
            found = list(self._lists.read(index))
            if found:
                self._subjects.in_list.add(index)
                if any(each.kind in _MOVES for each in found):
                    self._subjects.passes_on.add(index)
        if not found:
            found = list(self._joined(index, masked))
        if not found:
            found = list(self._analyst(index, masked)) or list(self._staged(index, masked))
        handed = [each.target for each in found if each.kind in _FLOWS]
        if handed and index not in self._resting:
            self._subjects.handed[index] = tuple(dict.fromkeys(handed))
            if stepped:
                self._subjects.stepped[index] = self._subjects.handed[index]
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
                if _RESTS.match(each.words, each.start):
                    self._resting.add(index)
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
        if stated.blocked or _is_advice(masked, stated):
            return
        subjects = tuple(masked.target(sign) for sign in stated.subjects)
        subjects = subjects or carried
        if not subjects:
            subjects = self._subjects.find(index, stated.row.kind)
            is_page = subjects == self._lines.own(index)
            if stated.row.kind in _NEED_SUBJECT and stated.start > 0 and is_page:
                return
        own = self._lines.own(index)
        if len(subjects) == 1 and own and own[0] not in subjects:
            # 'S3 Protection in GuardDuty analyzes …' speaks of GuardDuty, on its page.
            within = _WITHIN.findall(stated.words)
            subjects = own if any(masked.target(s) in own for s in within) else subjects
        before = {masked.target(sign) for sign in stated.words[: stated.start] if is_name(sign)}
        for sign in stated.objects:
            target = masked.target(sign)
            if stated.row.kind == "requires" and target in before:
                # 'Attaching a function to a VPC requires a choice of the VPC'
                continue
            for subject in subjects:
                if self._is_inside(subject, target) and not stated.subjects and own:
                    if subject == target and stated.row.kind == "triggers":
                        continue
                    subject = own[0]
                if _needs_sharer(stated) and not self._roles.plays(subject, "sharing"):
                    continue
                ends = (subject, target) if stated.row.direction == ">" else (target, subject)
                yield refine(self._lines, self._roles, stated.row.kind, index, stated.words, *ends)

    def _is_inside(self, one: int, other: int) -> bool:
        targets = self._lines.linked.targets
        return one == other or targets[one].home == other or targets[other].home == one

    # --- a line and what stands above it --------------------------------------------------------

    def _joined(self, index: int, masked: Masked) -> Iterator[Found]:
        """A line that goes on with the one above: 'Output logs to' / 'S3'; 'Logging' / 'to S3'."""
        above = self._lines.records[index].parent
        if above < 0 or self._lines.records[above].kind == "service":
            return
        if _SETS_APART.match(masked.text) or GERUND.match(masked.text):
            return
        opens = bool(_OPENS.match(masked.text))
        if self._lines.linked.named[above] and not opens:
            return
        start = NAMES.sub(" it", self._lines.masked(above).text.rstrip(" :.")).strip()
        if _NEGATED.search(start):
            return
        clause = f"{start} {masked.text}"[:LONGEST_CLAUSE]
        for each in self._pick(self._reader.read(clause, len(start)), masked):
            yield from self._found(index, masked, each)

    def _staged(self, index: int, masked: Masked) -> Iterator[Found]:
        """'Config rule to detect' / 'EventBridge rule to trigger' / 'Lambda function to act'."""
        before = self._subjects.sibling_before(index)
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
                self._subjects.handed[index] = masked.targets[:1]
                yield Found(masked.targets[0], target, "queries", index)


def _is_advice(masked: Masked, stated: Stated) -> bool:
    """'Need: … → Use A': who reads it uses A, not the page."""
    is_use = stated.row.kind == "triggers" and stated.words.rsplit(" ", 1)[-1].startswith("us")
    return is_use and masked.text.startswith("→") and not stated.subjects


def _needs_sharer(stated: Stated) -> bool:
    return stated.row.kind == "shares_via" and stated.row.direction == "<"
