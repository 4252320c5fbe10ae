"""Tables of contents: lists of links to the headings of the same file."""

from __future__ import annotations

import re

from . import marks
from .draft import Draft
from .marks import ITEM, heading

_RELATED = re.compile(
    r"\b(?:see|also|related|next|vedi|siehe|voir|véase|ver)\b|相关|関連|参见", re.IGNORECASE
)
_AT_TOP = 2  # headings before which links in a row are a table of contents
_IN_A_ROW = 4  # further down it takes so many


class Contents:
    """Tells for one file what belongs to its tables of contents."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.lines = draft.lines
        self._inside = False
        self._names: frozenset[str] | None = None
        self._run = (0, False)
        self._headings = 0

    def end(self) -> None:
        """Another heading comes."""
        self._inside = False
        self._headings += 1

    def is_heading(self, index: int, words: str) -> bool:
        """Whether the heading is that of a table of contents, whose entries follow."""
        if words.strip("*_:# 📑📖📚🗂️📋").casefold() not in marks.CONTENTS_WORDS:
            return False
        entries = 0
        for at in range(index + 1, min(index + 400, len(self.lines))):
            text = self.lines[at].strip()
            if not text or text.startswith("<"):
                continue
            if marks.TOC.fullmatch(text):
                self._inside = True
                return True
            item = ITEM.match(text)
            words = text[item.end() :] if item else text
            if not entries and marks.ANCHOR_START.match(words):
                self._inside = True
                return True
            if not item or not self._is_name(words):
                break
            entries += 1
        self._inside = entries >= 2 and (text[:1] == "#" or not text)
        return self._inside

    def has(self, index: int, text: str) -> bool:
        """Whether the words of the line at `index` are an entry."""
        if self._inside and (marks.ANCHOR_START.match(text) or self._is_name(text)):
            return True
        if len(text) > 2000 or not marks.ANCHOR.match(text):
            return False
        end, found = self._run
        if index >= end:
            self._run = end, found = self._run_from(index)
        return found

    def _run_from(self, start: int) -> tuple[int, bool]:
        """Where the links that stand together end, and whether they are contents."""
        count = blank = 0
        end = at = start
        while at < len(self.lines) and blank < 2:
            line = self.lines[at]
            at += 1
            if not line.strip():
                blank += 1
            elif marks.ANCHOR.match(line[:2000].lstrip(" \t-*+0123456789.)")):
                count, blank, end = count + 1, 0, at
            else:
                break
        enough = 2 if self._headings <= _AT_TOP else _IN_A_ROW
        return end, count >= enough and not self._is_related()

    def _is_related(self) -> bool:
        """Links under a heading, or after words, such as `See also`."""
        nodes = self.draft.flow.nodes
        return bool(nodes) and _RELATED.search(nodes[-1].text[:80]) is not None

    def _is_name(self, words: str) -> bool:
        """Whether a heading of the file has these words."""
        if self._names is None:
            found = (heading(line.strip()) for line in self.lines if line[:1] == "#")
            self._names = frozenset(_bare(each[1]) for each in found if each and each[1])
        return _bare(words) in self._names


def _bare(words: str) -> str:
    return words.strip("*_ 0123456789.").casefold()
