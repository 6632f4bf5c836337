"""Presence: who is here, by connections counted, told by entries of the log.

A person's first connection says `arrive`; the end of the last one says `depart` after a grace, so a reload
or a tunnel shows nothing. After a restart everybody the log still holds as here is given the same grace.
"""

from __future__ import annotations

import asyncio
from collections import Counter

from webinar_server.clock import fresh_id, now_ms
from webinar_server.errors import Refusal, StorageError
from webinar_server.live.batch import Outcome, Request
from webinar_server.live.identity import Identity
from webinar_server.live.room import Room
from webinar_server.log import Log
from webinar_server.session.people import PEOPLE_MAX, Arrive, Depart, Person, full
from webinar_server.settings import Settings
from webinar_server.state import HOSTS, Actor, Command, Role
from webinar_server.tasks import Tasks

EXTRA_AFTER_RESTART = 20.0
"""Seconds beyond the grace for clients to find their way back to a server that was away."""

RETRY = 1.0


class Presence:
    """The people of one room, as far as this worker's connections tell."""

    def __init__(self, room: Room, log: Log, settings: Settings, tasks: Tasks) -> None:
        self._room = room
        self._log = log
        self._settings = settings
        self._tasks = tasks
        self._connections: Counter[str] = Counter()
        self._leaving: dict[str, asyncio.TimerHandle] = {}

    def restored(self) -> None:
        """Give those who were here before a restart time to come back."""
        for person in self._room.state.all(Person):
            if person.here:
                self._leave_later(person.id, person.name, person.role, EXTRA_AFTER_RESTART)

    def refuse_when_full(self, identity: Identity) -> None:
        """Before anything is shown to somebody new. Raises Refusal `session.full`."""
        if identity.role not in HOSTS and self._room.state.get(Person, identity.id) is None:
            if self._room.state.count(Person) >= PEOPLE_MAX:
                raise full()

    async def came(self, identity: Identity) -> None:
        """A connection of somebody joined. Raises Refusal where the room has no place for them."""
        self._connections[identity.id] += 1
        leaving = self._leaving.pop(identity.id, None)
        if leaving is not None:
            leaving.cancel()
        if not self._as_known(identity):
            await self._arrive(identity)

    def went(self, identity: Identity) -> None:
        """A connection of somebody ended."""
        self._connections[identity.id] -= 1
        if self._connections[identity.id] <= 0:
            del self._connections[identity.id]
            self._leave_later(identity.id, identity.name, identity.role)

    def count(self, person: str) -> int:
        return self._connections[person]

    def stop(self) -> None:
        for timer in self._leaving.values():
            timer.cancel()

    def _as_known(self, identity: Identity) -> bool:
        person = self._room.state.get(Person, identity.id)
        if person is None or not person.here:
            return False
        return (person.name, person.organisation, person.kind, person.country, person.role) == (
            identity.name,
            identity.organisation,
            identity.kind,
            identity.country,
            identity.role,
        )

    async def _arrive(self, identity: Identity) -> None:
        try:
            outcome = await self._say_arrive(identity)
        except StorageError:
            outcome = Refusal("log.unavailable", "The log cannot be reached.", RETRY)
        if isinstance(outcome, Refusal):
            if outcome.retry_after is None:
                raise outcome
            # the viewer may read on meanwhile; who they are is said once the log takes it again
            self._tasks.start(f"arrive {identity.topic}", self._arrive_later(identity, outcome.retry_after))

    async def _arrive_later(self, identity: Identity, wait: float) -> None:
        await asyncio.sleep(wait)
        if self._connections[identity.id]:
            await self._arrive(identity)

    async def _say_arrive(self, identity: Identity) -> Outcome:
        first = await self._log.remember(f"first:{identity.id}", identity.topic)
        arrive = Arrive(
            organisation=identity.organisation,
            kind=identity.kind,
            country=identity.country,
            say_as=identity.say_as,
            first_time=first == identity.topic,
        )
        arrived: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._submit(identity.id, identity.name, identity.role, arrive, arrived)
        return await arrived

    def _leave_later(self, id: str, name: str, role: Role, extra: float = 0.0) -> None:
        before = self._leaving.pop(id, None)
        if before is not None:
            before.cancel()
        delay = self._settings.grace + extra
        self._leaving[id] = asyncio.get_running_loop().call_later(delay, self._depart, id, name, role)

    def _depart(self, id: str, name: str, role: Role) -> None:
        self._leaving.pop(id, None)
        if not self._connections[id]:
            self._submit(id, name, role, Depart(), None)

    def _submit(
        self, id: str, name: str, role: Role, command: Command, told: asyncio.Future[Outcome] | None
    ) -> None:
        actor = Actor(id=id, name=name, role=role, at=now_ms(), fresh=fresh_id())

        def reply(outcome: Outcome) -> None:
            if told is not None and not told.done():
                told.set_result(outcome)

        self._room.submit(Request(actor, "", command, reply))
