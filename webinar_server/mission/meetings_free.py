"""Free times: when two who are connected could meet, of which neither is told what the other does.

Of both is taken what they lead, speak in, marked or meet in; what is left of the days of meetings is told.
Who looks knows their own week, so of the other they come to know when that one is busy and nothing else: not
with what, with whom, or whether by a meeting or a session. Of whom has them no more only what stands in the
programme counts, which all may know. To be blocked changes nothing: hours free all at once would tell.
"""

from __future__ import annotations

from collections.abc import Iterable

from webinar_server.mission.attending import sessions_of
from webinar_server.mission.leads import lead_of
from webinar_server.mission.meetings import Meeting, Span, booked
from webinar_server.mission.meetings_making import connected
from webinar_server.mission.meetings_times import SOON_MS, STEP_MS, days_of
from webinar_server.mission.programme import sessions_with
from webinar_server.state import Records


def free_times(records: Records, person: str, whom: str, now: int, besides: str = "") -> list[Span]:
    """When both could be met from now on (Unix ms), but for the meeting of that id, in their order. Raises
    Refusal `meeting.stranger`."""
    connected(records, person, whom)
    moved = records.get(Meeting, besides)
    if moved is None or {person, whom} != set(moved.people):
        besides = ""
    first, last = days_of(records)
    busy = [*_week(records, person, besides), *_told(records, person, whom, besides)]
    return list(_left(Span(max(first, _stepped(now + SOON_MS)), last), sorted(busy)))


def _week(records: Records, person: str, besides: str) -> list[Span]:
    """All that somebody does."""
    meetings = (one for one in booked(records, person) if one.id != besides)
    return [
        *(Span(slot.starts_at, slot.ends_at) for slot in sessions_of(records, person)),
        *(Span(one.starts_at, one.ends_at) for one in meetings),
    ]


def _told(records: Records, person: str, whom: str, besides: str) -> list[Span]:
    """The same as far as this one is to know it of another."""
    if lead_of(records, whom, person) is None:
        return [Span(slot.starts_at, slot.ends_at) for slot in sessions_with(records, whom)]
    return _week(records, whom, besides)


def _left(window: Span, busy: Iterable[Span]) -> Iterable[Span]:
    """Of a time what nothing takes, from full five minutes on."""
    start = window.starts_at
    for span in busy:
        if start < min(span.starts_at, window.ends_at):
            yield Span(start, min(span.starts_at, window.ends_at))
        start = max(start, _stepped(span.ends_at))
    if start < window.ends_at:
        yield Span(start, window.ends_at)


def _stepped(at: int) -> int:
    return -(-at // STEP_MS) * STEP_MS
