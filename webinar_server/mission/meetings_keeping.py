"""Keeping meetings: what was fixed is moved or cancelled, what nobody answered is over, and bells ring."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import UNSET, UnsetType

from webinar_server.errors import Refusal
from webinar_server.mission.meetings import (
    BELLS,
    QUIETS,
    ZONE,
    ZONE_MAX,
    Bell,
    Meeting,
    Minutes,
    Quiet,
    diary_of,
    meetings_of,
    need_mine,
)
from webinar_server.mission.meetings_making import Id, Link, clean_place
from webinar_server.mission.meetings_telling import GATHERED_MS, put, tell, tell_both
from webinar_server.mission.meetings_times import clashes, clean_times, need_free
from webinar_server.state import Actor, Alarm, Command, Draft, Record, State, replace
from webinar_server.words.sizes import Time, so_many, up_to

AT_ONCE = 200


class ChangeMeeting(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One that is fixed is at another time, or elsewhere; what is left out stays. Either of the two says so,
    and the other is told. Answers `clash` as `propose_meeting` does."""

    NAME: ClassVar[str] = "change_meeting"

    meeting: Id
    starts_at: Time | UnsetType = UNSET
    minutes: Minutes | UnsetType = UNSET
    place: Link | UnsetType = UNSET

    def run(self, draft: Draft, actor: Actor) -> dict[str, object]:
        meeting = _need_ahead(draft, actor, self.meeting)
        starts_at = meeting.starts_at if self.starts_at is UNSET else self.starts_at
        minutes = meeting.minutes if self.minutes is UNSET else self.minutes
        place = meeting.place if self.place is UNSET else clean_place(self.place)
        if (starts_at, minutes) != (meeting.starts_at, meeting.minutes):
            need_free(draft, actor, meeting, starts_at, minutes, besides=meeting.id)
        rung = meeting.rung
        if starts_at != meeting.starts_at:
            clean_times(draft, actor, (starts_at,), minutes, least=1, besides=meeting.id)
            rung = actor.at
        changed = replace(meeting, starts_at=starts_at, minutes=minutes, place=place, rung=rung)
        if changed != meeting:
            changed = replace(changed, sequence=meeting.sequence + 1)
            put(draft, changed, actor.at)
            tell_both(draft, actor, changed, "meeting_changed")
        return {"clash": clashes(draft, changed, (starts_at,))}


class CancelMeeting(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """It will not be: either of the two says so of a fixed one, of a proposal whoever made it."""

    NAME: ClassVar[str] = "cancel_meeting"

    meeting: Id

    def run(self, draft: Draft, actor: Actor) -> None:
        meeting = need_mine(draft, actor.id, self.meeting)
        if meeting.state == "proposed" and meeting.by == actor.id:
            cancel(draft, actor, meeting)
        else:
            cancel(draft, actor, _need_ahead(draft, actor, self.meeting))


class KeepDiary(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In which time zone I am, and which reminders I do not want; what is left out stays."""

    NAME: ClassVar[str] = "keep_diary"

    zone: Annotated[str, up_to(ZONE_MAX)] | UnsetType = UNSET
    off: Annotated[tuple[Quiet, ...], so_many(0, len(QUIETS))] | UnsetType = UNSET

    def run(self, draft: Draft, actor: Actor) -> None:
        before = diary_of(draft, actor.id)
        off = before.off if self.off is UNSET else tuple(one for one in QUIETS if one in self.off)
        zone = before.zone if self.zone is UNSET else self.zone
        if zone and not ZONE.fullmatch(zone):
            text = "A time zone is named by region and city, like Europe/Amsterdam."
            raise Refusal("meeting.zone", text, field="zone")
        after = replace(before, zone=zone, off=off)
        if after != before:
            draft.put(after)
        if zone and zone != before.zone:
            _move(draft, actor, zone)


class EndMeetings(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was to be answered until then is over."""

    NAME: ClassVar[str] = "end_meetings"
    INTERNAL: ClassVar[bool] = True

    until: int

    def run(self, draft: Draft, actor: Actor) -> None:
        found = list(draft.of(Meeting, "ends", str(self.until)))
        if not found or self.until > actor.at:
            raise Refusal("meeting.ended", "Another worker was faster.")
        for meeting in found[:AT_ONCE]:
            put(draft, replace(meeting, state="expired"), actor.at)


class RingMeetings(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who has a meeting in a day, or in ten minutes, is reminded of it."""

    NAME: ClassVar[str] = "ring_meetings"
    INTERNAL: ClassVar[bool] = True

    bell: int

    def run(self, draft: Draft, actor: Actor) -> None:
        found = list(draft.of(Meeting, "bell", str(self.bell)))
        if not found or self.bell > actor.at:
            raise Refusal("meeting.ended", "Another worker was faster.")
        for meeting in found[:AT_ONCE]:
            draft.put(replace(meeting, rung=self.bell))
            for person in meeting.people:
                if diary_of(draft, person).wants(_bell_of(meeting, self.bell), "letter"):
                    tell(draft, actor, meeting, person, "meeting_reminder")


def due(state: State) -> Alarm | None:
    """When the next proposal is over, or the next bell rings."""
    over = min((int(until) for until in state.counts(Meeting, "ends")), default=None)
    bell = min((int(bell) for bell in state.counts(Meeting, "bell")), default=None)
    if bell is not None and (over is None or bell < over):
        return Alarm(bell, RingMeetings(bell=bell))
    return None if over is None else Alarm(over, EndMeetings(until=over))


def cancel(draft: Draft, actor: Actor, meeting: Meeting) -> None:
    """It will not be, and who knew of it is told."""
    cancelled = replace(meeting, state="cancelled", sequence=meeting.sequence + 1)
    untold = put(draft, cancelled, actor.at)
    if meeting.state == "fixed":
        tell_both(draft, actor, cancelled, "meeting_cancelled")
    elif not untold:
        whom = meeting.other(meeting.left) if meeting.left else meeting.to
        tell(draft, actor, cancelled, whom, "meeting_cancelled", GATHERED_MS)


def _need_ahead(draft: Draft, actor: Actor, id: str) -> Meeting:
    """One that will be. Raises Refusal `meeting.unknown` or `meeting.over`."""
    meeting = need_mine(draft, actor.id, id)
    if meeting.state != "fixed" or meeting.ends_at <= actor.at:
        raise Refusal("meeting.over", "This meeting is over, or will not be.")
    return meeting


def _move(draft: Draft, actor: Actor, zone: str) -> None:
    """Whom they meet is shown their hours as they are where they are now."""
    for meeting in meetings_of(draft, actor.id):
        if meeting.state in ("proposed", "fixed"):
            side = "by_zone" if meeting.by == actor.id else "to_zone"
            draft.put(replace(meeting, **{side: zone}))


def _bell_of(meeting: Meeting, at: int) -> Bell:
    return "day" if meeting.starts_at - at == BELLS["day"] else "soon"


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [ChangeMeeting, CancelMeeting, KeepDiary, EndMeetings, RingMeetings]
