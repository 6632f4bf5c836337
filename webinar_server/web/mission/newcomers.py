"""Newcomers: who was let in by a form comes in at once, in the browser in which they wrote it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.state import Identity
from webinar_server.web.http.members import Came, Members
from webinar_server.web.who.access import Access


class Newcomers:
    """The way in of those who just became participants."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._members = Members(hub, access)

    async def come_in(self, request: Request, room: Room, participant: str) -> Response:
        """As by a link of theirs that nobody else has."""
        identity = Identity(id=participant, name="", role="", topic=room.topic, home=room.topic)
        return await self._members.enter(request, identity, Came(room.topic, None))
