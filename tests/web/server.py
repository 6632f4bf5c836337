"""A real server in this process: hub, application and uvicorn on a port of the kernel's choice."""

from __future__ import annotations

import asyncio
import contextlib
import pathlib
from collections.abc import Awaitable, Callable
from typing import Any

from websockets.exceptions import InvalidStatus

from tests.web.client import Client
from webinar_server.clock import fresh_id, now_ms
from webinar_server.live.hub import Hub, say
from webinar_server.log.redis.engine import RedisLog
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.serve.process import Server, config_of, listen
from webinar_server.session import SESSION
from webinar_server.session.programme import CreateSession, OpenSession
from webinar_server.settings import Settings
from webinar_server.state import Identity, Role, State
from webinar_server.web.sessions import create_session
from webinar_server.web.site import Site
from webinar_server.web.who.tokens import DAY_MS, Signer
from webinar_server.web.who.visitors import Proxies

SECRET = "tests-have-one-of-their-own-b7Kx2mQ9vR4tZ8wY"
TOPIC = "session/s1"
UNPACED = Settings(pace=False)
PATIENCE = 40
"""How often somebody comes to a door that is too busy, each half a second."""


class LiveServer:
    """Starts and stops like `webinar-server serve`, with a session `s1` that is open."""

    def __init__(
        self,
        folder: pathlib.Path,
        settings: Settings = UNPACED,
        public_url: str | None = None,
        proxies: tuple[str, ...] = (),
        redis: str | None = None,
    ) -> None:
        self.signer = Signer(SECRET)
        self._folder = folder
        self._settings = settings
        self._site = Site(public_url, Proxies(proxies))
        self._redis = redis
        self._clients: list[Client] = []
        self._port = 0

    async def start(self) -> LiveServer:
        log = RedisLog(self._redis, SECRET) if self._redis else SqliteLog(self._folder)
        self.hub = Hub(log, self._settings)
        await self.hub.open()
        listener = listen("127.0.0.1", self._port)
        self._port = listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        ready = asyncio.Event()
        config = config_of(self.hub, self.signer, self._site)
        self._server = Server(config, self.hub, ready.set, print)
        self._serving = asyncio.ensure_future(self._server.serve(sockets=[listener]))
        await ready.wait()
        if await self.hub.room("session/s1") is None:
            await self.add_session("s1")
        return self

    async def stop(self) -> None:
        self._server.should_exit = True
        await self._serving
        await self.hub.close()

    async def finish(self) -> None:
        """Let everybody go, then stop."""
        for client in self._clients:
            with contextlib.suppress(OSError):
                client.abort()
        await self.stop()

    async def add_session(self, id: str, **fields: Any) -> None:
        await create_session(self.hub, CreateSession(session=id, title=f"Session {id}", **fields))
        live = await self.hub.room(f"session/{id}")
        assert live is not None
        await say(live[0], OpenSession())

    def state(self, session: str = "s1") -> State:
        """What the server itself holds of a session."""
        return self.hub._rooms[f"session/{session}"][0].state

    def identity(self, name: str = "Ada", role: Role = "attendee", **fields: Any) -> Identity:
        now = now_ms()
        topic = SESSION.topic(fields.pop("session", "s1"))
        standard = {"id": fresh_id(), "topic": topic, "issued": now, "expires": now + DAY_MS}
        return Identity(name=name, role=role, **(standard | fields))

    def token(self, name: str = "Ada", role: Role = "attendee", **fields: Any) -> str:
        return self.signer.sign(self.identity(name, role, **fields))

    def client(self, token: str | None = None, codec: str = "json", **handshake: Any) -> Client:
        """Somebody at the door, not connected yet."""
        client = Client(self.url, token, codec, **handshake)
        return client

    async def connected(
        self, name: str = "Ada", role: Role = "attendee", codec: str = "json", **fields: Any
    ) -> Client:
        """Somebody with an open socket who has joined nothing yet; comes again where the door is too busy."""
        compression = fields.pop("compression", None)
        token = self.token(name, role, **fields)
        client = await self.let_in(lambda: self.client(token, codec, compression=compression).open())
        self._clients.append(client)
        return client

    async def let_in(self, come: Callable[[], Awaitable[Client]]) -> Client:
        """Come again where the door is too busy."""
        for _ in range(PATIENCE):
            try:
                return await come()
            except InvalidStatus as refused:
                # the loop of server and test is late on a busy machine, and says so as it should
                if refused.response.status_code != 503 or b"server.busy" not in (
                    refused.response.body or b""
                ):
                    raise
            await asyncio.sleep(0.5)
        raise AssertionError("the door never opened")

    async def joined(
        self, name: str = "Ada", role: Role = "attendee", codec: str = "json", at: Any = None, **fields: Any
    ) -> Client:
        """Somebody in a session, `s1` unless said otherwise."""
        client = await self.connected(name, role, codec, **fields)
        return await client.join(f"session/{fields.get('session', 's1')}", at)
