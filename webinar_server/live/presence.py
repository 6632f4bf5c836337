"""Presence: who is here, told by entries of the log: each person's record lists the workers they are with.

Whoever is in a topic that borrows them counts in their home, too, by the same connection.

A person's first connection on this worker says `arrive`; the end of the last one says `depart` after a
grace, so a reload, a tunnel or a move to another worker shows nothing. Who was with a worker that ended
without a word is let go (`bereave`) by whoever sees its lease missing for as long as that grace.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress

from webinar_server.clock import fresh_id, now_ms
from webinar_server.errors import Refusal, StorageError
from webinar_server.live.committing import Outcome, Request
from webinar_server.live.mirror import Mirror
from webinar_server.state import Actor, Command, Here, Identity, Permit, Position, Role

EXTRA_AFTER_RESTART = 20.0
"""Seconds beyond the grace for clients to find their way back to a server that was away."""

RETRY = 1.0
ARRIVAL_S = 2.0
"""How long a join waits for the log to take the arrival; after that it is said in the background."""


class Presence:
    """The people of one room, as far as this worker's connections tell."""

    def __init__(self, mirror: Mirror, submit: Callable[[Request], None]) -> None:
        self._mirror = mirror
        self._worker = mirror.worker
        # what this kind of topic keeps of who is here
        self._keeps = mirror.about.attendance
        self._submit = submit
        self._connections: Counter[str] = Counter()
        self._identities: dict[str, Identity] = {}
        self._arriving: set[str] = set()
        self._leaving: dict[str, asyncio.TimerHandle] = {}
        # how often somebody came or went here, and when all was last found as it should be
        self._moves = 0
        self._settled: tuple[Position, int, str] | None = None

    def restored(self) -> None:
        """Give those who were here with us before a restart time to come back."""
        for worker in dict.fromkeys((self._worker.name, "")):
            for person in self._held_by(worker):
                self._leave_later(person.id, person.name, person.role, EXTRA_AFTER_RESTART)

    @property
    def busy(self) -> bool:
        """Whether anybody is here, with whichever worker, comes or goes."""
        return bool(self._connections or self._arriving or self._leaving or self._workers())

    def refuse_when_full(self, identity: Identity) -> None:
        """Before anything is shown to somebody new. Raises Refusal where there is no place for them."""
        self._keeps.refuse_when_full(self._mirror.state, identity.id, identity.role)

    def refuse_absent(self, identity: Identity) -> None:
        """Whoever reads is seen: raises Refusal where somebody who is to be known here never came."""
        known = self._mirror.state.get(self._keeps.record, identity.id)
        seen = self._connections[identity.id] or (known is not None and known.has_come)
        if not seen and identity.role in self._mirror.about.roles.people:
            raise Refusal("person.absent", "Join it on the socket first; then ask again.", RETRY)

    async def came(self, identity: Identity) -> None:
        """A connection of somebody joined. Raises Refusal where the room has no place for them."""
        self._hold(identity)
        if not self._as_known(identity):
            await self._arrive(identity)

    def came_to_borrower(self, identity: Identity) -> None:
        """The same to a topic that borrows them from this one: who is there is here, which nobody waits
        for."""
        self._hold(identity)
        self.renewed(identity)

    def _hold(self, identity: Identity) -> None:
        self._moves += 1
        self._connections[identity.id] += 1
        self._identities[identity.id] = identity
        leaving = self._leaving.pop(identity.id, None)
        if leaving is not None:
            leaving.cancel()

    def went(self, identity: Identity, for_good: bool = False) -> None:
        """A connection of somebody ended; `for_good` where they may not come back."""
        self._moves += 1
        self._connections[identity.id] -= 1
        if self._connections[identity.id] <= 0:
            del self._connections[identity.id]
            self._identities.pop(identity.id, None)
            extra = -self._worker.settings.grace if for_good else 0.0
            self._leave_later(identity.id, identity.name, identity.role, extra)

    def renewed(self, identity: Identity) -> None:
        """Somebody is known otherwise now: it is told, if they are here."""
        if identity.id in self._identities:
            self._identities[identity.id] = identity
            if not self._as_known(identity) and identity.id not in self._arriving:
                self._worker.tasks.start(f"arrive {identity.topic}", self._arrive_later(identity, 0.0))

    def count(self, person: str) -> int:
        return self._connections[person]

    def check(self) -> None:
        """After a look at who lives: say again who is here with us and who is not, and whose worker ended."""
        seen = (self._mirror.state.position, self._moves, self._worker.name)
        if seen != self._settled:
            self._settled = seen if self._is_settled() else None
        server = self._mirror.about.roles.server
        for worker, people in sorted(self._workers().items()):
            # all of a large audience now, in entries that are not
            for _ in range(0, people if self._ended(worker) else 0, self._keeps.at_once):
                self._say("server", "server", server, self._keeps.bereave(worker=worker), None)

    def _is_settled(self) -> bool:
        """Whether everybody's record says what is so here; if not, it is being said."""
        me, settled = self._worker.name, True
        for person in self._held_by(me):
            if person.id not in self._connections:
                settled = False
                if person.id not in self._leaving:
                    self._leave_later(person.id, person.name, person.role)
        for identity in self._identities.values():
            # also who has no record: their arrival may have been refused after a join waited for it
            known = self._mirror.state.get(self._keeps.record, identity.id)
            if known is None or me not in known.workers:
                settled = False
                if identity.id not in self._arriving:
                    self._worker.tasks.start(f"arrive {identity.topic}", self._arrive_later(identity, 0.0))
        return settled

    def _held_by(self, worker: str) -> Iterable[Here]:
        return self._mirror.state.of(self._keeps.record, "held_by", worker)

    def _workers(self) -> dict[str, int]:
        """Those that somebody is with, and how many are."""
        return self._mirror.state.counts(self._keeps.record, "held_by")

    def stop(self) -> None:
        for timer in self._leaving.values():
            timer.cancel()

    def _ended(self, worker: str) -> bool:
        """Whether a worker has been missing for the grace."""
        extra = 0.0 if self._worker.met(worker) else EXTRA_AFTER_RESTART
        return self._worker.missing(worker) > self._worker.settings.grace + extra

    def _as_known(self, identity: Identity) -> bool:
        person = self._mirror.state.get(self._keeps.record, identity.id)
        if person is None or self._worker.name not in person.workers:
            return False
        return self._keeps.as_known(self._mirror.state, identity, now_ms())

    async def _arrive(self, identity: Identity) -> None:
        self._arriving.add(identity.id)
        try:
            outcome = await self._say_arrive(identity)
        except StorageError:
            outcome = Refusal("log.unavailable", "The log cannot be reached.", RETRY)
        except TimeoutError:
            # it waits in the room's inbox, and is said when the log answers
            return
        finally:
            self._arriving.discard(identity.id)
            newer = self._identities.get(identity.id, identity)
            # they became known otherwise while this was on its way
            if newer != identity:
                self.renewed(newer)
        if isinstance(outcome, Refusal):
            if outcome.retry_after is None:
                raise outcome
            # the viewer may read on meanwhile; who they are is said once the log takes it again
            self._worker.tasks.start(
                f"arrive {identity.topic}", self._arrive_later(identity, outcome.retry_after)
            )

    async def _arrive_later(self, identity: Identity, wait: float) -> None:
        await asyncio.sleep(wait)
        if self._connections[identity.id]:
            with suppress(Refusal):
                await self._arrive(identity)

    async def _say_arrive(self, identity: Identity) -> Outcome:
        # told no sooner anyway; and the log takes all who come together in one go
        await asyncio.sleep(max(0.0, self._mirror.fanout.rhythm.until_commit()))
        first = await self._worker.log.remember(f"first:{identity.id}", identity.topic)
        arrive = self._keeps.arrive(identity, self._worker.name, first == identity.topic)
        arrived: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        who = (identity.id, identity.name, identity.role)
        self._say(*who, arrive, arrived, identity.permit)
        async with asyncio.timeout(ARRIVAL_S):
            return await arrived

    def _leave_later(self, id: str, name: str, role: Role, extra: float = 0.0) -> None:
        before = self._leaving.pop(id, None)
        if before is not None:
            before.cancel()
        delay = self._worker.settings.grace + extra
        self._leaving[id] = asyncio.get_running_loop().call_later(delay, self._depart, id, name, role)

    def _depart(self, id: str, name: str, role: Role) -> None:
        self._leaving.pop(id, None)
        if not self._connections[id]:
            self._say(id, name, role, self._keeps.depart(worker=self._worker.name), None)

    def _say(
        self,
        id: str,
        name: str,
        role: Role,
        command: Command,
        told: asyncio.Future[Outcome] | None,
        permit: Permit | None = None,
    ) -> None:
        actor = Actor(id=id, name=name, role=role, at=now_ms(), fresh=fresh_id())

        def reply(outcome: Outcome) -> None:
            if told is not None and not told.done():
                told.set_result(outcome)

        self._submit(Request(actor, "", command, reply, permit))
