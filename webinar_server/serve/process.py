"""Serving: one process, one socket, until it is told to stop; then everything accepted is durable.

    SIGTERM ──▶ not ready, listens no more ──▶ viewers sent to the other workers, one by one (drain.py)
            ──▶ the rest told to come back (1012) ──▶ log closed ──▶ ended

Without other workers everybody is told at once. A second signal hurries, a third waits for nobody.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType

import uvicorn

from webinar_server.clock import monotonic
from webinar_server.errors import StorageError
from webinar_server.limits import KEEP_ALIVE
from webinar_server.live.hub import Hub
from webinar_server.post.opening import delivering, reached
from webinar_server.serve.drain import drain
from webinar_server.serve.metrics_port import serve_metrics
from webinar_server.serve.parent import Parent
from webinar_server.web.app import create_app
from webinar_server.web.http.doorstep import Doorstep
from webinar_server.web.http.protocol import LiveHttp
from webinar_server.web.socket.protocol import LiveProtocol
from webinar_server.web.socket.stream import Stream
from webinar_server.web.who.site import Site
from webinar_server.web.who.tokens import Signer

log = logging.getLogger("webinar_server")

BACKLOG = 2_048
SEND_BUFFER = 128 * 1024
"""Bytes the kernel keeps for a viewer; what it does not take shows here that they are slow."""

TCP_OPTIONS = {
    # milliseconds without an acknowledgement after which the kernel gives a dead link up (RFC 5482)
    "TCP_USER_TIMEOUT": 20_000,
    # bytes that wait to be sent, not only to be acknowledged: whoever is behind gets newer news later instead
    "TCP_NOTSENT_LOWAT": 16 * 1024,
}
"""Connections have these from the socket that accepted them."""

GARBAGE = (20_000, 20, 20)
"""New objects before the youngest are looked through, and how often before the older are: what connections
and messages leave is freed without it, and looking took a tenth of the time while a room came in."""

CHECK_EACH = 0.2
PATIENCE = 1.0
"""Seconds a log may take to answer at the start before somebody is told that it is waited for."""

ASK_WITHIN = 0.5
"""Seconds for asking the log who else is there."""

GOODBYES_WITHIN = 3
"""Seconds for last answers and closing handshakes; more than what a connection itself allows for them."""

CLOSE_WITHIN = 1.5
"""Seconds for closing a shared log, so that a worker has ended 5 s after its viewers went."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises StorageError with one line that says what to do."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        for option, value in TCP_OPTIONS.items():
            if hasattr(socket, option):
                listener.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise StorageError(
            f"cannot listen on {host}:{port} ({reason}); stop what uses it or choose another --port"
        ) from error
    return listener


class Server(uvicorn.Server):
    """uvicorn's server that says when it is ready, and lets everybody go in peace when it is told to stop.

    `ready` is called once it listens and its log answers; `waits` once, with the reason, if that takes long;
    `leaving` names other workers that stop together with it.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        hub: Hub,
        ready: Callable[[], None],
        waits: Callable[[str], None],
        leaving: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        super().__init__(config)
        self._hub = hub
        self._ready = ready
        self._waits = waits
        self._leaving = leaving
        # told to stop once more
        self._hurry = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._hub.worker.tasks.start("ready", self._tell_when_ready())

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen no more, send the viewers to the other workers or home, then end what is left."""
        self._hub.worker.draining = True
        # closes this process's own copy of a socket that others may listen on
        for server in self.servers:
            server.close()
        self.server_state.default_headers = [*self.server_state.default_headers, (b"connection", b"close")]
        if await self._somewhere_to_go():
            carried = (LiveProtocol, Stream)
            live = [one.receiver for one in self.server_state.connections if isinstance(one, carried)]
            await drain(filter(None, live), self._hub.worker.settings.drain, self._hurry)
        await super().shutdown(sockets)

    async def _somewhere_to_go(self) -> bool:
        if self._hub.worker.log.shared:
            # what the lease told last may be older than a worker that was started to take our place
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ASK_WITHIN):
                    await self._hub.worker.renew()
        return bool(self._hub.worker.others - self._leaving())

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._hurry.is_set():
            self.force_exit = True
        elif self.should_exit:
            self._hurry.set()
        self._hub.worker.draining = self.should_exit = True

    async def _tell_when_ready(self) -> None:
        began, waiting = monotonic(), False
        while not self._hub.worker.draining:
            try:
                await self._hub.worker.check()
            except StorageError as error:
                if not waiting and monotonic() - began > PATIENCE:
                    waiting = True
                    self._waits(str(error))
                await asyncio.sleep(CHECK_EACH)
            else:
                self._ready()
                return

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
    hub: Hub,
    signer: Signer,
    listener: socket.socket,
    site: Site,
    ready: Callable[[], None],
    waits: Callable[[str], None],
    parent: Parent | None = None,
    metrics: tuple[str, int] | None = None,
) -> None:
    """Open the hub, serve until SIGINT or SIGTERM, close. Raises StorageError where it cannot begin.

    At `metrics`, a host and a port, is told what is counted.
    """
    await hub.open()
    try:
        if parent is not None:
            hub.worker.tasks.start("watch the parent", parent.watch())
        if metrics is not None:
            hub.worker.tasks.start("metrics", serve_metrics(hub, *metrics))
        config = config_of(hub, signer, site)
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GARBAGE)
        leaving = parent.leaving if parent is not None else frozenset
        async with delivering(hub, signer, site.public_url or reached(listener)):
            await Server(config, hub, ready, waits, leaving).serve(sockets=[listener])
    finally:
        await close(hub)


async def close(hub: Hub) -> None:
    """Close the hub. A log that is away must not keep a worker from ending: nobody was told it has it."""
    try:
        async with asyncio.timeout(CLOSE_WITHIN if hub.worker.log.shared else None):
            await hub.close()
    except TimeoutError:
        log.warning("the log did not answer in time; what it had not taken was promised to nobody")


def config_of(hub: Hub, signer: Signer, site: Site) -> uvicorn.Config:
    """uvicorn as this server needs it. The hub is open."""
    app = create_app(hub, signer, site)
    doorstep = Doorstep(paced=hub.worker.settings.pace, proxies=site.proxies)
    return uvicorn.Config(
        app,
        # called like the class it is a part of
        http=partial(  # type: ignore[arg-type]
            LiveHttp, app.state.assets, app.state.gate, doorstep, streams=app.state.streams
        ),
        ws=LiveProtocol,
        ws_per_message_deflate=False,
        ws_max_size=hub.worker.settings.frame_max_host + 1024,
        # connections ping by themselves, together with their beats
        ws_ping_interval=None,
        lifespan="off",
        access_log=False,
        # what is logged is shaped by logs.py
        log_config=None,
        log_level=logging.WARNING,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=GOODBYES_WITHIN,
    )


def run(main: asyncio.Future[None] | object) -> None:
    """Run a coroutine on the fastest loop there is."""
    if sys.platform == "win32":
        asyncio.run(main)  # type: ignore[arg-type]
    else:
        import uvloop

        uvloop.run(main)  # type: ignore[arg-type]
