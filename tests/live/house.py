"""House: a hub with one open session and no network, and watchers that see what sockets would carry."""

from __future__ import annotations

import asyncio
import json
import pathlib
from collections.abc import Callable, Sequence
from typing import Any

import msgpack

from tests.session.client import frames
from tests.web.client import DEADLINE, until
from tests.web.screen import Screen
from webinar_server.clock import fresh_id, now_ms
from webinar_server.errors import Refusal
from webinar_server.live.committing import Outcome, Request
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import say
from webinar_server.live.telling.codec import JSON, Codec
from webinar_server.log import Conflict
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.session.attendance import Arrive
from webinar_server.session.programme import CreateSession, OpenSession
from webinar_server.settings import Settings
from webinar_server.state import Actor, Answer, Audience, Command, Position, Role, Sealed
from webinar_server.web.sessions import create_session

TOPIC = "session/s1"
ROLES: dict[str, Role] = {"host": "host", "cohost": "host", "speaker": "speaker", "stage": "stage"}


class WatchedLog(SqliteLog):
    """The real log; remembers how much came in each append, and may let somebody do something before one."""

    def __init__(self, folder: pathlib.Path) -> None:
        super().__init__(folder)
        self.appends: list[int] = []
        self.before_append: Callable[[], Any] | None = None

    async def append(
        self, topic: str, parent: Position, entries: Sequence[Sealed], vouched: bool = False
    ) -> Conflict | None:
        before, self.before_append = self.before_append, None
        if before is not None:
            await before()
        self.appends.append(len(entries))
        return await super().append(topic, parent, entries, vouched)


class House:
    """A hub on a folder; may be closed and opened again."""

    def __init__(self, folder: pathlib.Path, settings: Settings | None = None) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.settings = settings or Settings(pace=False)

    async def open(self) -> House:
        self.log = WatchedLog(self.folder)
        self.hub = Hub(self.log, self.settings)
        await self.hub.open()
        if await self.hub.room(TOPIC) is None:
            await create_session(self.hub, CreateSession(session="s1", title="Ports"))
            await say(await self._live(), OpenSession())
        self.room = await self._live()
        self.presence = self.room.presence
        self.log.appends.clear()
        return self

    async def close(self) -> None:
        await self.hub.close()

    async def restart(self) -> None:
        await self.close()
        await self.open()

    async def _live(self) -> Room:
        room = await self.hub.room(TOPIC)
        assert room is not None
        return room

    # doing

    def send(self, who: str, command: str, ref: str = "", **args: Any) -> asyncio.Future[Outcome]:
        """Hand a command in; its outcome comes later."""
        return submit(self.room, who, self.room.about.parse(command, args), ref)

    async def do(self, who: str, command: str, ref: str = "", **args: Any) -> Answer:
        outcome = await soon(self.send(who, command, ref, **args))
        assert isinstance(outcome, Answer), outcome
        return outcome

    async def refused(self, who: str, command: str, ref: str = "", **args: Any) -> str:
        outcome = await soon(self.send(who, command, ref, **args))
        assert isinstance(outcome, Refusal), outcome
        return outcome.code

    async def create(self, who: str, command: str, **args: Any) -> str:
        """The id of what a command created."""
        return str((await self.do(who, command, **args)).result["id"])

    async def arrive(self, *whos: str) -> None:
        for who in whos:
            arrive = Arrive(organisation="Tulip", kind="sme", country="NL")
            await soon(submit(self.room, who, arrive))

    async def entries(self) -> list[Sealed]:
        """The whole log; reading checks its chain."""
        return await self.log.read(TOPIC, 0, 1_000_000)

    # watching

    def watch(
        self, who: str = "ada", audience: Audience = "attendee", at: Any = None, codec: Codec = JSON
    ) -> Watcher:
        """Somebody who follows from now on."""
        watcher = Watcher(who, audience, codec)
        self.room.fanout.attach(watcher, Position(*at) if at else None)
        return watcher

    async def told(self, *watchers: Watcher) -> None:
        """Wait until these have heard of all there is."""
        followers = [self.room.fanout._followers[watcher] for watcher in watchers]
        seq = self.room.state.position.seq
        await until(lambda: all(follower.seq >= seq for follower in followers), "all told")


class Watcher:
    """A viewer whose socket is a list."""

    def __init__(self, person: str, audience: Audience, codec: Codec) -> None:
        self.person = person
        self.audience = audience
        self.codec = codec
        self.deflates = False
        self.screen = Screen()
        # the frames as bytes, to see who shares one
        self.frames: list[bytes] = []
        self.unsent = 0
        self.sent_away = False
        self.pulses: list[dict[str, int]] = []

    def write(self, frame: bytes) -> None:
        self.frames.append(frame)
        for one in frames(frame):
            message = self.read(one)
            if message["op"] == "state":
                self.screen.merge(message)
            else:
                self.pulses.append(message["reactions"])

    def offer(self, frame: bytes) -> bool:
        if self.unsent > Settings.high_water:
            return False
        self.write(frame)
        return True

    def away(self) -> None:
        self.sent_away = True

    def read(self, frame: bytes) -> dict[str, Any]:
        """A whole WebSocket frame's message."""
        size = frame[1]
        start = {126: 4, 127: 10}.get(size, 2)
        payload = frame[start:]
        assert len(payload) == (size if start == 2 else int.from_bytes(frame[2:start], "big"))
        message: dict[str, Any] = json.loads(payload) if self.codec is JSON else msgpack.unpackb(payload)
        return message


def submit(room: Room, who: str, command: Command, ref: str = "") -> asyncio.Future[Outcome]:
    told: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    role = ROLES.get(who, "attendee")
    actor = Actor(id=who, name=who.capitalize(), role=role, at=now_ms(), fresh=fresh_id())
    room.submit(Request(actor, ref, command, told.set_result))
    return told


async def soon(told: asyncio.Future[Outcome]) -> Outcome:
    async with asyncio.timeout(DEADLINE):
        return await told
