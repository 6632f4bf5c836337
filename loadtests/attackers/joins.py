"""Joins over and over, with a position that grows old and with one from the future, to be told much."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import Counter
from typing import Any

from loadtests.attackers.line import GONE, PATIENCE, TEXT, Line, said, socket
from loadtests.attackers.order import Order

FUTURE: Any = [2**53, "x"]
BURST = 20
"""Joins that are sent together."""

EACH_MOST = 100_000
"""Joins of one connection."""

_old: dict[str, Any] = {}
"""By session, the first position that was heard of; the longer the attack lasts, the more is behind it."""


async def attack(order: Order, lane: int, counts: Counter[str]) -> None:
    topic = f"session/{order.session}"
    async with socket(order, counts) as one:
        if one is None:
            return
        if topic not in _old:
            await one.send(said("join", topic=topic, at=None))
            _old[topic] = await _position(one)
        reading = asyncio.ensure_future(_read(one, counts))
        try:
            at = FUTURE if lane % 2 else _old[topic]
            with contextlib.suppress(*GONE):
                for _ in range(EACH_MOST // BURST):
                    await one.send(said("join", topic=topic, at=at) * BURST)
                    counts["joins"] += BURST
                    await asyncio.sleep(0.01)
                    if reading.done():
                        break
            await reading
        finally:
            reading.cancel()


async def _position(one: Line) -> Any:
    async with asyncio.timeout(PATIENCE):
        while True:
            opcode, payload = await one.frame()
            if opcode == TEXT and (heard := json.loads(payload))["op"] == "state":
                return heard["at"]


async def _read(one: Line, counts: Counter[str]) -> None:
    """All that is told, until the end."""
    with contextlib.suppress(*GONE):
        while True:
            _, payload = await one.frame()
            counts["kilobytes told"] += len(payload) // 1024
