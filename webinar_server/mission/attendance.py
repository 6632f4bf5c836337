"""Attendance: who of the participants is here, said by the server, each worker for its own connections.

Only who takes part comes in, as what the mission knows them to be; a token that says otherwise is old.
"""

from __future__ import annotations

from itertools import islice
from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.mission.devices import SignedOut, is_signed_out
from webinar_server.mission.participants import Participant, takes_part, unknown
from webinar_server.state import (
    Actor,
    Attendance,
    Command,
    Draft,
    Ends,
    Erased,
    Identity,
    Permit,
    Records,
    Role,
    erased,
    is_erased,
    replace,
)

LET_GO_MAX = 100
"""People let go in one entry, so that none grows large."""


class Enter(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A participant's first connection to a worker."""

    NAME: ClassVar[str] = "enter"
    INTERNAL: ClassVar[bool] = True

    worker: str = ""

    def run(self, draft: Draft, actor: Actor) -> None:
        me = draft.need(Participant, actor.id)
        draft.put(
            replace(
                me,
                **me.come_to(self.worker),
                state="admitted",
                came=me.came or actor.at,
            )
        )


class Exit(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A participant's last connection to a worker ended and the grace passed."""

    NAME: ClassVar[str] = "exit"
    INTERNAL: ClassVar[bool] = True

    worker: str = ""

    def run(self, draft: Draft, actor: Actor) -> None:
        me = draft.need(Participant, actor.id)
        draft.put(replace(me, **me.gone_from(self.worker)))


class LetGo(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A worker ended without a word: who was with it, and with no other, is gone."""

    NAME: ClassVar[str] = "let_go"
    INTERNAL: ClassVar[bool] = True

    worker: str

    def run(self, draft: Draft, actor: Actor) -> None:
        left = list(islice(draft.of(Participant, "held_by", self.worker), LET_GO_MAX))
        if not left:
            raise Refusal("participant.gone", "Somebody else saw it first.")
        for participant in left:
            draft.put(replace(participant, **participant.gone_from(self.worker)))


def refuse_when_full(records: Records, person: str, role: Role) -> None:
    """Nobody is new by coming: who takes part has a place."""


def _entry(identity: Identity, worker: str, first: bool) -> Enter:
    return Enter(worker=worker)


def _as_known(records: Records, identity: Identity, now: int) -> bool:
    return records.get(Participant, identity.id) is not None


def ended(records: Records, person: str, permit: Permit) -> Refusal | None:
    """Why somebody may not be here by that token; `None` if they may. Code `participant.unknown`, `.applied`,
    `.declined` or `.left`, `token.renewed`, `token.ended`, or `token.role` where it says another role: that
    is no end, they come in again as what they are."""
    participant = records.get(Participant, person)
    if participant is None:
        return erased() if is_erased(records, person) else unknown()
    if not takes_part(participant):
        code = f"participant.{participant.state}"
        return Refusal(code, _WHY[participant.state], reason=participant.reason)
    if permit.issued < participant.generation:
        return Refusal("token.renewed", "This link was replaced by a new one; please open that.")
    if is_signed_out(records, person, permit.device, permit.issued):
        return Refusal("token.ended", "This device was signed out; please open your link again.")
    if permit.role and permit.role != participant.role:
        return Refusal("token.role", "Your part in this mission has changed just now; please try again.", 1)
    return None


_WHY = {
    "applied": "An organiser has not said yet whether you take part; please come back later.",
    "declined": "An organiser declined that you take part.",
    "left": "You left this mission; an organiser can admit you again.",
}

COMMANDS: list[type[Command]] = [Enter, Exit, LetGo]
ATTENDANCE = Attendance(
    record=Participant,
    arrive=_entry,
    depart=Exit,
    bereave=LetGo,
    at_once=LET_GO_MAX,
    as_known=_as_known,
    refuse_when_full=refuse_when_full,
)
ENDS = Ends(
    ended=ended,
    kinds=frozenset((Participant.KIND, SignedOut.KIND, Erased.KIND)),
    codes=frozenset(
        (
            "person.erased",
            "participant.unknown",
            *(f"participant.{state}" for state in _WHY),
            "token.renewed",
            "token.ended",
        )
    ),
)
