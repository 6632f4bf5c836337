"""Heads and bodies that never end: by anybody, before anybody is known."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter

from loadtests.attackers.line import CHUNK, GONE, line
from loadtests.attackers.order import Order

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

EACH_MOST = 100 * 1024 * 1024
"""Bytes of one connection."""


async def attack(order: Order, lane: int, counts: Counter[str]) -> None:
    """One connection that sends for as long as it is let."""
    kinds = list(ENDLESS.values())
    begin, more = kinds[counts["connections"] % len(kinds)]
    counts["connections"] += 1
    async with line(order) as one:
        answer = asyncio.ensure_future(one.rest())
        try:
            with contextlib.suppress(*GONE):
                await one.send(begin)
                for _ in range(EACH_MOST // CHUNK):
                    await one.send(more)
                    counts["kilobytes"] += CHUNK // 1024
                    await asyncio.sleep(0)
                    if answer.done():
                        break
            if status := (await answer).split()[1:2]:
                counts[f"answered {status[0].decode()}"] += 1
        finally:
            answer.cancel()
