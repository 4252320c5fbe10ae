"""A learner's settings, and the schedule that follows them."""

from __future__ import annotations

from datetime import date

import pytest

from quiz.models import Card
from quiz.preferences import PreferenceError, Preferences, read_preferences, set_preferences
from tests.factories import make_outline
from tests.sessions import DAY, NOW, make_learner, reviewed

pytestmark = pytest.mark.django_db


def test_an_exam_date_brings_cards_forward_and_its_end_puts_them_back() -> None:
    learner, outline = make_learner(), make_outline()
    last = reviewed(learner, outline, 4)
    due = Card.objects.get().due
    exam = (due - 3 * DAY).date()
    assert set_preferences(learner, Preferences(exam_date=exam), last) == 1
    assert Card.objects.get().due < due
    assert learner.days.day_of(Card.objects.get().due) < exam
    assert set_preferences(learner, Preferences(), last) == 1
    assert Card.objects.get().due == due
    assert set_preferences(learner, Preferences(minutes_a_day=30), last) == 0


SENT = {"retention": "90", "minutes_a_day": "20", "change_hour": "4", "zone": "Europe/Berlin"}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("exam_date", "soon", "“soon” is no day, as 2026-01-31."),
        ("exam_date", "2026-03-02", "The exam must be after today."),
        ("exam_date", "2096-03-02", "The exam can be at most ten years ahead."),
        ("zone", "Mars", "There is no time zone “Mars”."),
        ("change_hour", "24", "A day can begin at any hour from 0 to 23."),
        ("retention", "99", "The share to remember can be from 70 to 97 percent."),
        ("minutes_a_day", "0", "Minutes a day can be from 1 to 600."),
        ("exam_code", "\x00", "There is no such exam."),
    ],
)
def test_settings_that_cannot_be_are_refused(field: str, value: str, sentence: str) -> None:
    with pytest.raises(PreferenceError) as caught:
        read_preferences({**SENT, field: value}, NOW)
    assert (str(caught.value), caught.value.field) == (sentence, field)


def test_settings_are_read() -> None:
    found = read_preferences({**SENT, "exam_date": "2026-06-01", "easy_at_choice": "on"}, NOW)
    assert found == Preferences(
        date(2026, 6, 1), "", 0.9, 20, "Europe/Berlin", 4, easy_at_choice=True
    )
