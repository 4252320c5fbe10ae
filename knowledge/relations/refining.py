"""The precise kind of a relation, by what moves, where to and what for."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.relations.contexts import LOGS
from knowledge.relations.masking import NAMES
from knowledge.relations.outline import Lines
from knowledge.relations.roles import Roles

_LOGS = re.compile(LOGS)
_MATTER = re.compile(
    r"\b(?:findings?|events?|metrics?|notif\w+|messages?|results?|alerts?|traffic|data|images?)\b"
)
_LOGGING = re.compile(r"\blogging\b|\b(?:query|access|flow|audit|session) logs?\b|^logs?$")
_ENCRYPTING = re.compile(r"encrypt|\bkeys?\b|\bsse\b|verschlüssel|crittograf|chiffr|cifra")
_SIGNING_IN = re.compile(r"\bauthenticat|\bsign[- ]?in\b|\blog[- ]?in\b|\bsso\b")
_LOOSE = frozenset({"integrates_with", "requires", "protects"})


class Found(NamedTuple):
    source: int
    target: int
    kind: str
    record: int


def refine(
    lines: Lines, roles: Roles, kind: str, index: int, words: str, source: int, target: int
) -> Found:
    """The precise kind, by what is sent, where to and what for."""
    plays = roles.plays
    official = lines.linked.targets[source].official.lower()
    if kind == "aggregates_from" and _LOGS.search(official):
        return Found(target, source, "logs_to", index)
    if kind == "sends_to":
        bare = NAMES.sub("", words)
        if not _MATTER.search(bare):
            above = lines.masked(lines.records[index].parent).text
            bare += " logs" if _LOGGING.search(above) else ""
        of_logs = _LOGS.search(official) and not plays(target, "messages")
        if _LOGS.search(bare) or (of_logs and not _MATTER.search(bare)):
            kind = "logs_to"
    elif kind == "triggers" and plays(target, "messages"):
        kind = "sends_to"
    elif kind in _LOOSE and plays(target, "crypto") and not plays(source, "crypto"):
        above = lines.masked(lines.records[index].parent).text
        if _ENCRYPTING.search(f"{lines.masked(index).text} {above}"):
            kind = "encrypts_with"
    elif kind in _LOOSE and plays(target, "identity") and _SIGNING_IN.search(words):
        kind = "authenticates_with"
    return Found(source, target, kind, index)
