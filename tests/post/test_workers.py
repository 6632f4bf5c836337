"""Two workers on one Valkey: each letter goes by one of them, also where one ends in the midst of it."""

from __future__ import annotations

import asyncio
import pathlib
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.post.conftest import House
from tests.post.mailbox import Office
from tests.valkey import Valkey
from webinar_server.log.redis.engine import RedisLog
from webinar_server.mission import sending


@pytest.fixture
def valkey(tmp_path: pathlib.Path) -> Iterator[Valkey]:
    server = Valkey(tmp_path)
    server.start()
    yield server
    server.stop()


async def pair(valkey: Valkey, office: Office) -> tuple[House, House]:
    one = await House.opened(RedisLog(valkey.url), office)
    return one, await House.opened(RedisLog(valkey.url), office, begins=False)


async def test_both_send_and_nobody_gets_two(valkey: Valkey, office: Office) -> None:
    one, two = await pair(valkey, office)
    office.slow = 0.01
    people = [await one.invite(f"P{number}") for number in range(80)]
    await asyncio.gather(
        one.do("send_letters", kind="invitation", participants=people),
        two.do("send_letters", kind="invitation", participants=people),
    )
    post = await one.until(lambda post: post.sent == 80)
    assert (post.waiting, post.failed) == (0, 0)
    assert set(Counter(office.to).values()) == {1} and len(office.to) == 80
    await one.close()
    await two.close()


async def test_what_one_left_claimed_another_sends_later_and_all_else_at_once(
    valkey: Valkey, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "TWICE_MS", 3_000)
    one, two = await pair(valkey, office)
    office.slow = 0.2
    people = [await one.invite(f"P{number}") for number in range(30)]
    assert two.postman is not None
    two.postman.stop()
    await one.do("send_letters", kind="invitation", participants=people)
    await one.until(lambda post: post.sent >= 3)
    # as if it were killed: nobody is told what became of the letters that it holds
    await one.hub.worker.tasks.stop()
    three = await House.opened(RedisLog(valkey.url), office, begins=False)
    office.slow = 0.0
    await three.until(lambda post: post.sent == 30)
    counts = Counter(office.to)
    assert len(counts) == 30
    # the one that was on its way then may have gone twice, as the same letter
    assert sum(counts.values()) <= 31
    twice = [to for to, count in counts.items() if count > 1]
    assert all(len({letter["Message-ID"] for letter in office.sent_to(to)}) == 1 for to in twice)
    await two.close()
    await three.close()
