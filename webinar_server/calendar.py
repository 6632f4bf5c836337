"""Calendar: somebody's sessions and meetings of a mission as iCalendar (RFC 5545), to download, to follow or
to mail.

The same session, or meeting, has the same UID always and a SEQUENCE that grows, so that a calendar which
knows it moves it; what is off is said to be. Times of sessions are those of the mission's first place, with
its rules of summer and winter written out; those of meetings, which are between two places, are in UTC. Who
else is in a session stands in none of it: calendars are kept by others. Of a meeting it is the one whom they
meet, by the name and organisation that they gave; no address of theirs, nor that of anybody else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Calendar, Event, Timezone, vCalAddress

from webinar_server.mission.attending import cancelled_of, sessions_of
from webinar_server.mission.meetings import Meeting, meetings_of
from webinar_server.mission.mission import Mission, the_mission
from webinar_server.mission.programme import Slot
from webinar_server.state import Records

MEDIA_TYPE = "text/calendar"
FOLLOWED_EACH = 15
"""Minutes: how often a calendar that follows a feed is asked to look."""

Address = Callable[[Slot], str]
"""Where somebody enters a session."""

UTC = ZoneInfo("UTC")


class Mailed(NamedTuple):
    """The e-mail addresses from which a letter comes, and to which it goes."""

    sender: str
    reader: str


def calendar_of(records: Records, participant: str, address: Address, at: int) -> bytes:
    """All that somebody leads, speaks in or marked, and what of that is off; `at` (Unix ms) is when it was
    written. Raises Refusal where the log is no mission's."""
    mission = the_mission(records)
    kept = [(slot, "CONFIRMED") for slot in sessions_of(records, participant)]
    slots = kept + [(slot, "CANCELLED") for slot in cancelled_of(records, participant)]
    whole = _sessions(mission, slots, address, at)
    for meeting in meetings_of(records, participant):
        if meeting.starts_at:
            whole.add_component(_meeting(mission, meeting, participant, at))
    return _written(whole)


def meeting_calendar(
    records: Records, meeting: Meeting, person: str, at: int, mailed: Mailed | None
) -> bytes:
    """A meeting that was fixed, for one of the two: to be kept, or, once it is off, to be taken out. With
    `mailed` it is what calendars take from a letter unasked: a request that its reader has agreed to."""
    mission, off = the_mission(records), meeting.state == "cancelled"
    whole = _whole("CANCEL" if off else "REQUEST" if mailed else "PUBLISH")
    event = _meeting(mission, meeting, person, at)
    if mailed:
        organiser, reader = vCalAddress(f"mailto:{mailed.sender}"), vCalAddress(f"mailto:{mailed.reader}")
        organiser.params["CN"] = mission.title
        reader.params.update({"PARTSTAT": "ACCEPTED", "RSVP": "FALSE", "ROLE": "REQ-PARTICIPANT"})
        event.add("organizer", organiser)
        event.add("attendee", reader, encode=False)
    whole.add_component(event)
    return _written(whole)


def _whole(method: str) -> Calendar:
    whole = Calendar()
    whole.add("prodid", "-//webinar-server//mission//EN")
    whole.add("version", "2.0")
    whole.add("method", method)
    return whole


def _written(whole: Calendar) -> bytes:
    written: bytes = whole.to_ical()
    return written


def _sessions(mission: Mission, slots: list[tuple[Slot, str]], address: Address, at: int) -> Calendar:
    """These slots, each with its STATUS."""
    zones = [(place.name, zone_of(place.zone)) for place in mission.places]
    whole = _whole("PUBLISH")
    whole.add("x-wr-calname", mission.title)
    whole.add("refresh-interval", timedelta(minutes=FOLLOWED_EACH), parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", f"PT{FOLLOWED_EACH}M")
    years = [_time(slot.starts_at, zones[0][1]).year for slot, _ in slots]
    if years and zones[0][1].key != "UTC":
        whole.add_component(_rules(zones[0][1].key, min(years), max(years)))
    for slot, status in slots:
        whole.add_component(_event(mission, slot, status, zones, address, at))
    return whole


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its name; UTC where this machine knows none of it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def _event(
    mission: Mission, slot: Slot, status: str, zones: list[tuple[str, ZoneInfo]], address: Address, at: int
) -> Event:
    event = Event()
    event.add("uid", f"{slot.id}.{mission.id}@webinar-server")
    event.add("sequence", slot.sequence)
    event.add("dtstamp", _time(at, UTC))
    event.add("dtstart", _time(slot.starts_at, zones[0][1]))
    event.add("dtend", _time(slot.ends_at, zones[0][1]))
    event.add("summary", slot.title)
    event.add("status", status)
    event.add("url", address(slot))
    event.add("location", address(slot))
    event.add("description", "\n\n".join(filter(None, (begins_everywhere(mission, slot), slot.abstract))))
    return event


def _meeting(mission: Mission, meeting: Meeting, person: str, at: int) -> Event:
    event, shown = Event(), meeting.shown_to(person)
    event.add("uid", f"{meeting.id}.{mission.id}@webinar-server")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", _time(at, UTC))
    event.add("dtstart", _time(meeting.starts_at, UTC))
    event.add("dtend", _time(meeting.ends_at, UTC))
    whom = f"{shown.name} ({shown.organisation})" if shown.organisation else shown.name
    event.add("summary", " · ".join(filter(None, (whom, mission.title))))
    event.add("status", "CANCELLED" if meeting.state == "cancelled" else "CONFIRMED")
    if meeting.place:
        event.add("url", meeting.place)
        event.add("location", meeting.place)
    if meeting.note:
        event.add("description", meeting.note)
    return event


def first_day(mission: Mission, slot: Slot) -> date:
    """On which a session begins at the mission's first place."""
    return _time(slot.starts_at, zone_of(mission.places[0].zone)).date()


def begins_everywhere(mission: Mission, slot: Slot) -> str:
    """When it begins at each place: `18:00 The Hague · 09:00 San Francisco`; `(+1)` is a day on."""
    first = first_day(mission, slot)
    times = ((_time(slot.starts_at, zone_of(place.zone)), place.name) for place in mission.places)
    return " · ".join(_there(time, first, place) for time, place in times)


def _there(time: datetime, first: date, place: str) -> str:
    days = (time.date() - first).days
    return f"{time:%H:%M} {place}" + (f" ({days:+d})" if days else "")


def _time(at: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at // 1000, zone)


@lru_cache(maxsize=64)
def _rules(zone: str, first: int, last: int) -> Timezone:
    """When a zone turns its clocks, in some years and those around them."""
    return Timezone.from_tzid(zone, first_date=date(first - 1, 1, 1), last_date=date(last + 2, 1, 1))
