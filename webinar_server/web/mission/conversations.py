"""My conversations over HTTP: a page of the messages between somebody and another, to these two alone."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.clock import monotonic
from webinar_server.errors import Refusal
from webinar_server.limits import PAGE_MAX, PAGES
from webinar_server.live.hub import Hub
from webinar_server.mission import MISSION
from webinar_server.mission.conversations import PrivateMessage, messages_of, told_of
from webinar_server.web.entrance import seated_again
from webinar_server.web.http.older import number
from webinar_server.web.mission.directory import UNKEPT
from webinar_server.web.mission.organisers import MISSION_PATH
from webinar_server.web.who.access import Access


class Conversations:
    """`GET /api/missions/ID/conversations/PERSON?before=&count=&at=`."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access

    def routes(self) -> list[Route]:
        return [Route(f"{MISSION_PATH}/conversations/{{person}}", self.page)]

    async def page(self, request: Request) -> Response:
        """Oldest first; `older` says whether there is more before them."""
        self._access.check_origin(request)
        identity = await self._access.admitted(request, self._hub)
        asked = request.query_params
        count, seq = number(asked.get("count"), PAGE_MAX), number(asked.get("at"), 0)
        text = "A little slower, please; it stays where it is."
        self._hub.worker.pace.require(identity.id, {"pages": PAGES}, monotonic(), "pace.pages", text)
        name = MISSION.topic(request.path_params["id"])
        identity, room = await seated_again(self._hub, identity, name, seq)
        found = messages_of(room.state, identity.id, request.path_params["person"])
        end = _place(found, asked.get("before"))
        begin = max(0, end - max(1, min(count, PAGE_MAX)))
        told = {"messages": [told_of(one) for one in found[begin:end]], "older": begin > 0}
        return JSONResponse(told, headers=UNKEPT)


def _place(found: list[PrivateMessage], before: str | None) -> int:
    """Where among these one stands; at their end, if none is named. Raises Refusal `message.unknown`."""
    if before is None:
        return len(found)
    for place, message in enumerate(found):
        if message.id == before:
            return place
    raise Refusal("message.unknown", "There is no such message here (any more).")
