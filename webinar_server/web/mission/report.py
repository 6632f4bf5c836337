"""Report over HTTP: the week in numbers, to its organisers; its score and what is next, to who takes part."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.clock import now_ms
from webinar_server.live.hub import Hub
from webinar_server.mission.programme import Slot, role_in
from webinar_server.mission.report import report_of
from webinar_server.mission.score import is_shown_to, score_of
from webinar_server.state import Records
from webinar_server.web.mission.directory import UNKEPT, Asking
from webinar_server.web.mission.organisers import MISSION_PATH, organiser
from webinar_server.web.who.access import Access

REPORT_PATH = f"{MISSION_PATH}/report"
SCORE_PATH = f"{MISSION_PATH}/score"
NEXT_PATH = f"{MISSION_PATH}/next"

SLOTS_TOLD = 3
"""Of those that come next."""


class Report:
    """`GET /api/missions/ID/report`, `GET /api/missions/ID/score` and `GET /api/missions/ID/next`."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access
        self._asking = Asking(hub, access)

    def routes(self) -> list[Route]:
        calls = {REPORT_PATH: self.report, SCORE_PATH: self.score, NEXT_PATH: self.next}
        return [Route(path, call) for path, call in calls.items()]

    async def report(self, request: Request) -> Response:
        asking = await organiser(request, self._hub, self._access)
        return JSONResponse(report_of(asking.room.state), headers=UNKEPT)

    async def score(self, request: Request) -> Response:
        """`None` to whom the organisers do not show it."""
        identity, room = await self._asking.asked(request)
        shown = is_shown_to(room.state, identity.role)
        return JSONResponse({"score": score_of(room.state) if shown else None}, headers=UNKEPT)

    async def next(self, request: Request) -> Response:
        """The sessions that are on or come, the next first, and as what who asks takes part in each."""
        identity, room = await self._asking.asked(request)
        return JSONResponse({"slots": coming(room.state, identity.id, now_ms())}, headers=UNKEPT)


def coming(records: Records, participant: str, now: int) -> list[dict[str, Any]]:
    """The next sessions of the programme that have not ended at that time (Unix ms), JSON-ready."""
    slots = sorted(records.all(Slot), key=lambda slot: (slot.starts_at, slot.id))
    return [
        {
            "id": slot.id,
            "title": slot.title,
            "starts_at": slot.starts_at,
            "ends_at": slot.ends_at,
            "role": role_in(records, slot.id, participant),
        }
        for slot in [slot for slot in slots if slot.ends_at > now][:SLOTS_TOLD]
    ]
