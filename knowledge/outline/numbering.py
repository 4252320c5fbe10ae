"""Lists that are numbered by letters, Roman or Chinese numbers, dotted or in brackets.

A line counts only in sequence: `a.` where `b.` follows, `1.2` where `1.1` came before. So the
initials of a name or an amount at the start of a wrapped line stay words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .marks import ITEM, heading, is_underline, width

_HAN = "一二三四五六七八九十"
_LABEL = re.compile(
    r"([ \t\u3000]*)(?:"
    r"(?P<open>[(（])?(?P<word>[A-Za-z]{1,5}|[0-9]{1,3}|#|@|[" + _HAN + r"]{1,3})"
    r"(?P<close>[.)）、．])"
    r"|(?P<dotted>[0-9]{1,3}(?:\.[0-9]{1,3}){1,5})[.)]?"
    r")(?:[ \t\u3000]+|(?<=[）、．]))(?=\S)"
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN_NUMBER = re.compile(r"(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$")


class Numbering:
    """The labels of one file."""

    def __init__(self, lines: list[str], outside: Sequence[int]) -> None:
        self.lines = lines
        self.outside = outside
        self.styles: dict[int, tuple[str, int]] = {}  # line → style and number of its label
        self.dotted: dict[int, tuple[int, ...]] = {}
        self._heads: dict[int, int] = {}  # line of a single number → that number
        self._open: dict[tuple[str, int], tuple[int, int]] = {}
        self._alone: dict[int, tuple[str, int]] = {}  # a first label that no second follows
        self._used: set[tuple[str, int]] = set()
        self._seen: dict[tuple[int, ...], int] = {}
        for index, line in enumerate(lines):
            if not outside[index]:
                continue
            if line[:1] == "#" and heading(line.rstrip()):
                self._open.clear()
            found = _LABEL.match(line)
            if found and not (index + 1 < len(lines) and is_underline(lines[index + 1], line)):
                self._label(index, found)
        for index, (style, column) in self._alone.items():
            if (style, column) in self._used:
                self.styles.setdefault(index, (style, 1))

    def _label(self, index: int, found: re.Match[str]) -> None:
        column = width(found[1])
        if found["dotted"]:
            self._dotted(index, tuple(map(int, found["dotted"].split("."))))
            return
        word, bracket, close = found["word"], found["open"] or "", found["close"]
        if bracket and close not in ")）":
            return
        kind = "()" if bracket else close
        if word in "#@":
            if (word == "#" and not bracket) or (word == "@" and bracket):
                self.styles[index] = (word, 1)
            return
        if word.isdigit() and word.isascii():
            if not bracket:
                if close == "." and not column:
                    self._heads[index] = int(word)
                    self._seen[(int(word),)] = index
                return
            self._in_sequence(index, column, "1" + kind, int(word))
            return
        for style, number in _readings(word):
            self._in_sequence(index, column, style + kind, number)

    def _in_sequence(self, index: int, column: int, style: str, number: int) -> None:
        before = self._open.get((style, column))
        if before and number == before[0] + 1:
            self.styles.setdefault(before[1], (style, before[0]))
            self.styles[index] = (style, number)
            self._used.add((style, column))
        elif number != 1:
            return
        elif column:
            self._alone.setdefault(index, (style, column))
        self._open[style, column] = (number, index)

    def _dotted(self, index: int, label: tuple[int, ...]) -> None:
        *above, last = label
        before = (*above, last - 1)
        if before in self._seen:
            if len(before) > 1:
                self.dotted.setdefault(self._seen[before], before)
            self.dotted[index] = label
        elif last <= 1 and tuple(above) in self._seen:
            parent = self._seen[tuple(above)]
            if len(above) > 1:
                self.dotted.setdefault(parent, tuple(above))
            self.dotted[index] = label
        self._seen[label] = index

    def as_headings(self) -> bool:
        """In a file of no headings, lines with dotted numbers at the margin are its headings."""
        dotted = [index for index in self.dotted if not self.lines[index][:1].isspace()]
        if len(dotted) < 2:
            return False
        for index in dotted:
            label = self.dotted.pop(index)
            self.lines[index] = "#" * min(len(label), 6) + " " + self.lines[index]
        for index in self._chapters(sorted(dotted)):
            self.lines[index] = "# " + self.lines[index]
        return True

    def _chapters(self, dotted: Sequence[int]) -> list[int]:
        """The lines `1. Words` whose sections `1.1`, `1.2` follow, and those between them."""
        found: list[int] = []
        expected = 1
        firsts = {
            index: int(self.lines[index].lstrip("# ").split(".")[0].strip("()")) for index in dotted
        }
        at = 0
        singles = sorted(self._heads)
        last_of: dict[int, int] = {}
        for index in dotted:
            last_of[firsts[index]] = index
        while at < len(singles):
            index = singles[at]
            number = self._heads[index]
            if number == expected and index > last_of.get(number - 1, -1):
                found.append(index)
                expected += 1
            at += 1
        return found

    def as_items(self) -> None:
        """Write the labels that are left as list items, nested by style where all stand flush."""
        if self.dotted:
            self._dotted_items()
        if not self.styles:
            return
        stacks: dict[int, list[str]] = {}
        for index, line in enumerate(self.lines):
            if not self.outside[index]:
                continue
            if (line[:1] == "#" and index not in self.styles) or (
                not line[:1].isspace() and line and not self._item(index)
            ):
                stacks.clear()
                continue
            if not line.strip():
                continue
            self._nest(index, line, stacks)

    def _item(self, index: int) -> bool:
        return index in self.styles or ITEM.match(self.lines[index]) is not None

    def _nest(self, index: int, line: str, stacks: dict[int, list[str]]) -> None:
        label = self.styles.get(index)
        item = None if label else ITEM.match(line)
        if label is None and item is None:
            return
        lead = line[: len(line) - len(line.lstrip(" \t\u3000"))]
        column = width(lead)
        for deeper in [key for key in stacks if key > column]:
            del stacks[deeper]
        stack = stacks.setdefault(column, [])
        style = label[0] if label else "1." if item and item[2] else "-"
        if style in stack:
            del stack[stack.index(style) + 1 :]
        elif label or any(each not in ("1.", "-") for each in stack):
            stack.append(style)
        else:
            stack[:] = [style]
        shift = sum(4 * (len(each) - 1) for key, each in stacks.items() if each and key <= column)
        if label:
            found = _LABEL.match(line)
            assert found is not None
            line = f"{lead}{label[1]}. {line[found.end() :]}"
        if shift:
            line = lead.expandtabs(4) + " " * shift + line[len(lead) :]
        self.lines[index] = line

    def _dotted_items(self) -> None:
        """`1.1 Words` as an item; where it stands flush with `1. Words` it goes deeper."""
        least = 9
        at = 0
        for index in sorted(self.dotted):
            label = self.dotted[index]
            if any(line[:1] == "#" for line in self.lines[at:index]) or not at:
                least = len(label)
                if (label[0],) in self._seen and self._seen[(label[0],)] >= at:
                    least = 1
            at = index
            line = self.lines[index]
            found = _LABEL.match(line)
            assert found is not None
            shift = 3 * max(0, len(label) - least)
            words = line[len(found[1]) :]
            self.lines[index] = f"{found[1].expandtabs(4)}{' ' * shift}- {words}"


def _readings(word: str) -> list[tuple[str, int]]:
    """What a label can mean: `i` is the ninth letter and the first Roman number."""
    if word[0] in _HAN:
        number = _han(word)
        return [("一", number)] if number else []
    found: list[tuple[str, int]] = []
    if len(word) == 1:
        style = "a" if word.islower() else "A"
        found.append((style, ord(word.lower()) - ord("a") + 1))
    lower = word.lower()
    if (word.islower() or word.isupper()) and _ROMAN_NUMBER.match(lower):
        found.append(("i" if word.islower() else "I", _roman(lower)))
    return found


def _roman(word: str) -> int:
    total = 0
    for at, sign in enumerate(word):
        value = _ROMAN[sign]
        after = _ROMAN[word[at + 1]] if at + 1 < len(word) else 0
        total += -value if value < after else value
    return total


def _han(word: str) -> int:
    """Numbers below a hundred; 0 for what is none."""
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return _HAN.index(word) + 1 if len(word) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return 10 * (_HAN.index(tens) + 1 if tens else 1) + (_HAN.index(ones) + 1 if ones else 0)
