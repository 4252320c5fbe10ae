"""Fewer walks of the garbage collector while much is made that stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_USUAL = gc.get_threshold()
# So many more objects made than given up before the collector looks at the new ones.
RARE = 200_000


@contextmanager
def collect_rarely() -> Iterator[None]:
    """Let the collector walk seldom: a load makes hardly any circles, and nearly all it makes
    lives until it ends, so that each walk over all of it is for nothing.

    The threshold is the process's: of two loads at once the first to end puts it back.
    """
    gc.set_threshold(RARE, *_USUAL[1:])
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)
