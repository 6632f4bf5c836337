"""Attacks by HTTP, each a function: what anybody can send before anybody is known."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections import Counter
from urllib.parse import urlsplit

from loadtests.attackers import Order
from loadtests.attackers.line import CHUNK, GONE, TEXT, UPGRADE, Line, handshake, line, request, said, socket

ENDLESS = {
    "one header line": (b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ", b"a" * CHUNK),
    "small header lines": (b"GET / HTTP/1.1\r\nHost: x\r\n", b"a: b\r\n" * (CHUNK // 6)),
    "a URL": (b"GET /", b"a" * CHUNK),
    "cookies": (b"GET / HTTP/1.1\r\nHost: x\r\nCookie: ", b"a=b; " * (CHUNK // 5)),
    "a body": (b"POST /api/enter HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", b"a" * CHUNK),
    "chunks": (
        b"POST /api/enter HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"1\r\na\r\n" * (CHUNK // 6),
    ),
    "trailers": (
        b"POST /api/enter HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
        b"a: b\r\n" * (CHUNK // 6),
    ),
}
"""How a request begins, and what then comes over and over."""

BYTES_MOST = 100 * 1024 * 1024
"""Bytes of one connection."""


async def headers(order: Order, lane: int, counts: Counter[str]) -> None:
    """One connection that sends for as long as it is let."""
    kinds = list(ENDLESS.values())
    begin, more = kinds[counts["connections"] % len(kinds)]
    counts["connections"] += 1
    async with line(order) as one:
        answer = asyncio.ensure_future(one.rest())
        try:
            with contextlib.suppress(*GONE):
                await one.send(begin)
                for _ in range(BYTES_MOST // CHUNK):
                    await one.send(more)
                    counts["kilobytes"] += CHUNK // 1024
                    await asyncio.sleep(0)
                    if answer.done():
                        break
            if status := (await answer).split()[1:2]:
                counts[f"answered {status[0].decode()}"] += 1
        finally:
            answer.cancel()


BODY = b"POST /api/enter HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n" + b"a" * 30_000
TRICKLE = 2.0
"""Seconds between two bytes of those who send one now and then."""


async def slow(order: Order, lane: int, counts: Counter[str]) -> None:
    """One connection, silent or half of something; a lane holds one at a time."""
    shaken = handshake(order)
    halves = (b"", b"GET / HTTP/1.1\r\nHost: x\r\n", BODY, shaken[: len(shaken) - 2])
    half, trickles = halves[lane % len(halves)], lane // len(halves) % 2
    async with line(order) as one:
        counts["connections"] += 1
        await one.send(half)
        ended = asyncio.ensure_future(one.rest())
        try:
            with contextlib.suppress(*GONE):
                while not ended.done():
                    await asyncio.wait([ended], timeout=TRICKLE)
                    if trickles and half:
                        await one.send(b"a")
            if status := (await ended).split()[1:2]:
                counts[f"answered {status[0].decode()}"] += 1
        finally:
            ended.cancel()


BYTES = 60_000
"""What a server must take in one line of cookies."""

COOKIES = "Cookie: " + "; ".join(f"webinar-{number:x}=a.b" for number in range(BYTES // 12))[:BYTES]
ASKED_MOST = 1_000
"""Requests of one connection."""


async def cookies(order: Order, lane: int, counts: Counter[str]) -> None:
    """Cookies that look like ours, thousands in a request and none good: by anybody, each looked at."""
    asked = request(order, "GET /api/me", COOKIES)
    if lane % 2:
        asked = request(
            order, "GET /live", COOKIES, f"Origin: http://{urlsplit(order.url).netloc}", UPGRADE.rstrip()
        )
    async with line(order) as one:
        for _ in range(ASKED_MOST):
            counts["asked"] += 1
            await one.send(asked)
            status, _, _ = await one.answer()
            counts[f"answered {status}"] += 1


ASSET = re.compile(rb"/static/[^\"']+\.js")
AT_ONCE = 16
"""Requests of one connection."""

HELD = 60.0
"""Seconds; whoever is put out comes back at once."""


async def unread(order: Order, lane: int, counts: Counter[str]) -> None:
    """Answers asked for and never read, hundreds at a time: they take memory, and places at the door."""
    asset = await _asset(order)
    async with line(order) as one:
        counts["connections"] += 1
        one.deaf()
        await one.send(request(order, f"GET {asset}") * AT_ONCE)
        await one.closed(HELD)


async def _asset(order: Order) -> str:
    """The first script that the page asks for."""
    if order.url not in _assets:
        async with line(order) as one:
            await one.send(request(order, f"GET /session/{order.session}"))
            found = ASSET.search((await one.answer())[2])
        if found is None:
            raise ValueError("a page without scripts")
        _assets[order.url] = found[0].decode()
    return _assets[order.url]


_assets: dict[str, str] = {}


NAMES_MOST = 100
"""Names of one connection."""


async def renames(order: Order, lane: int, counts: Counter[str]) -> None:
    """Entering again and again under other names, and joining under each, so that all are told of it."""
    async with line(order) as one:
        for _ in range(NAMES_MOST):
            counts["names"] += 1
            cookie = await _enter(one, order, f"Guest {lane} {counts['names']}", counts)
            if cookie and lane % 2:
                await _show(order, cookie, counts)


async def _enter(one: Line, order: Order, name: str, counts: Counter[str]) -> str:
    """Come in under this name; the cookie that says so, if it is taken."""
    profile = {"name": name, "organisation": "Voltline", "kind": "sme", "country": "NL", "say_as": ""}
    body = json.dumps({"token": order.token, "profile": profile})
    await one.send(request(order, "POST /api/enter", "Content-Type: application/json", body=body))
    status, headers, _ = await one.answer()
    counts[f"answered {status}"] += 1
    return headers.get("set-cookie", "").partition(";")[0]


async def _show(order: Order, cookie: str, counts: Counter[str]) -> None:
    """Join with that cookie, as a page does: the name becomes the person's."""
    async with line(order) as one:
        await one.send(handshake(order, f"Cookie: {cookie}", f"Origin: {order.url}"))
        status, _, _ = await one.answer()
        counts[f"handshakes answered {status}"] += 1
        if status == 101:
            await one.send(said("join", topic=f"session/{order.session}", at=None))
            while (await one.frame())[0] != TEXT:
                pass


async def unknown(order: Order, lane: int, counts: Counter[str]) -> None:
    """Sessions that do not exist, asked for without end: their pages by nobody, their topics by somebody."""
    await (_unknown_topics(order, counts) if lane % 4 == 0 else _unknown_pages(order, counts))


async def _unknown_pages(order: Order, counts: Counter[str]) -> None:
    async with line(order) as one:
        for _ in range(ASKED_MOST):
            counts["asked"] += 1
            page = ("session", "host", "stage")[counts["asked"] % 3]
            await one.send(request(order, f"GET /{page}/x{counts['asked']}"))
            status, _, _ = await one.answer()
            counts[f"answered {status}"] += 1


async def _unknown_topics(order: Order, counts: Counter[str]) -> None:
    async with socket(order, counts) as one:
        while one is not None:
            counts["asked"] += 1
            await one.send(said("join", topic=f"session/x{counts['asked']}", at=None))
            await one.frame()
