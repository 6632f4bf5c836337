"""`python -m loadtests.bench.scale`: what our server costs at several sizes and on several workers, as JSON.

Each row is one server on a Valkey: so many sessions of so many people, on so many workers, all on core 0. It
splits what was used into what a cost model needs: for a join, an idle viewer, a message, and a telling (one
viewer told by one flush); for the last two everybody talks slowly and fast, so that a flush carries one
message or many. And it counts what Redis was asked, for each entry and while nobody says anything; what its
scripts did is counted beside the call of the script (`evalsha`).
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
from typing import Any, NamedTuple

import uvloop

from loadtests.bench import processes
from loadtests.bench.loads import Load, Row
from loadtests.bench.measure import Site, Used, gathered, latency, talk_and_hear
from loadtests.bench.processes import READY_WITHIN, Valkey, allow_files, audience_core, free_ports, valkey
from loadtests.bench.run import machine, today
from loadtests.swarm import Swarm
from webinar_server.cli.output import check_replaceable

IDLE_S = 10.0
METRIC = re.compile(r"^(webinar_\w+)(?:\{[^}]*\})? (\S+)$", re.MULTILINE)
OUR_OWN = ("info", "hello", "client|setinfo", "client|setname", "config|get")
"""What is asked of Redis by this measurement itself, or once by each connection."""


class Size(NamedTuple):
    """Sessions, people in each, and two rates of messages a second by all together: few, and many a flush."""

    sessions: int
    each: int
    slow: float
    fast: float

    @property
    def viewers(self) -> int:
        return self.sessions * self.each


SIZES = {300: Size(1, 300, 15, 300), 2_000: Size(1, 2_000, 4, 80), 10_000: Size(34, 300, 68, 680)}


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


def measure(size: Size, workers: int, seconds: float, idle: float = IDLE_S) -> dict[str, Any]:
    """One server of one size, ended afterwards."""
    with tempfile.TemporaryDirectory() as folder, valkey(pathlib.Path(folder) / "valkey", True) as redis:
        audiences = processes.gather(pathlib.Path(folder), size.viewers, size.each, redis.url)
        metrics = free_ports(workers)
        server, port = processes.serve(
            pathlib.Path(folder), redis.url, "--workers", workers, "--metrics", metrics[0]
        )
        try:
            with audience_core():
                scale = Scale(Site(server, port, redis), redis, metrics)
                return uvloop.run(_watch(scale, size, audiences, seconds, idle))
        finally:
            server.end()


async def _watch(
    scale: Scale, size: Size, audiences: list[processes.Audience], seconds: float, quiet: float
) -> dict[str, Any]:
    swarm = Swarm(scale.site.port)
    start = scale.count()
    kb = await gathered(scale.site, swarm, [swarm.come(a.speech, a.tokens) for a in audiences])
    come = scale.count()
    await asyncio.sleep(quiet)
    there = scale.count()
    idle = there.since(come)
    # each worker that has somebody of a session has its own copy of the room
    watching = size.viewers / max(size.sessions, there.told["webinar_rooms"])
    phases = []
    for rate in (size.slow, size.fast):
        before = scale.count()
        sent, share = await talk_and_hear(swarm, Load("", size.viewers, rate, seconds), heard_by=size.each)
        heard = {"audience": share, "delivered": len(swarm.ear.latencies) / (sent * size.each)}
        phases.append(talking(scale.count().since(before), idle, sent, watching) | heard | latency(swarm))
    lost = swarm.lost()
    swarm.leave()
    costs = solve(phases[0], phases[1])
    row = {"kb": kb, "lost_viewers": lost} | coming(come.since(start), size) | idling(idle, size) | costs
    return row | {"slow": phases[0], "fast": phases[1]}


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


def talking(counts: Counts, idle: Counts, sent: int, watching: float) -> Row:
    """What was used and counted while they talked, without what being idle so long would have."""
    used, told = counts.used, counts.told
    share = used.at / idle.used.at
    entries = max(1.0, told["webinar_entries_total"])
    more = {name: calls - idle.asked[name] * share for name, calls in counts.asked.items()}
    return {
        "seconds": used.at,
        "server_s": used.server - idle.used.server * share,
        "redis_s": used.redis - idle.used.redis * share,
        "messages": sent,
        "entries": entries,
        "appends": told["webinar_append_seconds_count"],
        "flushes": told["webinar_fan_out_seconds_count"],
        # viewers told, each flush anew
        "tellings": told["webinar_fan_out_seconds_count"] * watching,
        "redis_calls_per_entry": sum(more.values()) / entries,
    } | {f"redis_{name}_per_entry": calls / entries for name, calls in more.items() if calls > entries / 100}


def solve(slow: Row, fast: Row) -> Row:
    """Microseconds of the server for each message and each telling, such that both rates cost what they did.

    A telling has its share of what an append and a frame cost, which is more of it the smaller the room is.
    """
    apart = slow["messages"] * fast["tellings"] - fast["messages"] * slow["tellings"]
    if not apart:
        return {}
    message = slow["server_s"] * fast["tellings"] - fast["server_s"] * slow["tellings"]
    telling = slow["messages"] * fast["server_s"] - fast["messages"] * slow["server_s"]
    return {"message_us": message / apart * 1e6, "telling_us": telling / apart * 1e6}


def main() -> None:
    cli = argparse.ArgumentParser(prog="python -m loadtests.bench.scale", description=__doc__)
    cli.add_argument("--viewers", default=",".join(map(str, SIZES)), help="some of 300, 2000, 10000")
    cli.add_argument("--workers", default="1,2,4")
    cli.add_argument("--seconds", type=float, default=6)
    cli.add_argument("--results", type=pathlib.Path, default=pathlib.Path("bench-results") / "scale.json")
    given = cli.parse_args()
    check_replaceable(given.results, (b'{\n  "date"',))
    allow_files()
    rows = []
    for viewers in map(int, given.viewers.split(",")):
        size = SIZES.get(viewers, Size(1, viewers, 15, 300))
        for workers in map(int, given.workers.split(",")):
            row = size._asdict() | {"viewers": size.viewers, "workers": workers}
            rows.append(row | measure(size, workers, given.seconds))
            print(json.dumps(rows[-1]), flush=True)
    given.results.parent.mkdir(parents=True, exist_ok=True)
    kept = {"date": today(), "machine": machine(), "rows": rows}
    given.results.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
