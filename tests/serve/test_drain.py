"""Drain: on its way out a worker sends its viewers to the others one by one, or home all at once."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.web.client import DEADLINE, Client, until
from tests.web.server import TOPIC, LiveServer
from webinar_server.clock import monotonic
from webinar_server.live.hub import say
from webinar_server.live.worker import Worker
from webinar_server.serve.drain import drain
from webinar_server.session.chat import Message
from webinar_server.session.programme import WaitSession
from webinar_server.settings import Settings


class Door:
    """Remembers who was sent away, when, and until when."""

    def __init__(self, count: int) -> None:
        self.left: list[tuple[int, float, float]] = []
        self.leavers = [Leaver(self, number) for number in range(count)]


class Leaver:
    def __init__(self, door: Door, number: int) -> None:
        self._door = door
        self._number = number

    def send_away(self, retry_after: float) -> None:
        self._door.left.append((self._number, monotonic(), retry_after))


async def test_a_room_leaves_evenly_within_the_window_in_no_order_of_theirs() -> None:
    door = Door(100)
    began = monotonic()
    await drain(door.leavers, 2.0, asyncio.Event())
    numbers = [number for number, _, _ in door.left]
    assert sorted(numbers) == list(range(100)) and numbers != sorted(numbers)
    moments = [moment - began for _, moment, _ in door.left]
    assert moments[-1] > 1.9
    assert sum(moment < 1.0 for moment in moments) < 60, "half of them in half of the time"
    retries = {retry for _, _, retry in door.left}
    assert min(retries) >= 0.1 and max(retries) <= 0.5 and len(retries) > 10


async def test_a_few_need_not_wait_for_the_whole_window() -> None:
    door = Door(3)
    async with asyncio.timeout(DEADLINE):
        await drain(door.leavers, 10 * DEADLINE, asyncio.Event())
    assert len(door.left) == 3


async def test_a_hurry_ends_it() -> None:
    door = Door(100)
    hurry = asyncio.Event()
    asyncio.get_running_loop().call_later(0.3, hurry.set)
    async with asyncio.timeout(DEADLINE):
        await drain(door.leavers, 10 * DEADLINE, hurry)
    assert 0 < len(door.left) < 100


# a server


@pytest.fixture
async def leaving(start: Any, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LiveServer]:
    """A server that believes another worker lives, as its log would tell it."""
    monkeypatch.setattr(Worker, "others", frozenset({"another"}))
    server: LiveServer = await start(Settings(pace=False, drain=2.0))
    yield server


async def room_of(server: LiveServer, count: int) -> list[Client]:
    return [await server.joined(f"Guest {number}") for number in range(count)]


async def test_with_other_workers_each_is_sent_there_at_a_moment_of_its_own(leaving: LiveServer) -> None:
    guests = await room_of(leaving, 40)
    began = monotonic()
    moments: list[float] = []

    async def gone(guest: Client) -> tuple[int, str]:
        how = await guest.ended()
        moments.append(monotonic() - began)
        return how

    ends = asyncio.gather(*(gone(guest) for guest in guests))
    await leaving.stop()
    for code, reason in await ends:
        assert code == 1012 and 0.1 <= json.loads(reason)["retry_after"] <= 0.5
    assert max(moments) > 1.5 and sum(moment < 1.0 for moment in moments) < 30


async def test_without_others_everybody_is_told_at_once(start: Any) -> None:
    server = await start(Settings(pace=False))
    guests = await room_of(server, 20)
    await server.stop()
    for guest in guests:
        code, reason = await guest.ended()
        assert (code, json.loads(reason)) == (1012, {"retry_after": 1})


async def test_while_it_drains_it_is_not_ready_listens_no_more_and_serves_who_is_there(
    leaving: LiveServer,
) -> None:
    guests = await room_of(leaving, 40)
    async with httpx.AsyncClient(base_url=leaving.url, trust_env=False) as proxy:
        assert (await proxy.get("/readyz")).status_code == 200
        stopping = asyncio.ensure_future(leaving.stop())
        await guests[0].until(lambda: any(guest.closed for guest in guests), "the first one left")
        answer = await proxy.get("/readyz")
        assert answer.status_code == 503 and "on its way out" in answer.text
        assert answer.headers["connection"] == "close"
    with pytest.raises(OSError):
        await leaving.client(leaving.token()).open()
    for guest in guests:
        # who is sent away meanwhile says nothing more
        with contextlib.suppress(ConnectionClosed):
            await guest.send(op="do", topic=TOPIC, ref="late", command="say", args={"text": "still here"})
    await until(lambda: any(guest.count("done") for guest in guests), "somebody is still served")
    await stopping


async def test_what_was_asked_before_is_answered_before_the_goodbye(leaving: LiveServer) -> None:
    guests = await room_of(leaving, 10)
    for guest in guests:
        for number in range(20):
            await guest.send(op="do", topic=TOPIC, ref=f"r{number}", command="say", args={"text": "hi"})
    room = await leaving.hub.room(TOPIC)  # type: ignore[index]
    await guests[0].until(lambda: guests[0].count("done") > 0)
    answered = {id(guest): guest.count("done") for guest in guests}
    await leaving.stop()
    for guest in guests:
        assert (await guest.ended())[0] == 1012
        done = {frame["ref"] for frame in guest.said if frame["op"] == "done"}
        assert guest.count("done") >= answered[id(guest)]
        # what the server took it answered; the rest it never read
        committed = {
            ref for ref in (f"r{n}" for n in range(20)) if room.state.answer(guest.hello["you"]["id"], ref)
        }
        assert done == committed


async def test_a_second_word_hurries_and_all_are_told(start: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worker, "others", frozenset({"another"}))
    server = await start(Settings(pace=False, drain=10 * DEADLINE))
    guests = await room_of(server, 40)
    server._server.handle_exit(signal.SIGTERM, None)
    asyncio.get_running_loop().call_later(1.0, server._server.handle_exit, signal.SIGTERM, None)
    async with asyncio.timeout(DEADLINE):
        await server.stop()
    for guest in guests:
        assert (await guest.ended())[0] == 1012


# a process that was stopped


async def test_a_process_that_was_stopped_for_long_tells_and_takes_nothing_more(server: LiveServer) -> None:
    guests = await room_of(server, 5)
    server.hub.worker.asleep = lambda now: True  # type: ignore[method-assign]
    await guests[0].send(op="do", topic=TOPIC, ref="r", command="say", args={"text": "too late"})
    code, reason = await guests[0].ended()
    assert code == 1012 and 0.1 <= json.loads(reason)["retry_after"] <= 0.5
    assert not server.state().count(Message)
    assert not any(frame["op"] == "done" for frame in guests[0].said)
    with pytest.raises(InvalidStatus, match="503"):
        await server.client(server.token()).knock()
    server.hub.worker.asleep = lambda now: False  # type: ignore[method-assign]
    await (await server.joined("Later")).alive()


async def test_three_hundred_who_would_be_told_old_news_are_sent_away_instead(start: Any) -> None:
    server = await start(Settings(pace=False))
    guests = await room_of(server, 300)
    room = await server.hub.room(TOPIC)
    await asyncio.sleep(0.5)
    frames = [len(guest.screen.frames) for guest in guests]
    server.hub.worker.asleep = lambda now: True
    await say(room, WaitSession())
    for guest, seen in zip(guests, frames, strict=True):
        code, reason = await guest.ended()
        assert code == 1012 and json.loads(reason)["retry_after"] <= 0.5
        assert len(guest.screen.frames) == seen
    server.hub.worker.asleep = lambda now: False
