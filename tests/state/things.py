"""A small topic to try the ground with: boxes, and marbles that lie in a box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from webinar_server.state import (
    Actor,
    Audience,
    Change,
    Entry,
    Kinds,
    Position,
    Record,
    Roles,
    State,
    View,
    chain,
)

ROLES = Roles({"attendee": "attendee", "host": "host"}, server="host", leading=("host",))


class Box(Record, frozen=True, kw_only=True):
    """Something with a label."""

    KIND: ClassVar[str] = "box"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ROLES.audiences

    label: str = ""

    def view(self, audience: Audience) -> View:
        return {"label": self.label}


class Marble(Record, frozen=True, kw_only=True):
    """Lies in a box."""

    KIND: ClassVar[str] = "marble"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ROLES.audiences
    INDEXES: ClassVar[tuple[str, ...]] = ("box", "colours", "owner")

    box: str
    colours: tuple[str, ...] = ()
    owner: str | None = None

    def view(self, audience: Audience) -> View | None:
        return None


KINDS = Kinds([Box, Marble], ROLES)

ADA = Actor("ada", "Ada", "attendee", 1_000, "fresh")


def box(id: str, label: str = "") -> Box:
    return Box(id=id, label=label)


def marble(id: str, box: str, *colours: str, owner: str | None = None) -> Marble:
    return Marble(id=id, box=box, colours=colours, owner=owner)


def put(
    state: State,
    *records: Record,
    gone: Sequence[Record] = (),
    ref: str = "",
    by: str = "ada",
    at: int | None = None,
) -> Entry:
    """Commit one entry that puts some records and drops others."""
    changes = [Change(record.KIND, record.id, record) for record in records]
    changes += [Change(record.KIND, record.id, None) for record in gone]
    seq = state.position.seq + 1
    at = seq if at is None else at
    entry = Entry(seq=seq, at=at, by=by, command="put", ref=ref, result={"seq": seq}, changes=tuple(changes))
    state.put(entry, chain(state.position.tag, repr(entry).encode()))
    return entry


def filled(*labels: str) -> State:
    """A state with one entry for each box: `a` is box a with label a."""
    state = State(KINDS)
    for label in labels:
        put(state, box(label, label))
    return state


def names(changes: Sequence[Change]) -> str:
    """Changes at a glance: what is gone has a minus."""
    return " ".join(f"{'-' if change.record is None else ''}{change.id}" for change in changes)


NOWHERE = Position(5, "another history")
