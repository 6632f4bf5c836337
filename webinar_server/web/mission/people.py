"""People: who takes part, asked, left or was declined, a page at a time, to organisers."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.errors import Refusal
from webinar_server.limits import DIRECTORY_WORDS_MAX
from webinar_server.live.hub import Hub
from webinar_server.mission.register import CAME, ROLES, ROWS, STATES, Asked, Register
from webinar_server.state import State
from webinar_server.web.http.older import number
from webinar_server.web.mission.organisers import MISSION_PATH, organiser
from webinar_server.web.who.access import Access

CHOICES = {"state": STATES, "role": ROLES, "came": CAME}


class People:
    """`GET /api/missions/ID/people?q=&state=&role=&came=&id=&page=&since=`."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access
        # with the state that each is of: a room that is opened anew has another
        self._kept: dict[str, tuple[State, Register]] = {}
        hub.worker.on_erased.append(lambda: self._kept.clear())

    def routes(self) -> list[Route]:
        return [Route(f"{MISSION_PATH}/people", self.find)]

    async def find(self, request: Request) -> Response:
        _, mission, room = await organiser(request, self._hub, self._access)
        asked = asked_for(request.query_params)
        seq = room.state.position.seq
        told: dict[str, Any] = {"seq": seq}
        if request.query_params.get("since") != str(seq):
            found = self._of(mission, room.state).find(asked)
            told |= {"page": asked.page, "per_page": ROWS, **found._asdict()}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    def _of(self, mission: str, state: State) -> Register:
        kept = self._kept.get(mission)
        if kept is None or kept[0] is not state:
            rooms = {id(room.state) for room in self._hub.worker.rooms.values()}
            self._kept = {name: known for name, known in self._kept.items() if id(known[0]) in rooms}
            kept = self._kept[mission] = (state, Register(state))
        return kept[1]


def asked_for(query: QueryParams) -> Asked:
    """What an address asks for. Raises Refusal `query.malformed` for what it cannot say."""
    words, ids = query.get("q", ""), tuple(query.getlist("id"))
    if set(query) - {*CHOICES, "q", "id", "page", "since", "as"}:
        raise Refusal("query.malformed", f"Filters are q, id, {', '.join(CHOICES)}.")
    if len(words) > DIRECTORY_WORDS_MAX or len(ids) > ROWS:
        text = f"At most {DIRECTORY_WORDS_MAX} characters of words, and {ROWS} ids, please."
        raise Refusal("query.malformed", text)
    for name, values in CHOICES.items():
        if query.get(name, "") not in ("", *values):
            raise Refusal("query.malformed", f"`{name}` is one of {', '.join(values)}.")
    chosen: dict[str, Any] = {name: query.get(name, "") for name in CHOICES}
    return Asked(words=words, ids=ids, page=number(query.get("page"), 0), **chosen)
