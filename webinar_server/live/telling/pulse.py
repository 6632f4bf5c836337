"""Pulse: what nobody needs tomorrow is counted for a moment and told together; never in the log."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


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
