"""Charts are shapes of the right size, whole as XML, with every number within reach."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.charts import CELL, WIDE, Column, bar, calendar, columns, ring, shade

TODAY = date(2026, 3, 4)  # a Wednesday


def rects(svg: str, kind: str) -> list[dict[str, str]]:
    root = ElementTree.fromstring(svg)
    return [dict(rect.attrib) for rect in root.iter("rect") if rect.get("class") == kind]


def test_a_bar_is_as_long_as_its_share() -> None:
    assert rects(bar(0.25, "a quarter"), "fill")[0]["width"] == str(WIDE // 4)
    assert rects(bar(0, "nothing"), "fill") == []
    assert rects(bar(0.0001, "a little"), "fill")[0]["width"] == "1"


def test_a_tick_stands_within_the_bar() -> None:
    assert rects(bar(0.5, "half", mark=1.0), "tick")[0]["x"] == str(WIDE - 2)


def test_columns_stand_on_the_ground_and_reach_their_value() -> None:
    held = [Column(4, "four"), Column(None, "none"), Column(2, "two")]
    fills = rects(columns(held, "three days", tall=60), "fill")
    assert [(f["x"], f["y"], f["height"]) for f in fills] == [("0", "0", "60"), ("28", "30", "30")]


def test_the_calendar_ends_today_and_begins_on_a_monday() -> None:
    svg = calendar({TODAY: 30, date(2026, 3, 2): 1}, TODAY, 2, "two weeks")
    root = ElementTree.fromstring(svg)
    days = list(root.iter("rect"))
    assert len(days) == 7 + 3
    assert days[-1].get("class") == "s3"
    assert days[-1][0].text == "Wednesday, 4 March 2026: 30 answers"
    assert days[7].get("x") == str(CELL + 2)
    assert days[7].get("class") == "s1"


@pytest.mark.parametrize(("number", "wanted"), [(0, 0), (1, 1), (9, 1), (10, 2), (25, 3), (99, 4)])
def test_more_answers_make_a_day_darker(number: int, wanted: int) -> None:
    assert shade(number) == wanted


@given(st.floats(-1, 3), st.text(max_size=20))
def test_any_share_and_any_words_make_whole_xml(share: float, words: str) -> None:
    printable = "".join(sign for sign in words if sign.isprintable())
    for svg in (bar(share, printable, mark=share), ring(share, printable)):
        root = ElementTree.fromstring(svg)
        assert root.get("aria-label") == printable


def test_nothing_is_styled_within() -> None:
    svg = calendar({}, TODAY, 3, "x") + bar(1, "y") + columns([], "z") + ring(1, "w")
    assert "style" not in svg
    assert "<script" not in svg
