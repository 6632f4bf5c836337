"""Metrics' own port: what is counted, for a Prometheus on this machine or network and not for the world.

Each worker has one (`serve --metrics [HOST:]PORT`, worker n at PORT + n), with its own `/livez` and `/readyz`
beside it, since the port that people use leads to whichever worker is free. Trouble here never stops the
server: a port that is taken is tried again, as during a rolling restart, when the worker before still has it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import Iterator
from functools import partial

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from webinar_server import metrics
from webinar_server.clock import monotonic
from webinar_server.errors import StorageError
from webinar_server.live.hub import Hub
from webinar_server.logs import WORKER
from webinar_server.web.http.bounded import BoundedHttp
from webinar_server.web.http.doorstep import Doorstep
from webinar_server.web.http.health import PATIENCE, Health
from webinar_server.web.http.hosts import of_this_network

log = logging.getLogger("webinar_server")

TICK = 0.5
AGAIN = 1.0
"""Seconds after which a port that is taken is tried again."""

HANDED_OVER = 25.0
"""Seconds in which the worker before leaves its port; longer than it may drain, so no warning until then."""


def address(text: str) -> tuple[str, int]:
    """`[HOST:]PORT` of this worker. Raises ValueError."""
    host, _, port = text.rpartition(":")
    number = int(port)
    if not 0 <= number <= 65_535:
        raise ValueError(f"{number} is no port")
    if set("@/") & set(host):
        raise ValueError("this is an address of something else")
    worker = int(os.environ.get(WORKER, "0")) if number else 0
    return host.strip("[]") or "127.0.0.1", number + worker


async def serve_metrics(hub: Hub, host: str, port: int) -> None:
    """Until cancelled."""
    async with asyncio.TaskGroup() as group:
        group.create_task(watch_loop())
        with await _listen(host, port) as listener:
            where = listener.getsockname()
            log.info("metrics are served", extra={"url": f"http://{where[0]}:{where[1]}/metrics"})
            await _Beside(_config(hub, host)).until_cancelled(listener)


async def watch_loop() -> None:
    """Twice a second, see how late this loop is."""
    while True:
        due = monotonic() + TICK
        await asyncio.sleep(TICK)
        metrics.LOOP_LAG.observe(max(0.0, monotonic() - due))


async def _listen(host: str, port: int) -> socket.socket:
    # a worker that renews another gets the port once that one has drained
    patient_until = monotonic() + (HANDED_OVER if WORKER in os.environ else 0.0)
    told = False
    while True:
        try:
            return await asyncio.to_thread(socket.create_server, (host, port), family=_family(host))
        except OSError as error:
            if not told and monotonic() >= patient_until:
                told = True
                log.warning("the port of --metrics cannot be used; trying again", extra=_why(error))
            await asyncio.sleep(AGAIN)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _why(error: OSError) -> dict[str, str]:
    return {"reason": error.strerror or type(error).__name__}


class _Beside(uvicorn.Server):
    """A second server in one loop: signals are the first one's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def until_cancelled(self, listener: socket.socket) -> None:
        try:
            await self.serve(sockets=[listener])
        finally:
            for server in self.servers:
                server.close()
            for connection in list(self.server_state.connections):
                connection.shutdown()


def _config(hub: Hub, host: str) -> uvicorn.Config:
    async def told(request: Request) -> Response:
        if not of_this_network(request.headers.get("host", ""), host):
            # a page in somebody's browser, under a name made to point here (DNS rebinding)
            metrics.REQUESTS_REFUSED.labels(421).inc()
            return PlainTextResponse("ask by this machine's address, or the name given to --metrics\n", 421)
        await _ask_log(hub)
        return Response(metrics.text(), media_type=metrics.CONTENT_TYPE)

    async def missing(request: Request, error: Exception) -> Response:
        return PlainTextResponse("not here\n", 404)

    app = Starlette(
        routes=[Route("/metrics", told), *Health(hub).routes()], exception_handlers={404: missing}
    )
    return uvicorn.Config(
        app,
        http=partial(BoundedHttp, Doorstep()),  # type: ignore[arg-type]
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        log_level=logging.WARNING,
        timeout_keep_alive=75,
        limit_concurrency=50,
    )


async def _ask_log(hub: Hub) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            await hub.worker.log.check()
        metrics.LOG_REACHABLE.set(1)
    except (StorageError, TimeoutError):
        metrics.LOG_REACHABLE.set(0)
