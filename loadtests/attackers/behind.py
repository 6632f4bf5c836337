"""Large frames behind a join that has to wait: each is kept, taken apart, until the join is done."""

from __future__ import annotations

from collections import Counter

from loadtests.attackers.line import TEXT, frame, said, socket
from loadtests.attackers.order import Order

FUTURE = [2**53, "x"]
FRAMES = 190
"""No more than one socket may send at once."""

MANY_LISTS = ",".join(["[]"] * 5_300)


async def attack(order: Order, lane: int, counts: Counter[str]) -> None:
    topic = f"session/{order.session}"
    large = f'{{"op":"do","topic":"{topic}","ref":"r","command":"say","args":{{"a":[{MANY_LISTS}]}}}}'
    async with socket(order, counts) as one:
        if one is not None:
            counts["sockets"] += 1
            await one.send(said("join", topic=topic, at=FUTURE) + frame(TEXT, large.encode()) * FRAMES)
            counts[f"closed {await one.end()}"] += 1
