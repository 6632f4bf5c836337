"""Workers: several hubs on one real Valkey, in one process, each with a log that can be made deaf."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from redis import Redis

from tests.live.house import TOPIC, Watcher, soon, submit
from tests.web.client import until
from webinar_server.errors import StorageError
from webinar_server.live.hub import Hub
from webinar_server.live.presence import Presence
from webinar_server.live.room import Room
from webinar_server.live.saying import say
from webinar_server.live.telling.codec import JSON
from webinar_server.log import Listener
from webinar_server.log.redis.engine import RedisLog
from webinar_server.session.programme import CreateSession, OpenSession
from webinar_server.settings import Settings
from webinar_server.state import Answer, Position
from webinar_server.web.sessions import create_session

NEVER = 3600.0
QUICK = Settings(pace=False, grace=0.5, lease=1.2, compare_every=0.2)
UNCOMPARED = Settings(pace=False, compare_every=NEVER)


class _Muffled:
    """A listener behind a door: what comes may be kept from it."""

    def __init__(self, listener: Listener, log: LossyLog) -> None:
        self._listener = listener
        self._log = log

    def moved(self, head: Position) -> None:
        if not self._log.drop():
            self._listener.moved(head)

    def reacted(self, reactions: Mapping[str, int]) -> None:
        self._listener.reacted(reactions)

    async def look(self) -> None:
        if not self._log.blind:
            await self._listener.look()


class LossyLog(RedisLog):
    """The real one; may lose the next news or all, and keep its listeners from looking."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.losing = 0
        self.deaf = False
        self.blind = False

    def drop(self) -> bool:
        self.losing -= 1
        return self.deaf or self.losing >= 0

    async def listen(self, topic: str, listener: Listener) -> None:
        await super().listen(topic, _Muffled(listener, self))


class Worker:
    """One hub with the session open in it."""

    def __init__(self, url: str, settings: Settings = QUICK) -> None:
        self.url = url
        self.log = LossyLog(url)
        self.hub = Hub(self.log, settings)

    async def open(self) -> Worker:
        await self.hub.open()
        if await self.hub.room(TOPIC) is None:
            await create_session(self.hub, CreateSession(session="s1", title="Ports"))
            await self.hub.room(TOPIC)
            await say(self.room, OpenSession())
        return self

    @property
    def room(self) -> Room:
        return self.hub.worker.rooms[TOPIC]

    @property
    def presence(self) -> Presence:
        return self.hub.worker.rooms[TOPIC].presence

    @property
    def at(self) -> Position:
        return self.room.state.position

    def watch(self, who: str = "ada") -> Watcher:
        watcher = Watcher(who, "attendee", JSON)
        self.room.fanout.attach(watcher, None)
        return watcher

    async def say(self, text: str, who: str = "ada", ref: str = "") -> Answer:
        told = submit(self.room, who, self.room.about.parse("say", {"text": text}), ref)
        outcome = await soon(told)
        assert isinstance(outcome, Answer), outcome
        return outcome

    async def ready(self) -> None:
        for _ in range(1_000):
            try:
                return await self.hub.worker.check()
            except StorageError:
                await asyncio.sleep(0.01)
        raise AssertionError("never ready")

    def redis(self) -> Redis:
        """A plain client of the Valkey all workers share."""
        return Redis.from_url(self.url)

    async def die(self) -> None:
        """As if killed: nothing is said any more, nothing given back."""
        self.room.close()
        self.room._running.cancel()
        await self.room.tasks.stop()
        await self.hub.worker.tasks.stop()
        await self.log.close()

    async def close(self) -> None:
        await self.hub.close()


async def in_step(*workers: Worker) -> None:
    """All hold the same history."""
    await until(lambda: len({worker.at for worker in workers}) == 1, "in step")


def texts(watcher: Watcher) -> list[Any]:
    return watcher.screen.texts()
