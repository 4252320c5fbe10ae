"""The lines of an outline's text, and one of them corrected. Pure."""

from __future__ import annotations

from authoring.errors import AuthoringError
from knowledge.outline.decoding import read_lines
from knowledge.outline.problems import Problems

LONGEST_CORRECTION = 20_000


def lines_of(text: bytes) -> list[str]:
    """The lines as they are read, the first of them at index 0."""
    return read_lines(text, Problems(), max_bytes=len(text))


def corrected(text: bytes, line: int, was: str, words: str) -> bytes:
    """The text with other words in one line: several lines put in for it, or none.

    The text comes out as UTF-8 with a line feed after each line. Raises AuthoringError where the
    line isn't what it was thought to be.

    >>> corrected(b"# A\\r\\n- b\\r\\n", 2, "- b", "- c\\n- d")
    b'# A\\n- c\\n- d\\n'
    """
    lines = lines_of(text)
    if not 1 <= line <= len(lines) or lines[line - 1] != was:
        raise AuthoringError(
            "This line was changed meanwhile, so your words weren't put in. Look at it again."
        )
    if len(words) > LONGEST_CORRECTION:
        raise AuthoringError(f"That is too long: at most {LONGEST_CORRECTION:,} signs go here.")
    put = words.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    lines[line - 1 : line] = put.split("\n") if put else []
    return ("\n".join(lines) + "\n").encode()
