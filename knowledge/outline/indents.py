"""Outlines without any marks, told by their indents alone, as plain text programs write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .marks import ITEM, indent_of

_CODE = re.compile(r"[{}();=<>|`$]|^(?:def|class|import|from|return|if|for|while)\b")
_LONG = 64  # a line of that length was wrapped, and what is indented below it goes on with it
_SHARE = 0.3  # of the lines are indented in an outline


def items_of_indents(lines: list[str], outside: Sequence[int]) -> bool:
    """Write every line as a list item where indents make an outline; whether they do.

    Only in a file without lists, code and tables: lines go deeper right below shorter ones, not
    after a blank line, as code and quotes do. The first line, if a blank one follows, is a title.
    """
    filled = [index for index, line in enumerate(lines) if line.strip()]
    if len(filled) < 4 or not all(outside[index] for index in filled):
        return False
    deeper = below = code = indented = tops = 0
    before = -1
    for index in filled:
        line = lines[index]
        if ITEM.match(line) or line.lstrip()[:1] in "|>":
            return False
        column = indent_of(line)
        indented += column > 0
        tops += column == 0
        if before >= 0 and column >= indent_of(lines[before]) + 2:
            deeper += 1
            below += before == index - 1 and len(lines[before]) < _LONG
            code += _CODE.search(line.strip()) is not None
        before = index
    if tops < 2 or indented < _SHARE * len(filled) or 2 * below <= deeper or 2 * code > deeper:
        return False
    title = filled[0] if not lines[filled[0] + 1].strip() else -1
    for index in filled:
        line = lines[index]
        words = line.lstrip()
        if index == title and not indent_of(line):
            lines[index] = f"# {words}"
        elif index != title:
            lines[index] = f"{line[: len(line) - len(words)]}- {words}"
    return True
