"""A learner's days: their own time zone, and the hour at which a new day begins. Pure.

Whoever studies at one in the morning still studies today. All instants are in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

MIDDLE = timedelta(hours=12)
_EPOCH = date(1970, 1, 1)


class DaysError(Exception):
    """A time zone or an hour that doesn't exist; the text is a sentence."""


@lru_cache(maxsize=1024)
def _zone(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise DaysError(f"There is no time zone “{name}”.") from None


@dataclass(frozen=True)
class Days:
    """`zone` is an IANA name, `change_hour` (0 to 23) the local hour at which a day begins."""

    zone: str = "UTC"
    change_hour: int = 4

    def __post_init__(self) -> None:
        _zone(self.zone)
        if not 0 <= self.change_hour <= 23:
            raise DaysError("A day can begin at any hour from 0 to 23.")

    def day_of(self, instant: datetime) -> date:
        """The learner's day at an instant.

        >>> Days("Europe/Berlin", 4).day_of(datetime(2026, 3, 2, 2, 30, tzinfo=UTC))
        datetime.date(2026, 3, 1)
        """
        local = instant.astimezone(_zone(self.zone)).replace(tzinfo=None)
        return (local - timedelta(hours=self.change_hour)).date()

    def start_of(self, day: date) -> datetime:
        """The instant at which a day begins. An hour that a clock skips begins when it would."""
        local = datetime.combine(day, time(self.change_hour), _zone(self.zone))
        return local.astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        return self.start_of(day + timedelta(days=1))

    def middle_of(self, day: date) -> datetime:
        """Where a card due on a day is put: still that day after a journey to the next zones."""
        return self.start_of(day) + MIDDLE


UTC_DAYS = Days()


def number_of(day: date) -> int:
    """A day as a count, 0 on 1 January 1970."""
    return (day - _EPOCH).days


def day_numbered(number: int) -> date:
    return _EPOCH + timedelta(days=number)
