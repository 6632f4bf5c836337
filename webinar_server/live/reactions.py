"""Reactions: counted here for a moment, then told to the other workers' viewers as well; never in the log."""

from __future__ import annotations

import asyncio

from webinar_server.live.fanout import FanOut
from webinar_server.log import Log
from webinar_server.tasks import Tasks


class Reactions:
    """What the viewers of one room on this worker showed since the others were last told."""

    def __init__(self, topic: str, log: Log, fanout: FanOut, tasks: Tasks, pause: float) -> None:
        self._topic = topic
        self._log = log
        self._fanout = fanout
        self._tasks = tasks
        self._pause = pause
        self._counts: dict[str, int] = {}
        self._timer: asyncio.Handle | None = None

    def count(self, reaction: str) -> None:
        self._fanout.pulse(reaction)
        if self._log.shared:
            self._counts[reaction] = self._counts.get(reaction, 0) + 1
            if self._timer is None:
                self._timer = asyncio.get_running_loop().call_later(self._pause, self._tell)

    def stop(self) -> None:
        """What was counted is shown now or never."""
        if self._timer is not None:
            self._timer.cancel()

    def _tell(self) -> None:
        counts, self._counts, self._timer = self._counts, {}, None
        self._tasks.start(f"reactions of {self._topic}", self._log.react(self._topic, counts))
