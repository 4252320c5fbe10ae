"""How an action names a part of a service: its verb, and its name with the article."""

from __future__ import annotations

import re

from quiz.items.entities import Entity
from quiz.items.stems import sounded
from quiz.items.subject import Subject
from quiz.items.words import lower_first

_MADE = frozenset(
    ["policy", "rule", "gateway", "endpoint", "account", "key", "role", "connection", "list",
     "pool", "document", "volume", "label", "alarm", "network"]
)  # fmt: skip


def verb_for(verb: str, entity: Entity) -> str:
    """The verb of an action with a part: that of the right action where it fits."""
    if entity.type in _MADE and verb in {"Create", "Add", "Set", "Define", "Configure"}:
        return "Create"
    if entity.type == "tool" and verb in {"Enable", "Turn", "Activate"}:
        return "Enable"
    return "Use"


# Nouns that take no article, and abbreviations that do.
_MASS = re.compile(r"(?:ing|ption|ation|access|sync|material|traffic|storage)$")
_COUNTED = frozenset(
    ["ID", "ACL", "URL", "VIF", "ARN", "CA", "VPN", "AMI", "OU", "Balancer", "Gateway", "Endpoint",
     "finding", "setting", "listing", "alias", "Scope"]
)  # fmt: skip


def named(subject: Subject, entity: Entity) -> str:
    """A part's name inside a sentence, with its article where it takes one."""
    last = entity.name.split()[-1]
    name = entity.name
    first, _, rest = name.partition(" ")
    if rest == rest.lower() and rest and subject.lexicon.find(first) is None:
        name = lower_first(name)
    if last not in _COUNTED and (last != last.lower() or _MASS.search(last)):
        return name
    if last.endswith("s") and not last.endswith(("ss", "us", "is", "as")):
        return name
    return f"{sounded(name)} {name}"
