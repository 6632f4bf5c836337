"""Reminding: when somebody is reminded of a lead, and which it is then.

A lead of which nothing was noted, no next step planned, and which is not done, comes up after 3 days and
after 14; one with a day comes up on that day, at `DAY_HOUR`, when it is that day here and across the ocean.
All at full hours, so that the reminders of thousands are few entries.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from webinar_server.mission.contacts import DAY_MS, HOUR_MS
from webinar_server.mission.mission import day_number

ReminderKind = Literal["three", "fourteen", "day"]
"""After three days, or fourteen, in which nothing was done; on the day of the next step."""

QUIET: tuple[ReminderKind, ...] = ("three", "fourteen")
QUIET_DAYS = (3, 14)
DAY_HOUR = 9
"""Of the day, in UTC: from ten in Amsterdam to one in the night in California."""


class Reminder(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is reminded of, since when (Unix ms)."""

    kind: ReminderKind
    at: int


def after(at: int, days: int) -> int:
    """The full hour at which so many days are over (Unix ms)."""
    return -(-(at + days * DAY_MS) // HOUR_MS) * HOUR_MS


def passed(at: int, now: int) -> int:
    """Of how many of `QUIET_DAYS` it is past the time, of what began at `at`."""
    return sum(after(at, days) <= now for days in QUIET_DAYS)


def on_day(day: str) -> int:
    """When that day is told (Unix ms)."""
    return day_number(day, "due") * DAY_MS + DAY_HOUR * HOUR_MS
