"""Sessions that do not exist, asked for without end: their pages by nobody, their topics by somebody."""

from __future__ import annotations

from collections import Counter

from loadtests.attackers.line import line, request, said, socket
from loadtests.attackers.order import Order

CONNECTION_MOST = 1_000
"""Questions of one connection."""


async def attack(order: Order, lane: int, counts: Counter[str]) -> None:
    await (_topics(order, counts) if lane % 4 == 0 else _pages(order, counts))


async def _pages(order: Order, counts: Counter[str]) -> None:
    async with line(order) as one:
        for _ in range(CONNECTION_MOST):
            counts["asked"] += 1
            page = ("session", "host", "stage")[counts["asked"] % 3]
            await one.send(request(order, f"GET /{page}/x{counts['asked']}"))
            status, _, _ = await one.answer()
            counts[f"answered {status}"] += 1


async def _topics(order: Order, counts: Counter[str]) -> None:
    async with socket(order, counts) as one:
        while one is not None:
            counts["asked"] += 1
            await one.send(said("join", topic=f"session/x{counts['asked']}", at=None))
            await one.frame()
