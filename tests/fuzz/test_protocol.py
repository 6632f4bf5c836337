"""The protocol class fed with bytes as a transport does it: each connection goes on, or ends for a reason."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from uvicorn.server import ServerState

from tests.fuzz import LONG, OPEN, SEED, Faults
from tests.fuzz.frames import Frames
from tests.fuzz.wires import CODES, TEXT, Wires, frame
from tests.web.server import SECRET, TOPIC
from webinar_server.clock import now_ms
from webinar_server.live.hub import Hub
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.serve.process import config_of
from webinar_server.session.programme import CreateSession
from webinar_server.state import Identity
from webinar_server.web.sessions import create_session
from webinar_server.web.socket.protocol import LiveProtocol
from webinar_server.web.who.site import Site
from webinar_server.web.who.tokens import DAY_MS, Signer

BURSTS = 100_000 if LONG else 10_000
EACH = 40
"""Bursts for one connection, unless it ends before."""

PING = frame(TEXT, b'{"op":"ping"}')
ENDS = {1000, 1002, 1007, 1009, 4400, 4429}
"""Our own reasons; who closes by themselves has their own code back."""


class Pipe(asyncio.Transport):
    """A transport without a network: what is written is kept, what is closed is told on the next turn."""

    def __init__(self, protocol: Any) -> None:
        super().__init__()
        self.written = bytearray()
        self.protocol = protocol
        self._closing = False

    def write(self, data: Any) -> None:
        self.written += data

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        if not self._closing:
            self._closing = True
            asyncio.get_running_loop().call_soon(self.protocol.connection_lost, None)

    abort = close

    def set_protocol(self, protocol: Any) -> None:
        self.protocol = protocol

    def write_eof(self) -> None:
        pass

    def get_write_buffer_size(self) -> int:
        return 0

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


def handshake(token: str, codec: str) -> bytes:
    """An honest client's."""
    lines = [
        "GET /live HTTP/1.1",
        "host: 127.0.0.1",
        "upgrade: websocket",
        "connection: Upgrade",
        "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
        "sec-websocket-version: 13",
        f"sec-websocket-protocol: webinar.v1.{codec}",
        f"authorization: Bearer {token}",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


class House:
    """A server without a socket."""

    def __init__(self, folder: Path) -> None:
        self.hub = Hub(SqliteLog(folder), OPEN)
        self._signer = Signer(SECRET)

    async def open(self) -> House:
        await self.hub.open()
        await create_session(self.hub, CreateSession(session="s1", title="Fuzz"))
        self._config = config_of(self.hub, self._signer, Site())
        self._config.load()
        self._state = ServerState()
        return self

    async def close(self) -> None:
        await asyncio.gather(*self._state.tasks)
        await self.hub.close()

    def connect(self, seed: int) -> tuple[Pipe, bytes]:
        """A connection that has said nothing yet, and what an honest client would say first."""
        protocol = self._config.http_protocol_class(
            config=self._config, server_state=self._state, app_state={}
        )
        pipe = Pipe(protocol)
        protocol.connection_made(pipe)
        now = now_ms()
        who = Identity(
            id=f"zed{seed % 50}",
            name="Zed",
            role="host",
            topic="session/s1",
            issued=now,
            expires=now + DAY_MS,
        )
        return pipe, handshake(self._signer.sign(who), ("json", "msgpack")[seed % 2])


async def turns(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def greeted(protocol: LiveProtocol) -> None:
    async with asyncio.timeout(10):
        while protocol.receiver is None:  # noqa: ASYNC110
            await asyncio.sleep(0)
    protocol.data_received(frame(TEXT, b'{"op":"join","topic":"%s"}' % TOPIC.encode()))


def close_code(written: bytearray) -> int | None:
    """The code of the close frame that a connection was ended with."""
    place = written.rfind(b"\x88")
    while place >= 0:
        if place + 2 + written[place + 1] == len(written):
            return int.from_bytes(written[place + 2 : place + 4], "big") if written[place + 1] else 1000
        place = written.rfind(b"\x88", 0, place)
    return None


def fed(pipe: Pipe, wires: Wires, burst: bytes) -> bool:
    """Whether a connection is open still after these bytes."""
    for piece in wires.slices(burst):
        if not pipe.is_closing():
            pipe.protocol.data_received(piece)
    return not (pipe.is_closing() or getattr(pipe.protocol, "close_sent", False))


async def one(house: House, seed: int) -> int:
    """One connection to its end; how many bursts it took."""
    wires = Wires(Frames(seed, TOPIC, binary=seed % 2 == 1))
    pipe, hello = house.connect(seed)
    pipe.protocol.data_received(hello)
    await greeted(pipe.protocol)
    for number in range(EACH):
        burst = wires.burst()
        try:
            open_still = fed(pipe, wires, burst)
        except Exception as error:
            raise AssertionError(f"burst {number} {burst[:2_000].hex()}: {error!r}") from error
        await turns(3)
        if not open_still:
            code = close_code(pipe.written)
            # an end of theirs is answered with their own code
            assert code in ENDS or code in CODES, f"{code} {burst[:99].hex()}"
            break
    else:
        # it may be in the midst of a frame that never ends, so its pong is not a must; an error is
        pipe.protocol.data_received(PING)
    pipe.close()
    await turns(2)
    return number + 1


async def test_any_bytes_are_understood_or_end_the_connection_for_a_reason(tmp_path: Path) -> None:
    with Faults() as faults:
        house, done, number = await House(tmp_path).open(), 0, 0
        while done < BURSTS:
            seed, number = SEED * 1_000_000 + number, number + 1
            try:
                done += await one(house, seed)
            except Exception as error:
                raise AssertionError(f"seed {seed}: {error}") from error
            assert faults.seen == [], f"seed {seed}"
        await house.close()
    assert faults.seen == []


async def test_bytes_before_the_handshake_is_answered_harm_nobody(tmp_path: Path) -> None:
    """Frames sent right behind the request, and requests that are none."""
    with Faults() as faults:
        house = await House(tmp_path).open()
        for number in range(BURSTS // 40):
            seed = SEED * 1_000_000 + number
            wires = Wires(Frames(seed, TOPIC, binary=seed % 2 == 1))
            pipe, hello = house.connect(seed)
            first, early = hello if number % 2 else wires.spoilt(hello), wires.burst()
            try:
                pipe.protocol.data_received(first)
                fed(pipe, wires, early)
                await turns(4)
                fed(pipe, wires, wires.burst())
                await turns(2)
            except Exception as error:
                raise AssertionError(f"seed {seed} {first!r} {early[:2_000].hex()}: {error!r}") from error
            pipe.close()
            await turns(2)
            assert faults.seen == [], f"seed {seed} {first!r} {early[:2_000].hex()}"
        await house.close()
    assert faults.seen == []
