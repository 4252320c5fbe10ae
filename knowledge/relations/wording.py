"""Relations in words."""

from __future__ import annotations

import re

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
# The same of more than one.
OF_MANY = {
    "sends_to": "send to",
    "logs_to": "log to",
    "stores_in": "store in",
    "triggers": "trigger",
    "encrypts_with": "encrypt with",
    "authenticates_with": "authenticate with",
    "managed_by": "are managed by",
    "requires": "require",
    "integrates_with": "integrate with",
    "shares_via": "are shared via",
    "queries": "query",
    "protects": "protect",
    "successor_of": "are successors of",
    "part_of": "are parts of",
    "aggregates_from": "aggregate from",
}
# What ends like a plural in English and is none: 'access', 'status', 'analysis', 'analytics'.
_ONE = re.compile(r"(?:ss|us|is|(?<!metr)(?<!top)ics|series|news|kubernetes)$", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]\s*$")


def is_plural(name: str, official: str = "") -> bool:
    """Whether a feature's name, in English, is of more than one.

    `official` is the name in full where the feature is known as a service or part: a plural there
    is yet of one thing where its last word has a capital.

    >>> is_plural("Security Groups", "Security groups"), is_plural("VPC Flow Logs", "VPC Flow Logs")
    (True, False)
    """
    last, known = _last_word(name), _last_word(official)
    if len(last) < 4 or last[-1] != "s" or not last.replace("-", "").isalpha():
        return False
    if known[:1].isupper() and not known[:-1].isupper():
        return False
    return not _ONE.search(last)


def _last_word(name: str) -> str:
    words = _ASIDE.sub("", name).split()
    return words[-1].strip("\"'`*_.:") if words else ""


def explain(
    kind: str, source_name: str, target_name: str, *, feature: bool = False, official: str = ""
) -> str:
    """A relation as a sentence without its full stop, which what quotes it adds.

    `feature` says that the source is a feature, whose name may be a plural; a service is one.
    `official` is as for `is_plural`.

    >>> explain("sends_to", "GuardDuty", "EventBridge")
    'GuardDuty sends to EventBridge'
    >>> explain("managed_by", "Security groups", "Firewall Manager", feature=True)
    'Security groups are managed by Firewall Manager'
    """
    verbs = OF_MANY if feature and is_plural(source_name, official) else KINDS
    return f"{source_name} {verbs.get(kind, kind.replace('_', ' '))} {target_name}"
