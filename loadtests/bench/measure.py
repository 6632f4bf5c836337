"""Measuring one server under one load: what its processes used, what its audience saw, how people come in."""

from __future__ import annotations

import asyncio
import gc
import json
import re
import time
from array import array
from collections.abc import Coroutine, Iterable
from typing import Any, NamedTuple, TypeAlias

from loadtests.bench.loads import Load, Row
from loadtests.bench.processes import Audience, Process, Valkey, cpu
from loadtests.swarm import Swarm, quantile
from loadtests.viewer import Ear

QUIET = 2.0
"""Seconds between the last one's coming in and the measurement, for what coming in has set off."""

LATE = 2.0
"""Seconds after the last message in which a delivery still counts."""

FULL = 0.9
"""Part of its core at which the audience measures itself and not the server."""

Coming: TypeAlias = Coroutine[Any, Any, Any]


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
    swarm.ear.latencies, swarm.ear.bytes = array("q"), 0
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


async def talked(site: Site, swarm: Swarm, load: Load, browser: Ear | None = None) -> Row:
    """Everybody in turn says something; every viewer hears it all, and one more who takes it compressed."""
    browser = browser or Ear()
    browser.bytes = 0
    before = site.used()
    sent, share = await talk_and_hear(swarm, load, len(swarm.viewers))
    used = site.used().since(before)
    return (
        row(used, len(swarm.ear.latencies), sent * len(swarm.viewers))
        | latency(swarm)
        | {
            "audience": share,
            "bytes": swarm.ear.bytes / max(1, len(swarm.ear.latencies)),
            "zipped": browser.bytes / max(1, sent),
            "lost_viewers": swarm.lost(),
            "messages": sent,
        }
    )


async def filled(site: Site, swarm: Swarm, coming: Iterable[Coming], load: Load) -> Row:
    """Those who are there talk, and are told of all who come meanwhile; of these nothing is measured."""
    before, arriving = site.used(), asyncio.gather(*coming)
    sent, share = await talk_and_hear(swarm, load, len(swarm.viewers))
    used, heard = site.used().since(before), len(swarm.ear.latencies)
    await arriving
    return latency(swarm) | {
        "delivered": heard / (sent * len(swarm.viewers)),
        "bytes": swarm.ear.bytes / max(1, heard),
        "core": used.server / used.at,
        "audience": share,
        "lost_viewers": swarm.lost(),
    }


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


LINKS = re.compile(rb'(?:src|href)="(/static/[^"]+)"')
LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
COOKIE = re.compile(rb"(?i)\r\nset-cookie: *([^;\r]+)")
PROFILE = {"name": "Ada Visser", "organisation": "Voltline", "kind": "sme", "country": "NL"}


class Http(asyncio.Protocol):
    """One kept-alive connection; one request at a time, whose answer has a length."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        self._data = bytearray()
        self._answer: asyncio.Future[tuple[bytes, bytes]] | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport

    async def get(self, path: str) -> bytes:
        return (await self._ask(f"GET {path}", b""))[1]

    async def post(self, path: str, body: object) -> bytes:
        """The head of its answer, which may have a cookie."""
        return (await self._ask(f"POST {path}", json.dumps(body).encode()))[0]

    async def _ask(self, what: str, body: bytes) -> tuple[bytes, bytes]:
        self._answer = asyncio.get_running_loop().create_future()
        head = (
            f"{what} HTTP/1.1\r\nHost: {self.origin[7:]}\r\nOrigin: {self.origin}\r\nAccept-Encoding: br\r\n"
        )
        length = f"Content-Length: {len(body)}\r\n\r\n" if body else "\r\n"
        self.transport.write(head.encode() + length.encode() + body)
        answer = await self._answer
        if not answer[0].startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{what}: {answer[0][:60]!r} {answer[1][:200]!r}")
        return answer

    def data_received(self, data: bytes) -> None:
        self._data += data
        head, found, body = self._data.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if (
            found
            and self._answer is not None
            and not self._answer.done()
            and len(body) >= (int(length[1]) if length else 0)
        ):
            self._data.clear()
            self._answer.set_result((bytes(head), bytes(body)))

    def connection_lost(self, error: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError("closed before it answered"))


async def join(swarm: Swarm, port: int, audience: Audience, token: str) -> float:
    """One person comes in; seconds from asking for the page to a usable one."""
    began = time.monotonic()
    loop = asyncio.get_running_loop()
    _, http = await loop.create_connection(lambda: Http(port), "127.0.0.1", port)
    await visit(http, audience)
    entered = await http.post("/api/enter", {"token": token, "profile": PROFILE, "whose": "mine"})
    cookie = COOKIE.search(entered)
    assert cookie is not None, entered
    await swarm.bring(audience.speech, f"Origin: {http.origin}\r\nCookie: {cookie[1].decode()}\r\n")
    http.transport.close()
    return time.monotonic() - began


async def visit(http: Http, audience: Audience) -> None:
    """The attendee's page, and its files."""
    page = await http.get(f"/session/{audience.session}")
    for link in dict.fromkeys(LINKS.findall(page)):
        await http.get(link.decode())


async def joined(site: Site, swarm: Swarm, audience: Audience, seconds: float) -> Row:
    """All come in, begun evenly over so many seconds, after one who only looked: files are compressed
    once."""
    _, first = await asyncio.get_running_loop().create_connection(
        lambda: Http(site.port), "127.0.0.1", site.port
    )
    await visit(first, audience)
    first.transport.close()
    await asyncio.sleep(QUIET)

    async def one(number: int, token: str) -> float:
        await asyncio.sleep(seconds * number / len(audience.tokens))
        return await join(swarm, site.port, audience, token)

    before = site.used()
    waits = await asyncio.gather(*(one(number, token) for number, token in enumerate(audience.tokens)))
    used = site.used().since(before)
    each = 1e3 / len(waits)
    return {
        "usable_p50_ms": quantile(waits, 0.5) * 1e3,
        "usable_p99_ms": quantile(waits, 0.99) * 1e3,
        "join_ms": used.server * each,
        "redis_join_ms": used.redis * each,
        "audience": used.audience / used.at,
    }
