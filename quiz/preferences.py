"""How a learner wants it: settings read from a form, kept, and the schedule that follows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from quiz.days import Days, DaysError
from quiz.learner_rows import MOST_MINUTES, Learner
from quiz.recording import replan_cards
from quiz.scheduling import LEAST_RETENTION, MOST_RETENTION

FIELDS = (
    "exam_date", "exam_code", "retention", "minutes_a_day", "zone", "change_hour", "easy_at_choice",
)  # fmt: skip
# A change of these gives the cards their days anew.
DECISIVE = ("exam_date", "retention", "zone", "change_hour")


class PreferenceError(Exception):
    """A setting that can't be; the text is a sentence, `field` the setting."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Preferences:
    exam_date: date | None = None
    exam_code: str = ""
    retention: float = 0.9
    minutes_a_day: int = 20
    zone: str = "UTC"
    change_hour: int = 4
    easy_at_choice: bool = False


def preferences_of(learner: Learner) -> Preferences:
    return Preferences(**{name: getattr(learner, name) for name in FIELDS})


def read_preferences(
    form: Mapping[str, str], now: datetime, exam_date: date | None = None
) -> Preferences:
    """The settings in a form, `retention` in percent; raises PreferenceError.

    `exam_date` is the one that is kept already: it may stay, though it is past.
    """
    zone = form.get("zone", "UTC") or "UTC"
    hour = _whole(form, "change_hour", 0, 23, "A day can begin at any hour from 0 to 23.")
    try:
        days = Days(zone, hour)
    except DaysError as problem:
        raise PreferenceError("zone", str(problem)) from None
    low, high = round(100 * LEAST_RETENTION), round(100 * MOST_RETENTION)
    told = f"The share to remember can be from {low} to {high} percent."
    code = form.get("exam_code", "")
    if len(code) > 40 or not (code.isprintable()):
        raise PreferenceError("exam_code", "There is no such exam.")
    return Preferences(
        _exam_date(form.get("exam_date", ""), days.day_of(now), exam_date),
        code,
        _whole(form, "retention", low, high, told) / 100,
        _whole(
            form, "minutes_a_day", 1, MOST_MINUTES,
            f"Minutes a day can be from 1 to {MOST_MINUTES}.",
        ),
        zone,
        hour,
        form.get("easy_at_choice", "") in ("1", "on", "true"),
    )  # fmt: skip


@transaction.atomic
def set_preferences(learner: Learner, wanted: Preferences, now: datetime) -> int:
    """Keep settings; how many cards got another day by them."""
    held = Learner.objects.select_for_update(of=("self",)).get(pk=learner.pk)
    decisive = any(getattr(held, name) != getattr(wanted, name) for name in DECISIVE)
    for row in (held, learner):
        for name in FIELDS:
            setattr(row, name, getattr(wanted, name))
    held.save(update_fields=FIELDS)
    return replan_cards(held, now) if decisive else 0


def _exam_date(text: str, today: date, held: date | None) -> date | None:
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise PreferenceError("exam_date", f"“{text[:40]}” is no day, as 2026-01-31.") from None
    if day == held:
        return day
    if day <= today:
        raise PreferenceError("exam_date", "The exam must be after today.")
    if (day - today).days > 3650:
        raise PreferenceError("exam_date", "The exam can be at most ten years ahead.")
    return day


def _whole(form: Mapping[str, str], name: str, least: int, most: int, told: str) -> int:
    text = form.get(name, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and least <= int(text) <= most):
        raise PreferenceError(name, told)
    return int(text)
