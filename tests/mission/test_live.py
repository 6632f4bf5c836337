"""A mission on a running server: who takes part is in, as what it says, and is told what is theirs."""

from __future__ import annotations

import json
import pathlib

import httpx
import msgspec
import pytest
from websockets.exceptions import InvalidStatus

from tests.mission.planning import planned
from tests.mission.scene import CREATED
from tests.web.client import Client
from tests.web.conftest import pytest_asyncio_loop_factories, server, start
from tests.web.server import LiveServer
from webinar_server.log.archive.restore import restore
from webinar_server.log.archive.write import lines, take
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.mission import MISSION
from webinar_server.mission.mission import CreateMission
from webinar_server.mission.participants import Participant
from webinar_server.state import Answer

__all__ = ["pytest_asyncio_loop_factories", "server", "start"]

TOPIC = MISSION.topic(CREATED["mission"])


@pytest.fixture
async def organiser(server: LiveServer) -> Client:
    return await organised(server)


async def organised(server: LiveServer) -> Client:
    """The first organiser of a new mission, who has joined it."""
    outcome = await server.hub.begin(TOPIC, msgspec.convert(CREATED, CreateMission))
    assert isinstance(outcome, Answer)
    ori = await server.connected("Ori", "organiser", id=outcome.result["organiser"], topic=TOPIC)
    return await ori.join(TOPIC)


async def invited(server: LiveServer, organiser: Client, name: str) -> tuple[str, Client]:
    """Somebody's id, and them, connected."""
    id = (await organiser.do("invite", name=name, email=f"{name}@example.org"))["result"]["id"]
    return id, await server.connected(name, "participant", id=id, topic=TOPIC)


async def test_a_participant_is_told_of_the_mission_and_of_themselves_alone(
    server: LiveServer, organiser: Client
) -> None:
    await invited(server, organiser, "Bob")
    id, ada = await invited(server, organiser, "Ada")
    await ada.join(TOPIC)
    await ada.until(lambda: ada.screen.of("participant").get(id, {}).get("state") == "admitted", "admitted")
    assert set(ada.screen.of("participant")) == {id}
    assert set(organiser.screen.of("participant")) == {organiser.hello["you"]["id"]}
    assert "code" not in ada.screen.of("mission")["ev-2027"]
    await ada.do("turn", switch="listed", on=False)
    assert ada.screen.of("consent")[id]["listed"]["on"] is False
    assert organiser.screen.of("consent") == {}


async def test_what_organisers_change_is_felt_by_everybody(server: LiveServer, organiser: Client) -> None:
    id, ada = await invited(server, organiser, "Ada")
    await ada.join(TOPIC)
    slot = {"session": "depots", "title": "Depots", "starts_at": 0, "ends_at": 1}
    await planned(server, **slot, hosts=[id])
    await ada.until(lambda: ada.screen.of("slot").get("depots", {}).get("hosts") == [id], "the slot")
    assert (await ada.refused("drop_slot", slot="depots"))["code"] == "command.not_allowed"


@pytest.mark.parametrize(
    ("command", "more", "code", "reason"),
    [
        ("decline", {"reason": "No."}, 4403, "participant.declined"),
        ("end_links_of", {}, 4401, "token.renewed"),
    ],
)
async def test_who_is_out_is_let_go_at_once(
    server: LiveServer, organiser: Client, command: str, more: dict[str, str], code: int, reason: str
) -> None:
    id, ada = await invited(server, organiser, "Ada")
    await ada.join(TOPIC)
    await organiser.do(command, participant=id, **more)
    closed, why = await ada.ended()
    assert (closed, json.loads(why)["code"]) == (code, reason)


async def test_who_does_not_take_part_comes_nowhere(server: LiveServer, organiser: Client) -> None:
    token = server.token("Mallory", "organiser", id="mallory", topic=TOPIC)
    with pytest.raises(InvalidStatus) as refused:
        await server.connected("Mallory", "organiser", id="mallory", topic=TOPIC)
    assert refused.value.response.status_code == 403
    async with httpx.AsyncClient(
        base_url=server.url, headers={"Origin": server.url}, trust_env=False
    ) as http:
        answer = await http.post("/api/enter", json={"token": token})
    assert (answer.status_code, answer.json()["code"]) == (403, "participant.unknown")


async def test_what_is_of_sessions_is_refused_to_a_missions_people_and_who_they_are_is_told(
    server: LiveServer, organiser: Client
) -> None:
    id = organiser.hello["you"]["id"]
    await organiser.do("change_card", organisation="Voltline")
    bearer = {"Authorization": f"Bearer {server.token('Ori', 'organiser', id=id, topic=TOPIC)}"}
    async with httpx.AsyncClient(base_url=server.url, headers=bearer, trust_env=False) as http:
        me = await http.get("/api/me")
        assert (me.status_code, me.json()["you"]["organisation"]) == (200, "Voltline")
        screen = await http.post("/api/stage-links", json={})
        assert (screen.status_code, screen.json()["code"]) == (403, "topic.forbidden")
        link = await http.post("/api/links", json={"person": id})
        assert (link.status_code, link.json()["code"]) == (404, "session.unknown")


def test_whatever_participants_say_has_a_pace() -> None:
    said = [name for name, command in MISSION.commands.items() if not command.INTERNAL]
    assert {name for name in said if "participant" in MISSION.may(name)} == set(MISSION.paces) & set(said)


async def test_who_is_here_is_so_until_they_are_gone(server: LiveServer, organiser: Client) -> None:
    id, ada = await invited(server, organiser, "Ada")
    room = server.hub.worker.rooms[TOPIC]

    def here() -> bool:
        known = room.state.get(Participant, id)
        return known is not None and known.here

    await ada.join(TOPIC)
    await organiser.until(here, "here")
    await ada.close()
    await organiser.until(lambda: not here(), "gone")


async def test_a_mission_comes_back_byte_for_byte(
    server: LiveServer, organiser: Client, tmp_path: pathlib.Path
) -> None:
    await invited(server, organiser, "Ada")
    log = server.hub.worker.log
    file, folder = tmp_path / "mission.jsonl", tmp_path / "elsewhere"
    file.write_bytes(b"".join([piece async for piece in lines(await take(log, TOPIC, 1, "0"))]))
    folder.mkdir()
    other = SqliteLog(folder)
    await other.open()
    done = await restore(other, file)
    assert done.topic == TOPIC and await other.read(TOPIC, 0) == (await log.read(TOPIC, 0))[: done.now.seq]
    await other.close()
