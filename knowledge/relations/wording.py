"""Relations in words."""

from __future__ import annotations

# Each kind as the verb of a sentence: '<source> … <target>.'
KINDS = {
    "sends_to": "sends to",
    "logs_to": "logs to",
    "stores_in": "stores in",
    "triggers": "triggers",
    "encrypts_with": "encrypts with",
    "authenticates_with": "authenticates with",
    "managed_by": "is managed by",
    "requires": "requires",
    "integrates_with": "integrates with",
    "shares_via": "shares via",
    "queries": "queries",
    "protects": "protects",
    "successor_of": "is the successor of",
    "part_of": "is a part of",
    "aggregates_from": "aggregates from",
}


def explain(kind: str, source_name: str, target_name: str) -> str:
    """A relation as a sentence without its full stop, which what quotes it adds.

    >>> explain("sends_to", "GuardDuty", "EventBridge")
    'GuardDuty sends to EventBridge'
    """
    return f"{source_name} {KINDS.get(kind, kind.replace('_', ' '))} {target_name}"
