"""Slow readers on real sockets: skipped, caught up, cut off in the end, and nobody else's trouble."""

from __future__ import annotations

import asyncio
import base64
import os
import socket
from typing import Any

from tests.web.client import until
from tests.web.server import TOPIC, LiveServer
from webinar_server.settings import Settings
from webinar_server.web.socket import liveness as module
from webinar_server.web.socket.outlet import Outlet

BIG = "x" * 400
MESSAGES = 1_500


def narrow(server: LiveServer) -> socket.socket:
    """A connected socket whose kernel buffer holds little."""
    host, port = server.url.removeprefix("http://").split(":")
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.connect((host, int(port)))
    raw.setblocking(False)
    return raw


class Deaf:
    """A client that joins and reads no more; its receive buffer is small."""

    def __init__(self, server: LiveServer) -> None:
        self._raw = narrow(server)
        self._token = server.token("Deaf")

    async def join(self) -> Deaf:
        loop = asyncio.get_running_loop()
        key = base64.b64encode(os.urandom(16)).decode()
        await loop.sock_sendall(
            self._raw,
            f"GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
            f"Authorization: Bearer {self._token}\r\n\r\n".encode(),
        )
        while b'"hello"' not in await loop.sock_recv(self._raw, 4096):
            pass
        message = b'{"op":"join","topic":"%s"}' % TOPIC.encode()
        await loop.sock_sendall(self._raw, bytes((0x81, 0x80 | len(message), 0, 0, 0, 0)) + message)
        return self

    async def cut_off(self) -> bool:
        """Read what is left; whether the other side has ended it."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(30):
                while await loop.sock_recv(self._raw, 65_536):
                    pass
        except OSError:
            pass
        return True

    def close(self) -> None:
        self._raw.close()


async def flood(server: LiveServer, messages: int = MESSAGES) -> str:
    """More news than kernel buffers hold; the last thing said."""
    host = await server.joined("Grace", "host")
    answer: dict[str, Any] = {}
    for number in range(0, messages, 50):
        told = (host.ask("say", text=f"{number + n} {BIG}") for n in range(50))
        answer = (await asyncio.gather(*told))[-1]
    return str(answer["result"]["id"])


async def test_who_stops_reading_is_skipped_and_caught_up_and_others_notice_nothing(start: Any) -> None:
    server = await start(Settings(pace=False, pause_most=0.02))
    slow = await server.client(server.token("Slow"), sock=narrow(server)).open()
    await slow.join(TOPIC)
    quick = await server.joined("Quick")
    slow.socket.transport.pause_reading()
    viewer = next(viewer for viewer in viewers(server) if viewer.identity.name == "Slow")
    last = await flood(server)
    for _ in range(40):
        if viewer._wire.outlet.backlog() <= server.hub.worker.settings.high_water:
            last = await flood(server)
    await quick.until(lambda: last in quick.screen.of("message"), "the quick one has it all")
    assert last not in slow.screen.of("message")
    assert viewer._wire.outlet.backlog() > server.hub.worker.settings.high_water, "it is behind"
    assert viewer._wire.outlet.backlog() < 2 * 1024 * 1024, "and costs a bounded amount"
    slow.socket.transport.resume_reading()
    await slow.until(lambda: last in slow.screen.of("message"), "caught up")
    fresh = await server.joined("Fresh")
    assert slow.screen.of("message") == fresh.screen.of("message")
    await slow.close()
    assert len(slow.screen.frames) < len(quick.screen.frames) and not slow.screen.resets


async def test_who_never_reads_is_cut_off_while_beats_go_on(start: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("webinar_server.web.socket.door.SWEEP", 0.1)
    server = await start(Settings(pace=False, stalled_after=1.0, beat=0.3))
    deaf = await Deaf(server).join()
    quick = await server.joined("Quick")
    await until(lambda: len(viewers(server)) == 2, "both are there")
    last = await flood(server, 8_000)
    await quick.until(lambda: last in quick.screen.of("message"))
    await until(lambda: "Deaf" not in [connection.identity.name for connection in viewers(server)], "cut off")
    assert await deaf.cut_off()
    deaf.close()
    assert (await quick.do("say", text="unaffected"))["result"]["id"]
    assert quick.closed is None, "who reads is never taken for stuck"


async def test_who_reads_slowly_but_reads_is_not_cut_off(start: Any, monkeypatch: Any) -> None:
    server = await start(Settings(pace=False, stalled_after=5.0, beat=3600.0))
    slow = await server.joined("Slow")
    connection = next(c for c in viewers(server) if c.identity.name == "Slow")
    now, unsent = module.monotonic(), 500_000
    monkeypatch.setattr(Outlet, "backlog", lambda outlet: unsent)
    connection._outlet.written = unsent
    for _ in range(100):
        now, unsent = now + 4.0, unsent - 100
        connection.tick(now)
    await slow.alive()
    assert slow.closed is None
    for _ in range(3):
        now += 4.0
        connection._outlet.ping(b"")  # a ping of ours, which is not progress of theirs
        unsent += 2
        connection.tick(now)
    await slow.until(lambda: slow.closed is not None, "cut off")


def viewers(server: LiveServer) -> list[Any]:
    """The server's side of who follows the session."""
    return list(server.hub.worker.rooms[TOPIC].fanout._followers)
