"""Play: which kind of topic a run is about, who comes to it, what they do, and what must hold of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from webinar_server.state import Command, Entry, Role, State
from webinar_server.topics import about

if TYPE_CHECKING:
    from tests.sim.client import Client
    from tests.sim.world import World

Act: TypeAlias = tuple[str, dict[str, Any]] | None


class Others(Protocol):
    """People besides the crowd, who come by ways of their own."""

    def wrong(self) -> list[str]:
        """What must not be of them at the end, in words."""


class Nobody:
    """There are none."""

    def wrong(self) -> list[str]:
        return []


class Play(NamedTuple):
    """`begin` are the commands that make a topic ready, as its server says them; `shown` are commands
    whose effect is told to who said them at the latest with the answer."""

    topic: str
    begin: tuple[Command, ...]
    roles: Callable[[Random, int], list[Role]]
    crowd: Role
    acts: Mapping[Role, Callable[[Client], Act]]
    shown: tuple[str, ...]
    wrong_after: Callable[[State], list[str]]
    """What must not be after any entry, in words."""
    wrong_at_last: Callable[[State, list[Entry]], list[str]]
    """The same at the end, of the whole history."""
    beside: Mapping[str, tuple[Command, ...]] = {}
    """Other topics that this one tells, or that tell it, with what makes them ready."""
    wrong_between: Callable[[Mapping[str, list[Entry]]], list[str]] = lambda histories: []
    """What must not be at the end, where all of each topic's history is there."""
    others: Callable[[World], Others] = lambda world: Nobody()
    """Who else comes, once everything is ready."""

    @property
    def topics(self) -> dict[str, tuple[Command, ...]]:
        """All there are, with what makes them ready."""
        return {self.topic: self.begin, **self.beside}

    def of_leaders(self) -> set[str]:
        """The commands of those who lead."""
        kind = about(self.topic)
        return {name for name in kind.commands if kind.may(name) == kind.roles.leading}
