"""Sessions: what the programme means for them. A session takes its title and times from its slot.

 a slot is planned, or its title or times change ──▶ follow_slot
 a slot is dropped ─────────────────────────────────▶ leave_programme

Both are commands of the other topic, under the same names there; whatever is read of the session's log, it is
not from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from webinar_server.mission.mission import the_mission
from webinar_server.mission.programme import Slot
from webinar_server.state import Command, Records, Turn

KIND = "session"
"""What kind of topic a slot's session is; a test holds that it is one."""


class FollowSlot(Command, frozen=True, kw_only=True):
    """The session is called so and is on then; `anew` where it was not in the programme before."""

    NAME: ClassVar[str] = "follow_slot"
    INTERNAL: ClassVar[bool] = True

    mission: str
    title: str
    starts_at: int
    ends_at: int
    anew: bool = False


class LeaveProgramme(Command, frozen=True, kw_only=True):
    """The session is in no programme any more."""

    NAME: ClassVar[str] = "leave_programme"
    INTERNAL: ClassVar[bool] = True

    mission: str


def tells(records: Records, turns: Sequence[Turn]) -> Iterator[tuple[str, Command]]:
    """What changed slots mean for their sessions."""
    for before, after in turns:
        if isinstance(after, Slot) and _shown(after) != _shown(before):
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
                ),
            )
        elif isinstance(before, Slot) and after is None:
            yield _topic(before), LeaveProgramme(mission=the_mission(records).id)


def _shown(slot: object) -> tuple[str, int, int]:
    """What of a slot its session shows itself."""
    return (slot.title, slot.starts_at, slot.ends_at) if isinstance(slot, Slot) else ("", 0, 0)


def _topic(slot: Slot) -> str:
    return f"{KIND}/{slot.id}"
