"""Rhythm: when a room may tell its viewers again, and when it had better commit what it will tell then.

    quiet ──▶ at once        busy:  ──commit──▶ flush ───── pause ─────▶ (commit ──▶) flush ──▶ …

A room that has been quiet is flushed at once. After that the next flush waits a multiple of what the last
one cost (`share.py`), so telling uses a bounded share of the worker and what happens meanwhile shares a
frame. Whatever is committed waits for the next flush anyway, so commands gather until shortly before it and
share an append.
"""

from __future__ import annotations

import asyncio

from webinar_server.clock import cpu, monotonic
from webinar_server.live.telling.share import Share
from webinar_server.settings import Settings

LEAD_MOST = 0.5
"""Part of a pause that commands may be committed before its end, however long an append takes."""

LEAD_FADES = 0.9
"""What is left of the longest append after each shorter one."""


class Rhythm:
    """The pauses of one room. A flush costs the processor time (seconds) until its bytes are written."""

    def __init__(self, settings: Settings, share: Share) -> None:
        self._settings = settings
        self._share = share
        # monotonic seconds before which the next flush must not begin, and that pause's length
        self._not_before = 0.0
        self._pause = 0.0
        # the same for what nobody waits for
        self._no_calm_before = 0.0
        # how long an append took of late
        self._lead = 0.0

    def until_flush(self) -> float:
        """Seconds until the next flush may begin."""
        return self._not_before - monotonic()

    def until_commit(self) -> float:
        """Seconds until it is time to commit for that flush."""
        return self.until_flush() - min(self._lead, self._pause * LEAD_MOST)

    def until_calm(self) -> float:
        """Seconds until a flush tells also what nobody waits for."""
        return self._no_calm_before - monotonic()

    def let_calm(self) -> None:
        """It is time for that."""
        self._no_calm_before = 0.0

    def calmed(self) -> None:
        """Such has been told."""
        self._no_calm_before = monotonic() + self._settings.calm_pause

    def appended(self, seconds: float) -> None:
        """An append took so long."""
        self._lead = max(seconds, self._lead * LEAD_FADES)

    def flushed(self, began: float) -> None:
        """A flush is over that began at `began` (processor time); what it cost is known a turn later."""
        ended, cost = monotonic(), cpu() - began
        self._rest(ended, cost)
        self._share.spent += cost
        # the transports write what they were given only after this turn of the loop
        asyncio.get_running_loop().call_soon(self._weigh, ended, began, self._share.spent)

    def _weigh(self, ended: float, began: float, spent: float) -> None:
        # other rooms may have told theirs in the same turn
        self._rest(ended, cpu() - began - (self._share.spent - spent))

    def _rest(self, ended: float, cost: float) -> None:
        self._pause = self._share.pause(self, cost, ended)
        self._not_before = ended + self._pause
