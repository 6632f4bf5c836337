"""Topic: all that the floors above know of one kind of topic (a session, a mission): it describes itself.

Codec, log, room, presence, socket and reference ask a `Topic` and know no noun. Which there are says the
table in `topics.py`, by the word before the slash.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple, Protocol

import msgspec

from webinar_server.errors import Refusal
from webinar_server.limits import Rate
from webinar_server.state.card import OrganisationKind
from webinar_server.state.command import Command
from webinar_server.state.erased import Erased
from webinar_server.state.errand import Errand, Taken, Tells
from webinar_server.state.forgotten import Forgotten
from webinar_server.state.identity import Identity, Permit
from webinar_server.state.record import Kinds, Record, Records
from webinar_server.state.roles import Audience, Role, Roles
from webinar_server.state.state import State


class Here(Record, frozen=True, kw_only=True):
    """Somebody with their card, as presence keeps them: `workers` are the ids of those that hold a connection
    of theirs. A struct has one line of bases, so the card's fields stand here again; a test compares them."""

    name: str
    organisation: str = ""
    kind: OrganisationKind = ""
    country: str = ""
    say_as: str = ""
    pitch: str = ""
    link: str = ""
    role: Role
    here: bool = False
    workers: tuple[str, ...] = ()

    @property
    def held_by(self) -> tuple[str, ...]:
        """The index by which presence finds them: their workers; in old logs they were here with none."""
        return self.workers or (("",) if self.here else ())

    def come_to(self, worker: str) -> dict[str, Any]:
        """What of them is otherwise once that worker holds a connection of theirs."""
        return {"here": True, "workers": tuple(sorted({*self.workers, worker}))}

    def gone_from(self, worker: str) -> dict[str, Any]:
        """The same once it holds none: whoever is with no worker is not here."""
        workers = tuple(name for name in self.workers if name != worker)
        return {"here": bool(workers), "workers": workers}

    @property
    def has_come(self) -> bool:
        """Whether they were ever here: a topic may know people before they come."""
        return True


class Arrive(Protocol):
    """Makes what is said when somebody comes to a worker; `first` if they were in no other topic before."""

    def __call__(self, identity: Identity, worker: str, first: bool) -> Command: ...


class Gone(Protocol):
    """Makes what is said when somebody, or everybody, is no longer with a worker."""

    def __call__(self, *, worker: str) -> Command: ...


class Attendance(NamedTuple):
    """What presence keeps of who is here, and says: `arrive`, `depart` from a worker, `bereave` by one that
    ended; the last lets go of `at_once` people in one entry."""

    record: type[Here]
    arrive: Arrive
    depart: Gone
    bereave: Gone
    at_once: int
    as_known: Callable[[Records, Identity, int], bool]
    """Whether somebody who comes at a time (Unix ms) is told of already as their arrival would."""
    refuse_when_full: Callable[[Records, str, Role], None]
    """Raises Refusal where there is no place for somebody."""


class Ends(NamedTuple):
    """When somebody may not be here any more: as `ended` says, a Refusal with one of `codes`. It can change
    only with records of these `kinds`, whose id is the person's."""

    ended: Callable[[Records, str, Permit], Refusal | None]
    """Of a person, by what they came in."""
    kinds: frozenset[str]
    codes: frozenset[str]


class Lends(NamedTuple):
    """Of a topic whose links say no more than who somebody is: `known` makes of that the whole identity, as
    it stands in a topic, this one or one that borrows its people. For anybody it can change with records of
    these `kinds`; for one with such of `people`, whose id is the person's, or that end somebody."""

    known: Callable[[Records, Identity, str], Identity]
    kinds: frozenset[str]
    people: frozenset[str]


class Borrows(NamedTuple):
    """Of a topic in which people of another come in, too: of what kind that is, and its id, if there is
    one."""

    kind: str
    id_of: Callable[[Records], str]


class Alarm(NamedTuple):
    """What the server itself says in a topic once it is that late (Unix ms)."""

    at: int
    command: Command


class Topic:
    """One kind of topic. `name` is the word before the slash, `itself` the record with the id after it.

    `nouns` are modules, each of which lists what it has: `RECORDS`, `COMMANDS`, and `EXAMPLES` of its records
    that show between them all that anybody may see of such.
    """

    def __init__(
        self,
        name: str,
        *,
        roles: Roles,
        itself: type[Record],
        nouns: Sequence[ModuleType],
        attendance: Attendance,
        ends: Ends | None = None,
        paces: Mapping[str, Rate] | None = None,
        reactions: Collection[str] = (),
        may_react: Callable[[Records, Role], bool] = lambda records, role: True,
        due: Callable[[State], Alarm | None] | None = None,
        due_of: Sequence[type[Record]] = (),
        tells: Tells | None = None,
        lends: Lends | None = None,
        borrows: Borrows | None = None,
        erases: Callable[[tuple[str, ...]], Command] | None = None,
    ) -> None:
        self.name = name
        self.roles = roles
        self.itself = itself
        self.kinds = Kinds(
            [*_listed(nouns, "RECORDS"), Errand, Taken, Erased, Forgotten], roles, _erasers(nouns)
        )
        self.commands: Mapping[str, type[Command]] = {
            command.NAME: command for command in _listed(nouns, "COMMANDS")
        }
        self.examples: Sequence[Record] = _listed(nouns, "EXAMPLES")
        self.attendance = attendance
        self.ends = ends or Ends(_never, frozenset(), frozenset())
        self.paces = paces or {}
        """How often those who do not lead may say a command, beside what holds for all commands."""
        self.reactions = reactions
        self._may_react = may_react
        self.due = due
        """The next thing that is due, of a state alone. Its command refuses what is due no more."""
        self.due_of = tuple(record.KIND for record in due_of)
        """The kinds of records of which there is one where something is due; empty if it may be anyhow."""
        self.tells = tells
        """What a command's changes mean for other topics: each is done there once. Where they tell back, it
        ends where their rules end it; nothing else does."""
        self.lends = lends
        self._borrows = borrows
        self.erases = erases
        """What the server says to have people erased again, whom an older copy of the log brought back."""

    def topic(self, id: str) -> str:
        """The name of one, as the log and the wire have it."""
        return f"{self.name}/{id}"

    def id_of(self, topic: str) -> str:
        return topic.removeprefix(f"{self.name}/")

    def home_of(self, records: Records) -> str:
        """The topic whose people come in, too, as these records say; empty where there is none."""
        id = self._borrows.id_of(records) if self._borrows else ""
        return f"{self._borrows.kind}/{id}" if self._borrows and id else ""

    def audience_of(self, identity: Identity) -> Audience:
        return self.roles.audience_of[identity.role]

    def may(self, command: str) -> frozenset[Role]:
        """Those who may say a command."""
        return self.commands[command].ROLES or self.roles.people

    def reacts(self, records: Records, role: Role) -> bool:
        """Whether somebody's reaction counts now; another is dropped, as nobody waits for it."""
        return role in self.roles.people and self._may_react(records, role)

    def parse(self, name: str, args: Mapping[str, Any]) -> Command:
        """The command somebody sent. Refused if it is unknown, or its arguments are not as declared."""
        command = self.commands.get(name)
        if command is None or command.INTERNAL:
            raise Refusal("command.unknown", f"There is no command {name[:40]!r}.")
        try:
            return msgspec.convert(args, command, strict=True)
        except msgspec.ValidationError as error:
            raise Refusal("command.invalid", f"{name}: {error}") from None

    def check_reaction(self, reaction: str) -> str:
        """The reaction, if it is one of this topic's. Raises Refusal `pulse.unknown`."""
        if reaction not in self.reactions:
            raise Refusal("pulse.unknown", f"Reactions are {', '.join(self.reactions)}.")
        return reaction


def _listed(nouns: Sequence[ModuleType], what: str) -> list[Any]:
    return [each for noun in nouns for each in getattr(noun, what, ())]


def _erasers(nouns: Sequence[ModuleType]) -> list[Callable[[Any, str, str], None]]:
    """The last first, so that each can look still at what those before it have."""
    return [noun.erase for noun in reversed(nouns) if hasattr(noun, "erase")]


def _never(records: Records, person: str, permit: Permit) -> None:
    """Everybody may stay."""
