"""Connections that never ask for anything whole, hundreds at a time, held for as long as they may be."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter

from loadtests.attackers.line import GONE, handshake, line
from loadtests.attackers.order import Order

BODY = b"POST /api/enter HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n" + b"a" * 30_000
TRICKLE = 2.0
"""Seconds between two bytes of those who send one now and then."""


async def attack(order: Order, lane: int, counts: Counter[str]) -> None:
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
