"""Wakefulness: whether this process was stopped for so long that what it holds may be old.

A worker that slept longer than its lease (a stopped machine, a debugger) wakes up among others that went on
without it, so it tells nothing and starts anew; until it has, everybody who asks is told that it is asleep.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from webinar_server.clock import monotonic

TICK = 0.5


class Wakefulness:
    """When the loop was last seen to run. `lease` is in seconds; 0 where a process is the only one there is,
    which cannot miss anything."""

    def __init__(self, lease: float) -> None:
        self._lease = lease
        self.at = monotonic()

    def asleep(self, now: float) -> bool:
        """`now` is monotonic."""
        return bool(self._lease) and now - self.at > self._lease

    async def watch(self, start_anew: Callable[[], Awaitable[None]]) -> None:
        """Notice that the loop stood still; after more than a lease, start anew before anything is told."""
        while True:
            await asyncio.sleep(TICK)
            if self.asleep(monotonic()):
                await start_anew()
            self.at = monotonic()
