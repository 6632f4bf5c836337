"""Floods of frames by somebody who may be there: pongs nobody asked for, pings, empty and long texts."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter

from loadtests.attackers.line import GONE, PING, PONG, TEXT, frame, said, socket
from loadtests.attackers.order import Order

FLOODS = (
    frame(PONG, b"a") * 5_000,
    frame(PONG) * 5_000,
    frame(PING, b"a") * 5_000,
    frame(TEXT) * 5_000,
    frame(TEXT, b"no such thing") * 5_000,
    frame(TEXT, b"x" * 16_000) * 20,
    frame(TEXT, b"x", fin=False) * 5_000,
    said("pulse", topic="session/x", reaction="clap") * 1_000,
)
EACH_MOST = 2_000
"""Floods of one connection."""


async def attack(order: Order, lane: int, counts: Counter[str]) -> None:
    """One connection that floods for as long as it is let, and reads what it is told meanwhile."""
    flood = FLOODS[counts["connections"] % len(FLOODS)]
    counts["connections"] += 1
    async with socket(order, counts) as one:
        if one is None:
            return
        ended = asyncio.ensure_future(one.end())
        try:
            with contextlib.suppress(*GONE):
                for _ in range(EACH_MOST):
                    await one.send(flood)
                    counts["kilobytes"] += len(flood) // 1024
                    await asyncio.sleep(0)
                    if ended.done():
                        break
            counts[f"closed {await ended}"] += 1
        finally:
            ended.cancel()
