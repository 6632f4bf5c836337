"""Calendars over HTTP: my sessions as a file, and a feed that calendars look at by themselves."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.calendar import MEDIA_TYPE, Address, calendar_of
from webinar_server.clock import monotonic, now_ms
from webinar_server.errors import Refusal, TokenError
from webinar_server.limits import BAD_TOKEN, FEEDS
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.mission import MISSION
from webinar_server.mission.attendance import ended
from webinar_server.mission.participants import Participant
from webinar_server.mission.programme import Slot
from webinar_server.state import Permit
from webinar_server.web.entrance import let_in
from webinar_server.web.mission.directory import UNKEPT, Asking
from webinar_server.web.mission.files import to_keep
from webinar_server.web.mission.organisers import MISSION_PATH
from webinar_server.web.who.access import Access
from webinar_server.web.who.feeds import Feed, read_feed, sign_feed
from webinar_server.web.who.visitors import address_of


class Calendars:
    """`calendar.ics`, `feed` (the address of mine) and `feed/TOKEN.ics` of a mission."""

    def __init__(self, hub: Hub, access: Access, asking: Asking, public_url: str | None) -> None:
        self._hub = hub
        self._access = access
        self._asking = asking
        self._public_url = public_url

    def routes(self) -> list[Route]:
        return [
            Route(f"{MISSION_PATH}/calendar.ics", self.calendar),
            Route(f"{MISSION_PATH}/feed", self.feed),
            Route(f"{MISSION_PATH}/feed/{{token}}.ics", self.followed),
        ]

    async def calendar(self, request: Request) -> Response:
        identity = await self._asking.paced(request)
        room = await let_in(self._hub, identity, MISSION.topic(request.path_params["id"]))
        return self._written(request, room, identity.id)

    async def feed(self, request: Request) -> Response:
        """Where a calendar finds my sessions: `{"path"}`."""
        identity = await self._asking.paced(request)
        mission = request.path_params["id"]
        room = await let_in(self._hub, identity, MISSION.topic(mission))
        me = room.state.get(Participant, identity.id)
        # the clock of whoever ended their links may be ahead of ours
        issued = max(now_ms(), me.generation if me else 0)
        token = sign_feed(self._access.signer, Feed(mission, identity.id, issued))
        return JSONResponse({"path": f"{MISSION_PATH.format(id=mission)}/feed/{token}.ics"}, headers=UNKEPT)

    async def followed(self, request: Request) -> Response:
        """By the token in its address alone: whoever has that may read it. Raises TokenError, and Refusal
        where its person's links ended or they take part no more."""
        feed = self._read(request)
        text = "A little slower, please."
        pace = self._hub.worker.pace
        pace.require(feed.participant, {"feeds": FEEDS}, monotonic(), "pace.directory", text)
        room = await self._hub.room(MISSION.topic(feed.mission), feed.participant)
        if room is None:
            raise Refusal("topic.unknown", "There is no such mission (any more).")
        known = room.state.get(Participant, feed.participant)
        role = known.role if known else "participant"
        refusal = ended(room.state, feed.participant, Permit(feed.issued, "", "", role))
        if refusal is not None:
            raise refusal
        return self._written(request, room, feed.participant)

    def _read(self, request: Request) -> Feed:
        try:
            feed = read_feed(self._access.signer, request.path_params["token"])
            if feed.mission != request.path_params["id"]:
                raise TokenError("token.wrong", "This feed is of another mission.")
            return feed
        except TokenError:
            text = "Too many tries just now; please wait a moment."
            rates = {"bad tokens": BAD_TOKEN}
            self._hub.worker.pace.require(address_of(request), rates, monotonic(), "pace.connect", text)
            raise

    def _written(self, request: Request, room: Room, participant: str) -> Response:
        body = calendar_of(room.state, participant, self._addresses(request, participant), now_ms())
        name = f"{MISSION.id_of(room.topic)}.ics"
        return Response(body, media_type=MEDIA_TYPE, headers=to_keep(name))

    def _addresses(self, request: Request, participant: str) -> Address:
        """Where they enter each: as a host where they lead it."""
        site = (self._public_url or str(request.base_url)).rstrip("/")

        def address(slot: Slot) -> str:
            return f"{site}/{'host' if participant in slot.hosts else 'session'}/{slot.id}"

        return address
