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
from webinar_server.mission.sharing import colleagues_of, shared_with
from webinar_server.sheets.leads import WORDS, objects_of, rows_of
from webinar_server.sheets.listing import SEPARATORS
from webinar_server.sheets.written import XLSX, as_csv, as_xlsx
from webinar_server.state import Identity
from webinar_server.vcard import MEDIA_TYPE, vcards
from webinar_server.web.mission.directory import UNKEPT, Asking
from webinar_server.web.mission.files import to_keep
from webinar_server.web.mission.organisers import MISSION_PATH

VERSIONS = ("4", "3")
COLLEAGUES_TOLD = 200
"""Whom one may ask to share, by name; of more the first."""


class Leads:
    """`GET /api/missions/ID/leads.csv?lang=&separator=&shared=1`, `.xlsx?lang=&shared=1`, `.vcf?version=`,
    `.json?shared=1`; and what colleagues share, `GET /api/missions/ID/shared`."""

    def __init__(self, hub: Hub, asking: Asking) -> None:
        self._hub = hub
        self._asking = asking

    def routes(self) -> list[Route]:
        ways = {"csv": self.csv, "xlsx": self.xlsx, "vcf": self.vcf, "json": self.json}
        files = [Route(f"{MISSION_PATH}/leads.{way}", call) for way, call in ways.items()]
        return [*files, Route(f"{MISSION_PATH}/shared", self.shared)]

    async def csv(self, request: Request) -> Response:
        identity, room = await self._asked(request)
        lang = _choice(request, "lang", tuple(WORDS))
        separator = request.query_params.get("separator") or SEPARATORS[lang]
        if separator not in SEPARATORS.values():
            raise Refusal("query.malformed", "`separator` is , or ;")
        return _file(
            room,
            as_csv(rows_of(room.state, identity.id, lang, _shared(request)), separator),
            "csv",
            "text/csv",
        )

    async def xlsx(self, request: Request) -> Response:
        identity, room = await self._asked(request)
        lang = _choice(request, "lang", tuple(WORDS))
        rows = rows_of(room.state, identity.id, lang, _shared(request))
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
        if _shared(request):
            told["shared"] = shared_with(room.state, identity.id)
        return JSONResponse(told, headers=_named(room, "json"))

    async def shared(self, request: Request) -> Response:
        """What colleagues share with who asks, and whom they may ask to."""
        identity, room = await self._asked(request)
        may_ask = [{"id": one.id, "name": one.name} for one in colleagues_of(room.state, identity.id)]
        told = {"colleagues": may_ask[:COLLEAGUES_TOLD], "shared": shared_with(room.state, identity.id)}
        return JSONResponse(told, headers=UNKEPT)

    async def _asked(self, request: Request) -> tuple[Identity, Room]:
        identity, room = await self._asking.asked(request)
        text = "A little slower, please."
        self._hub.worker.pace.require(
            identity.id, {"lists of leads": LEAD_LISTS}, monotonic(), "pace.leads", text
        )
        return identity, room


def _shared(request: Request) -> bool:
    """Whether those that colleagues share are to be there, too."""
    return _choice(request, "shared", ("", "1")) == "1"


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
