"""Joins: where people who see a stage may come in, as words to read and as a code for their phone's camera.

The code is drawn here, so that no other site learns of the session. Both are of one address, and that one is
the session's: nobody has codes of their own drawn. Attendees are told neither, as in the session's record.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from urllib.parse import urlsplit

import segno
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from webinar_server.clock import monotonic
from webinar_server.errors import Refusal
from webinar_server.limits import PAGES
from webinar_server.live.hub import Hub
from webinar_server.session import SESSION
from webinar_server.session.programme import Session
from webinar_server.session.roles import audience_of
from webinar_server.web.entrance import seated
from webinar_server.web.who.access import Access

JOIN_PATH = "/api/sessions/{id}/join"


class Joins:
    """`GET /api/sessions/ID/join`: `address`, and its code: `size` in modules, `path` as SVG has it."""

    def __init__(self, hub: Hub, access: Access, public_url: str | None) -> None:
        self._hub = hub
        self._access = access
        self._public = public_url

    async def join(self, request: Request) -> Response:
        self._access.check_origin(request)
        identity = await self._access.admitted(request, self._hub)
        text = "A little slower, please; it stays as it is."
        self._hub.worker.pace.require(identity.id, {"pages": PAGES}, monotonic(), "pace.pages", text)
        id = request.path_params["id"]
        identity, room = await seated(self._hub, identity, SESSION.topic(id))
        if audience_of(identity.role) == "attendee":
            raise Refusal("command.not_allowed", "This is for hosts and the stage.")
        session = room.state.get(Session, id)
        base = self._base(request)
        given = session.join if session else ""
        address = given if is_open(given, base) else f"{base}/session/{id}"
        size, path = drawn(address)
        return JSONResponse({"address": address, "size": size, "path": path})

    def _base(self, request: Request) -> str:
        return self._public or f"{request.url.scheme}://{request.url.netloc}"


def is_open(address: str, base: str) -> bool:
    """Whether an address is one for anybody: with no token behind it, and on our own site that of a session.
    Logs of before may have others."""
    if not address or "#" in address:
        return False
    return _site(address) != _site(base) or urlsplit(address).path.startswith("/session/")


def _site(url: str) -> tuple[str | None, int]:
    parts = urlsplit(url)
    return parts.hostname, parts.port or 443


@lru_cache(maxsize=100)
def drawn(address: str) -> tuple[int, str]:
    """A QR code: its width in modules, without the quiet around it, and the dark ones as an SVG path."""
    code = segno.make(address, error="m", micro=False)
    rows = (_runs(y, row) for y, row in enumerate(code.matrix))
    return len(code.matrix), "".join(run for row in rows for run in row)


def _runs(y: int, row: bytearray) -> list[str]:
    x, runs = 0, []
    for dark, modules in groupby(row):
        width = len(list(modules))
        if dark:
            runs.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return runs
