"""Answers that are asked for and never read, hundreds at a time: they take memory, and places at the door."""

from __future__ import annotations

import re
from collections import Counter

from loadtests.attackers.line import line, request
from loadtests.attackers.order import Order

ASSET = re.compile(rb"/static/[^\"']+\.js")
AT_ONCE = 16
"""Requests of one connection."""

HELD = 60.0
"""Seconds; whoever is put out comes back at once."""


async def attack(order: Order, lane: int, counts: Counter[str]) -> None:
    asset = await _asset(order)
    async with line(order) as one:
        counts["connections"] += 1
        one.deaf()
        await one.send(request(order, f"GET {asset}") * AT_ONCE)
        await one.closed(HELD)


async def _asset(order: Order) -> str:
    """The first script that the page asks for."""
    if order.url not in _known:
        async with line(order) as one:
            await one.send(request(order, f"GET /session/{order.session}"))
            found = ASSET.search((await one.answer())[2])
        if found is None:
            raise ValueError("a page without scripts")
        _known[order.url] = found[0].decode()
    return _known[order.url]


_known: dict[str, str] = {}
