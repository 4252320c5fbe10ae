"""Stems come out the same however many threads ask for them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from quiz.items.words import stem


@pytest.fixture
def _busy_threads() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_busy_threads")
def test_threads_do_not_disturb_each_other() -> None:
    endings = ("ational", "izations", "fulness", "iveness", "ing", "edly")
    words = [f"{chr(97 + n % 26)}rel{n}{ending}" for n in range(150) for ending in endings]
    alone = [stem.__wrapped__(word) for word in words]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(stem.__wrapped__, words))
    assert together == alone
