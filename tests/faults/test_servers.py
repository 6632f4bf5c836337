"""More than one Redis: a cluster whose servers die in turn, and a primary whose replica takes over."""

from __future__ import annotations

import asyncio
import pathlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.faults.site import Site
from tests.faults.trial import LONG, Trial
from tests.valkey_cluster import ValkeyCluster, ValkeySentinel

ROUNDS = 5 if LONG else 1

OpenOn = Callable[[Any], Site]


@pytest.fixture
def open_on(tmp_path: pathlib.Path) -> Iterator[OpenOn]:
    """Opens a site of two workers on any kind of Redis."""
    sites: list[Site] = []

    def opened(redis: Any) -> Site:
        sites.append(Site(tmp_path, redis, [redis.url] * 2))
        return sites[-1].open()

    yield opened
    for site in sites:
        site.close()


async def test_servers_of_a_cluster_killed_in_turn_lose_nothing(
    cluster: ValkeyCluster, open_on: OpenOn, try_on: Callable[[Site], Trial]
) -> None:
    trial = try_on(await asyncio.to_thread(open_on, cluster))
    await trial.begin()
    for _ in range(ROUNDS):
        for node in cluster.nodes:
            await trial.load()
            node.kill()
            await asyncio.sleep(0.5)
            await asyncio.to_thread(cluster.start_again, node)
    await trial.load()
    row = await trial.end("SIGKILL of each server of a cluster", repetitions=3 * ROUNDS)
    assert trial.gaps() == [] and row.resets == 0


async def test_a_replica_that_takes_over_knows_all_that_a_worker_remembers(
    sentinel: ValkeySentinel, open_on: OpenOn, try_on: Callable[[Site], Trial]
) -> None:
    trial = try_on(await asyncio.to_thread(open_on, sentinel))
    await trial.begin()
    await trial.load()
    sentinel.primary.kill()
    await asyncio.to_thread(sentinel.failed_over)
    await trial.load()
    row = await trial.end("primary killed, replica takes over", repetitions=1)
    assert trial.gaps() == [] and row.resets == 0


async def test_a_failover_that_somebody_asks_for_under_load_loses_nothing(
    sentinel: ValkeySentinel, open_on: OpenOn, try_on: Callable[[Site], Trial]
) -> None:
    """The old primary lives, and takes what it is told until it is told otherwise; then it forgets that."""
    trial = try_on(await asyncio.to_thread(open_on, sentinel))
    await trial.begin()
    await trial.load()
    with sentinel.sentinels[0].client() as client:
        client.execute_command("SENTINEL", "FAILOVER", sentinel.name)
    await asyncio.to_thread(sentinel.failed_over)
    await trial.load()
    await asyncio.to_thread(sentinel.demoted)
    await trial.load()
    row = await trial.end("fail-over asked of Sentinel, writes under way", repetitions=1)
    assert trial.gaps() == [] and row.resets == 0
