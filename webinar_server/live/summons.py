"""Summons: the other workers asked to look at a topic, to write back what they hold and the log has lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from webinar_server.clock import monotonic
from webinar_server.log import Log

AGAIN_AFTER = 1.0
"""Seconds for which an answer to clients who have seen more than the log holds serves all of them."""


class Summons:
    """Of one topic. Raises StorageError where the log, which carries it, does not answer."""

    def __init__(self, topic: str, log: Log, others: Callable[[], Iterable[str]]) -> None:
        self._topic = topic
        self._log = log
        self._others = others
        self._commands = asyncio.Lock()
        self._asked_at = -AGAIN_AFTER

    async def call(self, seconds: float) -> None:
        """Until all have looked, or the time is over."""
        await self._log.summon(self._topic, self._others(), seconds)

    async def call_once(self, seconds: float) -> None:
        """The same, once for all who ask at about the same time."""
        async with self._commands:
            if monotonic() - self._asked_at >= AGAIN_AFTER:
                await self.call(seconds)
                self._asked_at = monotonic()
