"""Idle: rooms that nobody needs any more are closed, and what they held is given back to the system.

    asked for, or somebody in it ──▶ open ──nobody for `idle` seconds──▶ closing ──▶ closed
              ▲                                                            │           │
              └──────────── waits until it is closed, then opened ─────────┴───────────┘

A room that closes has committed all it was asked for and leaves a snapshot, so it is opened again as it was.
It stays open while anybody is here according to its records, with whichever worker: if that one ends without
a word, somebody must be there to let its people go.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
from collections.abc import Callable
from contextlib import suppress

from webinar_server.clock import monotonic
from webinar_server.live.worker import Worker

LOOKS = 4
"""How often a room is looked at in the time after which it is idle."""

LOOK_MOST = 5.0


class Idle:
    """Has rooms of a worker closed, by `close`, that nobody has needed for so long, and none of the `needed`.

    While that is late, the log does not answer as it should, and may lose what only rooms hold: then none is.
    """

    def __init__(
        self, worker: Worker, close: Callable[[str], asyncio.Task[None]], needed: Callable[[str], bool]
    ) -> None:
        self._worker = worker
        self._seconds = worker.settings.idle
        self._close = close
        self._is_needed = needed
        # topic → when it was last needed (monotonic)
        self._needed_at: dict[str, float] = {}

    def needed(self, topic: str) -> None:
        """Somebody asks for it."""
        self._needed_at[topic] = monotonic()

    async def keep(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(min(self._seconds / LOOKS, LOOK_MOST))
            closing = [self._close(topic) for topic in self._over()]
            if closing:
                await asyncio.gather(*closing, return_exceptions=True)
                give_back()

    def _over(self) -> list[str]:
        now = monotonic()
        rooms = self._worker.rooms
        for topic, room in rooms.items():
            if room.busy or room.mirror.unreadable or self._is_needed(topic):
                self._needed_at[topic] = now
        # those that were asked for and are not there need not be remembered
        self._needed_at = {topic: self._needed_at.get(topic, now) for topic in rooms}
        if self._worker.late():
            return []
        return [topic for topic, at in self._needed_at.items() if now - at >= self._seconds]


def give_back() -> None:
    """Hand memory that is free, but kept by the allocators, to the system.

    What connections leave behind in cycles is collected so seldom (`serve.GARBAGE`) that it would stay for
    hours in a server that is quiet now; glibc returns by itself only what is free at the end of its heap.
    """
    gc.collect()
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)
