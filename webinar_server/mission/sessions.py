"""Sessions: what the mission means for them. A session takes its title and times from its slot, and its video
whenever organisers name another; and who takes part no more is in the line of none.

 a slot is planned, or title, times or video change ─▶ follow_slot
 a slot is dropped ─────────────────────────────────▶ leave_programme
 somebody is declined or leaves, or is back ────────▶ follow_member, for each session they came to

All are commands of the other topic, under the same names there; whatever is read of the session's log, it is
not from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from webinar_server.mission.history import parts_of
from webinar_server.mission.mission import the_mission
from webinar_server.mission.participants import Participant, takes_part
from webinar_server.mission.programme import Slot
from webinar_server.state import Command, Records, Turn

KIND = "session"
"""What kind of topic a slot's session is; a test holds that it is one."""


class FollowSlot(Command, frozen=True, kw_only=True):
    """The session is called so and is on then; `anew` where it was not in the programme before, `video` where
    organisers named another."""

    NAME: ClassVar[str] = "follow_slot"
    INTERNAL: ClassVar[bool] = True

    mission: str
    title: str
    starts_at: int
    ends_at: int
    anew: bool = False
    video: str | None = None


class LeaveProgramme(Command, frozen=True, kw_only=True):
    """The session is in no programme any more."""

    NAME: ClassVar[str] = "leave_programme"
    INTERNAL: ClassVar[bool] = True

    mission: str


class FollowMember(Command, frozen=True, kw_only=True):
    """Somebody takes part no more (`out`), or again."""

    NAME: ClassVar[str] = "follow_member"
    INTERNAL: ClassVar[bool] = True

    mission: str
    participant: str
    out: bool


def tells(records: Records, turns: Sequence[Turn]) -> Iterator[tuple[str, Command]]:
    """What changed slots and people mean for sessions."""
    yield from _of_slots(records, turns)
    for before, after in turns:
        if isinstance(before, Participant) and isinstance(after, Participant):
            if takes_part(before) != takes_part(after):
                yield from _of_member(records, after)


def _of_member(records: Records, member: Participant) -> Iterator[tuple[str, Command]]:
    mission = the_mission(records).id
    told = FollowMember(mission=mission, participant=member.id, out=not takes_part(member))
    # who leads or speaks is told of by no part of theirs
    led = (slot.id for index in ("hosts", "speakers") for slot in records.of(Slot, index, member.id))
    for session in dict.fromkeys((*(part.session for part in parts_of(records, member.id)), *led)):
        yield f"{KIND}/{session}", told


def _of_slots(records: Records, turns: Sequence[Turn]) -> Iterator[tuple[str, Command]]:
    for before, after in turns:
        if isinstance(after, Slot) and (_shown(after) != _shown(before) or _named(before, after) is not None):
            title, starts_at, ends_at = _shown(after)
            mission = the_mission(records).id
            yield (
                _topic(after),
                FollowSlot(
                    mission=mission,
                    title=title,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    anew=before is None,
                    video=_named(before, after),
                ),
            )
        elif isinstance(before, Slot) and after is None:
            yield _topic(before), LeaveProgramme(mission=the_mission(records).id)


def _shown(slot: object) -> tuple[str, int, int]:
    """What of a slot its session shows itself."""
    return (slot.title, slot.starts_at, slot.ends_at) if isinstance(slot, Slot) else ("", 0, 0)


def _named(before: object, after: Slot) -> str | None:
    """The video that organisers named, if they did; what its session told of is no news to it."""
    if not isinstance(before, Slot):
        return after.video or None
    return after.video if after.sequence != before.sequence and after.video != before.video else None


def _topic(slot: Slot) -> str:
    return f"{KIND}/{slot.id}"
