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
    "compute": ("compute", "orchestration"),
    "sharing": ("sharing",),
    "storage": ("storage", "secrets", "database", "certificates", "analytics"),
    "log": ("logging", "monitoring"),
    "events": ("event routing",),
    "messages": ("messaging", "event routing"),
    "analysis": ("analytics", "investigation"),
}
# A service of operations runs on demand where its own name says so: 'SSM Automation'.
_RUNS = re.compile(r"\b(?:automation|run|runbooks?|functions?|jobs?)\b", re.IGNORECASE)


class Roles:
    """The roles of targets; an outline without a lexicon has none, and no pattern asks for any."""

    def __init__(self, targets: Sequence[Target], lexicon: Lexicon) -> None:
        self.known = bool(lexicon.services)
        self._of: list[frozenset[str]] = []
        for target in targets:
            entry = lexicon.by_official.get(target.official)
            family = (entry.family if entry else "").casefold()
            found = {
                role for role, labels in _ROLES.items() if any(label in family for label in labels)
            }
            if _RUNS.search(target.official):
                found.add("compute")
            self._of.append(frozenset(found))

    def plays(self, target: int, role: str) -> bool:
        """Whether a target has a role; '' asks for none."""
        return not role or not self.known or role in self._of[target]
