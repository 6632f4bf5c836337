"""Handshakes with one token, opened and closed at once, to keep out everybody who shares the address."""

from __future__ import annotations

from collections import Counter

from loadtests.attackers.line import CLOSE, frame, socket
from loadtests.attackers.order import Order


async def attack(order: Order, lane: int, counts: Counter[str]) -> None:
    counts["connections"] += 1
    async with socket(order, counts) as one:
        if one is not None and lane % 2:
            await one.send(frame(CLOSE, b"\x03\xe8"))
            await one.end()
