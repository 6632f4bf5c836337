"""An echo on the protocol class, for a foreign judge: what is heard is said back as it was.

No hub, no session, nobody's identity; never part of what serves people.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import uvicorn
from starlette.types import Receive, Scope, Send

from webinar_server.web.http.doorstep import Doorstep
from webinar_server.web.http.protocol import LiveHttp
from webinar_server.web.http.static import Assets, folder
from webinar_server.web.socket.protocol import LiveProtocol

MESSAGE_MAX = 16 * 1024 * 1024


class Echo:
    """A receiver that says back."""

    def __init__(self, wire: LiveProtocol) -> None:
        self._wire = wire

    def received(self, data: bytes, text: bool) -> None:
        self._wire.outlet.write(head(0x81 if text else 0x82, len(data)) + data)

    def drained(self) -> None: ...

    def lost(self) -> None: ...

    def send_away(self, retry_after: float) -> None:
        self._wire.end(1012, "")


def head(first: int, size: int) -> bytes:
    """The beginning of a frame from a server (RFC 6455, 5.2)."""
    if size < 126:
        return bytes((first, size))
    if size < 65_536:
        return bytes((first, 126)) + size.to_bytes(2, "big")
    return bytes((first, 127)) + size.to_bytes(8, "big")


def gate(scope: Scope) -> None:
    """Anybody may connect."""


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    wire: Any = scope["state"]["wire"]
    wire.receiver = Echo(wire)


@contextlib.asynccontextmanager
async def serving(host: str, port: int) -> AsyncIterator[str]:
    """Serve until the block ends; the address."""
    with socket.create_server((host, port)) as listener:
        config = uvicorn.Config(
            app,
            http=partial(LiveHttp, Assets(folder()), gate, Doorstep(paced=False)),  # type: ignore[arg-type]
            ws=LiveProtocol,
            ws_per_message_deflate=False,
            ws_max_size=MESSAGE_MAX,
            ws_ping_interval=None,
            lifespan="off",
            log_config=None,
            log_level=logging.WARNING,
        )
        server = uvicorn.Server(config)
        server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
        running = asyncio.ensure_future(server.serve(sockets=[listener]))
        yield f"http://{host}:{listener.getsockname()[1]}"
        server.should_exit = True
        await running
