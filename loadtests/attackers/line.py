"""Line: raw bytes to the server under attack, and the little that must be understood of what comes back."""

from __future__ import annotations

import asyncio
import contextlib
import json
import struct
from collections import Counter
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from loadtests.attackers import Order

MASK = b"abcd"
CHUNK = 64 * 1024
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
LOOK = 5.0
"""Seconds between two looks at whether a connection that is not read is still there."""

PATIENCE = 10.0
"""Seconds for an answer."""

UPGRADE = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)
GONE = (OSError, EOFError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ValueError)
"""How a connection may end; to an attacker it is all the same."""


class Line:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def send(self, data: bytes) -> None:
        """Returns once the server has taken most of it."""
        self._writer.write(data)
        await self._writer.drain()

    async def answer(self) -> tuple[int, dict[str, str], bytes]:
        """Status, header lines and body of one answer."""
        async with asyncio.timeout(PATIENCE):
            first, *lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = {
                name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
            }
            body = await self._reader.readexactly(int(headers.get("content-length", 0)))
        return int(first.split()[1]), headers, body

    async def frame(self) -> tuple[int, bytes]:
        """Opcode and payload of the next frame."""
        first, size = await self._reader.readexactly(2)
        if size == 126:
            (size,) = struct.unpack("!H", await self._reader.readexactly(2))
        elif size == 127:
            (size,) = struct.unpack("!Q", await self._reader.readexactly(8))
        return first & 15, await self._reader.readexactly(size)

    async def end(self) -> int:
        """Read until the server has closed; the code it closed with, 0 where it gave none."""
        with contextlib.suppress(*GONE):
            while True:
                opcode, payload = await self.frame()
                if opcode == CLOSE:
                    return int.from_bytes(payload[:2], "big")
        return 0

    async def rest(self) -> bytes:
        """What comes until the server has closed, and no more than fits a refusal of ours."""
        said = b""
        with contextlib.suppress(*GONE):
            async with asyncio.timeout(PATIENCE):
                while part := await self._reader.read(CHUNK):
                    said = (said + part)[:CHUNK]
        return said

    def deaf(self) -> None:
        """Read nothing more."""
        transport = self._writer.transport
        assert isinstance(transport, asyncio.Transport)
        transport.pause_reading()

    async def closed(self, within: float) -> None:
        """Wait until the connection is gone, for so many seconds at most."""
        ends = asyncio.get_running_loop().time() + within
        while not self._writer.transport.is_closing() and asyncio.get_running_loop().time() < ends:
            await self.send(b"\r\n")
            await asyncio.sleep(LOOK)

    def abort(self) -> None:
        self._writer.transport.abort()


@contextlib.asynccontextmanager
async def line(order: Order) -> AsyncIterator[Line]:
    """A connection for as long as the block runs."""
    parts = urlsplit(order.url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=2**24)
    one = Line(reader, writer)
    try:
        yield one
    finally:
        one.abort()


@contextlib.asynccontextmanager
async def socket(order: Order, counts: Counter[str]) -> AsyncIterator[Line | None]:
    """A WebSocket as whoever has the token; `None` where the door stayed shut. What happened is counted."""
    async with line(order) as one:
        await one.send(handshake(order))
        status, _, _ = await one.answer()
        counts[f"handshakes answered {status}"] += 1
        yield one if status == 101 else None


def handshake(order: Order, *lines: str) -> bytes:
    """Of whoever has the token, or is said to be somebody by these lines."""
    who = lines or (f"Authorization: Bearer {order.token}",)
    return request(order, "GET /live", *who, UPGRADE.rstrip())


def request(order: Order, first: str, *lines: str, body: str = "") -> bytes:
    """A whole request."""
    sized = [f"Content-Length: {len(body.encode())}"] if body else []
    host = f"Host: {urlsplit(order.url).netloc}"
    return "\r\n".join([f"{first} HTTP/1.1", host, *lines, *sized, "", body]).encode()


def frame(opcode: int, payload: bytes = b"", fin: bool = True) -> bytes:
    """A frame from a client, masked."""
    size = len(payload)
    long = bytes((0x80 | size,)) if size < 126 else b"\xfe" + struct.pack("!H", size)
    key = MASK * (size // 4 + 1)
    masked = bytes(one ^ other for one, other in zip(payload, key, strict=False))
    return bytes((opcode | (0x80 if fin else 0),)) + long + MASK + masked


def said(op: str, **fields: object) -> bytes:
    """A frame of the wire, like `join`."""
    return frame(TEXT, json.dumps({"op": op, **fields}).encode())
