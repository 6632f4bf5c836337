"""Serving: one process, one socket, until it is told to stop; then everything accepted is durable."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator

import uvicorn

from webinar_server.errors import StorageError
from webinar_server.live.hub import Hub
from webinar_server.web.app import create_app
from webinar_server.web.identity import Signer
from webinar_server.web.protocol import LiveProtocol

BACKLOG = 2_048
USER_TIMEOUT_MS = 20_000
"""After this long without an acknowledgement the kernel gives a dead link up (RFC 5482)."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises StorageError with one line that says what to do."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, USER_TIMEOUT_MS)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise StorageError(
            f"cannot listen on {host}:{port} ({reason}); stop what uses it or choose another --port"
        ) from error
    return listener


class Server(uvicorn.Server):
    """uvicorn's server that says when it is ready, and leaves the last word to us when it is told to stop."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        # uvicorn's own raises the signal again before the log is closed
        before = {
            number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


async def serve(
    hub: Hub, signer: Signer, listener: socket.socket, public_url: str | None, ready: Callable[[], None]
) -> None:
    """Open the hub, serve until SIGINT or SIGTERM, close. Raises StorageError where it cannot begin."""
    await hub.open()
    try:
        config = config_of(hub, signer, public_url)
        gc.collect()
        gc.freeze()
        await Server(config, ready).serve(sockets=[listener])
    finally:
        await hub.close()


def config_of(hub: Hub, signer: Signer, public_url: str | None) -> uvicorn.Config:
    """uvicorn as this server needs it. The hub is open."""
    return uvicorn.Config(
        create_app(hub, signer, public_url),
        http="httptools",
        ws=LiveProtocol,
        ws_per_message_deflate=False,
        ws_max_size=hub.settings.frame_max_host + 1024,
        # together they free a dead link's connection within half a minute
        ws_ping_interval=15,
        ws_ping_timeout=10,
        lifespan="off",
        access_log=False,
        # what is logged is shaped by logs.py
        log_config=None,
        log_level=logging.WARNING,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
    )


def run(main: asyncio.Future[None] | object) -> None:
    """Run a coroutine on the fastest loop there is."""
    if sys.platform == "win32":
        asyncio.run(main)  # type: ignore[arg-type]
    else:
        import uvloop

        uvloop.run(main)  # type: ignore[arg-type]
