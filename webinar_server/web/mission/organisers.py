"""Organisers: whose call it is, where only those of that mission may."""

from __future__ import annotations

from typing import NamedTuple

from starlette.requests import Request

from webinar_server.clock import monotonic
from webinar_server.errors import Refusal
from webinar_server.limits import ORGANISING
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.mission import MISSION
from webinar_server.mission.roles import ORGANISERS
from webinar_server.state import Identity
from webinar_server.web.entrance import seated
from webinar_server.web.who.access import Access

MISSION_PATH = f"/api/{MISSION.name}s/{{id}}"


class Organiser(NamedTuple):
    """Who asks, the mission's id, and its room."""

    identity: Identity
    mission: str
    room: Room


async def organiser(request: Request, hub: Hub, access: Access) -> Organiser:
    """Who organises the mission of the address. Raises Refusal where somebody does not, TokenError, and
    StorageError."""
    access.check_origin(request)
    identity = await access.admitted(request, hub)
    rates = {"organising": ORGANISING}
    hub.worker.pace.require(identity.id, rates, monotonic(), "pace.organising", "A little slower, please.")
    mission = request.path_params["id"]
    identity, room = await seated(hub, identity, MISSION.topic(mission))
    if identity.role not in ORGANISERS:
        raise Refusal("command.not_allowed", "Only an organiser does this.")
    return Organiser(identity, mission, room)
