"""Meetings of who goes: by a block between the two, or out of the mission, and perhaps back again."""

from __future__ import annotations

from webinar_server.mission.meetings import (
    Meeting,
    MeetingState,
    clashing,
    meetings_of,
    span_of,
)
from webinar_server.mission.meetings_keeping import cancel
from webinar_server.mission.meetings_telling import is_reached, put, tell, tell_both
from webinar_server.state import Actor, Draft, Records, replace


def part(draft: Draft, actor: Actor, person: str, whom: str) -> None:
    """Somebody wants nothing of another any more: what that one proposed to them is out of their sight, and
    stands for that one; what they proposed or agreed to themselves is cancelled, which says no reason."""
    for meeting in meetings_of(draft, person):
        if meeting.other(person) != whom:
            continue
        if meeting.state == "proposed" and meeting.to == person:
            put(draft, replace(meeting, untold=True), actor.at)
        elif _is_ahead(meeting, actor.at):
            cancel(draft, actor, meeting)


def leave(draft: Draft, actor: Actor, person: str) -> None:
    """Somebody takes part no more: what they were to be in will not be."""
    for meeting in list(draft.of(Meeting, "people", person)):
        if _is_ahead(meeting, actor.at):
            cancel(draft, actor, replace(meeting, left=person))


def rejoin(draft: Draft, actor: Actor, person: str) -> None:
    """Somebody takes part after all: what was cancelled when they left is again as it was, where both are
    there and free; who was told of the one is told of the other."""
    for meeting in list(draft.of(Meeting, "people", person)):
        if meeting.left != person or not all(is_reached(draft, one) for one in meeting.people):
            continue
        state: MeetingState = "fixed" if meeting.starts_at else "proposed"
        again = replace(meeting, state=state, left="", sequence=meeting.sequence + 1)
        if not _can_be(draft, again, actor.at) or put(draft, again, actor.at):
            continue
        if state == "fixed":
            tell_both(draft, actor, again, "meeting_changed")
        else:
            tell(draft, actor, again, again.to, "meeting_proposed")


def _is_ahead(meeting: Meeting, now: int) -> bool:
    return meeting.state == "proposed" or (meeting.state == "fixed" and meeting.starts_at > now)


def _can_be(records: Records, meeting: Meeting, now: int) -> bool:
    if meeting.state == "proposed":
        return meeting.until > now
    span = span_of(meeting.starts_at, meeting.minutes)
    return meeting.starts_at > now and not any(clashing(records, one, span) for one in meeting.people)
