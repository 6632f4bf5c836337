"""Comparing: whether all that is open on this worker is in step with the log, looked at again and again.

News are hints, and the last one may be lost: then nothing tells of the gap, and nothing of a log that lost
its end. So where the head of a topic is not what it should be, its room looks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from webinar_server import metrics
from webinar_server.clock import monotonic
from webinar_server.errors import StorageError
from webinar_server.live.presence import Presence
from webinar_server.live.room import Room
from webinar_server.log import Log
from webinar_server.seldom import seldom
from webinar_server.state import Position

MISSED_MAX = 3
"""Comparisons after which a worker counts as out of step."""


class Comparing:
    """Of the topics in `rooms`, as they come and go there; every `each` seconds."""

    def __init__(self, log: Log, rooms: Mapping[str, tuple[Room, Presence]], each: float) -> None:
        self._log = log
        self._rooms = rooms
        self._each = each
        # when all that is open here was last found in step with the log (monotonic)
        self._in_step_at = monotonic()

    def late(self) -> bool:
        """Whether nothing was compared lately though it should have been."""
        return self._log.shared and monotonic() - self._in_step_at > MISSED_MAX * self._each

    def check(self) -> None:
        """Raises StorageError with the reason where nobody new should be told what is open here."""
        for room, _ in self._rooms.values():
            if room.mirror.unreadable:
                raise StorageError(room.mirror.unreadable)
        if self.late():
            raise StorageError("what is open here was not compared with the log lately")

    async def keep(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(self._each)
            stood = {topic: room.state.position for topic, (room, _) in self._rooms.items()}
            with suppress(StorageError):
                heads = await self._log.heads(stood)
                # one that cannot be brought in step must not keep the others from being looked at
                if all([await self._in_step(topic, head, stood[topic]) for topic, head in heads.items()]):
                    self._in_step_at = monotonic()

    async def _in_step(self, topic: str, head: Position, before: Position) -> bool:
        live = self._rooms.get(topic)
        if live is not None and live[0].mirror.suspect(head, before):
            metrics.GAPS.labels("head").inc()
            try:
                await live[0].look()
            except StorageError as error:
                seldom.info("not in step with the log", error, topic=topic)
                return False
        return True
