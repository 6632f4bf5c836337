"""Hub: the rooms of this worker, opened when first asked for, closed together with everything durable."""

from __future__ import annotations

import asyncio

from webinar_server import metrics
from webinar_server.clock import monotonic
from webinar_server.errors import Refusal, StorageError
from webinar_server.live.chores import Chores
from webinar_server.live.committing import Outcome
from webinar_server.live.idle import Idle
from webinar_server.live.room import Room
from webinar_server.live.saying import say
from webinar_server.live.standing import Standing
from webinar_server.live.unknown import Unknown
from webinar_server.live.worker import Worker
from webinar_server.log import Log
from webinar_server.log.erasures import Erasures
from webinar_server.settings import Settings
from webinar_server.state import START, Command
from webinar_server.topics import find


class Hub:
    """All live topics of one worker; `erased` is what is kept apart of who was erased from them."""

    def __init__(self, log: Log, settings: Settings, erased: Erasures | None = None) -> None:
        self.worker = Worker(log, settings)
        self.standing = Standing()
        self.chores = Chores(self.worker, self.room, erased or Erasures())
        self.worker.on_change += [self.standing.changed, self.chores.changed]
        self.worker.on_loss.append(self.chores.look)
        self._idle = Idle(self.worker, self._close, self.standing.needs)
        self._unknown = Unknown(self.worker)
        self._opening: dict[str, asyncio.Future[Room | None]] = {}
        self._closing: dict[str, asyncio.Task[None]] = {}
        # one topic is begun at a time
        self._beginning = asyncio.Lock()

    async def open(self) -> None:
        """Raises StorageError where the log cannot be used."""
        await self.worker.open()
        self.worker.tasks.start("idle rooms", self._idle.keep())
        self.chores.look()

    async def close(self) -> None:
        """Commit and tell what is under way, leave snapshots, give back the lease, close the log."""
        rooms = list(self.worker.rooms.values())
        for room in rooms:
            room.close()
        self.chores.stop()
        ends = (room.over() for room in rooms)
        await asyncio.gather(*ends, *self._closing.values(), return_exceptions=True)
        await self.worker.close()

    async def room(self, topic: str, by: str | None = None) -> Room | None:
        """A topic's room, opened once for all who ask; `None` if there is no such topic.

        `by` is the address or person whose limit counts. Raises StorageError, and Refusal `pace.unknown`.
        """
        self._idle.needed(topic)
        known = self.worker.rooms.get(topic)
        if known is not None:
            if known.mirror.unreadable:
                raise StorageError(known.mirror.unreadable)
            return known
        opening = self._opening.get(topic)
        if opening is None:
            opening = self._opening[topic] = asyncio.get_running_loop().create_future()
            self.worker.tasks.start(f"open {topic}", self._open(topic, opening, by))
        return await asyncio.shield(opening)

    async def begin(self, topic: str, command: Command) -> Outcome:
        """Say the first command of a topic; where there is one already, its rules refuse that."""
        async with self._beginning:
            room = await self.room(topic)
            if room is not None:
                return await say(room, command)
            # the first entry of a log, by a room nobody can join: whoever asks next opens one from the log
            room = Room(topic, self.worker)
            room.start()
            try:
                return await say(room, command)
            finally:
                room.close()
                await room.over()

    async def _open(self, topic: str, opened: asyncio.Future[Room | None], by: str | None) -> None:
        try:
            opened.set_result(await self._load(topic, by))
        except Exception as error:
            opened.set_exception(error)
            # heard by whoever waits; without this a lonely failure would be reported as never retrieved
            opened.exception()
        finally:
            del self._opening[topic]

    async def _load(self, topic: str, by: str | None) -> Room | None:
        if topic in self._closing:
            await self._closing[topic]
        if find(topic) is None or not await self._exists(topic, by):
            return None
        if self.worker.asleep(monotonic()):
            raise StorageError("this worker was stopped for a while; ask again")
        room = Room(topic, self.worker)
        try:
            await room.open()
            if room.state.position == START and await self._exists(topic, by):
                # emptied since we asked, and written back by the others: nothing may be appended to the gap
                await room.mirror.load()
        except (StorageError, Refusal):
            await room.abandon()
            raise
        if room.state.position == START:
            await room.abandon()
            return None
        self.worker.rooms[topic] = room
        # one that was empty when it was opened, and written back by others, came entry by entry
        self.standing.changed(topic, room.state, None, ours=False)
        metrics.ROOMS.set(len(self.worker.rooms))
        room.start()
        return room

    async def _exists(self, topic: str, by: str | None) -> bool:
        """Whether the log has a topic, or had it: a log that was emptied knows less than its workers."""
        if await self.worker.log.head(topic) == START and not self.worker.is_alone:
            await self._unknown.summon(topic, by)
        return await self.worker.log.head(topic) != START

    def _close(self, topic: str) -> asyncio.Task[None]:
        """Whoever asks for it from now on waits until it is closed, and has it opened again."""
        work = self._end(self.worker.rooms.pop(topic))
        self._closing[topic] = self.worker.tasks.start(f"close {topic}", work)
        return self._closing[topic]

    async def _end(self, room: Room) -> None:
        try:
            await room.closed()
            self.standing.forget(room.topic)
            self.worker.forget()
        finally:
            metrics.ROOMS_IDLE_CLOSED.inc()
            metrics.ROOMS.set(len(self.worker.rooms))
            del self._closing[room.topic]
