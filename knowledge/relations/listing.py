"""Services in a list under a heading: what the heading says about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.relations.contexts import EVENTS, LOGS, NEUTRAL, SHARED, Context
from knowledge.relations.masking import NAMES
from knowledge.relations.outline import Lines
from knowledge.relations.patterns import NEGATIONS
from knowledge.relations.refining import Found
from knowledge.relations.roles import Roles
from knowledge.relations.subjects import HIGHEST_CLIMB, Subjects

_LOGS = re.compile(LOGS)
_EVENTS = re.compile(EVENTS)
_NEUTRAL = re.compile(rf"^{NEUTRAL}:?$")
_SHARED = re.compile(SHARED)
_NEGATED = re.compile(NEGATIONS)


class Lists:
    """Reads lines that are nothing but names by what stands above them."""

    def __init__(
        self, lines: Lines, roles: Roles, subjects: Subjects, contexts: Sequence[Context]
    ) -> None:
        self._lines = lines
        self._roles = roles
        self._subjects = subjects
        self._contexts = [(each, re.compile(rf"^(?:{each.heading}):?$")) for each in contexts]
        self._known_contexts: dict[str, Context | None] = {}

    def read(self, index: int) -> Iterator[Found]:
        """What the nearest heading that says anything says about the services of a line."""
        records, lines = self._lines.records, self._lines
        place, passed, unknown = records[index].parent, False, 0
        for _ in range(HIGHEST_CLIMB):
            if place < 0:
                return
            text = lines.masked(place).text
            if _NEGATED.search(text):
                return
            bare = self._bare(place)
            context = self._context(bare) if bare is not None else None
            if context is not None:
                yield from self._in_context(index, place, context)
                return
            if records[place].kind == "service":
                return
            if bare is not None and _SHARED.match(bare):
                yield from self._shared(index, place)
                return
            if lines.linked.named[place]:
                is_bare = not NAMES.sub("", lines.masked(index).text).strip(" +/&,|and")
                if is_bare and place == records[index].parent and place in self._subjects.passes_on:
                    for source in self._subjects.handed.get(place, ()):
                        for target in lines.heads(index):
                            yield Found(source, target, "sends_to", index)
                if not passed or unknown or not lines.heads(place):
                    return
            elif not (bare and _NEUTRAL.match(bare)):
                unknown += 1
                if unknown > 1 or len(text.split()) > 2:
                    return
            passed = True
            place = records[place].parent

    def _bare(self, place: int) -> str | None:
        """A heading's words without the names of what it stands under; None if it names others."""
        masked = self._lines.masked(place)
        if not masked.targets:
            return masked.text
        own = set(self._lines.linked.own[place])
        bare = NAMES.sub("", masked.text).strip()
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

    def _in_context(self, index: int, place: int, context: Context) -> Iterator[Found]:
        owners = self._owner(place)
        for target in self._lines.heads(index):
            if context.role and not self._roles.plays(target, context.role):
                continue
            for owner in owners:
                kind, forward = self._kind(context, owner, place, target)
                ends = (owner, target) if forward else (target, owner)
                yield Found(*ends, kind, index)

    def _owner(self, place: int) -> tuple[int, ...]:
        if self._lines.records[place].kind == "fact":
            return self._subjects.find(place)
        return self._lines.own(place) or self._lines.heads(place)

    def _kind(self, context: Context, owner: int, place: int, target: int) -> tuple[str, bool]:
        official = self._lines.linked.targets[owner].official.lower()
        above = self._lines.records[place].parent
        heading = f"{official} {self._lines.masked(above).text if above >= 0 else ''}"
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
