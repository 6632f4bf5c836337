"""Entering again and again under other names, and joining under each, so that all are told of every one."""

from __future__ import annotations

import json
from collections import Counter

from loadtests.attackers.line import TEXT, Line, handshake, line, request, said
from loadtests.attackers.order import Order

CONNECTION_MOST = 100
"""Names of one connection."""


async def attack(order: Order, lane: int, counts: Counter[str]) -> None:
    async with line(order) as one:
        for _ in range(CONNECTION_MOST):
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
