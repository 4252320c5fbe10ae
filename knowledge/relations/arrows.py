"""Chains of arrows: 'GuardDuty -> EventBridge -> Lambda'. The same in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.relations.masking import NAME, is_name

_ARROW = re.compile(r"\s*(?:<?(?:-{1,2}|=)>|[→⟶➜➔⇒])\s*")
MOST_WORDS = 2
# Words of policies, whose arrows lead from a key to its value.
_POLICY = re.compile(
    r"\b(?:deny|allow|condition|principal|action|resource|effect|service|\w*equals|\w*like|bool)\b"
)
_NAME = re.compile(NAME)


def read_arrows(text: str) -> Iterator[tuple[str, str]]:
    """(from, to) of neighbours in a chain; one step without a name may lie between them."""
    if ">" not in text and not any(arrow in text for arrow in "→⟶➜➔⇒"):
        return
    steps = _ARROW.split(text)
    if len(steps) < 2 or _POLICY.search(text):
        return
    before: list[str] = []
    skipped = 0
    for step in steps:
        names = _NAME.findall(step)
        if len(step.split()) > max(3, len(names) + 1) or (
            names and len(step.split()) > len(names) + 1
        ):
            before, skipped = [], 0
        elif names:
            yield from ((source, target) for source in before for target in names)
            before, skipped = [sign for sign in names if is_name(sign)], 0
        else:
            skipped += 1
            if skipped > 1:
                before = []
