"""Appending: from commands to entries that stand in the log, however it answers or does not.

    Batch (rules, on a draft) ──▶ log.append ──▶ stands
        ▲                              │ another writer was faster, or the log was rewound
        └── get in step with it ◀──────┤
                                       └ no answer: the same again, until there is one

While the log does not answer, commands wait: whether the last append stands is not known, so nobody is told
that it failed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from webinar_server import metrics
from webinar_server.clock import monotonic
from webinar_server.errors import StorageError, Unanswered
from webinar_server.live.batch import Batch, Request
from webinar_server.live.mirror import Mirror
from webinar_server.live.summons import Summons
from webinar_server.log import Conflict, Log

T = TypeVar("T")

REWINDS_MAX = 3
"""How often a log may turn out to hold another history, while one batch is on its way into it."""

PAUSE_LEAST, PAUSE_MOST = 0.05, 0.5
"""Seconds between two tries of an append that was not answered."""

SUMMON_S = 3.0
"""How long other workers have to write back what a log may have lost, before it is appended to."""


class Appending:
    """The way of one room's batches into the log, one after another."""

    def __init__(self, mirror: Mirror, log: Log, summons: Summons) -> None:
        # the room closes: what is not answered then stays so
        self.closing = False
        self._mirror = mirror
        self._log = log
        self._summons = summons
        # since when the log has not answered (monotonic)
        self._stuck_since: float | None = None

    def stuck_for(self) -> float:
        """Seconds for which the log has not answered."""
        return 0.0 if self._stuck_since is None else monotonic() - self._stuck_since

    async def append(self, requests: list[Request]) -> Batch:
        """Decide and append; where another writer was faster, take in its entries and decide again."""
        rewound, vouched = 0, False
        while rewound <= REWINDS_MAX:
            batch = Batch(self._mirror.about, self._mirror.state, requests)
            if not batch.entries:
                return batch
            conflict = await self._insist(partial(self._try, batch, vouched))
            if conflict is None:
                return batch
            metrics.CONFLICTS.inc()
            rewound += conflict.rewound
            # for the next try only: what others held before a log was lost again vouches for nothing
            vouched = await self._insist(partial(self._resolve, conflict))
        topic = self._mirror.topic
        raise StorageError(f"the log of {topic} does not agree with itself; restore it from a backup")

    async def _resolve(self, conflict: Conflict) -> bool:
        """Get in step with the log; tells whether the other workers were asked what they hold."""
        if conflict.doubtful:
            await self._summons.call(SUMMON_S)
        elif not conflict.missed or not self._mirror.take(conflict.missed):
            await self._mirror.look()
        return conflict.doubtful

    async def _try(self, batch: Batch, vouched: bool) -> Conflict | None:
        """Append. A try that was not answered may stand: then what was missed begins with it."""
        began = monotonic()
        with metrics.APPEND_SECONDS.time():
            conflict = await self._log.append(self._mirror.topic, batch.parent, batch.sealed, vouched)
        self._mirror.fanout.rhythm.appended(monotonic() - began)
        if conflict is not None and batch.stands_in(conflict.missed) and self._mirror.take(conflict.missed):
            return None
        return conflict

    async def _insist(self, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask the log until it answers; meanwhile commands wait. Raises Unanswered only while we close."""
        pause, doubt = PAUSE_LEAST, False
        try:
            while True:
                try:
                    return await ask()
                except StorageError as error:
                    # once a try was not answered it may stand, whatever a later one is told
                    doubt = doubt or isinstance(error, Unanswered)
                    if not doubt:
                        raise
                    if self.closing:
                        raise Unanswered(str(error)) from error
                self._stuck_since = self._stuck_since or monotonic()
                await asyncio.sleep(pause)
                pause = min(pause * 2, PAUSE_MOST)
        finally:
            self._stuck_since = None
