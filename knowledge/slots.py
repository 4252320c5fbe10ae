"""HTML that is made once, with places where something of the reader's own may stand. Pure.

A place is a comment, `<!--feature-12-->`, which no text of an outline can hold: its `<` is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_SLOT = re.compile(r"<!--([a-z]+-\d+)-->")


def slot(kind: str, number: int) -> str:
    """The place of `number` among those of `kind`."""
    return f"<!--{kind}-{number}-->"


@dataclass(frozen=True, slots=True)
class Slotted:
    """`plain` is what stands there for a reader of whom nothing is known.

    >>> Slotted.made_of("<p>VPC<!--service-3--></p>").filled({"service-3": " <b>half known</b>"})
    '<p>VPC <b>half known</b></p>'
    """

    plain: str
    whole: str

    @classmethod
    def made_of(cls, whole: str) -> Slotted:
        return cls(_SLOT.sub("", whole), whole)

    def filled(self, marks: Mapping[str, str]) -> str:
        """With marks (HTML) in the places that they name; the others stay empty."""
        if not marks:
            return self.plain
        return _SLOT.sub(lambda found: marks.get(found[1], ""), self.whole)
