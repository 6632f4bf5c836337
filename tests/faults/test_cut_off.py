"""One worker cut off from Redis while the other goes on: its people wait, the others talk, all end alike."""

from __future__ import annotations

import asyncio

import pytest

from tests.faults.proxy import Proxy
from tests.faults.swarm import eventually
from tests.faults.test_links import between, proxies
from tests.faults.test_workers import on
from tests.faults.trial import LONG, Trial

__all__ = ["between", "proxies"]

LATE = 0.3
"""Seconds one way."""


@pytest.mark.parametrize("seconds", [5, 20, 60] if LONG else [5])
async def test_a_worker_cut_off_holds_up_nobody_at_the_other(
    between: Trial, proxies: list[Proxy], seconds: int
) -> None:
    swarm = await between.begin()
    await between.load()
    # on a busy machine they are not spread evenly
    cut = min((0, 1), key=lambda number: len(on(between, between.site.workers[number])))
    lucky = set(on(between, between.site.workers[1 - cut]))
    others = [member for member in swarm.members if member.lines[0] in lucky]
    proxies[cut].hole()
    before = {member: answered(member) for member in others}
    await asyncio.sleep(seconds)
    heard = sum(answered(member) - before[member] for member in others)
    assert heard > seconds * len(others) / len(swarm.members), "the others talked on"
    proxies[cut].heal()
    await swarm.all_live()
    await between.load()
    await between.site.workers[cut].until_ready()
    between.remark = f"{heard} answers at the other meanwhile"
    row = await between.end(f"one of two workers cut off from Redis for {seconds} s", repetitions=1)
    assert row.resets == 0


def answered(member: object) -> int:
    return sum(bool(asked.done) for asked in member.told.asked.values())  # type: ignore[attr-defined]


async def test_a_redis_that_is_far_away_only_takes_longer(between: Trial, proxies: list[Proxy]) -> None:
    await between.begin()
    await between.load()
    for proxy in proxies:
        proxy.up.latency = proxy.down.latency = LATE
    await between.load()
    for proxy in proxies:
        proxy.heal()
    await between.load()
    row = await between.end("300 ms to Redis, each way", repetitions=1)
    assert between.gaps() == [] and row.resets == 0


@pytest.mark.parametrize("end", ["server", "client"])
async def test_a_link_that_is_closed_one_way_only_is_replaced(
    between: Trial, proxies: list[Proxy], end: str
) -> None:
    await between.begin()
    await between.load()
    before = [proxy.accepted for proxy in proxies]
    for proxy in proxies:
        proxy.half_close(to_server=end == "server")
    await eventually(
        lambda: all(proxy.accepted > n for proxy, n in zip(proxies, before, strict=True)), "new connections"
    )
    await between.load()
    row = await between.end(f"links to Redis closed one way, to the {end}", repetitions=1)
    assert between.gaps() == [] and row.resets == 0
