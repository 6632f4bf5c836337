"""Times of meetings: when there may be some, who is busy then, and which sessions they clash with."""

from __future__ import annotations

from typing import Annotated

from webinar_server.errors import Refusal
from webinar_server.mission.meetings import DAY_MS, MINUTE_MS, Meeting, clashing, diary_of, span_of
from webinar_server.mission.mission import day_number, the_mission
from webinar_server.mission.participants import Participant
from webinar_server.mission.programme import sessions_with
from webinar_server.state import Actor, Records
from webinar_server.words.sizes import Time, so_many

LEAST_TIMES, MOST_TIMES = 2, 3
SOON_MS = 15 * MINUTE_MS
"""A meeting begins so much later at least: who is asked is to have time to answer."""

STEP_MS = 5 * MINUTE_MS
AROUND_MS = 14 * DAY_MS
"""So long before a mission and after it there may be meetings."""

_AMERICAS = frozenset(("US", "CA", "MX", "BR", "AR", "CL", "CO", "PE"))

Times = Annotated[tuple[Time, ...], so_many(LEAST_TIMES, MOST_TIMES)]


def clean_times(
    records: Records,
    actor: Actor,
    times: tuple[int, ...],
    minutes: int,
    least: int = LEAST_TIMES,
    besides: str = "",
) -> tuple[int, ...]:
    """In their order. Raises Refusal `meeting.times`, `meeting.early`, `meeting.away`, and `meeting.taken`
    where whoever proposes them is in another meeting."""
    clean = tuple(sorted(set(times)))
    if not least <= len(clean) <= MOST_TIMES or any(at % STEP_MS for at in clean):
        raise Refusal(
            "meeting.times", "Two or three times, please, each at full five minutes.", field="times"
        )
    if clean[0] < actor.at + SOON_MS:
        raise Refusal("meeting.early", "A quarter of an hour from now at least, please.", field="times")
    first, last = days_of(records)
    if clean[0] < first or clean[-1] + minutes * MINUTE_MS > last:
        text = "Meetings are in the days of the mission, and a fortnight before and after."
        raise Refusal("meeting.away", text, field="times")
    if any(clashing(records, actor.id, span_of(at, minutes), besides) for at in clean):
        raise Refusal("meeting.taken", "You have another meeting then.", field="times")
    return clean


def need_free(
    records: Records, actor: Actor, meeting: Meeting, starts_at: int, minutes: int, besides: str = ""
) -> None:
    """Raises Refusal `meeting.taken`, or `meeting.gone` where it is the other who has another meeting."""
    span = span_of(starts_at, minutes)
    if clashing(records, actor.id, span, besides):
        raise Refusal("meeting.taken", "You have another meeting then.")
    if clashing(records, meeting.other(actor.id), span, besides):
        raise Refusal("meeting.gone", "That time is not free any more; please choose another one.")


def days_of(records: Records) -> tuple[int, int]:
    """From when until when there may be meetings (Unix ms)."""
    mission = the_mission(records)
    first, last = day_number(mission.starts_on, "starts_on"), day_number(mission.ends_on, "ends_on")
    return first * DAY_MS - AROUND_MS, (last + 1) * DAY_MS + AROUND_MS


def clashes(records: Records, meeting: Meeting, times: tuple[int, ...]) -> list[str]:
    """Sessions at one of these times that one of the two leads or speaks in, by their ids: all may know."""
    spans = [span_of(at, meeting.minutes) for at in times]
    slots = {slot.id: slot for person in meeting.people for slot in sessions_with(records, person)}
    return sorted(
        id
        for id, slot in slots.items()
        if any(span.starts_at < slot.ends_at and slot.starts_at < span.ends_at for span in spans)
    )


def zone_of_person(records: Records, person: str) -> str:
    """The time zone in which somebody is, by its name: as their browser told it, else that of the place of
    the mission where they may be."""
    told = diary_of(records, person).zone
    if told:
        return told
    known, places = records.get(Participant, person), the_mission(records).places
    there = [place for place in places if known and place.name.casefold() == known.place.casefold()]
    west = known is not None and known.country in _AMERICAS
    near = [place for place in places if place.zone.startswith("America/") == west]
    return (*there, *near, *places)[0].zone


def zone_called(records: Records, zone: str) -> str:
    """As the mission calls a place of it, where one is there; else by the zone's own city."""
    names = (place.name for place in the_mission(records).places if place.zone == zone)
    return next(names, zone.rpartition("/")[2].replace("_", " "))
