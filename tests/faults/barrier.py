"""A company's proxy between a browser and a server, that lets no WebSocket through in one of the ways known.

It speaks HTTP with both, one request a connection. `kept` it keeps each answer until its end, as scanners do.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import struct
import threading
from collections import Counter
from typing import Literal

from websockets.utils import accept_key

from tests.web.client import DEADLINE

Manner = Literal["drops", "refuses", "resets", "waits", "silent", "renames", "passes"]
"""What it does to a request to upgrade: passes it on without saying so, answers 403, resets, never answers,
accepts and says nothing, passes it on under another host's name."""

HEAD_MAX = 128 * 1024
RESET = struct.pack("ii", 1, 0)


class Barrier:
    """Listens on a port of its own, in a thread of its own, for one server's port."""

    def __init__(self, target: int, manner: Manner, kept: bool = False) -> None:
        self.target, self.manner, self.kept = target, manner, kept
        self.port = 0
        self.asked: Counter[str] = Counter()
        """Requests by method and path; of upgrades by `upgrade`."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()

    def start(self) -> Barrier:
        self._thread.start()
        assert self._ready.wait(DEADLINE)
        return self

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(DEADLINE)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._come, "127.0.0.1", 0, limit=HEAD_MAX)
        )
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()

    async def _come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, EOFError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            method, path = head.split()[:2]
            upgrade = re.search(r"(?im)^upgrade: websocket", head) is not None
            self.asked["upgrade" if upgrade else f"{method} {path.partition('?')[0]}"] += 1
            if not upgrade or await self._lets(head, writer):
                await self._pass_on(head, upgrade and self.manner in ("renames", "passes"), reader, writer)
        writer.close()

    async def _lets(self, head: str, writer: asyncio.StreamWriter) -> bool:
        match self.manner:
            case "refuses":
                writer.write(
                    b"HTTP/1.1 403 Forbidden\r\nContent-Length: 7\r\nConnection: close\r\n\r\nBlocked"
                )
            case "resets":
                plain = writer.get_extra_info("socket")
                plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                writer.transport.abort()
            case "waits":
                await asyncio.sleep(600)
            case "silent":
                writer.write(accepted(head))
                await asyncio.sleep(600)
            case _:
                return True
        return False

    async def _pass_on(
        self, head: str, upgrade: bool, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if not upgrade:
            head = re.sub(r"(?im)^(connection|upgrade): .*\r\n", "", head)
            head = head.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
        if self.manner == "renames":
            head = re.sub(r"(?im)^host: .*\r\n", "Host: inside.example:8080\r\n", head)
        length = re.search(r"(?im)^content-length: (\d+)", head)
        body = await reader.readexactly(int(length[1])) if length else b""
        back, forth = await asyncio.open_connection("127.0.0.1", self.target)
        try:
            forth.write(head.encode("latin-1") + body)
            if upgrade:
                await asyncio.gather(_pump(reader, forth), _pump(back, writer))
            else:
                # who hangs up is not asked for any longer
                told = asyncio.ensure_future(self._tell(back, writer))
                gone = asyncio.ensure_future(reader.read(1))
                await asyncio.wait({told, gone}, return_when=asyncio.FIRST_COMPLETED)
                told.cancel()
                gone.cancel()
        finally:
            forth.close()

    async def _tell(self, back: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.kept:
            writer.write(await back.read())
            await writer.drain()
        else:
            await _pump(back, writer)


def accepted(head: str) -> bytes:
    """The answer of a server that takes an upgrade (RFC 6455, 4.2.2)."""
    key = re.search(r"(?im)^sec-websocket-key: (\S+)", head)
    protocol = re.search(r"(?im)^sec-websocket-protocol: (\S+)", head)
    assert key is not None
    told = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"]
    told.append(f"Sec-WebSocket-Accept: {accept_key(key[1])}")
    told += [f"Sec-WebSocket-Protocol: {protocol[1]}"] if protocol else []
    return ("\r\n".join(told) + "\r\n\r\n").encode()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
