"""The lines of an outline for reading relations: masked words, lists, who a line speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.linking import Linked
from knowledge.records import Record
from knowledge.relations.masking import NAME, Masked, mask
from knowledge.relations.sentences import read_list

_WORD = r"[^\s,;:.→" + NAME[1:-1] + r"]+"
_LEAD = re.compile(rf"^(?:{_WORD} ){{0,3}}?(?={NAME})")
_TRAIL = re.compile(rf"^(?:'s|s)?(?: (?:and |& )?{_WORD}){{0,4}}[.:]?$")
_ASIDE = re.compile(r"^(?:for|in|on|of|when|with|without|if|under|between|like|eg)\b")
_NOT_NOMINAL = re.compile(
    r"\b(?:to|is|are|be|can|must|may|should|will|has|have|use|uses|using|with|by|via|through|from|of|in|into|on"
    r"|if|when|check|allow\w*|not|no|only|requires?|needs?|at|against|same|similar)\b"
)
_FOR = re.compile(rf" (?:for|or(?! {NAME})) .*$")


class Lines:
    """Records with their names masked, and what a line is about."""

    def __init__(self, records: Sequence[Record], linked: Linked) -> None:
        self.records = records
        self.linked = linked
        self._masked: dict[int, Masked] = {}
        self._heads: dict[int, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self.records)

    def masked(self, index: int) -> Masked:
        known = self._masked.get(index)
        if known is None:
            names = self.linked.named[index]
            known = self._masked[index] = mask(self.records[index].text, names)
        return known

    def heads(self, index: int) -> tuple[int, ...]:
        """The services that a line lists, where it is nothing but names with a word or two."""
        known = self._heads.get(index)
        if known is None:
            known = self._heads[index] = self._find_heads(index) if self.linked.named[index] else ()
        return known

    def heads_of_feature(self, index: int) -> tuple[int, ...]:
        """What a heading within a page is about where it begins with the page's name.

        'CloudWatch Events' under 'CloudWatch' may be a service with a page of its own.
        """
        heads = self.heads(index) if index >= 0 else ()
        service = self.records[index].service
        page = self.records[service].text.split()[:1] if service >= 0 else []
        return heads if heads and self.records[index].text.split()[:1] == page else ()

    def _find_heads(self, index: int) -> tuple[int, ...]:
        masked = self.masked(index)
        text = _FOR.sub("", masked.text)
        lead = _LEAD.match(text.removeprefix("sse-"))
        text = text.removeprefix("sse-")
        if not lead:
            return ()
        names, end = read_list(text, lead.end())
        if not names or not _TRAIL.match(text[end:]):
            return ()
        if _ASIDE.match(text) or _NOT_NOMINAL.search(text):
            return ()
        return tuple(dict.fromkeys(masked.target(name) for name in names))

    def own(self, index: int) -> tuple[int, ...]:
        """What the page or the feature is about that a record stands under."""
        targets = self.linked.targets
        mine = [target for target in self.linked.own[index] if targets[target].kind != "theme"]
        heads = self.heads_of_feature(self.records[index].feature)
        if heads and not set(heads) & set(mine):
            return heads
        if mine:
            return (mine[-1],)
        feature = self.records[index].feature
        if feature >= 0 and feature != index:
            named = (target for _, _, target in self.linked.named[feature])
            return tuple(dict.fromkeys(t for t in named if targets[t].kind != "theme"))[:3]
        return ()
