"""A lean audience: thousands of viewers in one process, each a real WebSocket on a protocol of its own.

Frames are told apart only until a viewer is in. From then on it looks at bytes alone: marks (`@` and 19
digits, the sender's monotonic nanoseconds) are found with one regex over whatever has arrived, pings by how
they begin. So a delivery costs the audience about 0.3 µs, and a server of any language more than that.

All read into one buffer, in which a mark that came in two pieces is put together. Loopback only.
"""

from __future__ import annotations

import asyncio
import base64
import math
import os
import re
import time
from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

MARK = re.compile(rb"@(\d{19})")
MARK_BYTES = 20
BUFFER_BYTES = 1024 * 1024
LOOK_FOR_PINGS = 64 * 1024
"""Larger pieces are not searched for pings: who gets that much at once is not kept for minutes."""

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
SAID = "hello from a viewer in the chat, a sentence of about a hundred and twenty bytes so that it looks real "
PATIENCE = 120.0
"""Seconds in which a viewer must be in, however often it was asked to come later."""


class Speech(NamedTuple):
    """How one talks to a kind of server. In `message`, MARK and NUMBER are replaced; tokens are sent as bearers.

    `ready` is looked for in the whole frames that come after the handshake; without it who was accepted is in.
    """

    path: str
    message: str
    hello: str = ""
    ready: re.Pattern[bytes] | None = None
    protocol: str = ""


def ours(topic: str) -> Speech:
    """Our own wire: joined once a state has come that is not only the half of it all share."""
    return Speech(
        path="/live",
        protocol="webinar.v1.json",
        hello=f'{{"op":"join","topic":"{topic}","at":null}}',
        ready=re.compile(rb'^{"op":"state","topic":"[^"]*","at":\[(?!0,"half")'),
        message=f'{{"op":"do","topic":"{topic}","ref":"m-NUMBER","command":"say","args":{{"text":"{SAID}MARK"}}}}',
    )


class Busy(Exception):
    """Not let in now; `args[0]` is after how many seconds to come back."""


class Ear:
    """What a whole audience hears: the buffer all read into, and nanoseconds from each mark to its arrival."""

    def __init__(self) -> None:
        self.latencies = array("q")
        self.buffer = bytearray(MARK_BYTES + BUFFER_BYTES)
        self.view = memoryview(self.buffer)
        self.free = self.view[MARK_BYTES:]

    def hear(self, rest: bytes, size: int) -> bytes:
        """Find the marks in `rest` and the `size` bytes just read; returns the beginning of one at the end."""
        start, end = MARK_BYTES - len(rest), MARK_BYTES + size
        if rest:
            self.view[start:MARK_BYTES] = rest
        now = time.monotonic_ns()
        self.latencies.extend([now - int(mark) for mark in MARK.findall(self.buffer, start, end)])
        cut = self.buffer.rfind(b"@", max(start, end - MARK_BYTES + 1), end)
        return bytes(self.view[cut:end]) if cut >= 0 else b""


class Viewer(asyncio.BufferedProtocol):
    """One viewer. `inside` is done once it is in; fails with Busy, or ConnectionError for good."""

    def __init__(self, speech: Speech, ear: Ear, headers: str) -> None:
        self.inside: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._speech = speech
        self._ear = ear
        self._headers = headers
        self._counting = False
        self._answered = False
        # what came before it was in, and a mark's beginning after that
        self._early = bytearray()
        self._rest = b""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport
        port = transport.get_extra_info("peername")[1]
        key = base64.b64encode(os.urandom(16)).decode()
        protocol = f"Sec-WebSocket-Protocol: {self._speech.protocol}\r\n" if self._speech.protocol else ""
        transport.write(
            f"GET {self._speech.path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
            f"{protocol}{self._headers}\r\n".encode()
        )

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._ear.free

    def buffer_updated(self, size: int) -> None:
        if not self._counting:
            self._come(bytes(self._ear.free[:size]))
            return
        if size < LOOK_FOR_PINGS:
            self._answer_pings(size)
        self._rest = self._ear.hear(self._rest, size)

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, error: Exception | None) -> None:
        self._fail(ConnectionError("closed before it was in"))

    def send(self, text: str) -> None:
        self.transport.write(frame(TEXT, text.encode()))

    def say(self, number: int) -> None:
        text = self._speech.message.replace("NUMBER", str(number))
        self.send(text.replace("MARK", f"@{time.monotonic_ns():019d}"))

    def leave(self) -> None:
        self.transport.abort()

    def _come(self, data: bytes) -> None:
        self._early += data
        if not self._answered:
            self._read_answer()
        if self._answered:
            for opcode, payload in self._frames():
                self._hear_early(opcode, payload)
                if self._counting:
                    break

    def _read_answer(self) -> None:
        head, found, rest = bytes(self._early).partition(b"\r\n\r\n")
        if not found:
            return
        if not head.startswith(b"HTTP/1.1 101"):
            later = re.search(rb"(?i)retry-after: *(\d+)", head)
            status = head[:40].decode(errors="replace")
            self._fail(Busy(float(later[1])) if later else ConnectionError(status))
            self.leave()
            return
        self._answered, self._early = True, bytearray(rest)
        if self._speech.hello:
            self.send(self._speech.hello)
        if self._speech.ready is None:
            self._enter()

    def _frames(self) -> Iterator[tuple[int, bytes]]:
        while not self._counting and (bounds := frame_bounds(self._early)):
            start, end = bounds
            opcode, payload = self._early[0] & 15, bytes(self._early[start:end])
            del self._early[:end]
            yield opcode, payload

    def _hear_early(self, opcode: int, payload: bytes) -> None:
        if opcode == PING:
            self._write(frame(PONG, payload))
        elif opcode == CLOSE:
            later = re.search(rb'"retry_after": *([\d.]+)', payload)
            self._fail(Busy(float(later[1]) if later else 1.0))
            self.leave()
        elif payload == b"2":
            self.send("3")
        elif self._speech.ready is not None and self._speech.ready.match(payload):
            self._enter()

    def _enter(self) -> None:
        self._counting = True
        # news that came with the state begin in the middle of nothing, so their marks are looked for here
        self._rest = bytes(self._early[-MARK_BYTES + 1 :])
        cut = self._rest.rfind(b"@")
        self._rest = self._rest[cut:] if cut >= 0 else b""
        self._early.clear()
        if not self.inside.done():
            self.inside.set_result(None)

    def _answer_pings(self, size: int) -> None:
        end = MARK_BYTES + size
        at = self._ear.buffer.find(b"\x89\x04", MARK_BYTES, end)
        if at >= 0:
            self._write(frame(PONG, bytes(self._ear.view[at + 2 : at + 6])))
        if self._ear.buffer.find(b"\x81\x012", MARK_BYTES, end) >= 0:
            self.send("3")

    def _write(self, data: bytes) -> None:
        self.transport.write(data)

    def _fail(self, error: Exception) -> None:
        if not self.inside.done():
            self.inside.set_exception(error)


class Swarm:
    """Viewers of one server, who connect a few at a time and come back when they are asked to."""

    def __init__(self, port: int, at_once: int = 50) -> None:
        self.ear = Ear()
        self.viewers: list[Viewer] = []
        self._port = port
        self._slots = asyncio.Semaphore(at_once)

    async def come(self, speech: Speech, tokens: Sequence[str], over: float = 0.0) -> list[float]:
        """All come in, begun evenly over so many seconds; for each, how long it took (seconds)."""

        async def one(number: int, token: str) -> float:
            await asyncio.sleep(over * number / len(tokens))
            began = time.monotonic()
            await self.bring(speech, f"Authorization: Bearer {token}\r\n" if token else "")
            return time.monotonic() - began

        return list(await asyncio.gather(*(one(number, token) for number, token in enumerate(tokens))))

    async def bring(self, speech: Speech, headers: str) -> None:
        """One viewer comes in, and is asked to come later as often as it must be."""
        async with self._slots, asyncio.timeout(PATIENCE):
            while True:
                viewer = Viewer(speech, self.ear, headers)
                await asyncio.get_running_loop().create_connection(lambda: viewer, "127.0.0.1", self._port)  # noqa: B023
                try:
                    await viewer.inside
                    break
                except Busy as busy:
                    await asyncio.sleep(busy.args[0])
        self.viewers.append(viewer)

    async def talk(self, rate: float, seconds: float) -> int:
        """Messages at a fixed total rate, from everybody in turn; how many were sent."""
        began, sent, total = time.monotonic(), 0, round(rate * seconds)
        while sent < total:
            due = min(total, math.floor((time.monotonic() - began) * rate) + 1)
            for number in range(sent, due):
                self.viewers[number % len(self.viewers)].say(number)
            sent = max(sent, due)
            await asyncio.sleep(max(0.001, began + sent / rate - time.monotonic()))
        return sent

    async def settled(self, deliveries: int, within: float) -> None:
        """Wait until so many marks were heard, or `within` seconds are over."""
        until = time.monotonic() + within
        while len(self.ear.latencies) < deliveries and time.monotonic() < until:
            await asyncio.sleep(0.02)

    def lost(self) -> int:
        """How many of those who came in are connected no more."""
        return sum(viewer.transport.is_closing() for viewer in self.viewers)

    def leave(self) -> None:
        for viewer in self.viewers:
            viewer.leave()



def frame(opcode: int, payload: bytes) -> bytes:
    """A client's frame; its mask is zero, which every server must accept and which leaves the payload as it is."""
    size = len(payload)
    length = bytes((0x80 | size,)) if size < 126 else bytes((0xFE,)) + size.to_bytes(2, "big")
    return bytes((0x80 | opcode,)) + length + b"\0\0\0\0" + payload


def frame_bounds(data: bytes | bytearray) -> tuple[int, int] | None:
    """Where the payload of a server's frame at the beginning of `data` starts and ends, if all of it is there."""
    if len(data) < 2:
        return None
    wide = {126: 2, 127: 8}.get(data[1], 0)
    start = 2 + wide
    size = int.from_bytes(data[2:start], "big") if wide else data[1]
    return (start, start + size) if len(data) >= start + size else None


def quantile(values: Sequence[float], q: float) -> float:
    """The q-quantile; -1 of nothing."""
    return sorted(values)[int((len(values) - 1) * q)] if values else -1.0
