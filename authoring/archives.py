"""Uploaded files and zip archives → the notes in them, within limits. Pure."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from authoring.errors import AuthoringError

READ_AT_ONCE = 64 * 1024
# What is smaller than this may be packed as tightly as it likes.
UNSUSPICIOUS = 1024 * 1024
LONGEST_NAME = 120
DEEPEST = 12
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# Control characters, and marks that turn the direction of a text around.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Limits:
    """`bytes` of text in all, `files` in an archive, `ratio` of unpacked to packed bytes."""

    bytes: int
    files: int
    ratio: int


def is_archive(data: bytes) -> bool:
    return data.startswith(_ZIP)


def unpack(
    uploaded: Iterable[tuple[str, bytes]], limits: Limits, suffixes: Iterable[str]
) -> list[tuple[str, bytes]]:
    """(path, text) of every file uploaded, those in zip archives one by one.

    Of files with other suffixes only the name is kept. Raises AuthoringError with a sentence where
    an archive is damaged, locked, or goes beyond the limits; no more than these is ever unpacked.
    """
    wanted = tuple(suffixes)
    files: list[tuple[str, bytes]] = []
    left = limits.bytes
    for name, data in uploaded:
        inside = _members(name, data, limits, left, wanted) if is_archive(data) else None
        for path, text in inside if inside is not None else [(clean_path(name), data)]:
            left -= len(text)
            if left < 0:
                raise AuthoringError(
                    f"That is too much text: at most {size_in_words(limits.bytes)} "
                    "can become one outline."
                )
            files.append((path, text))
            if len(files) > limits.files:
                raise AuthoringError(
                    f"There are too many files: at most {limits.files:,} can become one outline."
                )
    return files


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip archive of files as they were sent, byte for byte, each under a name of its own."""
    packed, taken = io.BytesIO(), set[str]()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            path = unused = clean_path(name)
            number = 1
            while unused in taken:
                number += 1
                unused = f"{number}-{path}"
            taken.add(unused)
            archive.writestr(zipfile.ZipInfo(unused), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def clean_path(name: str) -> str:
    """A path as it may be shown and compared: no way up, no device, no unseen characters.

    >>> clean_path("..\\\\..\\\\C:/notes//KMS.md")
    'C/notes/KMS.md'
    """
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", name)).replace("\\", "/").replace(":", "")
    parts = [part.strip()[-LONGEST_NAME:] for part in text.split("/")]
    kept = [part for part in parts if part and part not in (".", "..")]
    return "/".join(kept[-DEEPEST:]) or "notes.md"


def size_in_words(count: int) -> str:
    """
    >>> size_in_words(4 * 1024 * 1024), size_in_words(2000)
    ('4 MiB', '2 KiB')
    """
    if count >= 1024 * 1024:
        return f"{count / 1024 / 1024:.1f}".removesuffix(".0") + " MiB"
    return f"{max(1, round(count / 1024))} KiB"


def _members(
    name: str, data: bytes, limits: Limits, left: int, wanted: tuple[str, ...]
) -> Iterator[tuple[str, bytes]]:
    shown = clean_path(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > limits.files:
                raise AuthoringError(
                    f"{shown} holds {len(entries):,} files; at most {limits.files:,} can be read."
                )
            for entry in entries:
                path = clean_path(entry.filename)
                if path.lower().endswith(".zip"):
                    raise AuthoringError(
                        f"{shown} holds another archive ({path}); unpack that one first."
                    )
                if entry.flag_bits & 1:
                    raise AuthoringError(f"{shown} is locked with a password; it can't be read.")
                if not path.lower().endswith(wanted):
                    yield path, b""
                    continue
                text = _read(archive, entry, shown, limits, left)
                left -= len(text)
                if is_archive(text):
                    raise AuthoringError(
                        f"{shown} holds another archive ({path}); unpack that one first."
                    )
                yield path, text
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise AuthoringError(f"{shown} is damaged, or no zip archive; it can't be read.") from None


def _read(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: str, limits: Limits, left: int
) -> bytes:
    """One member, read until a limit is met: what an archive says of sizes may be a lie."""
    parts: list[bytes] = []
    size = 0
    with archive.open(entry) as member:
        while part := member.read(READ_AT_ONCE):
            size += len(part)
            if size > left:
                raise AuthoringError(
                    f"{shown} unpacks to more than {size_in_words(limits.bytes)} of text, "
                    "the most that can become one outline."
                )
            if size > UNSUSPICIOUS and size > limits.ratio * max(1, entry.compress_size):
                raise AuthoringError(
                    f"{shown} is packed more than {limits.ratio} times as tightly as notes are; "
                    "it isn't unpacked."
                )
            parts.append(part)
    return b"".join(parts)
