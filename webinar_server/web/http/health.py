"""Health: `/livez` says that the process answers, `/readyz` that it can serve, and if not, why."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from webinar_server.errors import StorageError
from webinar_server.live.hub import Hub
from webinar_server.logs import redacted

PATIENCE = 2.0
"""Seconds the log has to answer; whoever asks is a machine that asks again."""


class Health:
    """Two answers for whoever watches this server."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def routes(self) -> list[Route]:
        return [Route("/livez", self.live), Route("/readyz", self.ready)]

    async def live(self, request: Request) -> PlainTextResponse:
        return PlainTextResponse("alive\n")

    async def ready(self, request: Request) -> PlainTextResponse:
        reason = await why_not(self._hub)
        return PlainTextResponse(f"not ready: {reason}\n" if reason else "ready\n", 503 if reason else 200)


async def why_not(hub: Hub) -> str:
    """One line that says why this worker should get nobody new; empty if it should."""
    try:
        async with asyncio.timeout(PATIENCE):
            await hub.worker.check()
    except TimeoutError:
        return f"the log has not answered for {PATIENCE:g} seconds"
    except StorageError as error:
        return " ".join(redacted(str(error)).split())
    return ""
