"""Hub: the rooms of this worker, opened when first asked for, closed together with everything durable."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from functools import partial

from webinar_server import metrics
from webinar_server.clock import fresh_id, monotonic
from webinar_server.errors import Refusal, StorageError
from webinar_server.live.alarms import Alarms
from webinar_server.live.batch import Outcome
from webinar_server.live.comparing import Comparing
from webinar_server.live.idle import Idle
from webinar_server.live.leases import Leases
from webinar_server.live.pace import Pace
from webinar_server.live.presence import Presence
from webinar_server.live.room import Room
from webinar_server.live.saying import say
from webinar_server.live.standing import Standing
from webinar_server.live.unknown import Unknown
from webinar_server.live.wakefulness import Wakefulness
from webinar_server.log import Log
from webinar_server.settings import Settings
from webinar_server.state import START, Command, Entry, State
from webinar_server.tasks import Tasks
from webinar_server.topics import about, find

log = logging.getLogger("webinar_server")

ALONE = ""  # the name of the only worker there can be, kept across restarts


class Hub:
    """All live topics of one worker."""

    def __init__(self, log: Log, settings: Settings) -> None:
        self.log, self.settings = log, settings
        self.pace = Pace(settings.pace)
        self.tasks = Tasks()
        self.standing = Standing()
        self._rooms: dict[str, tuple[Room, Presence]] = {}
        self._opening: dict[str, asyncio.Future[tuple[Room, Presence] | None]] = {}
        self._committing: dict[str, asyncio.Task[None]] = {}
        self._closing: dict[str, asyncio.Task[None]] = {}
        self._comparing = Comparing(log, self._rooms, settings.compare_every)
        self._idle = Idle(self._rooms, settings.idle, self._close, self._comparing.late)
        self.alarms = Alarms(log, self.tasks, self._opened)
        # one topic is begun at a time
        self._beginning = asyncio.Lock()
        # among workers: our name there, who else lives, and whether we are on our way out
        self.worker = fresh_id() if log.shared else ALONE
        self.leases = Leases(log, self.worker, settings.lease)
        self.draining = False
        self.wakefulness = Wakefulness(settings.lease if log.shared else 0.0)
        self._unknown = Unknown(log, self.pace)

    async def open(self) -> None:
        """Raises StorageError where the log cannot be used."""
        await self.log.open()
        await self.leases.renew()
        self.wakefulness.at = monotonic()
        self.tasks.start("lease", self._keep_lease())
        if self.log.shared:
            self.tasks.start("wakefulness", self.wakefulness.watch(self._start_anew))
            self.tasks.start("comparison", self._comparing.keep())
        self.tasks.start("idle rooms", self._idle.keep())
        self.tasks.start("look at what is due", self.alarms.look())

    async def check(self) -> None:
        """Raises StorageError with the reason where this worker should get no new viewers."""
        if self.draining:
            raise StorageError("this worker is on its way out")
        await self.log.check()
        self._comparing.check()

    def others(self) -> frozenset[str]:
        """The other workers that live, as far as the log last told."""
        return self.leases.others

    def asleep(self, now: float) -> bool:
        """Whether this process was stopped for longer than its lease: nothing it holds may be told now."""
        return self.wakefulness.asleep(now)

    async def close(self) -> None:
        """Commit and tell what is under way, leave snapshots, give back the lease, close the log."""
        for room, presence in self._rooms.values():
            presence.stop()
            room.close()
        self.alarms.stop()
        await asyncio.gather(*self._committing.values(), *self._closing.values(), return_exceptions=True)
        await self.tasks.stop()
        await self.leases.end()
        await self.log.close()

    async def room(self, topic: str, by: str | None = None) -> tuple[Room, Presence] | None:
        """A topic's room and people, opened once for all who ask; `None` if there is no such topic.

        `by` is the address or person whose limit counts. Raises StorageError, and Refusal `pace.unknown`.
        """
        self._idle.needed(topic)
        known = self._rooms.get(topic)
        if known is not None:
            if known[0].mirror.unreadable:
                raise StorageError(known[0].mirror.unreadable)
            return known
        opening = self._opening.get(topic)
        if opening is None:
            opening = self._opening[topic] = asyncio.get_running_loop().create_future()
            self.tasks.start(f"open {topic}", self._open(topic, opening, by))
        return await asyncio.shield(opening)

    async def begin(self, topic: str, command: Command) -> Outcome:
        """Say the first command of a topic; where there is one already, its rules refuse that."""
        async with self._beginning:
            live = await self.room(topic)
            return await (self._begin(topic, command) if live is None else say(live[0], command))

    async def _begin(self, topic: str, command: Command) -> Outcome:
        """The first entry of a log, by a room nobody can join: whoever asks next opens one from the log."""
        room = self._room(topic)
        committing = self.tasks.start(f"begin {topic}", room.run())
        try:
            return await say(room, command)
        finally:
            room.close()
            await committing

    async def _open(
        self, topic: str, opened: asyncio.Future[tuple[Room, Presence] | None], by: str | None
    ) -> None:
        try:
            opened.set_result(await self._load(topic, by))
        except Exception as error:
            opened.set_exception(error)
            # heard by whoever waits; without this a lonely failure would be reported as never retrieved
            opened.exception()
        finally:
            del self._opening[topic]

    async def _load(self, topic: str, by: str | None) -> tuple[Room, Presence] | None:
        if topic in self._closing:
            await self._closing[topic]
        if find(topic) is None or not await self._exists(topic, by):
            return None
        if self.asleep(monotonic()):
            raise StorageError("this worker was stopped for a while; ask again")
        room = self._room(topic)
        # heard from before it is read, so that nothing falls between
        await self.log.listen(topic, room)
        try:
            await room.load()
            if room.state.position == START and await self._exists(topic, by):
                # emptied since we asked, and written back by the others: nothing may be appended to the gap
                await room.load()
        except (StorageError, Refusal):
            await self._drop(room)
            raise
        if room.state.position != START:
            return self._start(room)
        await self._drop(room)
        return None

    def _room(self, topic: str) -> Room:
        witnesses, stale = lambda: self.leases.witnesses, lambda: self.asleep(monotonic())
        changed = partial(self._changed, topic)
        return Room(topic, about(topic), self.log, self.settings, witnesses, stale, changed)

    def _changed(self, topic: str, state: State, entry: Entry | None) -> None:
        self.standing.changed(topic, state, entry)
        self.alarms.changed(topic, state, entry)

    async def _opened(self, topic: str) -> Room | None:
        live = await self.room(topic)
        return live[0] if live else None

    async def _drop(self, room: Room) -> None:
        """A room that was never opened hears nothing any more."""
        with suppress(StorageError):
            await self.log.unlisten(room.topic)
        await room.tasks.stop()

    async def _exists(self, topic: str, by: str | None) -> bool:
        """Whether the log has a topic, or had it: a log that was emptied knows less than its workers."""
        if await self.log.head(topic) == START and self.leases.witnesses:
            await self._unknown.summon(topic, self.leases.witnesses, by)
        return await self.log.head(topic) != START

    def _start(self, room: Room) -> tuple[Room, Presence]:
        presence = Presence(room, self.log, self.settings, self.tasks, self.leases)
        presence.restored()
        self._rooms[room.topic] = (room, presence)
        metrics.ROOMS.set(len(self._rooms))
        self._committing[room.topic] = self.tasks.start(f"room {room.topic}", room.run())
        return self._rooms[room.topic]

    # among workers

    async def _keep_lease(self) -> None:
        while True:
            await asyncio.sleep(self.settings.lease / 3)
            living = self.leases.living
            if await self.leases.renew():
                if living - self.leases.living:
                    # what was due in rooms that it alone had open
                    self.tasks.start("look at what is due", self.alarms.look())
                for _, presence in list(self._rooms.values()):
                    presence.check()

    async def _start_anew(self) -> None:
        log.warning("this process was stopped for longer than its lease; reading everything anew")
        metrics.ASLEEP.inc()
        metrics.ROOMS.set(0)
        dropped = dict(self._rooms)
        self._rooms.clear()
        for topic, (room, presence) in dropped.items():
            presence.stop()
            await room.abandon()
            self._committing.pop(topic).cancel()
            with suppress(StorageError):
                await self.log.unlisten(topic)
        # under a new name: who was with the one that slept is let go like anybody whose worker ended, also
        # where nobody joins us again and no room is open here to see to it
        self.worker = fresh_id()
        self.leases = Leases(self.log, self.worker, self.settings.lease)
        await self.leases.renew()

    def _close(self, topic: str) -> asyncio.Task[None]:
        """Whoever asks for it from now on waits until it is closed, and has it opened again."""
        work = self._end(*self._rooms.pop(topic))
        self._closing[topic] = self.tasks.start(f"close {topic}", work)
        return self._closing[topic]

    async def _end(self, room: Room, presence: Presence) -> None:
        try:
            presence.stop()
            with suppress(StorageError):
                await self.log.unlisten(room.topic)
            room.close()
            await self._committing.pop(room.topic)
            room.forget()
            self.standing.forget(room.topic)
        finally:
            metrics.ROOMS_IDLE_CLOSED.inc()
            metrics.ROOMS.set(len(self._rooms))
            del self._closing[room.topic]
