"""SIGKILL at any moment, and restarts: nothing acknowledged is lost, nothing happens twice."""

from __future__ import annotations

import asyncio
import json
import pathlib
import random
import signal
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from tests.faults.guest import Guest
from tests.web.client import Client, until
from tests.web.process import Serving, prints
from tests.web.server import SECRET
from webinar_server.clock import now_ms
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.session import SESSION
from webinar_server.state import Entry, Identity, Position, unseal
from webinar_server.web.who.tokens import DAY_MS, Signer

TOPIC = "session/s1"
GUESTS, KILLS = 20, 10


@pytest.fixture
def serving(tmp_path: pathlib.Path) -> Iterator[Serving]:
    """A server in a process of its own, with a session, without pace."""
    data = tmp_path / "data"
    prints("session", "add", "s1", "--title", "Ports", "--data", data)
    serving = Serving(data, WEBINAR_PACE="off").start()
    yield serving
    serving.kill()


@cache
def token(number: int) -> str:
    """One for each: another would be another device in their list."""
    identity = Identity(
        id=f"guest{number}",
        name=f"Guest {number}",
        role="attendee",
        topic="session/s1",
        expires=now_ms() + DAY_MS,
    )
    return Signer(SECRET).sign(identity)


async def history(data: pathlib.Path) -> tuple[list[Entry], list[Position]]:
    """The whole log of a server that is not running; reading checks the chain."""
    log = SqliteLog(data)
    await log.open()
    sealed = await log.read(TOPIC, 0, 10_000_000)
    await log.close()
    return [unseal(entry, SESSION.kinds) for entry in sealed], [Position(e.seq, e.tag) for e in sealed]


async def all_answered_again(guests: list[Guest]) -> None:
    """Everybody is there and has heard of more since now."""
    before = [len(guest.promised) for guest in guests]
    await until(
        lambda: all(len(guest.promised) > n + 5 for guest, n in zip(guests, before, strict=True)), "answers"
    )


async def newcomer(url: str, number: int) -> Client:
    """What somebody sees who comes anew, with the same rights."""
    client = await Client(url, token(number)).open()
    await client.join(TOPIC)
    await client.close()
    return client


async def all_alike(guests: list[Guest], url: str) -> None:
    fresh = await newcomer(url, 0)
    assert fresh.screen.at is not None
    for number, guest in enumerate(guests):
        await guest.watch(fresh.screen.at[0])
        assert guest.screen.is_like((await newcomer(url, number)).screen)


async def check_promises(guests: list[Guest], data: pathlib.Path) -> int:
    """Every acknowledged command is in the log once, where and as it was answered."""
    entries, positions = await history(data)
    times = Counter((entry.by, entry.ref) for entry in entries if entry.ref)
    assert max(times.values()) == 1, [key for key, count in times.items() if count > 1]
    for number, guest in enumerate(guests):
        for ref, (seq, tag, id) in guest.promised.items():
            entry = entries[seq - 1]
            assert positions[seq - 1] == (seq, tag)
            assert (entry.by, entry.ref, entry.result) == (f"guest{number}", ref, {"id": id})
    promised = sum(len(guest.promised) for guest in guests)
    assert promised == len(times), "whatever was tried was answered in the end"
    return promised


async def test_a_server_killed_at_any_moment_keeps_every_promise_and_no_client_notices(
    serving: Serving,
) -> None:
    dice = random.Random()
    guests = [Guest(number, serving.url, token(number), TOPIC) for number in range(GUESTS)]
    talking = [asyncio.ensure_future(guest.live()) for guest in guests]
    for _ in range(KILLS):
        await all_answered_again(guests)
        await asyncio.sleep(dice.uniform(0.0, 0.8))
        serving.kill()
        await asyncio.to_thread(serving.start)
    await all_answered_again(guests)
    for guest in guests:
        guest.stopping = True
    await asyncio.gather(*talking)
    await all_alike(guests, serving.url)
    assert all(guest.screen.resets == 0 for guest in guests), "everybody resumed from where they were"
    assert serving.stop()[0] == 0
    assert await check_promises(guests, serving.data) > 1_000


async def test_a_restart_tells_everybody_when_to_come_back_and_they_resume(serving: Serving) -> None:
    guests = [Guest(number, serving.url, token(number), TOPIC) for number in range(GUESTS)]
    talking = [asyncio.ensure_future(guest.live()) for guest in guests]
    for _ in range(2):
        await all_answered_again(guests)
        code, _said = await asyncio.to_thread(serving.stop, signal.SIGTERM)
        assert code == 0
        await asyncio.to_thread(serving.start)
    for guest in guests:
        guest.stopping = True
    await asyncio.gather(*talking)
    for guest in guests:
        told = [json.loads(reason) for code, reason in guest.closes if code == 1012]
        assert told and all(reason["retry_after"] > 0 for reason in told), guest.closes
        assert guest.screen.resets == 0
    await all_alike(guests, serving.url)
    serving.stop()
    await check_promises(guests, serving.data)


async def test_a_torn_end_of_the_log_is_noticed_by_clients_who_saw_more(
    serving: Serving, tmp_path: pathlib.Path
) -> None:
    client = await Client(serving.url, token(1)).open()
    await client.join(TOPIC)
    kept = await client.do("say", text="kept")
    await client.close()
    serving.stop()
    log = SqliteLog(serving.data)
    await log.open()

    def lose(db) -> None:
        # what they said, and on a slow machine that they left
        db.execute("DELETE FROM entry WHERE topic = ? AND seq >= ?", (TOPIC, kept["at"][0]))
        db.execute("DELETE FROM snapshot")

    await log._write(lose)
    await log.close()
    serving.start()
    again = await Client(serving.url, token(1)).open()
    again.screen = client.screen
    await again.join(TOPIC, client.screen.at)
    assert again.screen.resets == 1 and again.screen.texts() == []
    other = await newcomer(serving.url, 1)
    # the second half of a state comes after the first, which a join is content with
    await until(lambda: again.screen.records == other.screen.records, "the same as to who is new")
    await again.close()
