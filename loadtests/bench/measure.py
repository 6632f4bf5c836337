"""Measuring one server under one load: what its processes used, and what its audience saw."""

from __future__ import annotations

import asyncio
import gc
import time
from array import array
from collections.abc import Coroutine, Iterable
from typing import Any, NamedTuple, TypeAlias

from loadtests.bench.loads import Load
from loadtests.bench.processes import Process, Valkey, cpu
from loadtests.swarm import Swarm, quantile

QUIET = 2.0
"""Seconds between the last one's coming in and the measurement, for what coming in has set off."""

LATE = 2.0
"""Seconds after the last message in which a delivery still counts."""

FULL = 0.9
"""Part of its core at which the audience measures itself and not the server."""

Coming: TypeAlias = Coroutine[Any, Any, Any]
Row: TypeAlias = dict[str, float]
"""What was measured, by name; the names end in their unit (`us`, `ms`, `kb`) or are shares of 1."""


class Used(NamedTuple):
    """Seconds of CPU up to now: the server's, its Redis's, and our own; and the time."""

    server: float
    redis: float
    audience: float
    at: float

    def since(self, before: Used) -> Used:
        return Used(*(now - then for now, then in zip(self, before, strict=True)))


class Site:
    """A server under measurement, with the Redis it may have."""

    def __init__(self, server: Process, port: int, redis: Valkey | None = None) -> None:
        self.server = server
        self.port = port
        self._redis = redis

    def used(self) -> Used:
        redis = cpu(self._redis.pid) if self._redis else 0.0
        return Used(self.server.cpu(), redis, time.process_time(), time.monotonic())


async def gathered(site: Site, swarm: Swarm, coming: Iterable[Coming]) -> float:
    """Have everybody come in and be quiet; kB of the server's memory for each."""
    before = site.server.rss_kb()
    await asyncio.gather(*coming)
    await asyncio.sleep(QUIET)
    return (site.server.rss_kb() - before) / len(swarm.viewers)


async def talk_and_hear(swarm: Swarm, load: Load, heard_by: int) -> tuple[int, float]:
    """Everybody in turn says something, each of it for so many, and the last is waited for.

    How many messages there were, and the part of its core that the audience needed while it talked.
    """
    swarm.ear.latencies = array("q")
    gc.collect()
    gc.freeze()
    gc.disable()
    own, began = time.process_time(), time.monotonic()
    try:
        sent = await swarm.talk(load.rate, load.seconds)
        share = (time.process_time() - own) / (time.monotonic() - began)
        await swarm.settled(sent * heard_by, LATE)
    finally:
        gc.enable()
    return sent, share


async def talked(site: Site, swarm: Swarm, load: Load) -> Row:
    """Everybody in turn says something; every viewer hears all of it."""
    before = site.used()
    sent, share = await talk_and_hear(swarm, load, len(swarm.viewers))
    used = site.used().since(before)
    return (
        row(used, len(swarm.ear.latencies), sent * len(swarm.viewers))
        | latency(swarm)
        | {
            "audience": share,
            "lost_viewers": swarm.lost(),
            "messages": sent,
        }
    )


def row(used: Used, heard: int, expected: int) -> Row:
    per = 1e6 / max(1, heard)
    return {
        "us": used.server * per,
        "redis_us": used.redis * per,
        "delivered": heard / expected,
        "core": used.server / used.at,
        "per_second": heard / used.at,
    }


def latency(swarm: Swarm) -> Row:
    """Milliseconds from saying to each screen."""
    waits = sorted(swarm.ear.latencies)
    return {"p50_ms": quantile(waits, 0.5) / 1e6, "p99_ms": quantile(waits, 0.99) / 1e6}


async def idled(site: Site, seconds: float) -> Row:
    """Nobody says anything: the share of a core that goes into keeping them."""
    before = site.used()
    await asyncio.sleep(seconds)
    used = site.used().since(before)
    return {"core": used.server / used.at, "redis_core": used.redis / used.at}
