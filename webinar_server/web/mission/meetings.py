"""Meetings over HTTP: when both are free, and one of mine for a calendar."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.calendar import MEDIA_TYPE, meeting_calendar
from webinar_server.clock import monotonic, now_ms
from webinar_server.errors import Refusal
from webinar_server.limits_of_meetings import FREE_TIMES
from webinar_server.live.hub import Hub
from webinar_server.mission.meetings import need_mine
from webinar_server.mission.meetings_free import free_times
from webinar_server.mission.meetings_times import zone_of_person
from webinar_server.web.mission.directory import UNKEPT, Asking
from webinar_server.web.mission.files import to_keep
from webinar_server.web.mission.organisers import MISSION_PATH


class Meetings:
    """`GET /api/missions/ID/meetings/free?with=PERSON&besides=MEETING` and `meetings/MEETING.ics`."""

    def __init__(self, hub: Hub, asking: Asking) -> None:
        self._hub = hub
        self._asking = asking

    def routes(self) -> list[Route]:
        return [
            Route(f"{MISSION_PATH}/meetings/free", self.free),
            Route(f"{MISSION_PATH}/meetings/{{meeting}}.ics", self.calendar),
        ]

    async def free(self, request: Request) -> Response:
        """When both could meet: `{"zone", "spans": [[FROM, TO]…]}` (Unix ms), with the other's time zone."""
        identity, room = await self._asking.asked(request)
        text = "A little slower, please."
        rates = {"free times": FREE_TIMES}
        self._hub.worker.pace.require(identity.id, rates, monotonic(), "pace.meetings", text)
        whom, besides = request.query_params.get("with", ""), request.query_params.get("besides", "")
        spans = free_times(room.state, identity.id, whom, now_ms(), besides)
        told = {"zone": zone_of_person(room.state, whom), "spans": [list(span) for span in spans]}
        return JSONResponse(told, headers=UNKEPT)

    async def calendar(self, request: Request) -> Response:
        """One that was fixed. Raises Refusal `meeting.unknown`."""
        identity, room = await self._asking.asked(request)
        meeting = need_mine(room.state, identity.id, request.path_params["meeting"])
        if not meeting.starts_at:
            raise Refusal("meeting.unknown", "This meeting has no time yet.")
        body = meeting_calendar(room.state, meeting, identity.id, now_ms(), None)
        return Response(body, media_type=MEDIA_TYPE, headers=to_keep("meeting.ics"))
