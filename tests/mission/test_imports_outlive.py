"""An import outlives its workers: whichever is there goes on where another ended; nothing is done twice."""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import msgspec
import pytest

from tests.log.conftest import server
from tests.mission.scene import CREATED
from tests.valkey import Valkey
from tests.web.client import until
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import say_for
from webinar_server.log import Log
from webinar_server.log.redis.engine import RedisLog
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.mission import MISSION
from webinar_server.mission.fates import Line
from webinar_server.mission.imports import PART, BeginImport, Import, ImportPart
from webinar_server.mission.mission import CreateMission
from webinar_server.mission.participants import Participant
from webinar_server.settings import Settings
from webinar_server.state import Answer, Identity

__all__ = ["server"]

TOPIC = MISSION.topic(CREATED["mission"])
PARTS = 6
QUICK = Settings(pace=False, lease=1.5)

Logs = Callable[[], Log]
"""Gives another log on what is kept."""


@pytest.fixture(params=["sqlite", "redis"])
def logs(request: pytest.FixtureRequest, tmp_path: pathlib.Path, server: Valkey) -> Logs:
    if request.param == "sqlite":
        return lambda: SqliteLog(tmp_path)
    with server.client() as client:
        client.flushall()
    return lambda: RedisLog(server.url)


async def opened(log: Log) -> Hub:
    hub = Hub(log, QUICK)
    await hub.open()
    return hub


async def the_room(hub: Hub) -> Room:
    room = await hub.room(TOPIC)
    assert room is not None
    return room


async def begun(hub: Hub) -> str:
    """The id of an import of some parts, of which the first was not even looked at."""
    outcome = await hub.begin(TOPIC, msgspec.convert(CREATED, CreateMission))
    assert isinstance(outcome, Answer)
    organiser = Identity(id=outcome.result["organiser"], name="Ori", role="organiser", topic=TOPIC)
    said = [{"name": f"P {n}", "email": f"p{n}@example.org"} for n in range(PARTS * PART)]
    lines = tuple(Line(number=number, said=dict(each)) for number, each in enumerate(said, 2))
    command = BeginImport(file="people.csv", keeps=True, lines=lines)
    return str((await say_for(await the_room(hub), organiser, command))["id"])


async def done(hub: Hub, id: str) -> Import:
    """The import, once it is done, as this worker has it."""
    live = await the_room(hub)
    await until(
        lambda: (found := live.state.get(Import, id)) is not None and found.ended_at is not None, "the end"
    )
    found = live.state.get(Import, id)
    assert found is not None
    return found


async def test_what_a_worker_began_the_next_one_ends(logs: Logs) -> None:
    first = await opened(logs())
    id = await begun(first)
    live = await the_room(first)
    await until(lambda: (found := live.state.get(Import, id)) is not None and found.part > 0, "a part")
    await live.abandon()
    left = live.state.count(ImportPart)
    assert 0 < left < PARTS
    await first.close()
    second = await opened(logs())
    ended = await done(second, id)
    state = (await the_room(second)).state
    assert (ended.added, ended.done, ended.refused, ended.equal) == (PARTS * PART, PARTS * PART, 0, 0)
    assert state.count(Participant) == PARTS * PART + 1 and state.count(ImportPart) == 0
    await second.close()


async def test_several_workers_take_each_part_in_once(server: Valkey) -> None:
    with server.client() as client:
        client.flushall()
    hubs = [await opened(RedisLog(server.url)) for _ in range(2)]
    id = await begun(hubs[0])
    for hub in hubs:
        ended = await done(hub, id)
        state = (await the_room(hub)).state
        assert (ended.added, ended.equal, ended.part) == (PARTS * PART, 0, PARTS)
        assert state.count(Participant) == PARTS * PART + 1
    for hub in hubs:
        await hub.close()
