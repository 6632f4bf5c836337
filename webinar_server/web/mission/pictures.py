"""Pictures: an organiser's, of up to 48 kB, and the same for every page of the mission by its name."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.errors import Refusal
from webinar_server.live.hub import Hub
from webinar_server.live.saying import say_for
from webinar_server.mission import MISSION
from webinar_server.mission.look import PICTURE_MAX, ShowPicture, media_type, picture_of
from webinar_server.web.http.answers import refused
from webinar_server.web.mission.organisers import MISSION_PATH, organiser
from webinar_server.web.who.access import Access
from webinar_server.web.who.visitors import address_of


class Pictures:
    """`POST /api/missions/ID/picture`, of which nothing is to show none, and `GET …/picture/NAME`."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access

    def routes(self) -> list[Route]:
        return [
            Route(f"{MISSION_PATH}/picture", self.show, methods=["POST"]),
            Route(f"{MISSION_PATH}/picture/{{name}}", self.fetch),
        ]

    async def show(self, request: Request) -> Response:
        identity, _, room = await organiser(request, self._hub, self._access)
        return JSONResponse(await say_for(room, identity, ShowPicture(picture=await _body(request))))

    async def fetch(self, request: Request) -> Response:
        """To anybody: it stands on the page where people join."""
        room = await self._hub.room(MISSION.topic(request.path_params["id"]), address_of(request))
        body = picture_of(room.state, request.path_params["name"]) if room else None
        if body is None:
            return refused(404, "mission.no_picture", "There is no such picture (any more).")
        # by its name it never changes
        headers = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(body, media_type=media_type(body), headers=headers)


async def _body(request: Request) -> bytes:
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > PICTURE_MAX:
            text = f"A picture is PNG, JPEG or WebP, of up to {PICTURE_MAX // 1024} kB."
            raise Refusal("mission.picture", text, field="picture")
    return data
