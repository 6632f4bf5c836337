"""Cards over HTTP: that of somebody, who leads in the programme, and organisations with their people."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.errors import Refusal
from webinar_server.limits import DIRECTORY_WORDS_MAX
from webinar_server.mission.consent import DETAILS, Output, may_see
from webinar_server.mission.directory import PAGE, Wanted, shown
from webinar_server.mission.organisations import organisation, organisations
from webinar_server.mission.participants import Participant
from webinar_server.mission.programme import Slot
from webinar_server.mission.roles import ORGANISERS
from webinar_server.state import Records
from webinar_server.web.http.older import number
from webinar_server.web.mission.directory import DIRECTORY_PATH, UNKEPT, Asking, Kept
from webinar_server.web.mission.organisers import MISSION_PATH

NAMED = ("name", "organisation", "country")


class Cards:
    """`participants/PERSON`, `leaders`, `organisations?q=&page=` and `organisations/KEY` of a mission."""

    def __init__(self, asking: Asking, kept: Kept) -> None:
        self._asking = asking
        self._kept = kept

    def routes(self) -> list[Route]:
        return [
            Route(f"{DIRECTORY_PATH}/{{person}}", self.card),
            Route(f"{MISSION_PATH}/leaders", self.leaders),
            Route(f"{MISSION_PATH}/organisations", self.organisations),
            Route(f"{MISSION_PATH}/organisations/{{key}}", self.organisation),
        ]

    async def card(self, request: Request) -> Response:
        """As the directory shows it, with reasons and the sessions they lead; organisers are told all."""
        identity, room = await self._asking.asked(request)
        person, wanted = request.path_params["person"], Wanted(match=True)
        directory = await self._kept.of(room, wanted, identity.id)
        if person == identity.id or identity.role in ORGANISERS:
            told = _whole(room.state, person, "own" if person == identity.id else "organisers")
        else:
            told = directory.card(person, identity.id)
        return JSONResponse(told | _leads(room.state, person), headers=UNKEPT)

    async def leaders(self, request: Request) -> Response:
        """Who leads or speaks in a session of the programme, by their ids."""
        _, room = await self._asking.asked(request)
        named = {id for slot in room.state.all(Slot) for id in (*slot.hosts, *slot.speakers)}
        people = (shown(room.state, id, "programme") for id in sorted(named))
        told = {one["id"]: {field: one[field] for field in NAMED} for one in people if "name" in one}
        return JSONResponse(told, headers=UNKEPT)

    async def organisations(self, request: Request) -> Response:
        query = request.query_params
        words, page = query.get("q", ""), number(query.get("page"), 0)
        if len(words) > DIRECTORY_WORDS_MAX:
            raise Refusal("query.malformed", f"`q` is up to {DIRECTORY_WORDS_MAX} characters.")
        identity, room = await self._asking.asked(request)
        directory = await self._kept.of(room, Wanted(), identity.id)
        found = organisations(directory, words, page, identity.id)
        return JSONResponse({"page": page, "per_page": PAGE, **found._asdict()}, headers=UNKEPT)

    async def organisation(self, request: Request) -> Response:
        identity, room = await self._asking.asked(request)
        directory = await self._kept.of(room, Wanted(), identity.id)
        return JSONResponse(organisation(directory, request.path_params["key"], identity.id), headers=UNKEPT)


def _whole(records: Records, person: str, output: Output) -> dict[str, Any]:
    """A card with all that its person said, whether or not others see it. Raises Refusal `card.unknown`."""
    known = records.get(Participant, person)
    if known is None:
        raise Refusal("card.unknown", "There is nobody of this id.")
    details = {field: getattr(known, field) for field in DETAILS if may_see(records, person, field, output)}
    part = {"role": known.role, "state": known.state, "reasons": []}
    return shown(records, person, output) | details | part


def _leads(records: Records, person: str) -> dict[str, Any]:
    """The sessions in which somebody leads or speaks, which everybody may know, in their order."""
    ways = {"hosts": "host", "speakers": "speaker"}
    found = [(slot, role) for way, role in ways.items() for slot in records.of(Slot, way, person)]
    found.sort(key=lambda each: (each[0].starts_at, each[0].id))
    return {"sessions": [_led(slot, role) for slot, role in found]}


def _led(slot: Slot, role: str) -> dict[str, Any]:
    return {"id": slot.id, "title": slot.title, "starts_at": slot.starts_at, "role": role}
