"""Lines of other dialects written as Markdown, one for one, before they are read.

Org mode, admonitions, Liquid, lines in bold instead of headings; lists with letters, dotted or
Chinese numbers are in `numbering`, those with signs in `signs`. Code in fences is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .indents import items_of_indents
from .marks import BOLD_ONLY, BOLD_SIGNS, FENCE, ITEM, heading, is_underline
from .numbering import Numbering
from .signs import is_sign, without_sign

_ADMONITION = re.compile(r"([ \t]*)(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+([\w -]*?)[ \t]*(?:\"(.*)\")?$")
_ORG_HEADING = re.compile(r"(\*{1,6})[ \t]+(?:(?:TODO|DONE)[ \t]+)?(\S.*)$")
_ORG_TAGS = re.compile(r"[ \t]+:([\w@:]+):$")
_ORG_BLOCK = re.compile(r"([ \t]*(?:[-*+][ \t]+)?)#\+(begin|end)_(src|example)\b(.*)$", re.I)
_LIQUID_CODE = re.compile(r"([ \t]*)\{%-?[ \t]*(end)?highlight\b[ \t]*([\w-]*).*%\}[ \t]*$")
_RUN = re.compile(r"([ \t]*)(-{2,6}|\*{2,6}|\+{2,6})[ \t]+(\S.*)$")
_ODD = re.compile(r"\s*(?:[!?=]{3}|\{%|(?:[-*+][ \t]+)?#\+|\*\*|__|--|\+\+|[^\x00-\x7f])")


def as_markdown(lines: list[str]) -> None:
    """Change such lines in place; none becomes blank that was not, none the other way round."""
    odd = [index for index in range(len(lines)) if _ODD.match(lines[index])]
    if odd:
        _code_blocks(lines, odd)
    outside = bytearray(outside_code(lines))
    odd = [index for index in odd if outside[index]]
    _admonitions(lines, odd)
    _signs(lines, odd)
    numbering = Numbering(lines, outside)
    found = _has_headings(lines, outside) or _org_headings(lines, odd) or numbering.as_headings()
    if not found and not _bold_headings(lines, odd):
        items_of_indents(lines, outside)
    _runs(lines, odd)
    numbering.as_items()


def outside_code(lines: Sequence[str]) -> Iterator[bool]:
    """For each line whether it stands outside of fenced code."""
    fence = above = ""
    for line in lines:
        mark = line.lstrip(" \t>")[:3] if "```" in line or "~~~" in line else ""
        if mark not in ("```", "~~~"):
            yield not fence
        elif not fence:
            opens = FENCE.match(line.strip(" \t>")) and not is_underline(line, above)
            fence = mark if opens else ""
            yield not fence
        else:
            if mark == fence and not line.strip(" \t>").strip(mark[0]):
                fence = ""
            yield False
        above = line


def _has_headings(lines: Sequence[str], outside: bytearray) -> bool:
    for index, line in enumerate(lines):
        if line[:1] == "#" and outside[index]:
            found = heading(line.rstrip())
            if found and found[1]:
                return True
        elif line[:1] in ("=", "-") and index and len(line.rstrip()) >= 3:
            above = lines[index - 1]
            if line.strip().strip(line[0]) or not above.strip():
                continue
            if not ITEM.match(above) or (above[0].isdigit() and is_underline(line, above)):
                return True
        elif line[:2].lower() == "<h" and line[2:3].isdigit():
            return True
    return False


def _code_blocks(lines: list[str], odd: Sequence[int]) -> None:
    for index in odd:
        line = lines[index]
        if "#+" in line and (found := _ORG_BLOCK.match(line)):
            words = found[4].split()
            lines[index] = found[1] + "```"
            if found[2].lower() == "begin" and words and words[0].isalnum():
                lines[index] += words[0]
        elif "{%" in line and (found := _LIQUID_CODE.match(line)):
            lines[index] = found[1] + "```" + ("" if found[2] else found[3])


def _admonitions(lines: list[str], odd: Sequence[int]) -> None:
    """`!!! note "Title"` and `=== "Tab"` hold what is indented below them, as an item does."""
    for index in odd:
        line = lines[index]
        if line.lstrip()[:3] not in ("!!!", "???", "==="):
            continue
        found = _ADMONITION.match(line.rstrip())
        if found is None or not (found[2] or found[3]):
            continue
        below = next((text for text in lines[index + 1 : index + 4] if text.strip()), "")
        lead = len(found[1].expandtabs(4))
        if len(below.expandtabs(4)) - len(below.expandtabs(4).lstrip()) >= lead + 2:
            title = found[3] or found[2].split(" ")[0].capitalize()
            lines[index] = f"{found[1]}-   {title}"


def _signs(lines: list[str], odd: Sequence[int]) -> None:
    """`🔹 words` or `→ words` in two lines that stand together are list items."""
    signed = {index for index in odd if is_sign(lines[index])}
    for index in signed:
        if index - 1 in signed or index + 1 in signed:
            lines[index] = without_sign(lines[index])


def _org_headings(lines: list[str], odd: Sequence[int]) -> bool:
    """Stars instead of `#`, where a file has no headings else."""
    found = [
        index for index in odd if lines[index][:2] == "**" and _ORG_HEADING.match(lines[index])
    ]
    if not found:
        return False
    for index, line in enumerate(lines):
        if line[:1] == "*" and (star := _ORG_HEADING.match(line)):
            words = _ORG_TAGS.sub(lambda tags: " #" + tags[1].replace(":", " #"), star[2].rstrip())
            lines[index] = "#" * len(star[1]) + " " + words
    return True


def _runs(lines: list[str], odd: Sequence[int]) -> None:
    """`-- words` below `- words` goes one level deeper, as in older wikis."""
    for index in odd:
        found = _RUN.match(lines[index])
        if found and index and ITEM.match(lines[index - 1]):
            lead = found[1].expandtabs(4) + " " * 4 * (len(found[2]) - 1)
            lines[index] = f"{lead}- {found[3]}"


def _bold_headings(lines: list[str], odd: Sequence[int]) -> bool:
    """Lines in bold that lead a file of no headings are its headings."""
    bold = [index for index in odd if _is_bold(lines[index])]
    if len(bold) < 2 or any(ITEM.match(line) for line in lines[: bold[0]]):
        return False
    for index in bold:
        lines[index] = "## " + lines[index].rstrip().rstrip(":：").strip(BOLD_SIGNS).rstrip(":： ")
    return True


def _is_bold(line: str) -> bool:
    return line[:1] in BOLD_SIGNS and BOLD_ONLY.match(line.rstrip()) is not None
