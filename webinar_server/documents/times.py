"""Times as documents say them, in a zone: `Tuesday 1 December 2026`, `14:05`."""

from __future__ import annotations

from datetime import datetime, tzinfo

DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
}
MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni", "juli"),
        *("augustus", "september", "oktober", "november", "december"),
    ),
}


def day(at: int, zone: tzinfo, lang: str) -> str:
    """`at` is Unix ms."""
    when = datetime.fromtimestamp(at / 1000, zone)
    return f"{DAYS[lang][when.weekday()]} {when.day} {MONTHS[lang][when.month - 1]} {when.year}"


def clock(at: int, zone: tzinfo) -> str:
    return datetime.fromtimestamp(at / 1000, zone).strftime("%H:%M")
