"""Links that hang, one way or both: noticed and healed by whoever holds on to them, and nothing lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import pytest

from tests.faults.proxy import Proxy
from tests.faults.site import Site
from tests.faults.swarm import Swarm, eventually
from tests.faults.trial import LONG, REPETITIONS, Trial
from tests.valkey import Valkey

NOTICED_WITHIN, HEALED_WITHIN = (3.0, 5.0) if LONG else (9.0, 15.0)
"""Seconds; the short form shares its machine."""

WAYS = {"both ways": (True, True), "upwards": (True, False), "downwards": (False, True)}
OFFSETS = range(0, 2_000, 97) if LONG else (0, 300, 1_500)

ways = pytest.mark.parametrize("way", WAYS)


@pytest.fixture
async def proxies(valkey: Valkey) -> AsyncIterator[list[Proxy]]:
    """One before Redis for each of two workers."""
    started = [await Proxy(valkey.port).start() for _ in range(2)]
    yield started
    for proxy in started:
        await proxy.stop()


@pytest.fixture
async def between(
    open_site: Callable[..., Site], try_on: Callable[[Site], Trial], proxies: list[Proxy]
) -> Trial:
    """Workers that reach Redis through the proxies."""
    urls = [f"redis://127.0.0.1:{proxy.port}" for proxy in proxies]
    return try_on(await asyncio.to_thread(open_site, urls))


@ways
async def test_a_half_open_link_to_redis_is_noticed_replaced_and_costs_nothing(
    between: Trial, proxies: list[Proxy], way: str
) -> None:
    swarm = await between.begin()
    noticed, healed = [], []
    for number in range(REPETITIONS):
        proxy = proxies[number % 2]
        await between.load()
        began, before = time.monotonic(), proxy.accepted
        proxy.strand(*WAYS[way])
        noticed.append(await new_connection(proxy, before))
        await every_worker_takes_and_tells(swarm)
        healed.append(time.monotonic() - began)
        await between.site.workers[number % 2].until_ready()
        await between.load()
    between.remark = f"noticed ≤ {max(noticed):.1f} s, healed ≤ {max(healed):.1f} s"
    row = await between.end(f"half-open link to Redis, {way}")
    assert between.gaps() == [] and row.resets == 0
    assert max(noticed) <= NOTICED_WITHIN and max(healed) <= HEALED_WITHIN


async def new_connection(proxy: Proxy, before: int) -> float:
    return await eventually(lambda: proxy.accepted > before, "a new connection to Redis")


async def every_worker_takes_and_tells(swarm: Swarm) -> None:
    """What one of each worker's people says now is done, and on everybody's screen."""
    for member in (swarm.members[1], swarm.members[2]):
        asked = await member.do("say", {"text": "Does anybody hear me?"})
        await eventually(lambda asked=asked: bool(asked.done), "an answer")
        seq = asked.done[0].seq
        await eventually(
            lambda seq=seq: all(line.at and line.at[0] >= seq for line in swarm.lines), "heard by all"
        )


@ways
async def test_a_worker_cut_off_from_redis_says_so_and_comes_back(
    between: Trial, proxies: list[Proxy], way: str
) -> None:
    await between.begin()
    worker, proxy = between.site.workers[0], proxies[0]
    up, down = WAYS[way]
    noticed, healed = [], []
    for _ in range(1 + REPETITIONS // 10):
        await between.load()
        for side, closed in ((proxy.up, up), (proxy.down, down)):
            if closed:
                side.hole()
        noticed.append(await worker.until_ready(503))
        assert worker.ready()[1].startswith("not ready: ")
        proxy.heal()
        healed.append(await worker.until_ready())
        await between.load()
    between.remark = f"noticed ≤ {max(noticed):.1f} s, ready again ≤ {max(healed):.1f} s"
    row = await between.end(f"worker cut off from Redis, {way}", repetitions=len(noticed))
    assert row.resets == 0
    assert max(noticed) <= NOTICED_WITHIN and max(healed) <= HEALED_WITHIN


async def test_a_slow_and_sliced_link_to_redis_only_takes_longer(
    between: Trial, proxies: list[Proxy]
) -> None:
    await between.begin()
    for proxy in proxies:
        proxy.up.latency = proxy.down.latency = 0.02
        proxy.up.slice, proxy.down.slice = 7, 11
    await between.load()
    await between.load()
    row = await between.end("link to Redis slow and sliced", repetitions=1)
    assert between.gaps() == [] and row.resets == 0


async def test_links_to_redis_cut_again_and_again_lose_nothing(between: Trial, proxies: list[Proxy]) -> None:
    await between.begin()
    for _ in range(5 * REPETITIONS):
        await between.swarm.more(10)
        for proxy in proxies:
            proxy.cut()
    await between.load()
    row = await between.end("links to Redis reset at random", repetitions=5 * REPETITIONS)
    assert between.gaps() == [] and row.resets == 0


async def test_clients_cut_after_any_number_of_bytes_resume_exactly(trial: Trial) -> None:
    async with AsyncExitStack() as stack:
        proxies = [await Proxy(worker.port).start() for worker in trial.site.workers]
        for proxy in proxies:
            stack.push_async_callback(proxy.stop)
        await trial.begin(20, [f"http://127.0.0.1:{proxy.port}" for proxy in proxies])
        for offset in OFFSETS:
            for proxy in proxies:
                proxy.up.reset_after = proxy.down.reset_after = offset
                proxy.down.slice = trial.dice.choice([1, 100, 4096])
                proxy.cut()
            await asyncio.sleep(0.7)
            for proxy in proxies:
                proxy.heal()
            await trial.load()
        await trial.swarm.all_live()
        row = await trial.end("clients reset after n bytes", repetitions=len(OFFSETS))
        assert row.resets == 0
