"""Devices: browsers in which somebody signed out; their cookies count no more.

A mission keeps no list of those that came in, as a session does: only of those that are not to come again. A
link that is opened there anew makes another device of it.
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.limits import ENDED_EACH
from webinar_server.state import Actor, Command, Draft, Record, Records, Unseen, drop_own, replace


class SignedOut(Unseen, frozen=True, kw_only=True):
    """The ended devices of a participant, whose id it has: the latest. An earlier one is older than `before`
    (Unix ms), and whatever is as old counts no more either."""

    KIND: ClassVar[str] = "signed_out"

    devices: tuple[str, ...] = ()
    before: int = 0


class LeaveDevice(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody leaves on a device: its cookie lets nobody in any more, wherever a copy of it may be."""

    NAME: ClassVar[str] = "leave_device"
    INTERNAL: ClassVar[bool] = True

    device: str

    def run(self, draft: Draft, actor: Actor) -> None:
        known = draft.get(SignedOut, actor.id) or SignedOut(id=actor.id)
        devices = (*(one for one in known.devices if one != self.device), self.device)
        before = actor.at if len(devices) > ENDED_EACH else known.before
        draft.put(replace(known, devices=devices[-ENDED_EACH:], before=before))


def is_signed_out(records: Records, person: str, device: str, issued: int) -> bool:
    """Whether the cookie of a device, issued then, counts no more."""
    known = records.get(SignedOut, person) if device else None
    return known is not None and (device in known.devices or issued < known.before)


def erase(draft: Draft, person: str, stump: str) -> None:
    drop_own(draft, SignedOut, person)


RECORDS: list[type[Record]] = [SignedOut]
EXAMPLES = [SignedOut(id="ada", devices=("d1",))]
COMMANDS: list[type[Command]] = [LeaveDevice]
