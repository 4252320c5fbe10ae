"""A folder of notes → one outline: an Obsidian vault, a Logseq graph, an export of Notion. Pure.

Every note becomes a topic. Its heading is the title that it has in its settings, or its file's
name, unless a first heading of its own repeats that, or gives a name that is made for addresses
(`key-management.md`) in words. The folders above become headings above it; its own headings go
below, whatever levels they had. What notes are also called, and filed under, follows as `alias::`
and `tags::` below the heading, and links between notes name the heading of the note that they mean.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .decoding import read_lines
from .dialects import outside_code
from .problems import Problems
from .tree import OutlineError
from .vault_links import Link, Names, Note, rewritten
from .vault_notes import TOPIC_LEVEL, NoteText, read_note
from .vault_paths import (
    SUFFIXES,
    bare,
    common_folder,
    in_order,
    is_note,
    parts_of,
    readable,
    stem_of,
    without_graph_folders,
)


@dataclass(slots=True)
class Vault:
    """Notes joined into one Markdown text.

    `files` are the paths of the notes in the order of the text, `topics` the heading of each.
    `left_out` has (path, sentence) of every file that is not in the text. `links` are all links
    that look as if they led to a note.
    """

    title: str
    text: str
    files: tuple[str, ...]
    topics: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]
    _file_of: array[int] = field(default_factory=lambda: array("l"))
    _line_of: array[int] = field(default_factory=lambda: array("l"))

    def place(self, line: int) -> tuple[str, int] | None:
        """The file and its line (1-based) that a line of the text came from.

        None for what the text alone has: its title, the headings of folders, blank lines between.
        """
        if not 1 <= line <= len(self._file_of) or self._file_of[line - 1] < 0:
            return None
        return self.files[self._file_of[line - 1]], self._line_of[line - 1]


def join_notes(files: Iterable[tuple[str, bytes | str]], title: str = "") -> Vault:
    """Join the files of a folder, as (path, what is in it), into one outline.

    Files that are no notes are left out with a sentence, as are notes that can't be read.
    A single note keeps its own text. `title` names the outline; without it the folder that holds
    all of them does, or none.
    OutlineError where no note is left.

    >>> files = [("aws/KMS.md", "Keys.\\n\\n# Grants\\n"), ("aws/S3.md", "See [[kms]].")]
    >>> vault = join_notes(files)
    >>> print(vault.text)
    ---
    title: Aws
    topic-level: 2
    ---
    <BLANKLINE>
    ## KMS
    <BLANKLINE>
    Keys.
    <BLANKLINE>
    ### Grants
    <BLANKLINE>
    ## S3
    <BLANKLINE>
    See [[KMS|kms]].
    >>> vault.place(10)
    ('aws/KMS.md', 3)
    """
    left_out: list[tuple[str, str]] = []
    read: list[_Read] = []
    named = sorted(((path, parts_of(path), data) for path, data in files), key=_order)
    for path, parts, data in named:
        if not is_note(path):
            left_out.append((path, f"Not a note: only {', '.join(SUFFIXES)} are read."))
            continue
        try:
            read.append(_Read(path, parts, read_note(data, parts), data))
        except OutlineError as problem:
            left_out.append((path, str(problem)))
    if not read:
        raise OutlineError("None of the files is a note that can be read.")
    shared = common_folder([each.parts for each in read])
    above = read[0].parts[:shared]
    tops = {parts[shared] for _, parts, _ in named if parts[:shared] == above and parts[shared:]}
    for each in read:
        folders = without_graph_folders(each.parts[shared:-1], tops)
        each.parts = [*map(bare, folders), each.parts[-1]]
    if len(read) == 1:
        writer = _Writer(title, read)
        writer.copy()
    else:
        _tell_apart([(each.path, each.parts, each.note) for each in read])
        writer = _Writer(title.strip() or (readable(bare(above[-1])) if above else ""), read)
        writer.write()
    return Vault(
        writer.title,
        "\n".join(writer.text),
        tuple(each.path for each in read),
        tuple(each.note.title for each in read),
        tuple(left_out),
        tuple(writer.links),
        writer.file_of,
        writer.line_of,
    )


@dataclass(slots=True)
class _Read:
    """A file that is a note; `parts` are the folders that count and the file's name."""

    path: str
    parts: list[str]
    note: NoteText
    data: bytes | str


def _order(file: tuple[str, list[str], bytes | str]) -> tuple[object, ...]:
    return in_order(file[1])


def _tell_apart(read: Sequence[tuple[str, list[str], NoteText]]) -> None:
    """Give notes of one title the folders that tell them apart: `Week 1: Notes`."""
    for depth in range(1, 9):
        times = Counter(_key(note.title) for _, _, note in read)
        if len(times) == len(read):
            return
        for path, parts, note in read:
            if times[_key(note.title)] < 2:
                continue
            if depth < len(parts):
                note.title = f"{readable(parts[-1 - depth])}: {note.title}"
            elif depth == 8 or depth >= max(len(other) for _, other, _ in read):
                note.title = path


def _key(title: str) -> str:
    return " ".join(title.casefold().split())


class _Writer:
    """Writes the notes one below the other and remembers where each line came from."""

    def __init__(self, title: str, notes: Sequence[_Read]) -> None:
        self.title = " ".join(title.split())
        self.notes = notes
        self.text: list[str] = []
        self.links: list[Link] = []
        self.file_of = array("l")
        self.line_of = array("l")
        self.names = Names()
        for each in notes:
            *folders, name = each.parts
            stem = stem_of(name)
            self.names.add(Note((*folders, stem), stem, each.note.title, each.note.aliases))

    def copy(self) -> None:
        """A note by itself, as it stands."""
        for at, line in enumerate(read_lines(self.notes[0].data, Problems()), 1):
            self._add(line, 0, at)

    def write(self) -> None:
        """All of it."""
        self._add("---")
        if self.title:
            self._add(f"title: {self.title}")
        self._add(f"topic-level: {TOPIC_LEVEL}")
        self._add("---")
        above: list[str] = []
        for at, each in enumerate(self.notes):
            folders = each.parts[:-1]
            if folders != above and folders:
                self._add("")
                self._add("# " + " / ".join(map(readable, folders)))
            above = folders
            self._note(at, folders, each.note)

    def _note(self, at: int, folders: list[str], note: NoteText) -> None:
        self._add("")
        self._add("#" * TOPIC_LEVEL + " " + note.title, at, note.title_line)
        for key, names in (("alias", note.aliases), ("tags", note.tags)):
            if names:
                self._add(f"{key}:: {', '.join(names)}", at, note.settings_line or note.title_line)
        lines = note.lines
        while lines and not lines[-1][1].strip():
            lines.pop()
        if lines and lines[0][1].strip():
            self._add("")
        outside = outside_code([line for _, line in lines])
        for (line_no, line), is_outside in zip(lines, outside, strict=True):
            found: list[Link] = []
            if is_outside:
                line, found = rewritten(line, self.names, folders)
            self._add(line, at, line_no)
            self.links += [Link(len(self.text), link.target, link.topic) for link in found]

    def _add(self, line: str, file: int = -1, line_no: int = 0) -> None:
        self.text.append(line)
        self.file_of.append(file)
        self.line_of.append(line_no)
