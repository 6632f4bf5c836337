"""Copies of a run of show: a host begins with that of another session which they lead, too."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from webinar_server.clock import monotonic
from webinar_server.errors import Refusal
from webinar_server.limits import STAGE_LINKS
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import say_for
from webinar_server.session import SESSION
from webinar_server.session.roles import HOSTS
from webinar_server.session.run.examples import Part
from webinar_server.session.run.records import in_order
from webinar_server.session.run.segments import FillRun
from webinar_server.state import Identity
from webinar_server.web.entrance import seated
from webinar_server.web.http.answers import body_of
from webinar_server.web.who.access import Access


class CopyRun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From which session, by its id."""

    session: str


class RunCopies:
    """`POST /api/run-copies`."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access

    async def copy(self, request: Request) -> Response:
        """As it was planned, without polls and whatever became of it. Notes are for hosts alone, so whoever
        copies them leads both."""
        self._access.check_origin(request)
        identity = await self._access.admitted(request, self._hub)
        body = await body_of(request, CopyRun)
        text = "A little slower, please."
        rates = {"run copies": STAGE_LINKS}
        self._hub.worker.pace.require(identity.id, rates, monotonic(), "pace.run_copies", text)
        _, there = await self._led(identity, SESSION.topic(body.session))
        known, here = await self._led(identity, identity.topic)
        segments = in_order(there.state)
        if not segments:
            raise Refusal("segment.none", "There is no run of show in that session.")
        parts = tuple(Part(one.kind, one.minutes, one.title, one.who, one.notes) for one in segments)
        await say_for(here, known, FillRun(segments=parts))
        return JSONResponse({"segments": len(parts)}, 201)

    async def _led(self, identity: Identity, topic: str) -> tuple[Identity, Room]:
        known, room = await seated(self._hub, identity, topic)
        if known.role not in HOSTS or room.about is not SESSION:
            raise Refusal("command.not_allowed", "Only who leads both sessions copies a run of show.")
        return known, room
