"""Attacks by WebSocket, each a function: what somebody who may be there can send."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import Counter
from typing import Any

from loadtests.attackers import Order
from loadtests.attackers.line import CLOSE, GONE, PATIENCE, PING, PONG, TEXT, Line, frame, said, socket


async def opens(order: Order, lane: int, counts: Counter[str]) -> None:
    """Handshakes with one token, opened and closed at once, to keep out everybody who shares the address."""
    counts["connections"] += 1
    async with socket(order, counts) as one:
        if one is not None and lane % 2:
            await one.send(frame(CLOSE, b"\x03\xe8"))
            await one.end()


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
FLOODS_MOST = 2_000
"""Floods of one connection."""


async def pongs(order: Order, lane: int, counts: Counter[str]) -> None:
    """One connection that floods for as long as it is let, and reads what it is told meanwhile."""
    flood = FLOODS[counts["connections"] % len(FLOODS)]
    counts["connections"] += 1
    async with socket(order, counts) as one:
        if one is None:
            return
        ended = asyncio.ensure_future(one.end())
        try:
            with contextlib.suppress(*GONE):
                for _ in range(FLOODS_MOST):
                    await one.send(flood)
                    counts["kilobytes"] += len(flood) // 1024
                    await asyncio.sleep(0)
                    if ended.done():
                        break
            counts[f"closed {await ended}"] += 1
        finally:
            ended.cancel()


FUTURE: Any = [2**53, "x"]
BURST = 20
"""Joins that are sent together."""

JOINS_MOST = 100_000
"""Joins of one connection."""

_old: dict[str, Any] = {}
"""By session, the first position that was heard of; the longer the attack lasts, the more is behind it."""


async def joins(order: Order, lane: int, counts: Counter[str]) -> None:
    """Joins over and over, with a position that grows old and with one from the future, to be told much."""
    topic = f"session/{order.session}"
    async with socket(order, counts) as one:
        if one is None:
            return
        if topic not in _old:
            await one.send(said("join", topic=topic, at=None))
            _old[topic] = await _first_position(one)
        reading = asyncio.ensure_future(_all_told(one, counts))
        try:
            at = FUTURE if lane % 2 else _old[topic]
            with contextlib.suppress(*GONE):
                for _ in range(JOINS_MOST // BURST):
                    await one.send(said("join", topic=topic, at=at) * BURST)
                    counts["joins"] += BURST
                    await asyncio.sleep(0.01)
                    if reading.done():
                        break
            await reading
        finally:
            reading.cancel()


async def _first_position(one: Line) -> Any:
    async with asyncio.timeout(PATIENCE):
        while True:
            opcode, payload = await one.frame()
            if opcode == TEXT and (heard := json.loads(payload))["op"] == "state":
                return heard["at"]


async def _all_told(one: Line, counts: Counter[str]) -> None:
    """All that is told, until the end."""
    with contextlib.suppress(*GONE):
        while True:
            _, payload = await one.frame()
            counts["kilobytes told"] += len(payload) // 1024


FRAMES = 190
"""No more than one socket may send at once."""

MANY_LISTS = ",".join(["[]"] * 5_300)


async def behind(order: Order, lane: int, counts: Counter[str]) -> None:
    """Large frames behind a join that has to wait: each is kept, taken apart, until the join is done."""
    topic = f"session/{order.session}"
    large = f'{{"op":"do","topic":"{topic}","ref":"r","command":"say","args":{{"a":[{MANY_LISTS}]}}}}'
    async with socket(order, counts) as one:
        if one is not None:
            counts["sockets"] += 1
            await one.send(said("join", topic=topic, at=FUTURE) + frame(TEXT, large.encode()) * FRAMES)
            counts[f"closed {await one.end()}"] += 1
