"""Commands: what somebody asks for, and the table that lists all that a topic knows.

A command is a small frozen struct whose fields are its arguments on the wire; `run` is its rule: a pure
function that reads a draft and puts new versions of records, or raises Refusal. Time and ids come with
the actor. `Schema` lists a topic's record kinds and commands, and is all that codec, log and room know.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, NamedTuple, TypeAlias, TypeVar

import msgspec

from webinar_server.errors import Refusal
from webinar_server.state.draft import Draft, unknown
from webinar_server.state.record import Audience, Record, sees

R = TypeVar("R", bound=Record)

Role: TypeAlias = Literal["organiser", "host", "speaker", "attendee", "stage"]
ROLES: tuple[Role, ...] = ("organiser", "host", "speaker", "attendee", "stage")
HOSTS: frozenset[Role] = frozenset(("organiser", "host"))
PEOPLE: frozenset[Role] = frozenset(("organiser", "host", "speaker", "attendee"))

Result: TypeAlias = dict[str, Any]


def audience_of(role: Role) -> Audience:
    """The class of viewers a role belongs to; a speaker sees what attendees see."""
    if role in HOSTS:
        return "host"
    return "stage" if role == "stage" else "attendee"


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
    if sees(record, audience_of(actor.role), actor.id) is None:
        raise unknown(kind)
    return record


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing somebody may ask for. `NAME` is its name on the wire, `ROLES` who may."""

    NAME: ClassVar[str] = ""
    ROLES: ClassVar[frozenset[Role]] = PEOPLE
    INTERNAL: ClassVar[bool] = False
    """Said by the server itself, never accepted from a socket."""

    def run(self, draft: Draft, actor: Actor) -> Result | None:
        raise NotImplementedError(type(self).__name__)


class Schema:
    """What one kind of topic holds: its record kinds and its commands."""

    def __init__(self, records: list[type[Record]], commands: list[type[Command]]) -> None:
        self.kinds: Mapping[str, type[Record]] = {record.KIND: record for record in records}
        self.commands: Mapping[str, type[Command]] = {command.NAME: command for command in commands}

    def parse(self, name: str, args: Mapping[str, Any]) -> Command:
        """The command somebody sent. Refused if it is unknown, or its arguments are not as declared."""
        command = self.commands.get(name)
        if command is None or command.INTERNAL:
            raise Refusal("command.unknown", f"There is no command {name[:40]!r}.")
        try:
            return msgspec.convert(args, command, strict=True)
        except msgspec.ValidationError as error:
            raise Refusal("command.invalid", f"{name}: {error}") from None


def run(draft: Draft, actor: Actor, command: Command) -> Result:
    """Run one command on a draft: who may, then its rule. Raises Refusal; the caller keeps or forgets."""
    if actor.role not in command.ROLES:
        raise Refusal("command.not_allowed", f"{command.NAME} is for {', '.join(sorted(command.ROLES))}.")
    return command.run(draft, actor) or {}
