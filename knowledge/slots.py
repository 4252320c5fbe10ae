"""HTML that is made once, with places where something of the reader's own may stand. Pure.

A place is a comment, `<!--feature-12-->`, which no text of an outline can hold: its `<` is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_SLOT = re.compile(rb"<!--([a-z]+-\d+)-->")


def slot(kind: str, number: int) -> str:
    """The place of `number` among those of `kind`."""
    return f"<!--{kind}-{number}-->"


@dataclass(frozen=True, slots=True)
class Slotted:
    """`plain` is what stands there for a reader of whom nothing is known; `slots` are the names of
    the places in it and where they are, in order. In UTF-8, as it is sent.

    >>> Slotted.made_of("<p>VPC<!--service-3--></p>").filled({"service-3": " <b>half known</b>"})
    b'<p>VPC <b>half known</b></p>'
    """

    plain: bytes
    slots: tuple[tuple[int, str], ...] = ()

    @classmethod
    def made_of(cls, html: str) -> Slotted:
        encoded = html.encode()
        slots = []
        taken = 0
        for found in _SLOT.finditer(encoded):
            slots.append((found.start() - taken, found[1].decode()))
            taken += len(found[0])
        return cls(_SLOT.sub(b"", encoded), tuple(slots))

    def filled(self, marks: Mapping[str, str]) -> bytes:
        """With marks (HTML) in the places that they name; the others stay empty."""
        if not marks:
            return self.plain
        parts = []
        begun = 0
        for at, name in self.slots:
            if mark := marks.get(name):
                parts += [self.plain[begun:at], mark.encode()]
                begun = at
        return b"".join([*parts, self.plain[begun:]])
