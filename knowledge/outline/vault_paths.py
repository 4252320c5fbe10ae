"""Paths of a folder of notes: which are notes, in which order, what each is called."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from posixpath import splitext
from urllib.parse import unquote

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd", ".org", ".txt")
# Names of a file that stands for the folder that it is in.
_FOLDER_NOTES = frozenset(("index", "_index", "readme", "00", "00-index", "_readme"))
_PROGRAM_FOLDERS = frozenset(("__MACOSX", "node_modules"))
_NOTION_ID = re.compile(r"[ _-][0-9a-f]{32}$")
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.?[ \t]*[-–—][ \t]*|\.[ \t]+|[._-](?=[^\W\d_]))(?=[^\W\d_])")
_DATE = re.compile(r"[0-9]{4}[_-][0-9]{2}[_-][0-9]{2}$")
_DIGITS = re.compile(r"([0-9]+)")


def is_note(path: str) -> bool:
    """Whether a path of an archive is a note, not a program's own file or a picture.

    >>> [is_note(path) for path in ("VPC.md", ".obsidian/app.json", "logseq/bak/VPC.md")]
    [True, False, False]
    """
    *folders, name = parts_of(path)
    if any(part.startswith(".") or part in _PROGRAM_FOLDERS for part in (*folders, name)):
        return False
    if ("logseq", "bak") in pairwise(folders):
        return False
    return splitext(name)[1].lower() in SUFFIXES


def parts_of(path: str) -> list[str]:
    """The folders of a path and the file's name; `\\\\` separates as `/` does."""
    return [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")] or [""]


def common_folder(paths: Sequence[Sequence[str]]) -> int:
    """How many folders all of the paths (as parts) share from the start."""
    if not paths:
        return 0
    shared = 0
    for level in zip(*(path[:-1] for path in paths), strict=False):
        if len(set(level)) > 1:
            break
        shared += 1
    return shared


def in_order(parts: Sequence[str]) -> tuple[object, ...]:
    """A sorting key: notes before the folders beside them, that of the folder first, 2 before 10.

    >>> paths = ["b/x.md", "10.md", "2.md", "b/index.md", "README.md"]
    >>> sorted(paths, key=lambda path: in_order(path.split("/")))
    ['README.md', '2.md', '10.md', 'b/index.md', 'b/x.md']
    """
    *folders, name = parts
    above = tuple((1, _natural(folder)) for folder in folders)
    return (*above, (0, not stands_for_folder(name), _natural(splitext(name)[0]), name))


def _natural(name: str) -> tuple[tuple[int, int, str], ...]:
    found = []
    for at, piece in enumerate(_DIGITS.split(name.casefold())):
        digits = piece.lstrip("0")
        found.append((0, len(digits), digits) if at % 2 else (1, 0, piece))
    return tuple(found)


def stands_for_folder(name: str) -> bool:
    """Whether a file's name is `index`, `README` or the like."""
    return splitext(name)[0].lower() in _FOLDER_NOTES


def stem_of(name: str) -> str:
    """A file's name as links write it: without suffix and the number that Notion adds.

    >>> stem_of("VPC peering 0123456789abcdef0123456789abcdef.md"), stem_of("AWS___KMS.md")
    ('VPC peering', 'AWS/KMS')
    """
    stem, suffix = splitext(name)
    return bare(stem if suffix.lower() in SUFFIXES else name)


def bare(name: str) -> str:
    """A folder's or note's name without what a program added to it."""
    return _NOTION_ID.sub("", unquote(name)).replace("___", "/").strip() or name


def is_slug(stem: str) -> bool:
    """Whether a name is made for addresses, such as `key-management`, not for people."""
    return (
        " " not in stem and stem == stem.lower() and stem.isascii() and any(map(str.isalpha, stem))
    )


def readable(stem: str) -> str:
    """A file's or folder's name as a heading.

    >>> [readable(each) for each in ("01-key-management", "2 - VPC", "2024_01_31", "IAM_roles")]
    ['Key management', 'VPC', '2024-01-31', 'IAM roles']
    """
    if _DATE.match(stem):
        return stem.replace("_", "-")
    words = _NUMBER.sub("", stem, count=1)
    if is_slug(words):
        words = re.sub(r"[-_.]+", " ", words)
        words = words[:1].upper() + words[1:]
    elif any(map(str.isalpha, words)):
        words = words.replace("_", " ")
    return " ".join(words.split()) or stem


def without_graph_folders(folders: list[str], tops: Collection[str]) -> list[str]:
    """The folders of a note without those that Logseq gives every graph."""
    is_graph = "logseq" in tops or {"pages", "journals"} <= set(tops)
    return folders[1:] if is_graph and folders[:1] in (["pages"], ["journals"]) else folders
