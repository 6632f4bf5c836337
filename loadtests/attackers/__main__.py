"""`python -m loadtests.attackers`: carry out the order on standard input, and leave word in its folder."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import msgspec

from loadtests import attackers
from loadtests.attackers import Deeds, Order, requests, sockets
from loadtests.attackers.line import GONE

LOOK = 0.05
BEGIN_WITHIN = 60.0
MOST = 100_000
"""Connections of one attack."""

NICE = 10
"""Locust, which measures, comes first on the core that both share."""


class Attack(NamedTuple):
    """What is done over and over on so many lanes at once."""

    turn: Callable[[Order, int, Counter[str]], Awaitable[None]]
    lanes: int = 8


ATTACKS = {
    "headers": Attack(requests.headers, 16),
    "pongs": Attack(sockets.pongs),
    "opens": Attack(sockets.opens, 16),
    "joins": Attack(sockets.joins),
    "slow": Attack(requests.slow, 1_500),
    "renames": Attack(requests.renames),
    "unknown": Attack(requests.unknown),
    "cookies": Attack(requests.cookies),
    "unread": Attack(requests.unread, 1_000),
    "behind": Attack(sockets.behind),
}


async def carry_out(given: Order) -> Deeds:
    """Attack when it is time, for as long as it is time."""
    counts: Counter[str] = Counter()
    attack, beginning = ATTACKS[given.attack], await _beginning(given.folder)
    began = beginning + given.begin
    await asyncio.sleep(began - time.monotonic())
    turns = iter(range(MOST))
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout_at(
            asyncio.get_running_loop().time() + beginning + given.end - time.monotonic()
        ):
            async with asyncio.TaskGroup() as lanes:
                for lane in range(attack.lanes):
                    lanes.create_task(_lane(attack, given, lane, counts, turns))
    return Deeds(began, time.monotonic(), dict(counts))


async def _lane(attack: Attack, given: Order, lane: int, counts: Counter[str], turns: object) -> None:
    """One turn after the other; whatever the server does to it is what an attacker lives with."""
    for _ in turns:  # type: ignore[attr-defined]
        try:
            await attack.turn(given, lane, counts)
        except GONE:
            counts["broken off"] += 1
        await asyncio.sleep(0)


async def _beginning(folder: str) -> float:
    """Of the scene, in monotonic seconds."""
    path = attackers.begun(folder)
    async with asyncio.timeout(BEGIN_WITHIN):
        while True:
            with contextlib.suppress(OSError, ValueError):
                return float(path.read_text())
            await asyncio.sleep(LOOK)


def main() -> None:
    # ended by the runner as soon as there is nothing left to attack
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.nice(NICE)
    given = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    done = asyncio.run(carry_out(given))
    attackers.deeds(given.folder).write_bytes(msgspec.json.encode(done))


if __name__ == "__main__":
    main()
