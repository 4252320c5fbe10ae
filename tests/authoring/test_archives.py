"""Zip archives from anybody: within limits, whatever they say of themselves."""

from __future__ import annotations

import io
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.archives import Limits, clean_path, unpack
from authoring.errors import AuthoringError

LIMITS = Limits(bytes=3 * 1024 * 1024, files=5, ratio=100)
NOTES = (".md", ".txt")


def pack(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return packed.getvalue()


def open_up(data: bytes, limits: Limits = LIMITS) -> list[tuple[str, bytes]]:
    return unpack([("vault.zip", data)], limits, NOTES)


def test_notes_are_read_and_other_files_are_only_named() -> None:
    data = pack(("a/KMS.md", b"Keys"), ("a/picture.png", b"\x89PNG"), ("a/", b""))
    assert open_up(data) == [("a/KMS.md", b"Keys"), ("a/picture.png", b"")]


def test_plain_files_stay_what_they_are() -> None:
    assert unpack([("notes.md", b"x")], LIMITS, NOTES) == [("notes.md", b"x")]


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(AuthoringError, match="100 times as tightly"):
        open_up(pack(("bomb.md", b"\0" * 2 * 1024 * 1024)))


def test_what_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(AuthoringError, match="more than 10 KiB"):
        open_up(pack(("a.md", b"ab" * 6000)), Limits(bytes=10_240, files=5, ratio=10**6))


def test_the_limit_holds_for_all_files_together() -> None:
    limits = Limits(bytes=10_000, files=5, ratio=100)
    with pytest.raises(AuthoringError, match="unpacks to more than"):
        open_up(pack(("a.md", b"a" * 6000), ("b.md", b"b" * 6000), method=0), limits)
    with pytest.raises(AuthoringError, match="too much text"):
        unpack([("a.md", b"a" * 6000), ("b.md", b"b" * 6000)], limits, NOTES)


def test_a_size_that_lies_does_not_help() -> None:
    data = bytearray(pack(("a.md", b"ab" * 60_000)))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    with pytest.raises(AuthoringError):
        open_up(bytes(data), Limits(bytes=5_000, files=5, ratio=10**6))


def test_too_many_files_are_refused() -> None:
    with pytest.raises(AuthoringError, match="holds 6 files; at most 5"):
        open_up(pack(*((f"{n}.md", b"x") for n in range(6))))
    with pytest.raises(AuthoringError, match="too many files"):
        unpack([(f"{n}.md", b"x") for n in range(6)], LIMITS, NOTES)


@pytest.mark.parametrize("name", ["inner.zip", "notes.md"])
def test_archives_within_archives_are_refused(name: str) -> None:
    with pytest.raises(AuthoringError, match="another archive"):
        open_up(pack((name, pack(("a.md", b"x")))))


def test_a_locked_archive_is_told() -> None:
    data = bytearray(pack(("a.md", b"x"), method=0))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + flags] |= 1
    with pytest.raises(AuthoringError, match="locked with a password"):
        open_up(bytes(data))


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.md", "etc/passwd.md"),
        ("/etc/a.md", "etc/a.md"),
        ("C:\\notes\\a.md", "C/notes/a.md"),
        ("a/./b//c.md", "a/b/c.md"),
        ("a\u202edm.exe", "adm.exe"),
        ("\0\n", "notes.md"),
    ],
)
def test_names_are_only_names(name: str, clean: str) -> None:
    assert clean_path(name) == clean


@given(st.text())
def test_no_name_leads_anywhere(name: str) -> None:
    path = clean_path(name)
    assert not path.startswith("/")
    assert ".." not in path.split("/")
    assert "\0" not in path


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", pack(("a.md", b"x"))[:60]):
        with suppress(AuthoringError):
            open_up(start + data)
