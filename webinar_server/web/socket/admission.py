"""Admission: how many a worker lets in at once, so that those who are there already go on hearing.

    handshake ──▶ on its way out, stopped, late, or too many? ──▶ 503, come back in a moment
        │ no
    join that resumes ──▶ at once: it costs what was missed
    join that needs the whole state ──▶ waits its turn; who would wait too long is sent away (1013)

Per worker and for everybody alike; what one person or one address may do is `live/pace.py`.
"""

from __future__ import annotations

import asyncio
import math
import random

from webinar_server.clock import monotonic
from webinar_server.limits import Rate
from webinar_server.live.hub import Hub
from webinar_server.live.pace import Pace

TICK = 0.1
CALM = 0.5
"""Seconds without a late tick before a loop that was late lets somebody in again."""

SOON = (0.1, 0.5)
"""Bounds of when to come back, in seconds, for who may go to another worker at once."""

BUSY = (1.0, 4.0)
"""The same for who comes where it is full: spread, so that they do not meet again."""


def jitter(bounds: tuple[float, float]) -> float:
    """A moment between two, so that many who are told something together do not act together."""
    return round(random.uniform(*bounds), 2)


class Admission:
    """The doorkeeper of one worker."""

    def __init__(self, hub: Hub) -> None:
        self._worker = hub.worker
        self._settings = hub.worker.settings
        self._handshakes = Rate(1 / hub.worker.settings.handshakes, hub.worker.settings.handshakes_burst)
        # not the hub's: this one holds with pace off, too
        self._pace = Pace(enabled=True)
        # monotonic seconds: when the next tick is due, and until when a late one counts
        self._due = math.inf
        self._late_until = 0.0
        # when the join after all that have a turn may have its own
        self._next_turn = 0.0

    async def watch(self) -> None:
        """Tick, for as long as the worker lives; a tick that comes late shows that the loop is."""
        while True:
            self._due = monotonic() + TICK
            await asyncio.sleep(TICK)
            now = monotonic()
            if now - self._due > self._settings.late:
                self._late_until = now + CALM

    def late(self, now: float) -> bool:
        """Whether the loop does not keep up. `now` is monotonic."""
        return now < self._late_until or now - self._due > self._settings.late

    def closed(self, now: float) -> float:
        """Seconds after which to come back, if nobody is let in at the moment; else 0."""
        return self.leaving(now) or (jitter(BUSY) if self.late(now) else 0.0)

    def leaving(self, now: float) -> float:
        """The same for who is in already: a loop that is late keeps out newcomers alone."""
        return 1.0 if self._worker.draining or self._worker.asleep(now) else 0.0

    def full(self, now: float) -> float:
        """The same for one more handshake, which is counted if it is let in."""
        wait = self._pace.wait("", "worker's handshakes", self._handshakes, now)
        return wait + jitter(BUSY) if wait else 0.0

    def turn(self, now: float) -> float | None:
        """Seconds until a join may have the whole state; `None` if that is too long. The turn is taken."""
        each, burst = 1 / self._settings.joins, self._settings.joins_burst
        turn = max(self._next_turn, now - each * (burst - 1))
        if turn - now > self._settings.join_patience:
            return None
        self._next_turn = turn + each
        return max(0.0, turn - now)
