"""The directory over HTTP: a page of who takes part in a mission, by words and filters, to who takes part."""

from __future__ import annotations

import asyncio
from hashlib import blake2b
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.clock import monotonic, now_ms
from webinar_server.errors import Refusal
from webinar_server.limits import DIRECTORY, DIRECTORY_VALUES_MAX, DIRECTORY_WORDS_MAX
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.mission import MISSION
from webinar_server.mission.directory import ALL_FACETS, PAGE, Directory, Wanted
from webinar_server.state import Identity
from webinar_server.web.entrance import let_in, reach
from webinar_server.web.http.older import number
from webinar_server.web.mission.organisers import MISSION_PATH
from webinar_server.web.who.access import Access

DIRECTORY_PATH = f"{MISSION_PATH}/participants"
UNKEPT = {"Cache-Control": "no-store"}


class Kept:
    """The directories of this worker's missions, each for as long as its room is open."""

    def __init__(self, hub: Hub) -> None:
        self._kept: WeakKeyDictionary[Room, Directory] = WeakKeyDictionary()
        # what is folded of somebody goes with them
        hub.worker.on_erased.append(lambda: self._kept.clear())

    async def of(self, room: Room, wanted: Wanted, asker: str) -> Directory:
        """A mission's, ready to be asked for that: what takes long is done in slices, so that nobody waits
        for it but who asks."""
        kept = self._kept.get(room)
        # a state that was read anew is another
        if kept is None or kept.state is not room.state:
            kept = self._kept[room] = Directory(room.state)
        for _ in kept.preparing(wanted, asker):
            await asyncio.sleep(0)
        return kept


class Asking:
    """Who asks for something of a mission, and its room."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access

    async def asked(self, request: Request) -> tuple[Identity, Room]:
        """Of somebody who takes part, whether or not they have joined it yet. Raises TokenError, Refusal and
        StorageError."""
        identity = await self.paced(request)
        topic = MISSION.topic(request.path_params["id"])
        room = await let_in(self._hub, identity, topic)
        await reach(self._hub, room, identity, number(request.query_params.get("at"), 0))
        return identity, room

    async def paced(self, request: Request) -> Identity:
        self._access.check_origin(request)
        identity = await self._access.admitted(request, self._hub)
        text = "A little slower, please."
        pace = self._hub.worker.pace
        pace.require(identity.id, {"directory": DIRECTORY}, monotonic(), "pace.directory", text)
        return identity


class Directories:
    """`GET /api/missions/ID/participants?q=&FACET=VALUE&match=1&page=N&at=SEQ&known=MARK`: of what the asker
    has already, by its mark, no more than that."""

    def __init__(self, asking: Asking, kept: Kept) -> None:
        self._asking = asking
        self._kept = kept

    def routes(self) -> list[Route]:
        return [Route(DIRECTORY_PATH, self.find)]

    async def find(self, request: Request) -> Response:
        # before anything is looked up for it
        wanted = asked_for(request.query_params)
        identity, room = await self._asking.asked(request)
        directory = await self._kept.of(room, wanted, identity.id)
        found = directory.find(wanted, identity.id, now_ms())
        told = {"page": wanted.page, "per_page": PAGE, **found._asdict()}
        mark = blake2b(msgspec.json.encode(told), digest_size=8).hexdigest()
        known = request.query_params.get("known") == mark
        return JSONResponse({"mark": mark} | ({} if known else told), headers=UNKEPT)


def asked_for(query: QueryParams) -> Wanted:
    """What an address asks for. Raises Refusal `query.malformed` for what it cannot say."""
    words = query.get("q", "")
    facets: dict[str, Any] = {name: frozenset(query.getlist(name)) for name in ALL_FACETS}
    unknown = set(query) - {*facets, "q", "match", "page", "at", "as", "known"}
    if unknown or len(words) > DIRECTORY_WORDS_MAX:
        text = f"Words of up to {DIRECTORY_WORDS_MAX} characters are `q`; filters are {', '.join(facets)}."
        raise Refusal("query.malformed", text)
    if sum(map(len, facets.values())) > DIRECTORY_VALUES_MAX:
        raise Refusal("query.malformed", f"At most {DIRECTORY_VALUES_MAX} values of filters, please.")
    return Wanted(
        words=words,
        facets={name: values for name, values in facets.items() if values},
        match=query.get("match") == "1",
        page=number(query.get("page"), 0),
    )
