"""Trickle: an answer of two events, a second apart, by which anybody sees what a proxy makes of a stream.

`doctor` asks it through the public address: whether the first comes before the end, and under which host's
name it was asked for.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from webinar_server.clock import monotonic
from webinar_server.errors import Refusal
from webinar_server.limits import TRICKLES
from webinar_server.live.pace import Pace
from webinar_server.web.who.visitors import address_of

APART = 1.0

STREAMED = {"X-Accel-Buffering": "no", "Cache-Control": "no-store, no-transform"}
"""Asks whatever is between to pass it on as it comes."""

PADDING = b":" + b" " * 2048 + b"\n\n"
"""What some proxies and scanners keep back until there is more."""


class Trickle:
    """`GET /api/trickle`."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    def routes(self) -> list[Route]:
        return [Route("/api/trickle", self.trickle, methods=["GET"])]

    async def trickle(self, request: Request) -> Response:
        wait = self._pace.wait(address_of(request), "trickles", TRICKLES, monotonic())
        if wait:
            raise Refusal("pace.trickle", "This was looked at often; please wait.", wait)
        events = _events(request.headers.get("host", ""))
        return StreamingResponse(events, media_type="text/event-stream", headers=STREAMED)


async def _events(host: str) -> AsyncIterator[bytes]:
    yield PADDING + _event({"host": host})
    await asyncio.sleep(APART)
    yield _event({"end": True})


def _event(told: dict[str, object]) -> bytes:
    return b"data: " + json.dumps(told).encode() + b"\n\n"
