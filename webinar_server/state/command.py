"""Commands: what somebody asks for.

A command is a small frozen struct whose fields are its arguments on the wire; `run` is its rule: a pure
function that reads a draft and puts new versions of records, or raises Refusal. Time and ids come with
the actor.
"""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple, TypeAlias, TypeVar

import msgspec

from webinar_server.errors import Refusal
from webinar_server.state.draft import Draft, unknown
from webinar_server.state.record import Record, sees
from webinar_server.state.roles import Role

R = TypeVar("R", bound=Record)

Result: TypeAlias = dict[str, Any]


class Actor(NamedTuple):
    """Who asks, when (Unix ms), and a fresh id for what the command may create."""

    id: str
    name: str
    role: Role
    at: int
    fresh: str


def need_seen(draft: Draft, actor: Actor, kind: type[R], id: str) -> R:
    """The record, or a Refusal `KIND.unknown`: to whom cannot see it, it is not there."""
    record = draft.need(kind, id)
    if sees(record, draft.roles.audience_of[actor.role], actor.id) is None:
        raise unknown(kind)
    return record


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing somebody may ask for. `NAME` is its name on the wire."""

    NAME: ClassVar[str] = ""
    ROLES: ClassVar[frozenset[Role]] = frozenset()
    """Who may; if empty, everybody but screens."""
    INTERNAL: ClassVar[bool] = False
    """Said by the server itself, never accepted from a socket."""

    def run(self, draft: Draft, actor: Actor) -> Result | None:
        raise NotImplementedError(type(self).__name__)


def run(draft: Draft, actor: Actor, command: Command) -> Result:
    """Run one command on a draft: who may, then its rule. Raises Refusal; the caller keeps or forgets."""
    may = command.ROLES or draft.roles.people
    if actor.role not in may:
        raise Refusal("command.not_allowed", f"{command.NAME} is for {', '.join(sorted(may))}.")
    return command.run(draft, actor) or {}
