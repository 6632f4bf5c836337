"""Clocks that are wrong, of one of two workers or of Redis, and jump under load: nobody notices."""

from __future__ import annotations

import asyncio
import pathlib
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from tests.faults.clocks import Clock
from tests.faults.line import TOPIC
from tests.faults.site import Site
from tests.faults.swarm import Member, eventually, token
from tests.faults.test_workers import entries
from tests.faults.trial import LONG, Trial
from tests.valkey import Valkey
from tests.web.client import Client
from webinar_server.clock import now_ms
from webinar_server.session.people import Person

HOUR = 3600
JUMPS = (HOUR, -HOUR, 0, 24 * HOUR, -24 * HOUR, 0) if LONG else (HOUR, -HOUR, 0)

TryOn = Callable[[Site], Trial]


@pytest.fixture
def clock(tmp_path: pathlib.Path) -> Clock:
    return Clock(tmp_path / "clock")


@pytest.fixture
def one_wrong(clock: Clock, valkey: Valkey, tmp_path: pathlib.Path) -> Iterator[Site]:
    """Two workers, the first of them with that clock."""
    site = Site(tmp_path, valkey, [valkey.url] * 2)
    site.workers[0].know(**clock.environment)
    yield site
    site.close()


@pytest.fixture
def wrong_redis(clock: Clock, tmp_path: pathlib.Path) -> Iterator[Site]:
    valkey = Valkey(tmp_path / "valkey", environment=clock.environment).start()
    site = Site(tmp_path, valkey, [valkey.url] * 2)
    yield site
    site.close()


async def jumping(trial: Trial, clock: Clock) -> None:
    """Load, a jump of the clock, load, and so on; then somebody new sees all of it in order, at each door."""
    await trial.begin()
    for seconds in JUMPS:
        await trial.load()
        clock.set(seconds)
    # a lease and more
    await asyncio.sleep(3.0)
    await trial.load()
    assert trial.gaps() == [], "nobody had to come back"
    changes = [change for entry in await entries(trial) for change in entry.changes]
    gone = [record.id for _, _, record in changes if isinstance(record, Person) and not record.here]
    assert gone == [], "nobody was shown as gone"
    # one that was hidden or restored stands where that happened
    times = Counter(id for kind, id, _ in changes if kind == "message")
    said = [id for id, count in times.items() if count == 1]
    for worker in trial.site.workers:
        newcomer = await Client(worker.url, token("newcomer", "attendee")).open()
        await newcomer.join(TOPIC)
        shown = [id for id in newcomer.screen.of("message") if id in said]
        assert sorted(shown, key=said.index) == shown, "in the order in which they were said"
        await newcomer.close()


async def test_a_worker_whose_clock_jumps_serves_on(one_wrong: Site, clock: Clock, try_on: TryOn) -> None:
    trial = try_on(await asyncio.to_thread(one_wrong.open))
    await jumping(trial, clock)
    clock.set(HOUR)
    # by that worker: on a busy machine everybody may have come in by the other
    doors = [one_wrong.workers[0].url]
    late = Member(len(trial.swarm.members), "attendee", doors, trial.dice, lines=1, copies=1)
    await trial.swarm.join([late])
    said = await late.do("say", {"text": "one hour ahead, or not"})
    await eventually(lambda: bool(said.done), "said by that worker")
    await trial.load()
    row = await trial.end("clock of one of two workers ±1 h", repetitions=len(JUMPS))
    assert row.resets == 0
    times = [entry.at for entry in await entries(trial)]
    assert max(times) > now_ms() + HOUR * 500, "the clock was wrong indeed"


async def test_a_redis_whose_clock_jumps_is_used_on(wrong_redis: Site, clock: Clock, try_on: TryOn) -> None:
    trial = try_on(await asyncio.to_thread(wrong_redis.open))
    await jumping(trial, clock)
    clock.set(HOUR)
    with trial.site.valkey.client() as client:
        seconds, _ = client.time()
    assert seconds * 1000 > now_ms() + HOUR * 500, "the clock was wrong indeed"
    await trial.load()
    row = await trial.end("clock of Redis ±1 h", repetitions=len(JUMPS))
    assert row.resets == 0
