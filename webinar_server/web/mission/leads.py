"""My leads over HTTP: as CSV, XLSX, vCard or JSON, whole, for themselves alone."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.clock import monotonic, now_ms
from webinar_server.errors import Refusal
from webinar_server.limits_of_contacts import LEAD_LISTS
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.mission import MISSION
from webinar_server.mission.leads import leads_of
from webinar_server.mission.mission import the_mission
from webinar_server.sheets.leads import WORDS, objects_of, rows_of
from webinar_server.sheets.listing import SEPARATORS
from webinar_server.sheets.written import XLSX, as_csv, as_xlsx
from webinar_server.state import Identity
from webinar_server.vcard import MEDIA_TYPE, vcards
from webinar_server.web.mission.directory import Asking
from webinar_server.web.mission.files import to_keep
from webinar_server.web.mission.organisers import MISSION_PATH

VERSIONS = ("4", "3")


class Leads:
    """`GET /api/missions/ID/leads.csv?lang=&separator=`, `.xlsx?lang=`, `.vcf?version=`, `.json`."""

    def __init__(self, hub: Hub, asking: Asking) -> None:
        self._hub = hub
        self._asking = asking

    def routes(self) -> list[Route]:
        ways = {"csv": self.csv, "xlsx": self.xlsx, "vcf": self.vcf, "json": self.json}
        return [Route(f"{MISSION_PATH}/leads.{way}", call) for way, call in ways.items()]

    async def csv(self, request: Request) -> Response:
        identity, room = await self._asked(request)
        lang = _choice(request, "lang", tuple(WORDS))
        separator = request.query_params.get("separator") or SEPARATORS[lang]
        if separator not in SEPARATORS.values():
            raise Refusal("query.malformed", "`separator` is , or ;")
        return _file(room, as_csv(rows_of(room.state, identity.id, lang), separator), "csv", "text/csv")

    async def xlsx(self, request: Request) -> Response:
        identity, room = await self._asked(request)
        rows = rows_of(room.state, identity.id, _choice(request, "lang", tuple(WORDS)))
        return _file(room, as_xlsx(rows, the_mission(room.state).title), "xlsx", XLSX)

    async def vcf(self, request: Request) -> Response:
        identity, room = await self._asked(request)
        version = _choice(request, "version", VERSIONS)
        leads, mission = leads_of(room.state, identity.id), the_mission(room.state).id
        return _file(room, vcards(leads, mission, "3.0" if version == "3" else "4.0"), "vcf", MEDIA_TYPE)

    async def json(self, request: Request) -> Response:
        identity, room = await self._asked(request)
        mission = {"id": the_mission(room.state).id, "title": the_mission(room.state).title}
        told = {"written_at": now_ms(), "mission": mission, "leads": objects_of(room.state, identity.id)}
        return JSONResponse(told, headers=_named(room, "json"))

    async def _asked(self, request: Request) -> tuple[Identity, Room]:
        identity, room = await self._asking.asked(request)
        text = "A little slower, please."
        self._hub.worker.pace.require(
            identity.id, {"lists of leads": LEAD_LISTS}, monotonic(), "pace.leads", text
        )
        return identity, room


def _choice(request: Request, name: str, among: tuple[str, ...]) -> str:
    """What an address says, or the first. Raises Refusal `query.malformed`."""
    said = request.query_params.get(name, among[0])
    if said not in among:
        raise Refusal("query.malformed", f"`{name}` is one of {', '.join(among)}.")
    return said


def _file(room: Room, body: bytes, ending: str, media_type: str) -> Response:
    return Response(body, media_type=media_type, headers=_named(room, ending))


def _named(room: Room, ending: str) -> dict[str, str]:
    return to_keep(f"leads-{MISSION.id_of(room.topic)}.{ending}")
