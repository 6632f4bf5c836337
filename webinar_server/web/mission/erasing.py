"""Erasing somebody over HTTP, which answers once it is finished, and says what no software reaches."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.clock import monotonic
from webinar_server.errors import Refusal
from webinar_server.limits import ERASING
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import say, say_for
from webinar_server.mission import MISSION
from webinar_server.mission.erasing import ID_MAX, Erase
from webinar_server.mission.programme import Cancelled, Slot
from webinar_server.session import SESSION
from webinar_server.state import Answer, Erased, Errand, Records
from webinar_server.web.entrance import seated
from webinar_server.web.http.answers import body_of
from webinar_server.web.http.links import is_terminal
from webinar_server.web.mission.links import sought
from webinar_server.web.mission.organisers import MISSION_PATH
from webinar_server.web.who.access import Access
from webinar_server.web.who.tokens import key_of
from webinar_server.words.sizes import up_to

ALWAYS = ("backups", "exports", "downloads", "letters")
"""What is left in any case: copies of the log, what was exported and downloaded before, letters that were
sent."""

WITHIN = 8.0
"""Seconds for which the answer waits; what is not finished then is finished later, whatever happens."""

LOOK_EACH = 0.05


class Who(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to erase: oneself, or as an organiser anybody. At a terminal it may be a name or an address."""

    participant: Annotated[str, up_to(ID_MAX)]


class Erasing:
    """`POST /api/missions/ID/erase`."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access

    def routes(self) -> list[Route]:
        return [Route(f"{MISSION_PATH}/erase", self.erase, methods=["POST"])]

    async def erase(self, request: Request) -> Response:
        self._access.check_origin(request)
        identity = await self._access.admitted(request, self._hub)
        topic = MISSION.topic(request.path_params["id"])
        if is_terminal(identity):
            return JSONResponse(await erased(self._hub, topic, (await body_of(request, Who)).participant))
        identity, room = await seated(self._hub, identity, topic)
        rates, text = {"erasing": ERASING}, "A little slower, please."
        self._hub.worker.pace.require(identity.id, rates, monotonic(), "pace.erase", text)
        who = (await body_of(request, Who)).participant
        await say_for(room, identity, Erase(participant=who))
        response = JSONResponse(await finished(self._hub, room, who))
        if who == identity.id:
            self._access.forget(request, response, key_of(identity))
        return response


async def erased(hub: Hub, topic: str, who: str) -> dict[str, object]:
    """The same for whoever has the secret. Raises Refusal."""
    room = await hub.room(topic)
    if room is None:
        raise Refusal("mission.unknown", "There is no such mission.")
    id = sought(room.state, who).id
    outcome = await say(room, Erase(participant=id))
    if not isinstance(outcome, Answer):
        raise outcome
    return await finished(hub, room, id)


async def finished(hub: Hub, mission: Room, who: str) -> dict[str, object]:
    """Who was erased, whether that is finished, in sessions and logs, too, and what is `left`."""
    done = False
    for _ in range(int(WITHIN / LOOK_EACH)):
        if done := _is_done(hub, mission, who):
            break
        await asyncio.sleep(LOOK_EACH)
    left = dict.fromkeys((*ALWAYS, *(name for one in _of(hub, mission, who) if one for name in one.left)))
    return {"erased": who, "finished": done, "left": list(left)}


def _is_done(hub: Hub, mission: Room, who: str) -> bool:
    told = not any(who in errand.args.get("people", ()) for errand in mission.state.all(Errand))
    return told and all(one is None or one.done for one in _of(hub, mission, who))


def _of(hub: Hub, mission: Room, who: str) -> Iterator[Erased | None]:
    """What the mission and its sessions, as far as they are open here, say of it."""
    topics = [mission.topic, *(SESSION.topic(id) for id in _sessions(mission.state))]
    rooms = (hub.worker.rooms.get(topic) for topic in topics)
    yield from (room.state.get(Erased, who) for room in rooms if room is not None)


def _sessions(records: Records) -> Iterable[str]:
    return dict.fromkeys([*(s.id for s in records.all(Slot)), *(c.id for c in records.all(Cancelled))])
