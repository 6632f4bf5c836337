"""Missions at a terminal: one begins, and somebody's link is shown, whether a server runs or not."""

from __future__ import annotations

import asyncio
import pathlib
from typing import Any

from webinar_server.errors import StorageError
from webinar_server.live.hub import Hub
from webinar_server.live.saying import say
from webinar_server.log.erasures import Erasures
from webinar_server.mission import MISSION
from webinar_server.mission.admission import EndLinksOf
from webinar_server.mission.mission import CreateMission
from webinar_server.mission.participants import Participant
from webinar_server.serve.sessions import ask_server, open_log, server_of, with_hub
from webinar_server.web.mission.erasing import Who, erased
from webinar_server.web.mission.links import Wanted, sought
from webinar_server.web.missions import FIRST, create_mission, first_organiser, is_first_wanted
from webinar_server.web.who.member_links import path_of, token_of
from webinar_server.web.who.secret import load_secrets
from webinar_server.web.who.tokens import Signer


def begun(command: CreateMission, data: pathlib.Path, redis: str | None = None) -> str:
    """The path of its organiser's link. Raises Refusal or StorageError, each one line that says what to
    do."""
    secrets = load_secrets(data)
    if url := server_of(data, redis):
        return str(ask_server(url, f"/api/{MISSION.name}s", command, secrets)["path"])
    id = asyncio.run(with_hub(open_log(redis, data), lambda hub: create_mission(hub, command)))
    return _path(Signer(*secrets), command.mission, Participant(id=id, name="", role="organiser"))


def link_of(mission: str, who: str, renew: bool, data: pathlib.Path, redis: str | None = None) -> str:
    """The path of somebody's link, by id, name or address; of the organiser where nobody is named."""
    secrets = load_secrets(data)
    if url := server_of(data, redis):
        wanted = Wanted(participant=who, renew=renew)
        return str(ask_server(url, f"/api/{MISSION.name}s/{mission}/links", wanted, secrets)["path"])

    async def found(hub: Hub) -> Participant:
        room = await hub.room(MISSION.topic(mission))
        if room is None:
            raise StorageError(f"there is no mission {mission!r}")
        participant = sought(room.state, who)
        if renew:
            await say(room, EndLinksOf(participant=participant.id))
        return sought(room.state, participant.id)

    return _path(Signer(*secrets), mission, asyncio.run(with_hub(open_log(redis, data), found)))


def erased_from(mission: str, who: str, data: pathlib.Path, redis: str | None = None) -> dict[str, Any]:
    """Who was erased, by id, name or address, and what is left. Raises Refusal or StorageError."""
    if url := server_of(data, redis):
        path = f"/api/{MISSION.name}s/{mission}/erase"
        return dict(ask_server(url, path, Who(participant=who), load_secrets(data)))
    log, known = open_log(redis, data), Erasures(data).read()
    return asyncio.run(with_hub(log, lambda hub: erased(hub, MISSION.topic(mission), who), known))


async def first_link(hub: Hub, signer: Signer) -> str | None:
    """The path of the first organiser's link, as long as nobody has come in by it."""
    try:
        wanted = await is_first_wanted(hub)
    except StorageError:
        return None
    return _path(signer, FIRST, first_organiser()) if wanted else None


def first_link_on(redis: str, data: pathlib.Path) -> str | None:
    """The same of a Redis that several workers serve."""
    signer = Signer(*load_secrets(data))
    return asyncio.run(with_hub(open_log(redis, data), lambda hub: first_link(hub, signer)))


def _path(signer: Signer, mission: str, participant: Participant) -> str:
    topic = MISSION.topic(mission)
    return path_of(topic, participant, token_of(signer, topic, participant))
