"""A real server in this process: hub, application and uvicorn on a port it keeps."""

from __future__ import annotations

import asyncio
import contextlib
import pathlib
from typing import Any

from tests.ports import free_port
from tests.web.client import Client
from webinar_server.clock import fresh_id, now_ms
from webinar_server.live.hub import Hub
from webinar_server.live.saying import say
from webinar_server.log.erasures import Erasures
from webinar_server.log.redis.engine import RedisLog
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.serve.process import Server, config_of, listen
from webinar_server.session import SESSION
from webinar_server.session.programme import CreateSession, OpenSession
from webinar_server.settings import Settings
from webinar_server.state import Identity, Role, State
from webinar_server.web.sessions import create_session
from webinar_server.web.who.site import Site
from webinar_server.web.who.tokens import DAY_MS, Signer
from webinar_server.web.who.visitors import Proxies

SECRET = "tests-have-one-of-their-own-b7Kx2mQ9vR4tZ8wY"
TOPIC = "session/s1"
UNPACED = Settings(pace=False)


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
        self._port = free_port()

    async def start(self) -> LiveServer:
        log = RedisLog(self._redis) if self._redis else SqliteLog(self._folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        self.hub = Hub(log, self._settings, Erasures(self._folder).read())
        await self.hub.open()
        listener = listen("127.0.0.1", self._port)
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
        await say(live, OpenSession())

    def state(self, session: str = "s1") -> State:
        """What the server itself holds of a session."""
        return self.hub.worker.rooms[f"session/{session}"].state

    def identity(self, name: str = "Ada", role: Role = "attendee", **fields: Any) -> Identity:
        now = now_ms()
        topic = SESSION.topic(fields.pop("session", "s1"))
        standard = {"id": fresh_id(), "topic": topic, "issued": now, "expires": now + DAY_MS}
        return Identity(name=name, role=role, **(standard | fields))

    def token(self, name: str = "Ada", role: Role = "attendee", **fields: Any) -> str:
        return self.signer.sign(self.identity(name, role, **fields))

    def cookie(self, name: str = "Ada", role: Role = "attendee", **fields: Any) -> str:
        """The value of one of a browser that came in."""
        return self.token(name, role, **({"device": fresh_id(), "entered": True} | fields))

    def page(self, cookie: str) -> dict[str, Any]:
        """How a page of ours opens its socket with that."""
        return {"headers": {"Origin": self.url, "Cookie": f"webinar-0={cookie}"}}

    def client(self, token: str | None = None, codec: str = "json", **handshake: Any) -> Client:
        """Somebody at the door, not connected yet."""
        client = Client(self.url, token, codec, **handshake)
        return client

    async def connected(
        self, name: str = "Ada", role: Role = "attendee", codec: str = "json", **fields: Any
    ) -> Client:
        """Somebody with an open socket who has joined nothing yet."""
        compression = fields.pop("compression", None)
        token = self.token(name, role, **fields)
        # of a device it is a cookie, else a link
        way = self.page(token) if fields.get("device") else {"token": token}
        client = await self.client(codec=codec, compression=compression, **way).open()
        self._clients.append(client)
        return client

    async def joined(
        self, name: str = "Ada", role: Role = "attendee", codec: str = "json", at: Any = None, **fields: Any
    ) -> Client:
        """Somebody in a session, `s1` unless said otherwise."""
        client = await self.connected(name, role, codec, **fields)
        return await client.join(f"session/{fields.get('session', 's1')}", at)
