"""Bundled packs: an outline with the names, exam and notes that belong to its subject. Pure.

A pack is a folder with `pack.toml` (title, notice), `outline.md`, `lexicon.toml` and
`blueprint.toml`, of which only the lexicon must be there.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.lexicon import EMPTY, Lexicon, LexiconError, read_lexicon

# A pack is taken unasked when its lexicon knows this share of an outline's headings.
FIT = 0.5
FILES = ("pack.toml", "lexicon.toml", "blueprint.toml")


class PackError(Exception):
    """A pack that can't be used; the text is a sentence that names what is wrong."""


@dataclass(frozen=True)
class Pack:
    """One folder of a subject; `name` is the folder's, empty for no pack at all."""

    name: str
    folder: Path | None = None

    @cached_property
    def lexicon(self) -> Lexicon:
        if self.folder is None:
            return EMPTY
        try:
            return read_lexicon(self.folder / "lexicon.toml")
        except LexiconError as problem:
            raise PackError(f"The pack {self.name} can't be used: {problem}") from None

    @cached_property
    def about(self) -> dict[str, str]:
        """What `pack.toml` says: title, slug, notice."""
        file = self.folder / "pack.toml" if self.folder else None
        if file is None or not file.is_file():
            return {}
        try:
            return {
                key: str(value) for key, value in tomllib.loads(file.read_text("utf-8")).items()
            }
        except tomllib.TOMLDecodeError as problem:
            raise PackError(f"{self.name}/pack.toml isn't valid TOML: {problem}.") from None

    @property
    def outline(self) -> Path | None:
        file = self.folder / "outline.md" if self.folder else None
        return file if file and file.is_file() else None

    @cached_property
    def digest(self) -> str:
        """Changes when anything that decides the rows of an outline does."""
        digest = hashlib.sha256(self.name.encode())
        for name in FILES:
            file = self.folder / name if self.folder else None
            if file and file.is_file():
                digest.update(file.read_bytes())
        return digest.hexdigest()


NO_PACK = Pack("")


def find_packs(folder: Path) -> list[Pack]:
    """The packs that lie in a folder, by name."""
    if not folder.is_dir():
        return []
    return [
        Pack(child.name, child)
        for child in sorted(folder.iterdir())
        if (child / "lexicon.toml").is_file()
    ]


def read_pack(folder: Path) -> Pack:
    """The pack in a folder that somebody named."""
    if not folder.is_dir():
        raise PackError(f"{folder} is no folder; a pack is a folder with a lexicon.toml.")
    if not (folder / "lexicon.toml").is_file():
        raise PackError(f"{folder} holds no lexicon.toml, so it is no pack.")
    return Pack(folder.resolve().name, folder)


def pick_pack(packs: Iterable[Pack], headings: list[str]) -> Pack:
    """The pack whose lexicon fits the headings best, or none."""
    best, best_fit = NO_PACK, 0.0
    for pack in packs:
        fit = pack.lexicon.fit(headings)
        if fit >= FIT and fit > best_fit:
            best, best_fit = pack, fit
    return best
