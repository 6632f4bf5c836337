"""With several workers: whatever the mission says of somebody is felt in a session at another worker within a
second, and by whoever comes back after one ended."""

from __future__ import annotations

import json
import pathlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.mission.planning import planned
from tests.mission.test_live import TOPIC, invited, organised
from tests.mission.test_who import SLOT, link
from tests.valkey import Valkey
from tests.web.client import Client, until
from tests.web.conftest import pytest_asyncio_loop_factories
from tests.web.listener import Listener
from tests.web.server import UNPACED, LiveServer
from webinar_server.session.people import Person

__all__ = ["pytest_asyncio_loop_factories"]

SESSION = "session/depots"


@pytest.fixture
async def workers(tmp_path: pathlib.Path) -> AsyncIterator[list[LiveServer]]:
    valkey = Valkey(tmp_path / "valkey").start()
    servers = [
        await LiveServer(tmp_path / name, UNPACED, redis=valkey.url).start() for name in ("one", "two")
    ]
    yield servers
    for server in servers:
        await server.finish()
    valkey.kill()


async def apart(workers: list[LiveServer]) -> tuple[Client, str, Client]:
    """An organiser in the mission at one worker; Ada's id, and her in a session of it at the other."""
    one, two = workers
    organiser = await organised(one)
    id, _ = await invited(one, organiser, "Ada")
    await one.add_session("depots", mission="ev-2027")
    await planned(one, **SLOT)
    return organiser, id, await come(two, id)


async def come(server: LiveServer, id: str, at: Any = None, role: str = "") -> Client:
    ada = server.client(link(server, id), path=f"/live?topic={SESSION}")
    server._clients.append(ada)
    await ada.open()
    ada.topic = SESSION
    await ada.send(op="join", topic=SESSION, at=at, role=role)
    await ada.until(lambda: bool(ada.screen.frames), "the session")
    return ada


async def test_a_new_card_and_a_new_part_are_felt_at_the_other_worker(workers: list[LiveServer]) -> None:
    organiser, id, ada = await apart(workers)
    await organiser.do("change_card", topic=TOPIC, participant=id, name="Ada Bos")
    await ada.until(lambda: ada.screen.of("person").get(id, {}).get("name") == "Ada Bos", "her name")
    await organiser.do("change_slot", topic=TOPIC, slot="depots", hosts=[id])
    assert await ada.ended() == (1012, json.dumps({"retry_after": 0}))
    again = await come(workers[1], id, ada.screen.at, "attendee")
    assert again.hello["you"]["role"] == "host" and again.screen.frames[0]["reset"]
    await until(lambda: role_of(workers[0], id) == "host", "told at both")


async def test_who_is_declined_is_out_of_the_session_at_the_other_worker(workers: list[LiveServer]) -> None:
    organiser, id, ada = await apart(workers)
    await organiser.do("decline", topic=TOPIC, participant=id)
    closed, why = await ada.ended()
    assert (closed, json.loads(why)["code"]) == (4403, "participant.declined")


async def test_what_was_said_by_a_worker_that_ended_holds_at_the_next(workers: list[LiveServer]) -> None:
    one, two = workers
    organiser, id, ada = await apart([two, one])
    await organiser.do("change_slot", topic=TOPIC, slot="depots", speakers=[id])
    await organiser.do("change_card", topic=TOPIC, participant=id, name="Ada Bos")
    await two.finish()
    assert (await ada.ended())[0] == 1012
    again = await come(one, id, ada.screen.at, "attendee")
    assert again.hello["you"] == {"id": id, "name": "Ada Bos", "role": "speaker"}
    await again.until(lambda: again.screen.of("person").get(id, {}).get("name") == "Ada Bos", "her name")
    await two.start()


async def test_it_is_the_same_where_frames_go_by_http(workers: list[LiveServer]) -> None:
    organiser, id, _ = await apart(workers)
    who = f"Authorization: Bearer {link(workers[1], id)}"
    ada = await Listener(workers[1].url, who, topic=SESSION).joined()
    done = await ada.say("hello")
    assert done["op"] == "done", done
    await organiser.do("end_links_of", topic=TOPIC, participant=id)
    assert (await ada.until(lambda frame: frame["op"] == "close"))["code"] == 4401


def role_of(server: LiveServer, id: str) -> str:
    person = server.state("depots").get(Person, id)
    return person.role if person else ""
