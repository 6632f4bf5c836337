"""Devices: by which browsers somebody came in, told to nobody but them; each can be ended by them.

      come_in, arrive        end_device, leaving
    ─────────────────▶ LISTED ────────────────────────▶ ENDED, for good: to come in again is to be another

A device is the cookie of one browser, or a link that a program uses as it is, as a bearer token: one for each
link, told by the name `PROGRAM`.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from webinar_server.errors import Refusal
from webinar_server.limits import DEVICES_EACH, ENDED_EACH
from webinar_server.state import (
    Actor,
    Audience,
    Command,
    Draft,
    Private,
    Record,
    Records,
    View,
    drop_own,
    replace,
)

PROGRAM = "program"
"""The `browser` of a device that is none: a program with a link."""


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """One browser; when it came first and last (Unix ms). `browser` and `system` are words like Firefox."""

    id: str
    browser: str = ""
    system: str = ""
    came: int = 0
    last: int = 0


class Devices(Private, frozen=True, kw_only=True):
    """Those of one person, in the order they came; id = the person's.

    Of the ended the latest are kept; an earlier one is none of `devices`, and older than `ended_before` (Unix
    ms). `others` is how many came in by the person's link and said that they are somebody else, `guests` who.
    `called` is the name that was said at the door, until an arrival tells everybody.
    """

    KIND: ClassVar[str] = "devices"

    devices: tuple[Device, ...] = ()
    ended: tuple[str, ...] = ()
    ended_before: int = 0
    others: int = 0
    guests: tuple[str, ...] = ()
    called: str = ""

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.id,)

    def own(self, person: str, audience: Audience) -> View:
        return {"devices": msgspec.to_builtins(self.devices), "others": self.others}

    def find(self, device: str) -> Device | None:
        return next((known for known in self.devices if known.id == device), None)

    def is_ended(self, device: str, issued: int) -> bool:
        """Whether a device's token, issued then, counts no more."""
        return device in self.ended or (issued < self.ended_before and self.find(device) is None)


class ComeIn(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A device came in by HTTP, and may never open a socket; `first` is how its person is called, where
    nobody came in by that link before."""

    NAME: ClassVar[str] = "come_in"
    INTERNAL: ClassVar[bool] = True

    device: str
    browser: str = ""
    system: str = ""
    first: str = ""

    def run(self, draft: Draft, actor: Actor) -> None:
        known = devices_of(draft, actor.id)
        if self.first:
            if is_taken(known, self.device):
                raise Refusal("person.whose", "Somebody came in by this link a moment ago. Is it yours?")
            draft.put(replace(known, called=self.first))
        device = Device(
            id=self.device, browser=self.browser, system=self.system, came=actor.at, last=actor.at
        )
        came_in(draft, actor.id, device)


class EndDevice(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of mine is not to get in any more: lost, lent, or nobody's that I know."""

    NAME: ClassVar[str] = "end_device"

    device: str

    def run(self, draft: Draft, actor: Actor) -> None:
        if devices_of(draft, actor.id).find(self.device) is None:
            raise Refusal("device.unknown", "You have no such device (any more).")
        end(draft, actor.id, self.device, actor.at)


class LeaveDevice(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody leaves on a device, whether or not it has been seen here."""

    NAME: ClassVar[str] = "leave_device"
    INTERNAL: ClassVar[bool] = True

    device: str

    def run(self, draft: Draft, actor: Actor) -> None:
        end(draft, actor.id, self.device, actor.at)


def devices_of(records: Records, person: str) -> Devices:
    """Somebody's devices, none before the first came."""
    return records.get(Devices, person) or Devices(id=person)


def is_taken(known: Devices, device: str) -> bool:
    """Whether a browser came in before that one; programs are nobody's first."""
    browsers = [one.id for one in known.devices if one.browser != PROGRAM]
    return bool(browsers) and browsers[0] != device


def came_in(draft: Draft, person: str, device: Device) -> None:
    """A device came in; where there are too many, the one that was last seen longest ago is ended."""
    known = devices_of(draft, person)
    before = known.find(device.id)
    if before is not None:
        seen = replace(before, last=device.last)
        listed = tuple(seen if one is before else one for one in known.devices)
    else:
        listed = (*known.devices, device)
    draft.put(replace(known, devices=listed))
    if len(listed) > DEVICES_EACH:
        end(draft, person, min(listed, key=_last).id, device.last)


def end(draft: Draft, person: str, device: str, at: int) -> None:
    """A device counts no more from now on; ended twice it is ended."""
    known = devices_of(draft, person)
    ended = (*(one for one in known.ended if one != device), device)
    draft.put(
        replace(
            known,
            devices=tuple(one for one in known.devices if one.id != device),
            ended=ended[-ENDED_EACH:],
            ended_before=at if len(ended) > ENDED_EACH else known.ended_before,
        )
    )


def _last(device: Device) -> int:
    return device.last


def erase(draft: Draft, person: str, stump: str) -> None:
    drop_own(draft, Devices, person)
    for other in list(draft.all(Devices)):
        if person in other.guests:
            draft.put(replace(other, guests=tuple(one for one in other.guests if one != person)))


RECORDS: list[type[Record]] = [Devices]
EXAMPLES = [Devices(id="ada", devices=(Device(id="d1"),))]
COMMANDS: list[type[Command]] = [ComeIn, EndDevice, LeaveDevice]
