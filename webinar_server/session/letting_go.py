"""Letting go: what becomes of messages that wait (`held.py`). One that is let go is said now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.session.chat import Message, make_room
from webinar_server.session.held import Held
from webinar_server.session.roles import HOSTS
from webinar_server.state import Actor, Alarm, Command, Draft, Role, State


class LetGo(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All see it."""

    NAME: ClassVar[str] = "let_go"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    held: str

    def run(self, draft: Draft, actor: Actor) -> None:
        _say(draft, actor, [draft.need(Held, self.held)])


class Stop(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nobody sees it but the hosts and who wrote it; the way back is `restore`."""

    NAME: ClassVar[str] = "stop"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    held: str

    def run(self, draft: Draft, actor: Actor) -> None:
        _say(draft, actor, [draft.need(Held, self.held)], hidden_by=actor.id)


class LetGoInTime(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nobody stopped them meanwhile."""

    NAME: ClassVar[str] = "let_go_in_time"
    INTERNAL: ClassVar[bool] = True

    def run(self, draft: Draft, actor: Actor) -> None:
        due = [one for one in draft.all(Held) if one.until is not None and one.until <= actor.at]
        if not due:
            raise Refusal("held.gone", "Somebody else saw to it first.")
        _say(draft, actor, sorted(due, key=lambda one: (one.at, one.id)))


def _say(draft: Draft, actor: Actor, waiting: Iterable[Held], hidden_by: str | None = None) -> None:
    at = draft.follows(Message, actor.at)
    for place, held in enumerate(waiting):
        draft.drop(held)
        said = {name: getattr(held, name) for name in ("id", "by", "name", "role", "text")}
        draft.put(Message(**said, at=at + place, hidden_by=hidden_by))
        make_room(draft, actor._replace(id=held.by, role=held.role))


def due(state: State) -> Alarm | None:
    """When the next one goes by itself."""
    times = [one.until for one in state.all(Held) if one.until is not None]
    return Alarm(min(times), LetGoInTime()) if times else None


COMMANDS: list[type[Command]] = [LetGo, Stop, LetGoInTime]
