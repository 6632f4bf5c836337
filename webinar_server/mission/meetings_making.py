"""Making meetings: two or three times are proposed to somebody whom one knows, and one of them is accepted.

Of whom one blocked, or is no more connected with, one is refused by what one did oneself alone. Where it was
the other side, what is proposed stands as any does, and the other is told nothing of it (`contacts.py`).
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from webinar_server.errors import Refusal
from webinar_server.limits_of_meetings import MEETINGS_MAX, PROPOSED_A_DAY, PROPOSED_EACH
from webinar_server.mission.contacts import Shown, is_blocked
from webinar_server.mission.leads import Lead, lead_of
from webinar_server.mission.meetings import (
    DAY_MS,
    NOTE_MAX,
    Meeting,
    Minutes,
    meetings_of,
    need_mine,
)
from webinar_server.mission.meetings_telling import is_reached, put, tell, tell_both
from webinar_server.mission.meetings_times import Times, clashes, clean_times, need_free, zone_of_person
from webinar_server.mission.tallies import MEETINGS, count
from webinar_server.state import Actor, Command, Draft, Record, Records, replace
from webinar_server.words.addresses import LINK_MAX, clean_link
from webinar_server.words.sizes import Time, up_to
from webinar_server.words.text import clean_or_empty

Id = Annotated[str, up_to(100)]
Note = Annotated[str, up_to(NOTE_MAX)]
Link = Annotated[str, up_to(LINK_MAX)]


class ProposeMeeting(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Let us meet at one of these times (Unix ms), for so many minutes, there: `place` is an address of the
    web. Answers with which sessions that one of us leads or speaks in they `clash`, by their ids."""

    NAME: ClassVar[str] = "propose_meeting"

    whom: Id
    times: Times
    minutes: Minutes
    place: Link = ""
    note: Note = ""

    def run(self, draft: Draft, actor: Actor) -> dict[str, object]:
        mine = connected(draft, actor.id, self.whom)
        _refuse_many(draft, actor, self.whom)
        theirs = _lead(draft, self.whom, actor.id)
        meeting = Meeting(
            id=actor.fresh,
            by=actor.id,
            to=self.whom,
            by_shown=_shown(theirs, actor.name),
            to_shown=_shown(mine, ""),
            by_zone=zone_of_person(draft, actor.id),
            to_zone=zone_of_person(draft, self.whom),
            times=clean_times(draft, actor, self.times, self.minutes),
            minutes=self.minutes,
            place=clean_place(self.place),
            note=_clean_note(self.note),
            asked=actor.at,
            untold=theirs is None or is_blocked(draft, actor.id, self.whom),
        )
        put(draft, meeting, actor.at)
        tell(draft, actor, meeting, meeting.to, "meeting_proposed")
        return {"id": meeting.id, "clash": clashes(draft, meeting, meeting.times)}


class AcceptMeeting(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Yes, then: at one of the times that were proposed to me. Answers `clash` as `propose_meeting` does."""

    NAME: ClassVar[str] = "accept_meeting"

    meeting: Id
    starts_at: Time

    def run(self, draft: Draft, actor: Actor) -> dict[str, object]:
        meeting = _need_asked(draft, actor, self.meeting)
        if self.starts_at not in meeting.times:
            raise Refusal("meeting.other_time", "This is not one of the times that were proposed.")
        need_free(draft, actor, meeting, self.starts_at, meeting.minutes)
        fixed = replace(meeting, state="fixed", starts_at=self.starts_at, rung=actor.at)
        put(draft, fixed, actor.at)
        if not meeting.starts_at:
            count(draft, MEETINGS, *meeting.people)
        tell_both(draft, actor, fixed, "meeting_fixed")
        return {"clash": clashes(draft, fixed, (fixed.starts_at,))}


class DeclineMeeting(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """At none of these times, and I propose no other; whoever proposed them is told."""

    NAME: ClassVar[str] = "decline_meeting"

    meeting: Id

    def run(self, draft: Draft, actor: Actor) -> None:
        declined = replace(_need_asked(draft, actor, self.meeting), state="declined")
        put(draft, declined, actor.at)
        tell(draft, actor, declined, declined.by, "meeting_declined")


class ProposeOtherTimes(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Not then, perhaps at one of these times: now the other side answers."""

    NAME: ClassVar[str] = "propose_other_times"

    meeting: Id
    times: Times
    minutes: Minutes
    note: Note = ""

    def run(self, draft: Draft, actor: Actor) -> dict[str, object]:
        meeting = _need_asked(draft, actor, self.meeting)
        turned = replace(
            meeting,
            by=meeting.to,
            to=meeting.by,
            by_shown=meeting.to_shown,
            to_shown=meeting.by_shown,
            by_zone=meeting.to_zone,
            to_zone=meeting.by_zone,
            times=clean_times(draft, actor, self.times, self.minutes),
            minutes=self.minutes,
            note=_clean_note(self.note) or meeting.note,
            asked=actor.at,
        )
        put(draft, turned, actor.at)
        tell(draft, actor, turned, turned.to, "meeting_proposed")
        return {"clash": clashes(draft, turned, turned.times)}


def connected(records: Records, person: str, whom: str) -> Lead:
    """What somebody has of another, with whom they are connected. Raises Refusal `meeting.stranger`."""
    lead = _lead(records, person, whom)
    if lead is None or not is_reached(records, whom):
        raise Refusal(
            "meeting.stranger", "You meet people with whom you are connected; ask for contact first."
        )
    return lead


def clean_place(place: str) -> str:
    return clean_link(place, "meeting", field="place", named=True)


def _need_asked(draft: Draft, actor: Actor, id: str) -> Meeting:
    """One that waits for their answer. Raises Refusal `meeting.unknown` or `meeting.over`."""
    meeting = need_mine(draft, actor.id, id)
    if meeting.to != actor.id or meeting.state != "proposed":
        raise Refusal("meeting.over", "This does not wait for your answer (any more).")
    if meeting.until <= actor.at:
        raise Refusal("meeting.over", "The first of these times is too near; please propose others.")
    if not is_reached(draft, meeting.by):
        raise Refusal("meeting.over", "Whoever proposed it does not take part any more.")
    return meeting


def _refuse_many(draft: Draft, actor: Actor, whom: str) -> None:
    """Raises Refusal `meeting.many`, `meeting.day` or `meeting.full`."""
    there = meetings_of(draft, actor.id)
    mine = [one for one in there if one.by == actor.id]
    if sum(one.to == whom and one.state == "proposed" for one in mine) >= PROPOSED_EACH:
        text = f"{PROPOSED_EACH} of your proposals wait for this person already; please wait for an answer."
        raise Refusal("meeting.many", text)
    recent = [one.asked for one in mine if one.asked > actor.at - DAY_MS]
    if len(recent) >= PROPOSED_A_DAY:
        text = (
            f"You proposed {PROPOSED_A_DAY} meetings within a day; the next one, please, when that is over."
        )
        raise Refusal("meeting.day", text, retry_after=(min(recent) + DAY_MS - actor.at) / 1000)
    for person in (actor.id, whom):
        _make_room(draft, person, actor)


def _make_room(draft: Draft, person: str, actor: Actor) -> None:
    there = list(draft.of(Meeting, "people", person))
    if len(there) < MEETINGS_MAX:
        return
    past = [one for one in there if one.state not in ("proposed", "fixed") or _is_past(one, actor.at)]
    if not past:
        raise Refusal("meeting.full", "There are too many meetings; please cancel some first.")
    draft.drop(min(past, key=lambda one: (one.asked, one.id)))


def _is_past(meeting: Meeting, now: int) -> bool:
    return meeting.state == "fixed" and meeting.ends_at <= now


def _lead(records: Records, of: str, whom: str) -> Lead | None:
    """What somebody has of another and still sees."""
    lead = lead_of(records, of, whom)
    return None if lead is None or lead.hidden else lead


def _shown(lead: Lead | None, name: str) -> Shown:
    """Somebody as they gave themselves to the other."""
    return Shown(name=lead.name, organisation=lead.organisation) if lead else Shown(name=name)


def _clean_note(note: str) -> str:
    return clean_or_empty(note, "meeting", NOTE_MAX, field="note")


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [ProposeMeeting, AcceptMeeting, DeclineMeeting, ProposeOtherTimes]
