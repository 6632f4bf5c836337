"""Idle rooms: what nobody needs is closed and forgotten, and opened again as it was."""

from __future__ import annotations

import asyncio
import gc
import pathlib
import weakref

import pytest

from tests.live.test_workers import ada
from tests.live.workers import Worker, in_step
from tests.web.client import until
from tests.web.conftest import Starter
from tests.web.server import TOPIC, LiveServer
from webinar_server import metrics
from webinar_server.errors import StorageError
from webinar_server.log import Snapshot
from webinar_server.session.people import Person
from webinar_server.settings import Settings, from_environment

BRIEF = Settings(pace=False, grace=0.2, idle=0.4)
SHARED = Settings(pace=False, grace=0.5, lease=4.0, compare_every=0.5, idle=3.0)
"""A lease that a busy machine does not sleep through."""


def closed_so_far() -> float:
    return metrics.ROOMS_IDLE_CLOSED._value.get()


def is_open(server: LiveServer) -> bool:
    return TOPIC in server.hub.worker.rooms


async def test_a_room_nobody_is_in_is_closed_and_comes_back_as_it_was(start: Starter) -> None:
    server = await start(BRIEF)
    before = closed_so_far()
    ada = await server.joined("Ada", id="ada")
    done = await ada.do("say", ref="r-1", text="Still here?")
    at = ada.screen.at
    await ada.close()
    await until(lambda: not is_open(server), "closed")
    await until(lambda: closed_so_far() == before + 1, "counted")
    again = await server.joined("Ada", id="ada", at=at)
    assert not any(frame.get("reset") for frame in again.screen.frames)
    # a ref is answered as it was, by the room that never heard it
    assert (await again.do("say", ref="r-1", text="Still here?"))["at"] == done["at"]
    newcomer = await server.joined("Bob")
    assert newcomer.screen.texts() == ["Still here?"]


async def test_what_was_kept_of_words_goes_when_a_room_is_closed(
    start: Starter,
) -> None:
    server = await start(BRIEF)
    told: list[str] = []
    server.hub.worker.on_erased.append(lambda: told.append(TOPIC))
    await until(lambda: not is_open(server), "closed")
    await until(lambda: bool(told), "forgotten")


async def test_a_room_leaves_a_snapshot_when_it_closes(start: Starter) -> None:
    server = await start(BRIEF)
    head = server.state().position
    await until(lambda: not is_open(server), "closed")
    await until(lambda: not server.hub._closing, "to its end")
    snapshot = await server.hub.worker.log.snapshot(TOPIC)
    assert isinstance(snapshot, Snapshot) and snapshot.position == head


async def test_what_a_closed_room_held_is_let_go(start: Starter) -> None:
    server = await start(BRIEF)
    ada = await server.joined("Ada")
    await ada.do("say", text="Remember this")
    gone = weakref.ref(server.state())
    await ada.close()
    await until(lambda: not is_open(server), "closed")
    await until(lambda: gc.collect() >= 0 and gone() is None, "forgotten")


async def test_a_room_with_somebody_in_it_stays_open(start: Starter) -> None:
    server = await start(BRIEF)
    stage = await server.joined("Stage", "stage")
    await asyncio.sleep(3 * BRIEF.idle)
    assert is_open(server)
    await stage.close()
    await until(lambda: not is_open(server), "closed once the last has left")


async def test_somebody_in_their_grace_keeps_a_room_open(start: Starter) -> None:
    server = await start(Settings(pace=False, grace=2.0, idle=0.2))
    ada = await server.joined("Ada", id="ada")
    await ada.close()
    await asyncio.sleep(1.0)
    assert is_open(server)
    await until(lambda: not is_open(server), "closed after the grace")
    session = await server.hub.room(TOPIC)
    assert session is not None
    person = session.state.get(Person, "ada")
    assert person is not None and not person.here


async def test_who_comes_while_a_room_closes_is_let_in_each_time(start: Starter) -> None:
    server = await start(Settings(pace=False, grace=0.01, idle=0.02))
    for number in range(30):
        client = await server.joined("Ada", id="ada")
        await client.do("say", text=f"number {number}")
        assert client.screen.texts()[-1] == f"number {number}"
        await client.close()
        await asyncio.sleep(number * 0.002)
    last = await server.joined("Bob")
    assert last.screen.texts() == [f"number {number}" for number in range(30)]


@pytest.mark.parametrize("pair", [SHARED], indirect=True)
async def test_among_workers_a_room_stays_open_until_the_last_has_left_all_of_them(
    pair: list[Worker],
) -> None:
    one, two = pair
    await one.presence.came(ada())
    await in_step(*pair)
    await asyncio.sleep(SHARED.idle + 2.0)
    assert TOPIC in two.hub.worker.rooms, "it may have to let her go"
    one.presence.went(ada())
    await until(lambda: not one.hub.worker.rooms and not two.hub.worker.rooms, "closed on both")
    # what one says is heard by the other again
    assert await one.hub.room(TOPIC) is not None and await two.hub.room(TOPIC) is not None
    watcher = two.watch("bob")
    await one.say("back again")
    await until(lambda: watcher.screen.texts() == ["back again"], "heard across")


@pytest.mark.parametrize("pair", [SHARED], indirect=True)
async def test_who_was_with_a_worker_that_died_is_let_go_and_then_the_room_closes(
    pair: list[Worker],
) -> None:
    one, two = pair
    await one.presence.came(ada())
    await in_step(*pair)
    await one.die()
    await until(lambda: not two.hub.worker.rooms, "let go, and closed")
    live = await two.hub.room(TOPIC)
    assert live is not None
    person = live.state.get(Person, "ada")
    assert person is not None and not person.here
    pair.remove(one)


@pytest.mark.parametrize("pair", [SHARED], indirect=True)
async def test_a_log_that_lost_its_end_is_mended_before_a_room_closes(
    pair: list[Worker], tmp_path: pathlib.Path
) -> None:
    one, two = pair
    await one.say("not to be lost")
    await in_step(*pair)
    with one.redis() as client:
        client.flushall()
    await until(lambda: not one.hub.worker.rooms and not two.hub.worker.rooms, "closed on both")
    again = await one.hub.room(TOPIC)
    assert again is not None and again.state.position.seq > 0


@pytest.mark.parametrize("given", ["soon", "0", "-1", "inf", "nan"])
def test_an_idle_time_that_is_none_is_refused_with_what_to_give(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("WEBINAR_IDLE", given)
    with pytest.raises(StorageError, match="WEBINAR_IDLE"):
        from_environment()


def test_the_idle_time_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBINAR_IDLE", "2.5")
    assert from_environment().idle == 2.5
    monkeypatch.delenv("WEBINAR_IDLE")
    assert from_environment() == Settings()
