"""Input that is made to hurt takes work in proportion: calls are counted, not seconds."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from bench.hostile import HEAD, SHAPES
from knowledge.outline.reading import read_outline


def calls(text: str) -> int:
    """How many functions one reading calls, those of C counted in."""
    number = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read_outline(HEAD + text)
    finally:
        sys.setprofile(before)
    return number


@pytest.mark.parametrize("name", SHAPES)
def test_twice_the_input_is_twice_the_work(name: str) -> None:
    small, large = (calls(SHAPES[name](size)) for size in (300, 600))
    assert large <= 2.4 * small + 500
