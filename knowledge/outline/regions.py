"""Blocks that run over several lines and follow rules of their own: where they end, what they hold.

Every function takes the line where the block starts and returns the line after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from .marks import FENCE, ITEM, Finder, heading, indent_of

_SETTING = re.compile(r"[\w\"'][^:=]{0,80}?\s*(?::(?=\s|$)|=)\s*(.*)$")
_KEY = re.compile(r"([\w\"'][^:=]{0,80}?)\s*[:=]\s*(.*)$")


class Code(NamedTuple):
    """A fenced block: the line after it, its words, whether it was closed."""

    end: int
    text: str
    closed: bool


def front_matter_start(lines: list[str]) -> int:
    """The line where front matter can start: the first that is not blank."""
    return next((index for index in range(min(len(lines), 20)) if lines[index].strip()), 0)


def front_matter_end(lines: list[str], start: int = 0) -> int:
    """The line after the front matter that starts at the top, 0 where there is none.

    Settings are told from notes between two dividing lines by their keys: the first line has one,
    and a list stands under a key that has nothing else.
    """
    mark = lines[start].rstrip()
    if mark not in ("---", "+++"):
        return 0
    ends = (mark, "...") if mark == "---" else (mark,)
    takes_list = has_key = False
    for index in range(start + 1, min(len(lines), 1000)):
        line = lines[index].rstrip()
        if line in ends:
            return index + 1 if has_key else 0
        if not line or line.startswith((" ", "\t")):
            continue
        if line.startswith("#") and (has_key or mark == "+++"):
            continue
        if line.startswith(("- ", "-\t")) or line == "-":
            if not takes_list:
                return 0
            continue
        if mark == "+++" and line[0] in "[]":
            has_key = True
            continue
        if has_key and line[0] in "]}":
            continue
        found = _SETTING.match(line)
        if not found:
            return 0
        has_key = True
        takes_list = not found[1] or found[1][0] in "|>&!#"
    return 0


def title_block(lines: list[str]) -> int:
    """The line after Pandoc's title, author and date, each after `%`; 0 where there are none."""
    end = 0
    while end < min(3, len(lines)) and lines[end].startswith("% "):
        end += 1
    return end


def front_matter(lines: list[str]) -> dict[str, str]:
    """Settings as text; the items of a list are joined by commas."""
    settings: dict[str, str] = {}
    key = ""
    for line in lines:
        found = _KEY.match(line)
        if found and not line.startswith(("-", " ", "\t", "#")):
            key = found[1].strip("\"' ")
            settings[key] = _value(found[2])
        elif key and line.strip().lstrip("- "):
            value = line.strip().removeprefix("- ").strip("\"' ")
            settings[key] = f"{settings[key]}, {value}" if settings[key] else value
    return settings


def _value(text: str) -> str:
    """A setting without its quotes; a list in brackets is joined by commas."""
    text = text.strip()
    if text[:1] == "[" and text[-1:] == "]":
        return ", ".join(each.strip().strip("\"'") for each in text[1:-1].split(","))
    return text.strip("\"'")


def _closes(lines: list[str], char: str, length: int) -> Callable[[int], bool]:
    def test(index: int) -> bool:
        text = lines[index].strip()
        return len(text) >= length and text[0] == char and not text.strip(char)

    return test


def _opens(lines: list[str], char: str, length: int) -> Callable[[int], bool]:
    mark = char * length

    def test(index: int) -> bool:
        text = lines[index].strip()
        return text.startswith(mark) and bool(text.strip(char)) and FENCE.match(text) is not None

    return test


def is_top_heading(line: str) -> bool:
    """A heading at the very start of its line, with its space and words."""
    found = heading(line.rstrip()) if line[:1] == "#" else None
    return found is not None and found[2] and bool(found[1])


def next_section(lines: list[str], finder: Finder, start: int) -> int:
    """The next heading that is hardly a comment in code: it has `##` or a blank line above."""

    def test(index: int) -> bool:
        line = lines[index]
        if not is_top_heading(line):
            return False
        return line.startswith("##") or index == 0 or not lines[index - 1].strip()

    return finder.find("section", start, test)


def fenced(lines: list[str], finder: Finder, start: int, fence: str, column: int) -> Code:
    """The code block that the fence (its marks alone) in line `start` opens.

    A block that is never closed ends before the next heading at the start of a line, before the
    next fence that opens a block, or, inside a list, before the next item further out.
    """
    char, length = fence[0], min(len(fence), 16)  # the cap keeps the number of searches small
    close = finder.find(f"close{char}{length}", start + 1, _closes(lines, char, length))
    reopen = finder.find(f"open{char}{length}", start + 1, _opens(lines, char, length))
    closed = close < len(lines) and close < reopen
    end = close
    if not closed:
        head = next_section(lines, finder, start + 1)
        end = min(head, reopen)
        if close < len(lines) and head > reopen:
            end = min(reopen, close)
        if column:
            end = _outdent(lines, start + 1, end, column)
    return Code(end + 1 if closed else end, dedented(lines[start + 1 : end], column), closed)


def _outdent(lines: list[str], start: int, end: int, column: int) -> int:
    for index in range(start, end):
        item = ITEM.match(lines[index])
        if item and indent_of(lines[index]) < column:
            return index
    return end


def dedented(lines: list[str], column: int) -> str:
    """Lines of code without the indentation of the block around them."""
    kept = []
    for line in lines:
        if "\t" in line[: column + 1]:
            head = line[: len(line) - len(line.lstrip())]
            line = head.expandtabs(4) + line[len(head) :]
        kept.append(line[min(column, len(line) - len(line.lstrip())) :].rstrip())
    return "\n".join(kept).strip("\n")


def indented_end(lines: list[str], start: int, column: int) -> int:
    """The line after a block of indented code."""
    end = start + 1
    index = end
    while index < len(lines):
        if lines[index].strip():
            if indent_of(lines[index]) < column:
                break
            end = index + 1
        index += 1
    return end


def quote_end(lines: list[str], start: int) -> int:
    """The line after the last one that starts with `>`."""
    end = start + 1
    while end < len(lines) and lines[end].lstrip().startswith(">"):
        end += 1
    return end


def table_end(lines: list[str], start: int) -> int:
    """The line after the last row from `start` on."""
    end = start
    while end < len(lines) and "|" in lines[end]:
        text = lines[end].strip()
        if text.startswith(("```", "~~~")) or is_top_heading(lines[end]):
            break
        if text[0] != "|" and ITEM.match(lines[end]):
            break
        end += 1
    return end


def row_text(header: list[str], row: list[str]) -> str:
    """One row in words: the first cell leads, the others carry the name of their column.

    >>> row_text(["Service", "Scope", "Cost"], ["KMS", "Region", "per key"])
    'KMS — Scope: Region; Cost: per key'
    """
    names = header + [""] * (len(row) - len(header))
    lead = row[0] if row else ""
    rest = [
        f"{name}: {cell}" if name else cell
        for name, cell in zip(names[1:], row[1:], strict=False)
        if cell
    ]
    if lead and rest:
        return f"{lead} — {'; '.join(rest)}"
    return lead or "; ".join(rest)


def tag_end(lines: list[str], start: int) -> int:
    """The line after an HTML tag that is spread over lines; `start` where it is none."""
    for index in range(start + 1, min(start + 12, len(lines))):
        text = lines[index].strip()
        if not text or text.startswith("<"):
            return start
        if text.endswith(">"):
            return index + 1
    return start


def export_end(lines: list[str], start: int) -> int:
    """The line after an import or export; one with open braces runs on to where they close."""
    depth = 0
    for index in range(start, min(start + 200, len(lines))):
        line = lines[index]
        if index > start and (not line.strip() or line.startswith(("import ", "export "))):
            return index
        depth += sum(line.count(sign) for sign in "{[(") - sum(line.count(sign) for sign in "}])")
        if depth <= 0:
            return index + 1
    return start + 1


def filled(lines: list[str], start: int, end: int) -> tuple[int, ...]:
    """The numbers of the lines from index `start` to before `end` that are not blank."""
    return tuple(at + 1 for at in range(start, end) if lines[at].strip())
