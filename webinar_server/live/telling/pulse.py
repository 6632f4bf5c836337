"""Pulse: what nobody needs tomorrow is counted for a moment and told together; never in the log."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from webinar_server.log import Log
from webinar_server.tasks import Tasks


class Pulse:
    """Counts by name. `tell` gets what was counted `pause` seconds after the first of it."""

    def __init__(self, pause: float, tell: Callable[[dict[str, int]], None]) -> None:
        self._pause = pause
        self._tell = tell
        self._counts: dict[str, int] = {}
        self._timer: asyncio.Handle | None = None

    def count(self, name: str, more: int = 1) -> None:
        self._counts[name] = self._counts.get(name, 0) + more
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._pause, self._over)

    def stop(self) -> None:
        """What was counted is not told any more."""
        if self._timer is not None:
            self._timer.cancel()

    def _over(self) -> None:
        counts, self._counts, self._timer = self._counts, {}, None
        self._tell(counts)


class Reactions:
    """What the viewers of one room on this worker showed: to them by `show`, to other workers' by the log."""

    def __init__(self, topic: str, log: Log, show: Callable[[str], None], tasks: Tasks, pause: float) -> None:
        self._topic = topic
        self._log = log
        self._show = show
        self._tasks = tasks
        self._pulse = Pulse(pause, self._tell)

    def count(self, reaction: str) -> None:
        self._show(reaction)
        if self._log.shared:
            self._pulse.count(reaction)

    def stop(self) -> None:
        """What was counted is shown now or never."""
        self._pulse.stop()

    def _tell(self, counts: dict[str, int]) -> None:
        self._tasks.start(f"reactions of {self._topic}", self._log.react(self._topic, counts))
