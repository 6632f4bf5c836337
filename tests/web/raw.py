"""Bytes over a socket, past the rules of any client library."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

from tests.web.client import DEADLINE
from tests.web.server import LiveServer

LIVE = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
)


class Raw:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    def write(self, data: bytes) -> None:
        self.writer.write(data)

    async def rest(self) -> bytes:
        """All that comes until the server has closed."""
        said = b""
        async with asyncio.timeout(DEADLINE):
            with contextlib.suppress(ConnectionError):
                while part := await self.reader.read(65_536):
                    said += part
        return said

    def abort(self) -> None:
        self.writer.transport.abort()


async def opened(url: str) -> Raw:
    host, _, port = url.removeprefix("http://").partition(":")
    return Raw(*await asyncio.open_connection(host, int(port)))


async def told(server: LiveServer, *pieces: bytes) -> tuple[int, dict[str, Any]]:
    """Status and JSON of the one answer to bytes that end a connection; 0 where it is closed without."""
    raw = await opened(server.url)
    for piece in pieces:
        raw.write(piece)
        await asyncio.sleep(0.01)
    said = await raw.rest()
    raw.abort()
    if not said:
        return 0, {}
    head, _, body = said.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body) if body.startswith(b"{") else {}


def request(first: str = "GET /livez HTTP/1.1", *lines: str, host: str = "Host: x") -> bytes:
    """A request after which the connection is closed."""
    return "\r\n".join([first, *([host] if host else []), *lines, "Connection: close", "", ""]).encode()
