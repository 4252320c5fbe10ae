"""Needs and what meets them in telegraphic notes: 'Scenarios' above a need above its action."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from knowledge.records import Record
from quiz.items.facts import Fact
from quiz.items.stems import need_is_action
from quiz.items.words import content, plain

SCENARIOS = re.compile(
    r"^(?:scenarios?|use cases?|problems?|goals?|needs?|how to|troubleshoot\w*|recipes?|tasks?)\b",
    re.I,
)
_UNFIT = re.compile(
    r"\b(?:eg|e\.g|ie|i\.e|etc|foo|bar|this|these|that|those|it|them|above|below|same|also|see|"
    r"above|either|or)\b|[{}<>=*→;?|\\]|->|: ",
    re.I,
)
_ACTIONS = re.compile(
    r"^(?:add|allow|apply|assign|associate|attach|block|call|change|choose|configure|connect|copy|"
    r"create|delete|deny|deploy|disable|download|enable|encrypt|enforce|filter|install|invoke|"
    r"isolate|lower|move|publish|push|put|raise|redirect|remove|replace|require|restrict|revoke|"
    r"rotate|route|run|scan|send|set|share|sign|store|tag|turn|update|upload|use|verify)\b",
    re.I,
)
LEAST_NEED, LEAST_ACTION, MOST = 4, 3, 18


def read_needs(records: Sequence[Record], facts: Mapping[int, Fact]) -> dict[int, Fact]:
    """The facts, with the first action under each need of a list of scenarios read as a scenario.

    A need begins with what is to be done and stands right below a heading that says that such
    follow; an action begins with a verb that tells its reader what to do.
    """
    found = dict(facts)
    met: set[int] = set()
    for index, fact in facts.items():
        above = records[index].parent
        if fact.kind not in {"fragment", "statement"} or above in met or above not in facts:
            continue
        place = records[above].parent
        heading = plain(records[place].text).strip(" :.") if place >= 0 else ""
        if not SCENARIOS.match(heading):
            continue
        need = plain(records[above].text).strip(" :.")
        action = plain(records[index].text).strip(" :.")
        if not _is_need(need) or not _is_action(action):
            continue
        met.add(above)
        text = f"Need: {need} → {action}"
        found[index] = replace(
            fact, kind="need", text=text, stems=content(text), clause=None, need=need, action=action
        )
    return found


def _is_need(text: str) -> bool:
    """
    >>> _is_need("Protect an EC2 from common web exploits"), _is_need("Layer 3 and 4")
    (True, False)
    """
    size = len(text.split())
    return LEAST_NEED <= size <= MOST and need_is_action(text) and not _UNFIT.search(text)


def _is_action(text: str) -> bool:
    """
    >>> _is_action("Use WAF and managed ACL rules"), _is_action("CloudFront")
    (True, False)
    """
    size = len(text.split())
    return LEAST_ACTION <= size <= MOST and bool(_ACTIONS.match(text)) and not _UNFIT.search(text)
