"""Bells: set for a time, rung by themselves, once."""

from __future__ import annotations

from typing import ClassVar

from tests.board.roles import ROLES
from webinar_server.errors import Refusal
from webinar_server.state import Actor, Alarm, Audience, Command, Draft, Record, State, View, replace


class Bell(Record, frozen=True, kw_only=True):
    """Due `at` (Unix ms); `rung` how often it was, the last time `rung_at`."""

    KIND: ClassVar[str] = "bell"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ROLES.audiences

    at: int
    rung: int = 0
    rung_at: int = 0

    def view(self, audience: Audience) -> View:
        return {"at": self.at, "rung": self.rung, "rung_at": self.rung_at}


class SetBell(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ring so many milliseconds from now."""

    NAME: ClassVar[str] = "set_bell"

    after: int

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        draft.put(Bell(id=actor.fresh, at=actor.at + self.after))
        return {"id": actor.fresh}


class RingBells(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that are due."""

    NAME: ClassVar[str] = "ring_bells"
    INTERNAL: ClassVar[bool] = True

    def run(self, draft: Draft, actor: Actor) -> None:
        due = [bell for bell in draft.all(Bell) if not bell.rung and bell.at <= actor.at]
        if not due:
            raise Refusal("bell.rung", "Somebody else was faster.")
        for bell in due:
            draft.put(replace(bell, rung=bell.rung + 1, rung_at=actor.at))


def due(state: State) -> Alarm | None:
    waiting = [bell.at for bell in state.all(Bell) if not bell.rung]
    return Alarm(min(waiting), RingBells()) if waiting else None


RECORDS: list[type[Record]] = [Bell]
EXAMPLES = [Bell(id="b1", at=0)]
COMMANDS: list[type[Command]] = [SetBell, RingBells]
