"""Links of a mission's people: shown to organisers as often as they ask, one by one or all in a list.

A link is made of who it is for and since when it counts, so it is the same each time, until it is renewed:
then it and all that came of it ends. An organiser who has come in has their link, and it is shown to nobody
else: whoever holds it is that organiser.
"""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from webinar_server.clock import monotonic
from webinar_server.errors import Refusal
from webinar_server.limits import LINK_LISTS, MEMBER_LINKS, Rate
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import say, say_for
from webinar_server.mission import MISSION
from webinar_server.mission.admission import EndLinksOf
from webinar_server.mission.participants import Participant, takes_part
from webinar_server.mission.roles import ORGANISERS
from webinar_server.state import Identity, State
from webinar_server.web.entrance import seated
from webinar_server.web.http.answers import body_of
from webinar_server.web.http.links import is_terminal
from webinar_server.web.mission.files import to_keep
from webinar_server.web.mission.organisers import MISSION_PATH
from webinar_server.web.who.access import Access
from webinar_server.web.who.member_links import path_of, token_of

LINKS_PATH = f"{MISSION_PATH}/links"
COLUMNS = ("name", "organisation", "email", "state", "link")
AT_ONCE = 100
"""Links made before others have a turn."""

FORMULAS = frozenset("=+-@＝＋－＠\t\r\n")
"""How a cell begins that a spreadsheet would reckon with."""


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose link; `renew` ends what there is and makes a new one. At a terminal `participant` may be a name
    or an address, and an organiser is meant where it is empty."""

    participant: str
    renew: bool = False


class MemberLinks:
    """`POST /api/missions/ID/links`, and `GET /api/missions/ID/links.csv`."""

    def __init__(self, hub: Hub, access: Access, public_url: str | None) -> None:
        self._hub = hub
        self._access = access
        self._public = public_url

    def routes(self) -> list[Route]:
        return [
            Route(LINKS_PATH, self.one, methods=["POST"]),
            Route(f"{LINKS_PATH}.csv", self.all),
        ]

    async def one(self, request: Request) -> Response:
        identity, room = await self._organiser(request, "links", MEMBER_LINKS)
        wanted = await body_of(request, Wanted)
        is_ours = is_terminal(identity)
        participant = (sought if is_ours else _needed)(room.state, wanted.participant)
        if wanted.renew:
            command = EndLinksOf(participant=participant.id)
            await (say(room, command) if is_ours else say_for(room, identity, command))
            participant = _needed(room.state, participant.id)
        elif is_theirs_alone(participant, identity) and not is_ours:
            raise Refusal(
                "link.organises", "An organiser who came in has their link; make a new one instead."
            )
        token = token_of(self._access.signer, room.topic, participant)
        path = path_of(room.topic, participant, token)
        return JSONResponse({"participant": participant.id, "path": path, "token": token}, 201)

    async def all(self, request: Request) -> Response:
        identity, room = await self._organiser(request, "lists of links", LINK_LISTS)
        base = self._public or f"{request.url.scheme}://{request.url.netloc}"
        lines = self._lines(identity, room, base)
        return StreamingResponse(lines, media_type="text/csv", headers=to_keep("links.csv"))

    async def _organiser(self, request: Request, what: str, rate: Rate) -> tuple[Identity, Room]:
        self._access.check_origin(request)
        identity = await self._access.admitted(request, self._hub)
        topic = MISSION.topic(request.path_params["id"])
        if is_terminal(identity):
            known = await self._hub.room(topic)
            if known is None:
                raise Refusal("mission.unknown", "There is no such mission.")
            return identity, known
        identity, room = await seated(self._hub, identity, topic)
        if identity.role not in ORGANISERS:
            raise Refusal("command.not_allowed", "Only an organiser gives links.")
        text = "A little slower, please."
        self._hub.worker.pace.require(identity.id, {what: rate}, monotonic(), "pace.links", text)
        return identity, room

    async def _lines(self, identity: Identity, room: Room, base: str) -> AsyncIterator[str]:
        """A line of each who takes part; spreadsheets know UTF-8 by its mark."""
        yield "\ufeff" + _line(COLUMNS)
        people = [one for one in room.state.all(Participant) if takes_part(one)]
        for number, one in enumerate(sorted(people, key=lambda one: (one.name.casefold(), one.id))):
            token = token_of(self._access.signer, room.topic, one)
            link = "" if is_theirs_alone(one, identity) else base + path_of(room.topic, one, token)
            yield _line((one.name, one.organisation, one.email, one.state, link))
            if number % AT_ONCE == AT_ONCE - 1:
                await asyncio.sleep(0)


def is_theirs_alone(participant: Participant, by: Identity) -> bool:
    """Whether somebody's link is not shown to an organiser."""
    return participant.role in ORGANISERS and participant.has_come and participant.id != by.id


def sought(state: State, who: str) -> Participant:
    """Somebody by id, name or address; an organiser where nobody is named, who has not come yet if there is
    such a one. Raises Refusal."""
    if not who:
        organisers = [one for one in state.of(Participant, "role", "organiser") if takes_part(one)]
        return min(organisers, key=lambda one: (one.has_come, one.id))
    called = who.casefold()
    found = [one for one in state.all(Participant) if called in (one.name.casefold(), one.mailbox)]
    if len(found) > 1:
        ids = ", ".join(one.id for one in found[:5])
        raise Refusal("person.several", f"Several people are called so; say which by id: {ids}")
    return found[0] if found else _needed(state, who)


def _needed(state: State, id: str) -> Participant:
    participant = state.get(Participant, id)
    if participant is None:
        raise Refusal("participant.unknown", "Nobody of this id takes part in this mission.")
    return participant


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(
        ["'" + cell if cell.lstrip()[:1] in FORMULAS and cell else cell for cell in cells]
    )
    return out.getvalue()
