"""A viewer of the lean audience: a real WebSocket on a protocol of its own; thousands fit in one process.

Frames are told apart only until a viewer is in. From then on it looks at bytes alone: marks (`@` and 19
digits, the sender's monotonic nanoseconds) are found with one regex over whatever has arrived, pings by how
they begin. So a delivery costs the audience 0.3 to 1 µs, and a server of any language more than that.

It is not the client of everybody else (`webinar_server/client`): that, on `websockets`, took 2.7 µs where
this took 1.1 (six messages a frame), peers speak another wire, and a `flood` would measure the audience.

All read into one buffer, in which a mark that came in two pieces is put together. Loopback only.
"""

from __future__ import annotations

import asyncio
import base64
import os
import re
import time
from array import array
from collections.abc import Iterator
from typing import NamedTuple

MARK = re.compile(rb"@(\d{19})")
MARK_BYTES = 20
BUFFER_BYTES = 1024 * 1024
LOOK_FOR_PINGS = 64 * 1024
"""Larger pieces are not searched for pings: who gets that much at once is not kept for minutes."""

PING_SIZES = (0, 4)
"""Bytes in a ping: of this server, and of the libraries its peers are made with."""

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
SAID = (
    "hello from a viewer in the chat, a sentence of about a hundred and twenty bytes so that it looks real "
)


class Speech(NamedTuple):
    """How one talks to a kind of server; in `message`, MARK and NUMBER are replaced.

    `ready` is looked for in the frames that come after the handshake; without it, who was accepted is in.
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
    """What a whole audience hears: the buffer all read into, how many bytes came, and how many ns each mark
    took to arrive."""

    def __init__(self) -> None:
        self.latencies = array("q")
        self.bytes = 0
        self.buffer = bytearray(MARK_BYTES + BUFFER_BYTES)
        self.view = memoryview(self.buffer)
        self.free = self.view[MARK_BYTES:]

    def hear(self, rest: bytes, size: int) -> bytes:
        """Find the marks in `rest` and the `size` bytes just read; returns the beginning of a last one."""
        start, end = MARK_BYTES - len(rest), MARK_BYTES + size
        self.bytes += size
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
        self._write(frame(TEXT, text.encode()))

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
            why = payload[2:].decode(errors="replace")
            self._fail(Busy(float(later[1])) if later else ConnectionError(f"closed: {why}"))
            self.leave()
        elif payload == b"2":
            self.send("3")
        elif self._speech.ready is not None and self._speech.ready.match(payload):
            self._enter()

    def _enter(self) -> None:
        self._counting = True
        # what came in the same piece is heard like all that follows
        early, self._early = self._early, bytearray()
        self._ear.free[: len(early)] = early
        self.buffer_updated(len(early))
        if not self.inside.done():
            self.inside.set_result(None)

    def _answer_pings(self, size: int) -> None:
        end = MARK_BYTES + size
        for length in PING_SIZES:
            at = self._ear.buffer.find(bytes((0x80 | PING, length)), MARK_BYTES, end)
            if at >= 0:
                self._write(frame(PONG, bytes(self._ear.view[at + 2 : at + 2 + length])))
        if self._ear.buffer.find(b"\x81\x012", MARK_BYTES, end) >= 0:
            self.send("3")

    def _write(self, data: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(data)

    def _fail(self, error: Exception) -> None:
        if not self.inside.done():
            self.inside.set_exception(error)


def frame(opcode: int, payload: bytes) -> bytes:
    """A client's frame; masked with zero, which is a mask like any other and leaves the payload alone."""
    size = len(payload)
    length = bytes((0x80 | size,)) if size < 126 else bytes((0xFE,)) + size.to_bytes(2, "big")
    return bytes((0x80 | opcode,)) + length + b"\0\0\0\0" + payload


def frame_bounds(data: bytes | bytearray) -> tuple[int, int] | None:
    """Where the payload of the server's frame that `data` begins with starts and ends, if it is all there."""
    if len(data) < 2:
        return None
    wide = {126: 2, 127: 8}.get(data[1], 0)
    start = 2 + wide
    size = int.from_bytes(data[2:start], "big") if wide else data[1]
    return (start, start + size) if len(data) >= start + size else None
