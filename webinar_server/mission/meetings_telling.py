"""Telling of meetings: the letters that go to each of the two, and when one says what is so no more."""

from __future__ import annotations

from webinar_server.mission.letters import UNDONE_MS, Letter, LetterKind, drop_queued, letter_id, queue
from webinar_server.mission.meetings import Meeting, MeetingState
from webinar_server.mission.participants import Participant, takes_part
from webinar_server.state import Actor, Draft, Records

STATES: dict[LetterKind, MeetingState] = {
    "meeting_proposed": "proposed",
    "meeting_fixed": "fixed",
    "meeting_changed": "fixed",
    "meeting_cancelled": "cancelled",
    "meeting_declined": "declined",
    "meeting_reminder": "fixed",
}
"""Letters of a meeting, and as what it stands while each is true."""

GATHERED_MS = UNDONE_MS
"""A letter waits so long: of what is decided, changed and taken back within it, one tells, or none."""


def put(draft: Draft, meeting: Meeting, now: int) -> int:
    """As draft.put; and what waits to be sent and is so no more is not sent. Answers how many letters that
    are."""
    draft.put(meeting)
    waiting = [letter for person in meeting.people for letter in _waiting(draft, meeting, person)]
    return sum(drop_queued(draft, letter) for letter in waiting if is_stale(draft, letter, now))


def tell(
    draft: Draft, actor: Actor, meeting: Meeting, person: str, about: LetterKind, after: int = 0
) -> None:
    """Have a letter of it sent to one of the two. What waits of it still is not sent besides; one that says
    when it is goes as it is, of what is so by then."""
    to = draft.get(Participant, person)
    if to is None or person not in meeting.owners:
        return
    waiting = _waiting(draft, meeting, person)
    if about == "meeting_changed" and any(_says_when(letter) for letter in waiting):
        return
    for letter in waiting:
        drop_queued(draft, letter)
    queue(draft, actor, to, about, after, meeting=meeting.id)


def tell_both(draft: Draft, actor: Actor, meeting: Meeting, about: LetterKind) -> None:
    for person in meeting.people:
        tell(draft, actor, meeting, person, about, GATHERED_MS)


def is_stale(records: Records, letter: Letter, now: int) -> bool:
    """Whether a letter of a meeting would say what is so no more (`now` is Unix ms)."""
    if not letter.meeting:
        return False
    meeting = records.get(Meeting, letter.meeting)
    if meeting is None or letter.to not in meeting.owners or meeting.state != STATES[letter.about]:
        return True
    if letter.about == "meeting_proposed":
        return letter.to != meeting.to or now >= meeting.until
    return letter.about == "meeting_reminder" and now >= meeting.starts_at


def is_reached(records: Records, person: str) -> bool:
    """Whether somebody is there to be met."""
    return takes_part(records.get(Participant, person))


def _waiting(draft: Draft, meeting: Meeting, person: str) -> list[Letter]:
    """Letters of it to one of the two that nobody sends yet."""
    found = (draft.get(Letter, letter_id(about, person, meeting.id)) for about in STATES)
    return [letter for letter in found if letter is not None and letter.state == "queued"]


def _says_when(letter: Letter) -> bool:
    return letter.about in ("meeting_fixed", "meeting_changed")
