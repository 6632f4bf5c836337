"""Attending: the sessions somebody means to be in. Those they lead or speak in are theirs without a word."""

from __future__ import annotations

from typing import Annotated, ClassVar

from webinar_server.mission.consent import may_see
from webinar_server.mission.programme import SLOTS_MAX, Cancelled, Slot
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
from webinar_server.words.sizes import up_to

SLOT_ID_MAX = 60


class Attending(Private, frozen=True, kw_only=True):
    """What one participant, whose id it has, marked as theirs, by the ids of slots."""

    KIND: ClassVar[str] = "attending"
    INDEXES: ClassVar[tuple[str, ...]] = ("slots",)

    slots: tuple[str, ...] = ()

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.id,)

    def own(self, person: str, audience: Audience) -> View:
        return {"slots": list(self.slots)}


class Attend(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """I mean to be in that session."""

    NAME: ClassVar[str] = "attend"

    slot: Annotated[str, up_to(SLOT_ID_MAX)]

    def run(self, draft: Draft, actor: Actor) -> None:
        slot, mine = draft.need(Slot, self.slot), attending_of(draft, actor.id)
        if slot.id not in mine.slots:
            # what is off for so long that its trace is gone is forgotten, so that the list stays short
            known = (*(id for id in mine.slots if _is_known(draft, id)), slot.id)
            draft.put(replace(mine, slots=known[-2 * SLOTS_MAX :]))


class Skip(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """I do not mean to be there any more."""

    NAME: ClassVar[str] = "skip"

    slot: Annotated[str, up_to(SLOT_ID_MAX)]

    def run(self, draft: Draft, actor: Actor) -> None:
        mine = attending_of(draft, actor.id)
        if self.slot in mine.slots:
            draft.put(replace(mine, slots=tuple(id for id in mine.slots if id != self.slot)))


def attending_of(records: Records, participant: str) -> Attending:
    """What somebody marked, nothing before they marked any."""
    return records.get(Attending, participant) or Attending(id=participant)


def sessions_of(records: Records, participant: str) -> list[Slot]:
    """The slots that somebody leads, speaks in or marked, in the order in which they begin."""
    named = [*records.of(Slot, "hosts", participant), *records.of(Slot, "speakers", participant)]
    marked = (records.get(Slot, id) for id in attending_of(records, participant).slots)
    slots = {slot.id: slot for slot in (*named, *marked) if slot is not None}
    return sorted(slots.values(), key=lambda slot: (slot.starts_at, slot.id))


def cancelled_of(records: Records, participant: str) -> list[Slot]:
    """Those that were theirs and are off, as they were."""
    marked = attending_of(records, participant).slots
    return [
        cancelled.slot
        for cancelled in records.all(Cancelled)
        if cancelled.id in marked or participant in (*cancelled.slot.hosts, *cancelled.slot.speakers)
    ]


def next_of(records: Records, participant: str, now: int) -> Slot | None:
    """The first of somebody's sessions that is not over (`now` is Unix ms)."""
    return next((slot for slot in sessions_of(records, participant) if slot.ends_at > now), None)


def people_of(records: Records, slot: Slot) -> set[str]:
    """Who leads, speaks in or means to be in a session, by their ids; those who marked it where consent lets
    others know."""
    marked = (one.id for one in records.of(Attending, "slots", slot.id))
    return {
        *slot.hosts,
        *slot.speakers,
        *(id for id in marked if may_see(records, id, "attends", "presence")),
    }


def _is_known(records: Records, slot: str) -> bool:
    return records.get(Slot, slot) is not None or records.get(Cancelled, slot) is not None


def erase(draft: Draft, person: str, stump: str) -> None:
    drop_own(draft, Attending, person)


RECORDS: list[type[Record]] = [Attending]
EXAMPLES = [Attending(id="ada", slots=("smart-ports",))]
COMMANDS: list[type[Command]] = [Attend, Skip]
