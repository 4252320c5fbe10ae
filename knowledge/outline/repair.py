"""Statements that were torn: headings that are lines of an example, code over several bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .marks import ITEM, heading, indent_of, width

_HTTP_HEADER = re.compile(
    r"(?:Host|Origin|Accept(?:-[\w-]+)?|Content-[\w-]+|Authorization|User-Agent|Cookie|Set-Cookie"
    r"|Refer(?:r)?er(?:-Policy)?|Connection|Cache-Control|X-[\w-]+|Access-Control-[\w-]+"
    r"|If-[\w-]+|ETag|Location|Vary|Via|Forwarded|Strict-Transport-Security|WWW-Authenticate"
    r"|Sec-[\w-]+|Transfer-Encoding|Keep-Alive|Upgrade|Range|Pragma|Expires|Last-Modified)"
    r":\s*\S.*$",
    re.IGNORECASE,
)
_FLAG = re.compile(r"--?[a-z][\w-]*(?:[ =].*)?$")
_REQUEST = re.compile(r"(?:GET|POST|PUT|DELETE|HEAD|OPTIONS|PATCH|CONNECT|HTTP/\d)\b")
_CODE_LIKE = re.compile(
    r"[A-Za-z][\w-]*: ?\S+$"  # Name: value
    r"|[a-z0-9]+(?:[-_:.][A-Za-z0-9*]+)+$"  # add-permission, s3:GetObject
    r"|[a-z][\w./-]* .{0,200}?(?<=\s)--?[a-z]"  # command --flag
    r"|[$%>] ?\S|[.~]?/\w|\w+=\S|.{0,200}[\\{;]$"
)
# A name such as kube-proxy or node.js: a command as well as a topic.
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)+$")
_EXAMPLE = re.compile(
    r"\b(?:e\.?g|examples?|commands?|cli|run|runs|execute|script|shell|bash|request|response"
    r"|requires?|header|headers|snippet|syntax|usage|call|via)\b|[:：]$",
    re.IGNORECASE,
)
_TORN_LIMIT = 40


class TornHeadings:
    """Tells headings that are lines of an example inside a bullet from real ones.

    What counts is the shape of the line (a flag, a header, a command, a shell comment) and whether
    the bullets after it go on at a depth that only makes sense under the bullet before.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self._indented_is_usual: bool | None = None

    def run_at(self, start: int, item_text: str, columns: Sequence[int]) -> int:
        """Index after the run of torn headings that starts here; `start` where they are real.

        `item_text` are the words of the bullet directly above, `columns` those of the open items.
        """
        lines = self.lines
        texts: list[str] = []
        end = start
        while end < len(lines) and len(texts) < 30:
            found = heading(lines[end].rstrip()) if lines[end][:1] == "#" else None
            if not found or not found[1]:
                break
            texts.append(found[1])
            end += 1
        if not texts:
            return start
        strong = [self._is_strong(text, item_text) for text in texts]
        if strong[0]:
            torn = strong.index(False) if False in strong else len(strong)
            goes_on = self._goes_on(end, columns)
            if torn < len(texts) and goes_on and all(map(_is_code_like, texts[torn:])):
                torn = len(texts)
            return start + torn
        if not self._goes_on(end, columns):
            return start
        if all(map(_is_code_like, texts)) and not all(map(_NAME.match, texts)):
            return end
        if not all(map(is_weak, texts)):
            return start
        if _EXAMPLE.search(item_text) or _is_code_like(item_text) or any(strong):
            return end
        return start

    def _is_strong(self, text: str, item_text: str) -> bool:
        if _FLAG.match(text):
            return True
        if not _HTTP_HEADER.match(text):
            return False
        return bool(_REQUEST.match(item_text) or _HTTP_HEADER.match(item_text))

    def _goes_on(self, index: int, columns: Sequence[int]) -> bool:
        """The line after the run is a bullet that belongs under one of the open items."""
        if index >= len(self.lines):
            return False
        item = ITEM.match(self.lines[index])
        if not item:
            return False
        column = width(item[1])
        return column > columns[0] and column >= 1 and not self._is_usual()

    def _is_usual(self) -> bool:
        """Whether the file's bullets directly under headings are mostly indented."""
        if self._indented_is_usual is None:
            indented = total = 0
            lines = self.lines
            for index in range(1, len(lines)):
                if lines[index - 1][:1] != "#" or not heading(lines[index - 1].rstrip()):
                    continue
                item = ITEM.match(lines[index])
                if item:
                    total += 1
                    indented += bool(item[1])
            self._indented_is_usual = total > 1 and 2 * (indented - 1) >= total - 1
        return self._indented_is_usual


def _is_code_like(text: str) -> bool:
    return bool(_CODE_LIKE.match(text) or _FLAG.match(text) or _REQUEST.match(text))


def is_weak(text: str) -> bool:
    """It could be a comment in a shell: it starts small, or as code does."""
    return not text[0].isupper() or _is_code_like(text)


class TornCode:
    """Finds where code that is torn over several bullets ends."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self._budget = 200_000  # lines that searches without success may read in all

    def end_at(self, start: int, text: str) -> int:
        """Index after the last bullet that belongs to the code in `text`; `start + 1` for none."""
        if self._budget <= 0 or len(text) > 2000:
            return start + 1
        balance = _balance(text)
        if balance > 0 and (text[-1] in "{[(," or text[0] in "{[\"'"):
            return self._balanced(start, balance)
        if _quote_is_open(text):
            return self._quoted(start)
        return start + 1

    def _balanced(self, start: int, balance: int) -> int:
        index = start + 1
        while index < len(self.lines) and index - start <= _TORN_LIMIT:
            text = self._words(index)
            if not text:
                break
            balance += _balance(text)
            index += 1
            if balance <= 0:
                closes = text[0] in "}])" or text.rstrip(",;")[-1:] in ("}", "]")
                return index if balance == 0 and closes else start + 1
        self._budget -= index - start
        return start + 1

    def _quoted(self, start: int) -> int:
        index = start + 1
        if index < len(self.lines):
            text = self._words(index)
            if text.count('"') % 2 and text.rstrip(",;})]").endswith('"') and text[0] != '"':
                return index + 1
        return start + 1

    def _words(self, index: int) -> str:
        """The words of a bullet or of an indented line; nothing where the list ends."""
        line = self.lines[index]
        item = ITEM.match(line)
        if item:
            return line[item.end() : item.end() + 2000].strip()
        return line.strip()[:2000] if indent_of(line) and line.strip()[:1] != "#" else ""


def _balance(text: str) -> int:
    """Opened minus closed braces and brackets."""
    opened = text.count("{") + text.count("[")
    return opened - text.count("}") - text.count("]")


def _quote_is_open(text: str) -> bool:
    """A string that starts in a line of code and does not end there."""
    if text.count('"') % 2 == 0:
        return False
    at = text.rfind('"')
    before = text[:at].rstrip()
    return at < len(text) - 1 and before.endswith((":", "=")) and '"' not in text[at + 1 :]
