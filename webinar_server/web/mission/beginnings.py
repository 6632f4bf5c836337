"""Beginnings: a mission begins, said by whoever has the secret in their hands."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.errors import Refusal
from webinar_server.live.hub import Hub
from webinar_server.mission import MISSION
from webinar_server.mission.mission import CreateMission
from webinar_server.mission.participants import Participant
from webinar_server.web.http.answers import body_of
from webinar_server.web.http.links import is_terminal
from webinar_server.web.missions import create_mission
from webinar_server.web.who.access import Access
from webinar_server.web.who.member_links import path_of, token_of

BEGIN_PATH = f"/api/{MISSION.name}s"


class Beginnings:
    """`POST /api/missions`."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access

    def routes(self) -> list[Route]:
        return [Route(BEGIN_PATH, self.begin, methods=["POST"])]

    async def begin(self, request: Request) -> Response:
        self._access.check_origin(request)
        identity = await self._access.admitted(request, self._hub)
        if not is_terminal(identity):
            raise Refusal("command.not_allowed", "A mission begins at a terminal, or as a copy of another.")
        command = await body_of(request, CreateMission)
        topic = MISSION.topic(command.mission)
        organiser = Participant(id=await create_mission(self._hub, command), name="", role="organiser")
        token = token_of(self._access.signer, topic, organiser)
        return JSONResponse({"id": command.mission, "path": path_of(topic, organiser, token)}, 201)
