"""Small words of the pages to learn with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django import template
from django.utils.safestring import SafeString, mark_safe

from quiz.addresses import address_of
from quiz.learner_rows import Learner
from quiz.standing import Mark

register = template.Library()


@register.filter
def spelled(span: timedelta | float | None) -> str:
    """A span of time, or so many seconds, in words: `2 h 41 min`, `45 s`."""
    if span is None:
        return "–"
    seconds = round(span.total_seconds() if isinstance(span, timedelta) else span)
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    if minutes:
        return f"{minutes} min" if minutes > 9 or not left else f"{minutes} min {left} s"
    return f"{left} s"


@register.filter
def percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


register.simple_tag(address_of, name="address")


@register.simple_tag
def dots(marks: Iterable[Mark], position: int) -> SafeString:
    """A dot for each question that is asked; the one at the position is the one shown now."""
    shown = (
        f'<span class="{_sign(mark)}{" now" if mark.position == position else ""}"></span>'
        for mark in marks
        if not mark.dropped
    )
    return mark_safe("\n".join(shown))  # noqa: S308


def _sign(mark: Mark) -> str:
    if mark.right is None:
        return "done" if mark.answered else ""
    return "right" if mark.right else "wrong"


@register.simple_tag
def when(instant: datetime, learner: Learner, now: datetime) -> str:
    """A coming day as the learner counts days: `tomorrow`, `in 3 days, on Thursday 5 March`."""
    day, today = learner.days.day_of(instant), learner.today(now)
    ahead = (day - today).days
    if ahead <= 0:
        minutes = max(1, round((instant - now).total_seconds() / 60))
        return f"in {spelled(timedelta(minutes=minutes))}"
    if ahead == 1:
        return "tomorrow"
    return f"in {ahead} days, on {day:%A} {day.day} {day:%B}"
