"""The directory over HTTP: a page of who takes part in a mission, by words and filters, to who takes part."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.clock import monotonic
from webinar_server.errors import Refusal
from webinar_server.limits import DIRECTORY, DIRECTORY_VALUES_MAX, DIRECTORY_WORDS_MAX
from webinar_server.live.hub import Hub
from webinar_server.mission import MISSION
from webinar_server.mission.directory import FACETS, PAGE, Directory, Wanted
from webinar_server.state import State
from webinar_server.web.entrance import let_in_again
from webinar_server.web.http.older import number
from webinar_server.web.who.access import Access

DIRECTORY_PATH = f"/api/{MISSION.name}s/{{id}}/participants"


class Directories:
    """`GET /api/missions/ID/participants?q=&FACET=VALUE&match=1&page=N&at=SEQ`, of this worker's missions."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access
        # with the state that each is of: a room that is opened anew has another
        self._kept: dict[str, tuple[State, Directory]] = {}

    def routes(self) -> list[Route]:
        return [Route(DIRECTORY_PATH, self.find)]

    async def find(self, request: Request) -> Response:
        self._access.check_origin(request)
        identity = await self._access.admitted(request, self._hub)
        text = "A little slower, please."
        self._hub.worker.pace.require(
            identity.id, {"directory": DIRECTORY}, monotonic(), "pace.directory", text
        )
        wanted = asked_for(request.query_params)
        topic = MISSION.topic(request.path_params["id"])
        room = await let_in_again(self._hub, identity, topic, number(request.query_params.get("at"), 0))
        found = self._of(topic, room.state).find(wanted, identity.id)
        told = {"page": wanted.page, "per_page": PAGE, **found._asdict()}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    def _of(self, topic: str, state: State) -> Directory:
        kept = self._kept.get(topic)
        if kept is None or kept[0] is not state:
            self._forget_closed()
            kept = self._kept[topic] = (state, Directory(state))
        return kept[1]

    def _forget_closed(self) -> None:
        rooms = self._hub.worker.rooms
        self._kept = {topic: kept for topic, kept in self._kept.items() if topic in rooms}


def asked_for(query: QueryParams) -> Wanted:
    """What an address asks for. Raises Refusal `query.malformed` for what it cannot say."""
    words = query.get("q", "")
    facets: dict[str, Any] = {name: frozenset(query.getlist(name)) for name in (*FACETS, "here")}
    unknown = set(query) - {*facets, "q", "match", "page", "at", "as"}
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
