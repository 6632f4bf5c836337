"""Health: `/livez` says that the process answers, `/readyz` that it can serve."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from webinar_server.errors import StorageError
from webinar_server.live.hub import Hub


class Health:
    """Two answers for whoever watches this server."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def routes(self) -> list[Route]:
        return [Route("/livez", self.live), Route("/readyz", self.ready)]

    async def live(self, request: Request) -> PlainTextResponse:
        return PlainTextResponse("alive\n")

    async def ready(self, request: Request) -> PlainTextResponse:
        try:
            await self._hub.check()
        except StorageError as error:
            return PlainTextResponse(f"not ready: {error}\n", 503)
        return PlainTextResponse("ready\n")
