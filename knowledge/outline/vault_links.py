"""Links between the notes of a folder, written so that each names the heading of its note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from posixpath import join, normpath
from urllib.parse import unquote

from .vault_paths import SUFFIXES, bare, readable

# Longer ones are no links; the limits keep the time in proportion to the line.
_WIKI = re.compile(
    r"\[\[([^\[\]|#^\n]{1,300})(#[^\[\]|\n]{0,300})?(?:\\?\|([^\[\]\n]{1,500}))?\]\]"
)
_INLINE = re.compile(
    r"(?<!!)\[([^\[\]]{0,500})\]\((?:<([^<>]{1,500})>|([^()\s<>]{1,500}))(?:\s+\"[^\"]{0,200}\")?\)"
)
_MOST_OF_A_NAME = 200
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link from a line of the joined text; `topic` is the heading that it leads to.

    `target` is as written in the note; `topic` is None where no note has that name.
    """

    line: int
    target: str
    topic: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """What links can call a note: the path (as parts), its name, its heading and other names."""

    path: tuple[str, ...]
    stem: str
    topic: str
    aliases: Sequence[str] = ()


@dataclass
class Names:
    """The names of all notes; of two notes of one name, the nearer one is meant."""

    _paths: dict[str, list[Note]] = field(default_factory=dict)
    _names: dict[str, list[Note]] = field(default_factory=dict)

    def add(self, note: Note) -> None:
        """Make the note known under its path, its file's name, its heading and its aliases."""
        folders, stem = note.path[:-1], _key(note.stem)
        names = {stem, _key(readable(note.stem)), _key(note.topic), *map(_key, note.aliases)}
        for name in names:
            _append(self._names, name, note)
        for start in range(len(folders) + 1):
            path = "/".join((*map(_key, folders[start:]), stem))
            _append(self._paths, path, note)

    def find(self, target: str, folders: Sequence[str]) -> Note | None:
        """The note that a wiki link in a note in `folders` means."""
        found = self._paths.get(_path_key(target)) or self._names.get(_key(target))
        return max(found, key=lambda note: _shared(note.path, folders)) if found else None

    def at(self, address: str, folders: Sequence[str]) -> Note | None:
        """The note at a relative address, as ordinary links have it."""
        path = normpath(join("/".join(folders), unquote(address).split("#")[0]))
        if path.startswith("/"):
            path = normpath(path.lstrip("/"))
        found = self._paths.get(_path_key(path))
        exact = [note for note in found or () if len(note.path) == path.count("/") + 1]
        fitting = exact or found
        return fitting[0] if fitting else None


def rewritten(line: str, names: Names, folders: Sequence[str]) -> tuple[str, list[Link]]:
    """The line with links to notes as `[[heading of the note|words]]`; links have line 0.

    What stands in backticks stays as it is.
    """
    if "[[" not in line and "](" not in line:
        return line, []
    links: list[Link] = []

    def wiki(found: re.Match[str]) -> str:
        target, part, words = found[1].strip(), found[2] or "", found[3]
        note = names.find(target, folders)
        if note is None:
            if not re.search(r"\.(?:png|jpe?g|gif|svg|webp|pdf|mp[34]|canvas)$", target, re.I):
                links.append(Link(0, target, None))
            return found[0]
        links.append(Link(0, target, note.topic))
        shown = words or (target + part.replace("#", " › ").replace("^", "") if part else target)
        return _link(note, part, shown)

    def ordinary(found: re.Match[str]) -> str:
        address = found[2] or found[3]
        bare = address.split("#")[0]
        if _SCHEME.match(address) or not bare.lower().endswith(SUFFIXES):
            return found[0]
        note = names.at(bare, folders)
        target = unquote(bare)
        links.append(Link(0, target, note.topic if note else None))
        if note is None:
            return found[0]
        part = "#" + unquote(address.split("#", 1)[1]) if "#" in address else ""
        return _link(note, part if _is_plain(part) else "", found[1].strip() or note.topic)

    parts = []
    for is_code, text in _by_code(line):
        if not is_code:
            text = _INLINE.sub(ordinary, _WIKI.sub(wiki, text))
        parts.append(text)
    return "".join(parts), links


def _append(table: dict[str, list[Note]], name: str, note: Note) -> None:
    known = table.setdefault(name, [])
    if len(known) < _MOST_OF_A_NAME:
        known.append(note)


def _link(note: Note, part: str, words: str) -> str:
    target = note.topic if _is_plain(note.topic) else note.stem
    if words == target and not part:
        return f"[[{target}]]"
    return f"[[{target}{part}|{words}]]"


def _is_plain(words: str) -> bool:
    return not any(sign in words for sign in "[]|\n")


def _by_code(line: str) -> Iterator[tuple[bool, str]]:
    """Stretches of the line, each told as inline code or not."""
    pieces = line.split("`")
    if len(pieces) % 2 == 0:  # a tick too many: nothing is code for sure after it
        yield False, line
        return
    for at, piece in enumerate(pieces):
        yield at % 2 == 1, f"`{piece}`" if at % 2 else piece


def _path_key(path: str) -> str:
    for suffix in SUFFIXES:
        path = path.removesuffix(suffix)
    return "/".join(_key(bare(part)) for part in path.split("/"))


def _shared(path: Sequence[str], folders: Sequence[str]) -> int:
    """How near two notes are: folders in common, less those on the way."""
    common = 0
    for one, other in zip(path[:-1], folders, strict=False):
        if one != other:
            break
        common += 1
    return 2 * common - len(path)


def _key(name: str) -> str:
    return " ".join(name.replace("_", " ").casefold().split())
