"""One run: each server in turn under one load, and what was measured of it."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import json
import os
import pathlib
import platform
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from typing import Any

import uvloop

from loadtests.bench import processes
from loadtests.bench.loads import FILL, FIRST, IDLE, JOIN, Load, Row
from loadtests.bench.measure import FULL, Site, filled, gathered, idled, joined, talked
from loadtests.bench.peers import PEERS, Peer, environment
from loadtests.bench.processes import Process, audience_core, free_port, valkey
from loadtests.swarm import Swarm
from webinar_server.clock import now_ms

DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate\r\n"
SETTLED = 0.5
"""Seconds in which somebody who came has the whole state."""

EACH = {IDLE.name: 300}
"""People in one session, where they are more than one session holds."""

OURS = {"ours": "this server", "ours-redis": "this server, Valkey"}
LABELS = OURS | {name: peer.label for name, peer in PEERS.items()}


def names_for(load: Load, wanted: Sequence[str]) -> list[str]:
    """Whom a load can be put on: peers have no page to come in by."""
    return [name for name in wanted if name in OURS or load != JOIN]


def measure(name: str, load: Load) -> Row:
    """One server under one load, ended afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        if name in OURS:
            return _ours(load, pathlib.Path(folder), with_redis=name == "ours-redis")
        return _peer(PEERS[name], load, pathlib.Path(folder))


def _peer(peer: Peer, load: Load, folder: pathlib.Path) -> Row:
    with contextlib.ExitStack() as stack:
        redis = stack.enter_context(valkey(folder, durable=False)) if peer.redis else None
        port = free_port()
        with _serving(peer, port, redis.port if redis else None) as server:
            nobody = [processes.Audience("", peer.speech, [""] * load.viewers)]
            return _audience(Site(server, port, redis), load, nobody)


@contextlib.contextmanager
def _serving(peer: Peer, port: int, redis_port: int | None) -> Iterator[Process]:
    server = Process(peer.command(port), environment(peer, redis_port))
    try:
        server.listening(port)
        yield server
    finally:
        server.end()


def _ours(load: Load, folder: pathlib.Path, with_redis: bool) -> Row:
    with contextlib.ExitStack() as stack:
        redis = stack.enter_context(valkey(folder / "valkey", durable=True)) if with_redis else None
        url = redis.url if redis else None
        audiences = processes.gather(folder, load.viewers, EACH.get(load.name, load.viewers), url)
        server, port = processes.serve(folder, url)
        stack.callback(server.end)
        return _audience(Site(server, port, redis), load, audiences)


def _audience(site: Site, load: Load, audiences: list[processes.Audience]) -> Row:
    """We become the audience, on our own core."""
    with audience_core():
        return uvloop.run(_watch(site, load, audiences))


async def _watch(site: Site, load: Load, audiences: list[processes.Audience]) -> Row:
    swarm = Swarm(site.port)
    try:
        if load.name == JOIN.name:
            return await joined(site, swarm, audiences[0], load.seconds)
        if load.name == FILL.name:
            return await _fill(site, swarm, load, audiences[0])
        coming = [swarm.come(audience.speech, audience.tokens) for audience in audiences]
        kb = await gathered(site, swarm, coming)
        if load.name == IDLE.name:
            return {"kb": kb} | await idled(site, load.seconds)
        return {"kb": kb} | await _talk(site, swarm, load, audiences[0])
    finally:
        swarm.leave()


async def _talk(site: Site, swarm: Swarm, load: Load, audience: processes.Audience) -> Row:
    """With one more who offers compression, as browsers do, and of whom only the bytes are counted."""
    other = Swarm(site.port)
    try:
        who = f"Authorization: Bearer {audience.tokens[0]}\r\n" if audience.tokens[0] else ""
        await other.bring(audience.speech._replace(ready=None), who + DEFLATE)
        await asyncio.sleep(SETTLED)
        return await talked(site, swarm, load, other.ear)
    finally:
        other.leave()


async def _fill(site: Site, swarm: Swarm, load: Load, audience: processes.Audience) -> Row:
    there, later = audience.tokens[:FIRST], audience.tokens[FIRST:]
    await gathered(site, swarm, [swarm.come(audience.speech, there)])
    others = Swarm(site.port, at_once=len(later))
    try:
        return await filled(site, swarm, [others.come(audience.speech, later, over=1.0)], load)
    finally:
        others.leave()


# what is kept and told of it


def report(load: Load, rows: dict[str, Row]) -> dict[str, Any]:
    """A run as it is kept: nothing in it says whose machine it was."""
    return {"load": load._asdict(), "date": today(), "machine": machine(), "rows": rows}


def today() -> str:
    return datetime.datetime.fromtimestamp(now_ms() / 1000, datetime.UTC).date().isoformat()


def machine() -> str:
    """The class of this machine: cores and versions."""
    node = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip().lstrip("v")
    python = ".".join(platform.python_version_tuple()[:2])
    return f"{os.cpu_count()} cores, Python {python}" + (f", Node {node.split('.')[0]}" if node else "")


def keep(folder: pathlib.Path, run: dict[str, Any]) -> pathlib.Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{run['load']['name']}.json"
    path.write_text(json.dumps(run, indent=2) + "\n", encoding="utf-8")
    return path


def line(name: str, row: Row, rows: dict[str, Row]) -> str:
    """One server's figures, and ours as a share of it."""
    told = [f"{name:16}"]
    for key, what, factor, digits, unit in SHOWN:
        if key in row and (row[key] or not key.startswith("redis")):
            told.append(f"{what} {row[key] * factor:.{digits}f}{unit}")
    if "ours" in rows and name not in OURS and row.get("us"):
        told.append(f"ours/it {rows['ours']['us'] / row['us']:.2f}")
    return "   ".join(told)


SHOWN = (
    ("us", "CPU/delivery", 1, 2, " µs"),
    ("redis_us", "redis", 1, 2, " µs"),
    ("delivered", "delivered", 100, 1, " %"),
    ("p50_ms", "p50", 1, 0, " ms"),
    ("p99_ms", "p99", 1, 0, " ms"),
    ("usable_p50_ms", "usable p50", 1, 0, " ms"),
    ("usable_p99_ms", "usable p99", 1, 0, " ms"),
    ("join_ms", "CPU/join", 1, 2, " ms"),
    ("bytes", "bytes/delivery", 1, 0, ""),
    ("zipped", "compressed", 1, 0, ""),
    ("kb", "memory", 1, 1, " kB/connection"),
    ("core", "server's core", 100, 1, " %"),
    ("audience", "audience's core", 100, 0, " %"),
)


def warnings(name: str, row: Row) -> list[str]:
    """Why a figure may not be what it seems."""
    said = []
    if row.get("audience", 0) > FULL:
        said.append(f"{name}: the audience used {row['audience']:.0%} of its core: it measured itself")
    if row.get("lost_viewers"):
        said.append(f"{name}: {row['lost_viewers']:.0f} viewers were disconnected")
    return said
