"""Seldom: what may happen by the thousand is said at once, and then once a minute with how often.

    first ──▶ said at once (count=1) ──▶ counted for a minute ──▶ said with its count, if there was more

So an outage of a minute is two lines, whatever it does to how many, and none of it is left out.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, TypeAlias

from webinar_server.clock import monotonic
from webinar_server.errors import StorageError

EACH = 60.0
KINDS_MAX = 100
"""Events told apart; of more the reasons no longer count, so that nothing grows with what is written."""


class Seldom:
    """Says events of one logger. `count` is how often it happened since it was said last.

    Events are told apart by their words and their reason; what else differs goes into `fields`, of which the
    last is told.
    """

    def __init__(self, logger: logging.Logger, each: float = EACH) -> None:
        self._logger = logger
        self._each = each
        self._kinds: dict[tuple[str, str], _Kind] = {}

    def warning(self, event: str, error: BaseException | None = None, **fields: object) -> None:
        self._say(logging.WARNING, event, error, fields)

    def error(self, event: str, error: BaseException | None = None, **fields: object) -> None:
        self._say(logging.ERROR, event, error, fields)

    def info(self, event: str, error: BaseException | None = None, **fields: object) -> None:
        self._say(logging.INFO, event, error, fields)

    def forget(self) -> None:
        """Say everything anew."""
        self._kinds = {}

    def _say(self, level: int, event: str, error: BaseException | None, fields: Mapping[str, Any]) -> None:
        now = monotonic()
        if isinstance(error, StorageError):
            # where it came from is of no use to whoever mends the disk
            error, fields = None, {**fields, "reason": str(error)}
        kind = self._kind(event, fields.get("reason", type(error).__name__), now)
        kind.count += 1
        kind.last = (level, event, error, fields)
        if now >= kind.again_at:
            self._tell(kind, now)
        elif kind.count == 1:
            # whatever is not said by then has no other way to be
            with suppress(RuntimeError):
                loop = asyncio.get_running_loop()
                loop.call_later(kind.again_at - now, self._tell_rest, kind)

    def _kind(self, event: str, reason: str, now: float) -> _Kind:
        key = (event, reason)
        if key not in self._kinds and len(self._kinds) >= KINDS_MAX:
            self._kinds = {known: kind for known, kind in self._kinds.items() if kind.again_at > now}
            key = key if len(self._kinds) < KINDS_MAX else (event, "")
        return self._kinds.setdefault(key, _Kind())

    def _tell(self, kind: _Kind, now: float) -> None:
        level, event, error, fields = kind.last
        kind.again_at = now + self._each
        # an error holds on to all that was under way when it happened
        count, kind.count, kind.last = kind.count, 0, _NOTHING
        self._logger.log(level, event, exc_info=error, extra={**fields, "count": count})

    def _tell_rest(self, kind: _Kind) -> None:
        if kind.count:
            self._tell(kind, monotonic())


_Event: TypeAlias = tuple[int, str, BaseException | None, Mapping[str, Any]]
_NOTHING: _Event = (0, "", None, {})


class _Kind:
    """One kind of event: when it may be said again, and what happened since it was."""

    __slots__ = ("again_at", "count", "last")

    def __init__(self) -> None:
        self.again_at = 0.0
        self.count = 0
        self.last = _NOTHING


seldom = Seldom(logging.getLogger("webinar_server"))
"""For all of this process."""
