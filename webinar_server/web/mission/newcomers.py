"""Newcomers: who was let in by a form comes in at once, in the browser in which they wrote it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from webinar_server.clock import fresh_id, now_ms
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.mission.participants import Participant
from webinar_server.state import Identity
from webinar_server.web.http.answers import whoami
from webinar_server.web.who.access import Access
from webinar_server.web.who.agents import agent
from webinar_server.web.who.tokens import DAY_MS, DAYS_VALID


class Newcomers:
    """The way in of those who just became participants."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access

    async def come_in(self, request: Request, room: Room, participant: str) -> Response:
        """As by a link of theirs that nobody else has."""
        me, now = room.state.get(Participant, participant), now_ms()
        assert me is not None
        browser, system = agent(request.headers.get("user-agent", ""))
        identity = Identity(
            id=me.id,
            name=me.name,
            role=me.role,
            topic=room.topic,
            entered=True,
            issued=now,
            expires=now + DAYS_VALID * DAY_MS,
            device=fresh_id(),
            browser=browser,
            system=system,
        )
        response = JSONResponse(whoami(identity, room))
        self._access.remember(request, response, identity)
        return response
