"""Admission: a worker lets in what it can bear; who resumes goes past, who needs everything takes a turn."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from tests.web.client import DEADLINE, Client
from tests.web.server import TOPIC, UNPACED, LiveServer
from webinar_server.clock import monotonic
from webinar_server.live.hub import Hub
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.settings import Settings
from webinar_server.web.socket.admission import Admission


@pytest.fixture
def admission(tmp_path: Any) -> Admission:
    settings = Settings(
        handshakes=10, handshakes_burst=5, joins=10, joins_burst=3, join_patience=1.0, late=1.0
    )
    return Admission(Hub(SqliteLog(tmp_path), settings))


def test_handshakes_up_to_the_burst_are_let_in_and_the_next_one_is_not(admission: Admission) -> None:
    waits = [admission.full(100.0) for _ in range(6)]
    assert waits[:5] == [0] * 5
    assert 1.0 < waits[5] <= 4.2


def test_one_more_handshake_is_let_in_for_each_share_of_a_second(admission: Admission) -> None:
    for _ in range(5):
        admission.full(100.0)
    assert admission.full(100.09)
    assert not admission.full(100.1)
    assert admission.full(100.1)


def test_who_is_turned_away_is_not_told_the_same_moment_as_the_others(admission: Admission) -> None:
    for _ in range(5):
        admission.full(100.0)
    assert len({admission.full(100.0) for _ in range(50)}) > 10


def test_joins_up_to_the_burst_go_at_once_and_then_one_after_another(admission: Admission) -> None:
    turns = [admission.turn(100.0) for _ in range(6)]
    assert turns == pytest.approx([0, 0, 0, 0.1, 0.2, 0.3])


def test_a_turn_within_the_patience_is_waited_for_and_one_beyond_is_not(admission: Admission) -> None:
    turns = [admission.turn(100.0) for _ in range(15)]
    assert turns[12] == pytest.approx(1.0)
    assert turns[13:] == [None, None], "who cannot have a turn must not use one up"
    assert admission.turn(100.11) == pytest.approx(0.99)


def block(seconds: float) -> None:
    """Keep the loop from everything else, as a fault of ours would."""
    time.sleep(seconds)


async def test_a_loop_that_is_late_lets_nobody_in_until_it_has_been_calm(admission: Admission) -> None:
    watching = asyncio.ensure_future(admission.watch())
    await asyncio.sleep(0.05)
    assert not admission.late(monotonic())
    block(1.5)
    assert admission.late(monotonic()), "before the late tick itself was noticed"
    assert admission.closed(monotonic()) and not admission.leaving(monotonic()), "who is in already goes on"
    await asyncio.sleep(0.2)
    assert admission.late(monotonic()), "and for a while after it"
    await asyncio.sleep(1.0)
    assert not admission.late(monotonic())
    watching.cancel()


async def test_a_loop_that_is_a_little_late_lets_in(admission: Admission) -> None:
    watching = asyncio.ensure_future(admission.watch())
    await asyncio.sleep(0.05)
    block(0.4)
    assert not admission.late(monotonic())
    await asyncio.sleep(0.1)
    assert not admission.late(monotonic())
    watching.cancel()


# at the door


async def turned_away(server: LiveServer) -> tuple[int, dict[str, Any], str]:
    with pytest.raises(InvalidStatus) as refused:
        await server.client(server.token()).knock()
    answer = refused.value.response
    return answer.status_code, json.loads(answer.body or b"{}"), answer.headers["Retry-After"]


async def test_a_full_door_answers_503_says_when_to_come_back_and_lets_in_then(start: Any) -> None:
    server = await start(Settings(pace=False, handshakes=2, handshakes_burst=3))
    for number in range(3):
        await server.joined(f"Guest {number}")
    status, body, after = await turned_away(server)
    assert (status, body["code"]) == (503, "server.busy") and body["text"]
    assert 1 <= body["retry_after"] <= int(after) <= 5
    await asyncio.sleep(body["retry_after"])
    await server.joined("Guest 4")


async def test_who_is_turned_away_for_a_bad_token_takes_no_place(start: Any) -> None:
    server = await start(Settings(pace=False, handshakes=0.01, handshakes_burst=1))
    for _ in range(3):
        with pytest.raises(InvalidStatus) as refused:
            await server.client("guess").open()
        assert refused.value.response.status_code == 401
    await server.joined()


async def test_a_server_on_its_way_out_lets_nobody_in(server: LiveServer) -> None:
    server.hub.worker.draining = True
    status, body, after = await turned_away(server)
    assert (status, body["code"], after) == (503, "server.busy", "1")


async def enter(server: LiveServer, client: Client) -> float:
    """Come in as a browser does, again and again; seconds until the state was there."""
    began = monotonic()
    for _ in range(int(2 * DEADLINE)):
        try:
            await client.knock()
            break
        except InvalidStatus as refused:
            assert refused.response.status_code == 503
            await asyncio.sleep(0.5)
    server._clients.append(client)
    await client.join(TOPIC)
    return monotonic() - began


async def test_three_hundred_who_join_within_a_second_are_all_in_soon(start: Any) -> None:
    server = await start(UNPACED)
    clients = [server.client(server.token(f"Guest {number}")) for number in range(300)]

    async def later(number: int, client: Client) -> float:
        await asyncio.sleep(number / 300)
        return await enter(server, client)

    took = sorted(await asyncio.gather(*(later(number, client) for number, client in enumerate(clients))))
    print(f"joined after {took[150]:.2f} s at the median, {took[-1]:.2f} s at most")
    assert all(client.screen.of("session") for client in clients)


# joins


async def test_who_resumes_waits_for_nobody_and_who_needs_everything_takes_a_turn(start: Any) -> None:
    # the next turn comes later than anybody waits
    server = await start(Settings(pace=False, joins=0.1 / DEADLINE, joins_burst=2))
    ada, bob = await server.joined("Ada"), await server.joined("Bob")
    await server.joined("Ada", at=ada.screen.at, id=ada.hello["you"]["id"])
    await server.joined("Bob", at=bob.screen.at, id=bob.hello["you"]["id"])
    server = await start(Settings(pace=False, joins=2, joins_burst=2))
    began = monotonic()
    for name in ("Ada", "Bob", "Cyd", "Dan"):
        await server.joined(name)
    assert monotonic() - began > 0.9, "two of them had a turn each"


async def test_what_is_sent_behind_a_join_that_waits_is_done_after_it(start: Any) -> None:
    server = await start(Settings(pace=False, joins=2, joins_burst=1))
    await server.joined("Ada")
    bob = await server.connected("Bob")
    bob.topic = TOPIC
    await bob.send(op="join", topic=TOPIC)
    done = await bob.do("say", text="behind it")
    assert done["result"]["id"] in bob.screen.of("message")


async def test_who_would_wait_too_long_for_a_turn_is_told_to_come_back(start: Any) -> None:
    server = await start(Settings(pace=False, joins=0.2, joins_burst=1, join_patience=1.0))
    await server.joined("Ada")
    bob = await server.connected("Bob")
    await bob.send(op="join", topic=TOPIC)
    code, reason = await bob.ended()
    assert code == 1013 and 1 <= json.loads(reason)["retry_after"] <= 4


async def test_one_connection_has_the_whole_state_so_often_and_stays_joined_when_it_is_refused(
    start: Any,
) -> None:
    server = await start(Settings())
    ada, bob = await server.joined("Ada"), await server.joined("Bob")
    for _ in range(4):
        await ada.join(TOPIC)
    await ada.send(op="join", topic=TOPIC)
    await ada.until(lambda: ada.errors == ["pace.join"], "refused the sixth time")
    await ada.join(TOPIC, ada.screen.at)
    done = await bob.do("say", text="still heard")
    await ada.until(lambda: done["result"]["id"] in ada.screen.of("message"))
