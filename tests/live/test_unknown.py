"""Who invents sessions keeps nobody from opening or creating one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.live.house import TOPIC
from tests.live.workers import QUICK, Worker, until
from tests.valkey import Valkey
from webinar_server.clock import monotonic
from webinar_server.errors import Refusal
from webinar_server.limits import SESSIONS_MADE, UNKNOWN
from webinar_server.session.programme import CreateSession
from webinar_server.web.sessions import create_session


@pytest.fixture
async def pair(valkey: Valkey) -> AsyncIterator[list[Worker]]:
    """Two workers with pace."""
    with valkey.client() as client:
        client.flushall()
    workers = [Worker(valkey.url, QUICK), Worker(valkey.url, QUICK)]
    for worker in workers:
        worker.hub.worker.pace.enabled = True
        await worker.hub.open()
    await until(lambda: all(worker.hub.worker.others for worker in workers), "known to each other")
    yield workers
    for worker in workers:
        await worker.close()


async def test_who_asks_for_sessions_that_are_not_there_is_slowed_down_alone(pair: list[Worker]) -> None:
    one, two = pair
    asks = [one.hub.room(f"session/x{n}", "192.0.2.1") for n in range(UNKNOWN.burst + 10)]
    answers = await asyncio.gather(*asks, return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert {refusal.code for refusal in refused} == {"pace.unknown"} and 5 <= len(refused) <= 10
    assert all((refusal.retry_after or 0) > 0 for refusal in refused)
    assert await one.hub.room("session/y", "192.0.2.2") is None, "a neighbour"
    # an organiser creates all the same, and the others find it though they had asked for it just before
    assert await two.hub.room("session/x1", "192.0.2.3") is None
    await create_session(one.hub, CreateSession(session="x1", title="Ports"), "organiser")
    assert (await two.hub.room("session/x1", "192.0.2.3")) is not None
    assert (await one.hub.room("session/x1", "192.0.2.1")) is not None


async def test_what_nobody_has_is_not_asked_of_the_others_again_at_once(pair: list[Worker]) -> None:
    one, _ = pair
    for _ in range(2 * UNKNOWN.burst):
        assert await one.hub.room("session/none", "192.0.2.1") is None


async def test_an_organiser_creates_a_week_at_once_and_then_a_session_now_and_then(
    pair: list[Worker],
) -> None:
    one, _ = pair
    for number in range(SESSIONS_MADE.burst):
        await create_session(one.hub, CreateSession(session=f"s{number}", title="Ports"), "organiser")
    with pytest.raises(Refusal, match=r"pace\.create_session") as refused:
        await create_session(one.hub, CreateSession(session="more", title="Ports"), "organiser")
    assert 0 < (refused.value.retry_after or 0) <= SESSIONS_MADE.each
    await create_session(one.hub, CreateSession(session="more", title="Ports"), "another")
    assert one.hub.worker.pace.wait("organiser", "sessions made", SESSIONS_MADE, monotonic() + 11) == 0


async def test_who_only_just_began_finds_what_an_emptied_log_no_longer_knows(valkey: Valkey) -> None:
    """Not even that others live: to say at once that there is no such session would let it be made anew."""
    with valkey.client() as client:
        client.flushall()
        old = await Worker(valkey.url, QUICK).open()
        client.flushall()
    new = Worker(valkey.url, QUICK)
    await new.hub.open()
    try:
        room = await new.hub.room(TOPIC, "192.0.2.1")
        assert room is not None and room.state.position == old.room.state.position
    finally:
        await new.close()
        await old.close()
