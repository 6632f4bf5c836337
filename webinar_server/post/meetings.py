"""Meetings in letters: with whom, and when, by the reader's clocks with the other's beside them; and what
their calendar is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from webinar_server.calendar import Mailed, meeting_calendar, zone_of
from webinar_server.mission.letters import Letter
from webinar_server.mission.meetings import HOUR_MS, MINUTE_MS, Meeting
from webinar_server.mission.meetings_times import zone_called
from webinar_server.post import words_of_meetings
from webinar_server.post.words import Language, day_of
from webinar_server.post.words_of_meetings import MeetingWords
from webinar_server.state import Records

WORDS: Mapping[Language, MeetingWords] = {"en": words_of_meetings.EN, "nl": words_of_meetings.NL}

CALENDARS = ("meeting_fixed", "meeting_changed", "meeting_cancelled")


def calendar_with(
    records: Records, letter: Letter, meeting: Meeting, mailed: Mailed, at: int
) -> tuple[str, bytes]:
    """What goes along for the reader's calendar, and its method; nothing of what was never fixed."""
    if letter.about not in CALENDARS or not meeting.starts_at:
        return "", b""
    method = "CANCEL" if meeting.state == "cancelled" else "REQUEST"
    return method, meeting_calendar(records, meeting, letter.to, at, mailed)


def said_of(meeting: Meeting, letter: Letter, language: Language) -> dict[str, str]:
    """What stands in the words of a letter."""
    shown, is_soon = meeting.shown_to(letter.to), meeting.starts_at - letter.asked < HOUR_MS
    nobody = WORDS[language].nobody
    return {
        "other": f"{shown.name} ({shown.organisation})" if shown.organisation else shown.name or nobody,
        "minutes": str(meeting.minutes),
        "soon": WORDS[language].soon[is_soon],
    }


def lines_of(records: Records, meeting: Meeting, letter: Letter, language: Language) -> list[str]:
    """When it is or may be, where, and what was written with it."""
    words = WORDS[language]
    times = (meeting.starts_at,) if meeting.starts_at else meeting.times
    lines = ["\n".join(when(records, meeting, at, letter.to, language) for at in times)]
    if letter.about in ("meeting_cancelled", "meeting_declined"):
        return lines
    if meeting.place:
        lines.append(words.where.format(place=meeting.place))
    if meeting.note and letter.about == "meeting_proposed":
        lines.append(words.note.format(note=meeting.note))
    return lines


def below(letter: Letter, language: Language) -> list[str]:
    """What stands under it."""
    words = WORDS[language]
    quiet = [words.quiet] if letter.about == "meeting_reminder" else []
    return quiet + ([words.calendar] if letter.about in CALENDARS else [])


def when(records: Records, meeting: Meeting, at: int, reader: str, language: Language) -> str:
    """`Tuesday 2 March 2027, 18:00–18:20, The Hague · 09:00–09:20, San Francisco`: the reader's first; the
    other's day, too, where it is another."""
    ends_at = at + meeting.minutes * MINUTE_MS
    zones = (meeting.by_zone, meeting.to_zone)
    mine, theirs = zones if reader == meeting.by else reversed(zones)
    here, there = (datetime.fromtimestamp(at // 1000, zone_of(zone)) for zone in (mine, theirs))
    told = f"{_day(here, language)}, {_hours(here, ends_at)}, {zone_called(records, mine)}"
    if here.utcoffset() == there.utcoffset():
        return told
    day = f"{_day(there, language)}, " if there.date() != here.date() else ""
    return f"{told} · {day}{_hours(there, ends_at)}, {zone_called(records, theirs)}"


def _day(time: datetime, language: Language) -> str:
    return f"{WORDS[language].weekdays[time.weekday()]} {day_of(time.date(), language)}"


def _hours(time: datetime, ends_at: int) -> str:
    zone = time.tzinfo
    assert isinstance(zone, ZoneInfo)
    return f"{time:%H:%M}–{datetime.fromtimestamp(ends_at // 1000, zone):%H:%M}"
