"""Why a backup or a restore can't be done, and where a file may stand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile


class BackupError(Exception):
    """A backup that can't be made or used; the text is a sentence."""


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its place when the block has ended well, never half."""
    try:
        with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            part = Path(file.name)
    except OSError as problem:
        raise BackupError(f"{target} can't be written: {problem.strerror}.") from None
    try:
        yield part
        part.replace(target)
    except OSError as problem:
        raise BackupError(f"{target} can't be written: {problem.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
