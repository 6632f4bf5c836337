"""`python -m loadtests.bench.scale`: what our server costs at several sizes and on several workers, as JSON.

Each row is one server on a Valkey: so many sessions of so many people, on so many workers, all on core 0. It
splits what was used into what a cost model needs: for a join, an idle viewer, a message, and each viewer that
one flush tells (`tell`); and counts what Redis was asked, for each entry and while nobody says anything.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import pathlib
import re
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from typing import NamedTuple

import uvloop

from loadtests.bench import ours
from loadtests.bench.loads import Load
from loadtests.bench.measure import Row, Site, Used, gathered, latency, talk_and_hear
from loadtests.bench.processes import READY_WITHIN, Valkey, allow_files, audience_core, free_ports, valkey
from loadtests.bench.run import machine, today
from loadtests.swarm import Swarm

IDLE_S = 10.0
METRIC = re.compile(r"^(webinar_\w+)(?:\{[^}]*\})? (\S+)$", re.MULTILINE)
OUR_OWN = ("info", "hello", "client|setinfo", "client|setname", "config|get")
"""What is asked of Redis by this measurement itself, or once by each connection."""


class Size(NamedTuple):
    """Sessions, people in each, and messages a second by all of them together."""

    sessions: int
    each: int
    rate: float

    @property
    def viewers(self) -> int:
        return self.sessions * self.each


SIZES = {300: Size(1, 300, 50), 2_000: Size(1, 2_000, 20), 10_000: Size(34, 300, 68)}


class Counts(NamedTuple):
    """All that is counted, up to now or since then."""

    used: Used
    told: Counter[str]
    asked: Counter[str]

    def since(self, before: Counts) -> Counts:
        return Counts(
            self.used.since(before.used),
            Counter({name: value - before.told[name] for name, value in self.told.items()}),
            Counter({name: value - before.asked[name] for name, value in self.asked.items()}),
        )


class Scale:
    """One server under measurement, and where its workers tell their metrics."""

    def __init__(self, site: Site, redis: Valkey, metrics: list[int]) -> None:
        self.site = site
        self._redis = redis
        self._metrics = metrics

    def count(self) -> Counts:
        """Metrics summed over all workers, Redis's commands by name."""
        told: Counter[str] = Counter()
        for port in self._metrics:
            for name, value in METRIC.findall(told_by(port)):
                told[name] += float(value)  # type: ignore[assignment]
        stats = self._redis.client().info("commandstats")
        asked = {name.removeprefix("cmdstat_"): stat["calls"] for name, stat in stats.items()}
        counted = Counter({name: calls for name, calls in asked.items() if name not in OUR_OWN})
        return Counts(self.site.used(), told, counted)


def told_by(port: int) -> str:
    """One worker's metrics, which it may tell a moment after it is ready."""
    deadline = time.monotonic() + READY_WITHIN
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=READY_WITHIN) as answer:
                return str(answer.read().decode())
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def measure(size: Size, workers: int, seconds: float, idle: float = IDLE_S) -> Row:
    """One server of one size, ended afterwards."""
    with tempfile.TemporaryDirectory() as folder, valkey(pathlib.Path(folder) / "valkey", True) as redis:
        audiences = ours.gather(pathlib.Path(folder), size.viewers, size.each, redis.url)
        metrics = free_ports(workers)
        server, port = ours.serve(
            pathlib.Path(folder), redis.url, "--workers", workers, "--metrics", metrics[0]
        )
        try:
            with audience_core():
                scale = Scale(Site(server, port, redis), redis, metrics)
                return uvloop.run(_watch(scale, size, audiences, seconds, idle))
        finally:
            server.end()


async def _watch(
    scale: Scale, size: Size, audiences: list[ours.Audience], seconds: float, quiet: float
) -> Row:
    swarm = Swarm(scale.site.port)
    start = scale.count()
    kb = await gathered(scale.site, swarm, [swarm.come(a.speech, a.tokens) for a in audiences])
    come = scale.count()
    await asyncio.sleep(quiet)
    idle = scale.count()
    load = Load("scale", size.viewers, size.rate, seconds)
    sent, share = await talk_and_hear(swarm, load, heard_by=size.each)
    talked = scale.count().since(idle)
    # each worker that has somebody of a session has its own copy of the room
    rooms = max(size.sessions, idle.told["webinar_rooms"])
    swarm.leave()
    row = {"kb": kb, "audience": share, "delivered": len(swarm.ear.latencies) / (sent * size.each)}
    row |= latency(swarm) | coming(come.since(start), size) | idling(idle.since(come), size)
    return row | talking(talked, idle.since(come), sent, size.viewers / rooms)


def coming(counts: Counts, size: Size) -> Row:
    """For each join; with what it sets off, which is everybody's hearing of it."""
    return {
        "join_ms": counts.used.server / size.viewers * 1e3,
        "join_redis_ms": counts.used.redis / size.viewers * 1e3,
        "join_entries": counts.told["webinar_entries_total"] / size.viewers,
    }


def idling(counts: Counts, size: Size) -> Row:
    """For each second in which nobody says anything."""
    seconds = counts.used.at
    return {
        "idle_core": counts.used.server / seconds,
        "idle_us_per_viewer": counts.used.server / seconds / size.viewers * 1e6,
        "idle_redis_core": counts.used.redis / seconds,
        "idle_redis_calls": counts.asked.total() / seconds,
    }


def talking(counts: Counts, idle: Counts, sent: int, viewers_of_a_flush: float) -> Row:
    """For each message, and for each viewer told by a flush; without what being idle costs."""
    used, told = counts.used, counts.told
    share = used.at / idle.used.at
    telling = told["webinar_fan_out_seconds_sum"]
    flushes = told["webinar_fan_out_seconds_count"]
    server = used.server - idle.used.server * share
    entries = max(1.0, told["webinar_entries_total"])
    calls = {
        f"redis_{name}_per_entry": (number - idle.asked[name] * share) / entries
        for name, number in counts.asked.items()
        if number > idle.asked[name] * share + entries * 0.01
    }
    return {
        "core": used.server / used.at,
        "message_us": (server - telling) / sent * 1e6,
        "tell_us": telling / max(1.0, flushes * viewers_of_a_flush) * 1e6,
        "flushes_per_message": flushes / sent,
        "entries_per_append": entries / max(1.0, told["webinar_append_seconds_count"]),
        "redis_us_per_entry": (used.redis - idle.used.redis * share) / entries * 1e6,
        "redis_calls_per_entry": (counts.asked.total() - idle.asked.total() * share) / entries,
    } | calls


def main() -> None:
    cli = argparse.ArgumentParser(prog="python -m loadtests.bench.scale", description=__doc__)
    cli.add_argument("--viewers", default=",".join(map(str, SIZES)), help="some of 300, 2000, 10000")
    cli.add_argument("--workers", default="1,2,4")
    cli.add_argument("--seconds", type=float, default=6)
    cli.add_argument("--results", type=pathlib.Path, default=pathlib.Path("bench-results") / "scale.json")
    given = cli.parse_args()
    allow_files()
    rows = []
    for viewers in map(int, given.viewers.split(",")):
        size = SIZES.get(viewers, Size(1, viewers, 20))
        for workers in map(int, given.workers.split(",")):
            row = size._asdict() | {"viewers": size.viewers, "workers": workers}
            rows.append(row | measure(size, workers, given.seconds))
            print(json.dumps({name: round(value, 3) for name, value in rows[-1].items()}), flush=True)
    given.results.parent.mkdir(parents=True, exist_ok=True)
    kept = {"date": today(), "machine": machine(), "rows": rows}
    given.results.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
