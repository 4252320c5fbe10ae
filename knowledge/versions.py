"""What each process keeps of the outlines that it shows, one version of each, a few in all.

For what is large and asked for often: the shared cache would pack and unpack it each time.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from knowledge.models import Outline

V = TypeVar("V")


class Versions(Generic[V]):
    """Values made of outlines; safe to use from several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str | None, int], tuple[tuple[int, str], V]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, outline: Outline, make: Callable[[Outline], V]) -> V:
        """The value of this version of the outline, made where it isn't kept yet."""
        key = (outline._state.db, outline.pk)
        version = (outline.version, outline.fingerprint + outline.sha256)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and kept[0] == version:
                self._kept.move_to_end(key)
                return kept[1]
        value = make(outline)
        with self._lock:
            self._kept[key] = (version, value)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
