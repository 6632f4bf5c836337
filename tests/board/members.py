"""Members: who is at the board, said by the server."""

from __future__ import annotations

from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.state import (
    Actor,
    Attendance,
    Audience,
    Command,
    Draft,
    Here,
    Identity,
    Record,
    Records,
    Role,
    View,
    replace,
)

MEMBERS_MAX = 50
LET_GO_MAX = 2


class Member(Here, frozen=True, kw_only=True):
    """Somebody at the board; how often they came is told to them and to the keepers."""

    KIND: ClassVar[str] = "member"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("keepers", "members")
    UNHURRIED: ClassVar[tuple[Audience, ...]] = ("members",)

    INDEXES: ClassVar[tuple[str, ...]] = ("held_by",)

    came: int = 0

    def view(self, audience: Audience) -> View | None:
        seen = {"name": self.name, "here": self.here}
        return seen | {"came": self.came} if audience == "keepers" else seen

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.id,)

    def own(self, person: str, audience: Audience) -> View:
        return {"name": self.name, "here": self.here, "came": self.came}


class Come(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody's first connection to a worker."""

    NAME: ClassVar[str] = "come"
    INTERNAL: ClassVar[bool] = True

    worker: str

    def run(self, draft: Draft, actor: Actor) -> None:
        refuse_when_full(draft, actor.id, actor.role)
        known = draft.get(Member, actor.id) or Member(id=actor.id, name=actor.name, role=actor.role)
        came = known.came + (not known.here)
        draft.put(replace(known, role=actor.role, came=came, **known.come_to(self.worker)))


class Go(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody's last connection to a worker ended."""

    NAME: ClassVar[str] = "go"
    INTERNAL: ClassVar[bool] = True

    worker: str

    def run(self, draft: Draft, actor: Actor) -> None:
        member = draft.need(Member, actor.id)
        draft.put(replace(member, **member.gone_from(self.worker)))


class LetGo(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A worker ended."""

    NAME: ClassVar[str] = "let_go"
    INTERNAL: ClassVar[bool] = True

    worker: str

    def run(self, draft: Draft, actor: Actor) -> None:
        left = list(draft.of(Member, "held_by", self.worker))[:LET_GO_MAX]
        if not left:
            raise Refusal("member.gone", "Somebody else saw it first.")
        for member in left:
            draft.put(replace(member, **member.gone_from(self.worker)))


def refuse_when_full(records: Records, person: str, role: Role) -> None:
    if role != "keeper" and records.get(Member, person) is None and records.count(Member) >= MEMBERS_MAX:
        raise Refusal("board.full", f"At this board there is place for {MEMBERS_MAX}.")


def _come(identity: Identity, worker: str, first: bool) -> Come:
    return Come(worker=worker)


def _as_known(records: Records, identity: Identity, now: int) -> bool:
    member = records.get(Member, identity.id)
    return member is not None and member.role == identity.role


RECORDS: list[type[Record]] = [Member]
EXAMPLES = [Member(id="ada", name="Ada", role="member")]
COMMANDS: list[type[Command]] = [Come, Go, LetGo]
ATTENDANCE = Attendance(
    record=Member,
    arrive=_come,
    depart=Go,
    bereave=LetGo,
    at_once=LET_GO_MAX,
    as_known=_as_known,
    refuse_when_full=refuse_when_full,
)
