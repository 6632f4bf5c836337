"""Alarms, with bells: rung once and never early, whoever sets them and whatever becomes of that worker."""

from __future__ import annotations

import asyncio
import pathlib
from collections.abc import AsyncIterator

import pytest

from tests.board import BOARD
from tests.board.bells import Bell, SetBell
from tests.board.notes import CreateBoard
from tests.log.conftest import ENGINES
from tests.valkey import Valkey
from tests.web.client import DEADLINE, until
from webinar_server.clock import fresh_id, now_ms
from webinar_server.live.committing import Outcome, Request
from webinar_server.live.hub import Hub
from webinar_server.log import Log
from webinar_server.log.redis.engine import RedisLog
from webinar_server.settings import Settings
from webinar_server.state import Actor, Answer

TOPIC = BOARD.topic("b1")
QUICK = Settings(pace=False, idle=0.4, lease=1.5)


async def opened(log: Log) -> Hub:
    hub = Hub(log, QUICK)
    await hub.open()
    return hub


async def with_a_bell(hub: Hub, *after: int) -> Hub:
    """A board with bells that are due so many milliseconds from now."""
    if await hub.room(TOPIC) is None:
        assert isinstance(await hub.begin(TOPIC, CreateBoard(board="b1", title="Ideas")), Answer)
    for milliseconds in after:
        await _set(hub, milliseconds)
    return hub


async def _set(hub: Hub, after: int) -> None:
    live = await hub.room(TOPIC)
    assert live is not None
    told: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    actor = Actor("ada", "Ada", "member", await hub.worker.log.now(), fresh_id())
    live.submit(Request(actor, fresh_id(), SetBell(after=after), told.set_result))
    assert isinstance(await told, Answer)


async def bells(hub: Hub) -> list[Bell]:
    live = await hub.room(TOPIC)
    return sorted(live.state.all(Bell), key=lambda bell: bell.at) if live else []


async def rung(hub: Hub, count: int) -> list[Bell]:
    """Once so many were rung: each once, none early."""
    async with asyncio.timeout(DEADLINE):
        while sum(bell.rung > 0 for bell in await bells(hub)) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    found = await bells(hub)
    assert [(bell.rung, bell.rung_at >= bell.at) for bell in found if bell.rung] == [(1, True)] * count
    return found


@pytest.fixture(params=ENGINES)
async def hub(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> AsyncIterator[Hub]:
    hub = await opened(ENGINES[request.param](request, tmp_path))
    yield hub
    await hub.close()


async def test_what_is_due_is_done_once_in_its_order_and_never_early(hub: Hub) -> None:
    await with_a_bell(hub, 400, 200, 3_600_000)
    first, second, third = await rung(hub, 2)
    assert first.rung_at <= second.rung_at and third.rung == 0


async def test_what_is_due_already_is_done_at_once(hub: Hub) -> None:
    await with_a_bell(hub, -1_000, 0)
    await rung(hub, 2)


async def test_a_room_that_nobody_needs_closes_and_is_opened_when_it_is_time(hub: Hub) -> None:
    await with_a_bell(hub, 2_500)
    await until(lambda: not hub.worker.rooms, "closed")
    # not asked for here, but by its alarm
    await until(lambda: bool(hub.worker.rooms), "opened")
    await rung(hub, 1)


async def test_what_falls_due_while_nobody_serves_is_done_by_whoever_starts(
    request: pytest.FixtureRequest, tmp_path: pathlib.Path
) -> None:
    hub = await with_a_bell(await opened(ENGINES["sqlite"](request, tmp_path)), 300)
    await hub.close()
    await asyncio.sleep(0.5)
    again = await opened(ENGINES["sqlite"](request, tmp_path))
    await until(lambda: bool(again.worker.rooms), "opened by nobody but the alarm")
    await rung(again, 1)
    await again.close()


async def test_several_workers_see_that_it_is_time_and_it_is_done_once(server: Valkey) -> None:
    with server.client() as client:
        client.flushall()
    workers = [await opened(RedisLog(server.url)) for _ in range(3)]
    await with_a_bell(workers[0], 300, 600, 900)
    for worker in workers:
        await worker.room(TOPIC)
    for worker in workers:
        await rung(worker, 3)
    for worker in workers:
        await worker.close()


async def test_what_was_due_with_a_worker_that_ended_is_done_by_another(server: Valkey) -> None:
    with server.client() as client:
        client.flushall()
    one, other = [await opened(RedisLog(server.url)) for _ in range(2)]
    await with_a_bell(one, 4_000)
    # as if killed: it does nothing any more, and does not give back its lease
    one.chores.stop()
    await one.worker.tasks.stop()
    assert not other.worker.rooms
    await rung(other, 1)
    await other.close()
    await one.worker.log.close()


async def test_a_clock_of_ours_that_is_ahead_makes_nothing_early(
    server: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server.client() as client:
        client.flushall()
    monkeypatch.setattr("webinar_server.live.alarms.now_ms", lambda: now_ms() + 3_600_000)
    hub = await with_a_bell(await opened(RedisLog(server.url)), 700)
    await rung(hub, 1)
    await hub.close()
