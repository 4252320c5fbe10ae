"""The words of one node: what is taken off at their ends and what is replaced within them."""

from __future__ import annotations

import re

_TAG = re.compile(r"#[^\W\d_][\w/-]*$")
_BLOCK_ID = re.compile(r"\^(?=[0-9-]*[A-Za-z])[A-Za-z0-9-]{3,}$")
_LONGEST = 100  # signs of a tag
_ALT = re.compile(r"\balt=(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


def trailing(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without the `#tags` and the `^block-id` at its end, and the tags.

    >>> trailing("Keys rotate yearly #kms #exam/core")
    ('Keys rotate yearly', ('kms', 'exam/core'))
    >>> trailing("#kms")
    ('#kms', ())
    """
    tags: list[str] = []
    end = len(text)
    ticks = text.count("`")
    while (start := _word_start(text, end)) > 0 and text[start] in "#^":
        word = text[start:end]
        ticks -= word.count("`")
        if ticks % 2:
            break
        if _TAG.match(word):
            tags.append(word[1:])
        elif tags or not _BLOCK_ID.match(word):
            break
        end = start
        while end and text[end - 1].isspace():
            end -= 1
    return text[:end], tuple(reversed(tags))


def _word_start(text: str, end: int) -> int:
    """Where the word before `end` starts, 0 where it is too long for a tag or is the first."""
    least = max(0, end - _LONGEST)
    start = end
    while start > least and not text[start - 1].isspace():
        start -= 1
    return start if start > least else 0


def listed(value: str) -> tuple[str, ...]:
    """The names in a setting that holds several.

    >>> listed("[[Key Management]], KMS"), listed("#aws #kms")
    (('Key Management', 'KMS'), ('aws', 'kms'))
    """
    value = value.strip().removeprefix("[").removesuffix("]") if "[[" not in value else value
    parts = re.split(r"\[\[|\]\]|,|(?:^|\s)#(?=[^\W\d_])", value)
    names = (" ".join(part.split()).strip("\"'") for part in parts)
    return tuple(dict.fromkeys(name for name in names if name.strip("# ")))


def without_data_images(text: str) -> str:
    """Images that are stored in the text replaced by their description.

    >>> without_data_images("See ![the flow](data:image/png;base64,iVBORw0KGgo=) here")
    'See the flow here'
    """
    return _without_html_images(_without_markdown_images(text))


def _without_markdown_images(text: str) -> str:
    kept: list[str] = []
    at = 0
    while True:
        middle = text.find("](data:", at)
        start = text.rfind("![", at, middle) if middle >= 0 else -1
        end = text.find(")", middle) if start >= 0 else -1
        if middle < 0 or (start >= 0 and end < 0):
            break  # no image ends any more
        if start < 0:
            kept.append(text[at : middle + 7])
            at = middle + 7
            continue
        kept.append(text[at:start])
        kept.append(text[start + 2 : middle])
        at = end + 1
    kept.append(text[at:])
    return "".join(kept).strip()


def _without_html_images(text: str) -> str:
    kept: list[str] = []
    at = 0
    while True:
        start = text.find("<img", at)
        end = text.find(">", start) if start >= 0 else -1
        if end < 0:
            break
        kept.append(text[at:start])
        tag = text[start : end + 1]
        if "data:image" in tag:
            alt = _ALT.search(tag)
            tag = (alt[1] or alt[2] or "") if alt else ""
        kept.append(tag)
        at = end + 1
    kept.append(text[at:])
    return "".join(kept).strip()
