"""Letterbox: which letters somebody wants that answer nothing they did: of each kind, and of all.

What answers them (a link they asked for, a meeting that was fixed) comes in any case. What their contacts
remind them of has its switch with the reminders (`Reminders.mail`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, get_args

from webinar_server.mission.participants import Participant
from webinar_server.state import Actor, Audience, Draft, Private, Record, Records, View, drop_own, replace

LetterSwitch = Literal["news", "messages", "meetings"]
"""What organisers send unasked, messages that wait, meetings that are proposed."""

SWITCHES: tuple[LetterSwitch, ...] = get_args(LetterSwitch)

SWITCH_OF: Mapping[str, LetterSwitch] = {
    "invitation": "news",
    "reminder": "news",
    "announcement": "news",
    "digest": "messages",
    "meeting_proposed": "meetings",
}
"""By kind of letter."""


class Letterbox(Private, frozen=True, kw_only=True):
    """That of a participant, whose id it has, which takes answers alone since that time (Unix ms; 0 where it
    takes more), or is `without` some kinds."""

    KIND: ClassVar[str] = "letterbox"

    closed: int = 0
    without: tuple[LetterSwitch, ...] = ()

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.id,)

    def own(self, person: str, audience: Audience) -> View:
        return {"closed": self.closed, "without": list(self.without)}


def takes(records: Records, participant: str, about: str) -> bool:
    """Whether somebody wants a letter of that kind, which answers nothing they did."""
    box = records.get(Letterbox, participant)
    return box is None or not (box.closed or SWITCH_OF.get(about) in box.without)


def turn(draft: Draft, actor: Actor, participant: str, of: LetterSwitch | None, on: bool) -> None:
    """One of the switches, or that of all; a box that takes everything is none."""
    draft.need(Participant, participant)
    known = draft.get(Letterbox, participant) or Letterbox(id=participant)
    if of is None:
        box = replace(known, closed=0 if on else known.closed or actor.at)
    else:
        box = replace(known, without=tuple(one for one in SWITCHES if _is_off(known, one, of, on)))
    if box.closed or box.without:
        draft.put(box)
    elif draft.get(Letterbox, participant) is not None:
        draft.drop(known)


def _is_off(known: Letterbox, one: LetterSwitch, turned: LetterSwitch, on: bool) -> bool:
    return not on if one == turned else one in known.without


def erase(draft: Draft, person: str, stump: str) -> None:
    drop_own(draft, Letterbox, person)


RECORDS: list[type[Record]] = [Letterbox]
EXAMPLES = [Letterbox(id="ada", closed=0, without=("messages",))]
