"""Drain: the viewers of a worker on its way out go to the others, each at a moment of its own."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Iterable
from typing import Protocol

from webinar_server.clock import monotonic
from webinar_server.web.socket.admission import SOON, jitter

PAUSE_MOST = 0.1
"""Seconds between two; a small audience need not wait for the whole window."""


class Leaver(Protocol):
    """A connection that can be sent away."""

    def send_away(self, retry_after: float) -> None: ...


async def drain(leavers: Iterable[Leaver], window: float, hurry: asyncio.Event) -> None:
    """Send all away in a random order, evenly over at most `window` seconds; stop early when in a hurry."""
    order = list(leavers)
    random.shuffle(order)
    pause = min(PAUSE_MOST, window / max(1, len(order)))
    began = monotonic()
    for number, leaver in enumerate(order):
        if await _hurried(hurry, began + number * pause - monotonic()):
            return
        leaver.send_away(jitter(SOON))


async def _hurried(hurry: asyncio.Event, seconds: float) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await hurry.wait()
    return hurry.is_set()
