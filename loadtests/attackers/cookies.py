"""Cookies that look like ours, thousands in a request and none of them good: by anybody, each looked at."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from loadtests.attackers.line import UPGRADE, line, request
from loadtests.attackers.order import Order

BYTES = 60_000
"""What a server must take in one line of cookies."""

COOKIES = "Cookie: " + "; ".join(f"webinar-{number:x}=a.b" for number in range(BYTES // 12))[:BYTES]
CONNECTION_MOST = 1_000
"""Requests of one connection."""


async def attack(order: Order, lane: int, counts: Counter[str]) -> None:
    asked = request(order, "GET /api/me", COOKIES)
    if lane % 2:
        asked = request(
            order, "GET /live", COOKIES, f"Origin: http://{urlsplit(order.url).netloc}", UPGRADE.rstrip()
        )
    async with line(order) as one:
        for _ in range(CONNECTION_MOST):
            counts["asked"] += 1
            await one.send(asked)
            status, _, _ = await one.answer()
            counts[f"answered {status}"] += 1
