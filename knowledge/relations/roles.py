"""What a service is for, as far as a pattern needs to know: read off the lexicon's families."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.lexicon import Lexicon
from knowledge.linking import Target

# Role → words of which one stands in the family's label.
_ROLES = {
    "crypto": ("encryption", "key management", "cryptography"),
    "identity": ("identity", "directory", "authentication"),
    "sharing": ("sharing",),
    "storage": ("storage", "secrets", "database", "certificates"),
    "secrets": ("secrets",),
    "certificates": ("certificates",),
    "log": ("logging", "monitoring"),
    "messages": ("messaging", "event routing"),
    "events": ("event routing",),
    "analysis": ("analytics", "investigation"),
}
# What runs on demand is told by what it does, in families that hold much else.
_MAY_RUN = ("compute", "orchestration", "operations", "function", "edge")
_RUNS = re.compile(
    r"(?:runs|executes) (?:code|(?:\w+ )?functions?|documents|runbooks?|scripts?|jobs?|steps"
    r"|workflows|data workflows|commands)\b|orchestrates\b"
)


class Roles:
    """The roles of targets; an outline without a lexicon has none."""

    def __init__(self, targets: Sequence[Target], lexicon: Lexicon) -> None:
        self.known = bool(lexicon.services)
        self._of: list[frozenset[str]] = []
        for target in targets:
            entry = lexicon.by_official.get(target.official)
            family = (entry.family if entry else "").casefold()
            found = {
                role for role, labels in _ROLES.items() if any(label in family for label in labels)
            }
            runs = any(label in family for label in _MAY_RUN)
            if runs and entry and _RUNS.match(entry.about):
                found.add("compute")
            self._of.append(frozenset(found))

    def plays(self, target: int, role: str) -> bool:
        """Whether a target has one of the roles, parted by '|'; '' asks for none."""
        if not role:
            return True
        return self.known and not self._of[target].isdisjoint(role.split("|"))
