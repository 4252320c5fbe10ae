"""Bytes → lines. A file that is no text is refused with a sentence."""

from __future__ import annotations

import codecs
import re

from .problems import Problems
from .tree import OutlineError

MAX_BYTES = 64 * 1024 * 1024
MAX_LINES = 2_000_000

# UTF-32 first: its little-endian mark starts with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# With them U+202D and U+202E, which write what follows backwards, wherever it is shown.
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1b\x7f\u202d\u202e\ufffe\uffff]")
_ODD_SPACES = re.compile("[\x0b\x0c\x1c-\x1f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NOT_TEXT = "The file is not text, so it cannot be read as an outline."
_NULS = "The file holds NUL bytes, so it is not a text outline."


def read_lines(data: bytes | str, problems: Problems, max_bytes: int = MAX_BYTES) -> list[str]:
    """The physical lines of the file, split at \\n, \\r\\n and a lone \\r only."""
    if len(data) > max_bytes:
        raise OutlineError(
            f"The file is too large: it has {_size(len(data))}, and at most "
            f"{_size(max_bytes)} can be read."
        )
    text = _decoded(data, problems) if isinstance(data, bytes) else data.removeprefix("\ufeff")
    if "\0" in text:
        raise OutlineError(_NULS)
    if not text or text.isspace():
        raise OutlineError("The file is empty.")
    if _SURROGATES.search(text):
        raise OutlineError(_NOT_TEXT)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") >= MAX_LINES:
        raise OutlineError(f"The file is too long: at most {MAX_LINES:,} lines can be read.")
    return _clean(text, problems).removesuffix("\n").split("\n")


def _decoded(data: bytes, problems: Problems) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise OutlineError(_NOT_TEXT) from None
    if b"\0" in data:
        raise OutlineError(_NULS)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _western(data, problems)


def _western(data: bytes, problems: Problems) -> str:
    """Windows-1252, where the bytes look like a text in a western language."""
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if high * 4 > len(data):
        raise OutlineError(_NOT_TEXT)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise OutlineError(_NOT_TEXT) from None
    letters = sum(
        1 for sign in text if sign > "\x7f" and (sign.isalpha() or sign in "‘’“”–—…•€«»°§")
    )
    if _CONTROLS.search(text) or letters * 2 < high:
        raise OutlineError(_NOT_TEXT)
    problems.repaired(0, "encoding")
    return text


def _clean(text: str, problems: Problems) -> str:
    """Without control characters, which neither XML nor a page can hold."""
    text = _ODD_SPACES.sub(" ", text)
    controls = len(_CONTROLS.findall(text))
    if not controls:
        return text
    if controls * 20 > len(text):
        raise OutlineError(_NOT_TEXT)
    line, at, told = 1, 0, 0
    for found in _CONTROLS.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        if line != told:
            problems.repaired(line, "control-character")
            told = line
    return _CONTROLS.sub("\ufffd", text)


def _size(count: int) -> str:
    if count >= 1024 * 1024:
        return f"{count / 1024 / 1024:.1f} MiB"
    return f"{count:,} bytes"
