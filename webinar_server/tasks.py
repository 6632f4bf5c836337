"""The one owner of long-running tasks: each has a name, an end, and somebody who hears of its failure."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

CANCELLED_WITHIN = 5.0
"""Seconds after which a task that goes on is cancelled again. A client of Redis that is closed while it asks
may raise something else instead, which whoever asks again and again takes for a server that is away."""

T = TypeVar("T")

log = logging.getLogger("webinar_server")


class Tasks:
    """Starts named tasks and ends them all together."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = self._own(name, work)
        task.add_done_callback(_told)
        return task

    async def carry(self, name: str, work: Coroutine[Any, Any, T]) -> T:
        """Work that goes on though its caller gives up; what it raises is the caller's."""
        task = self._own(name, work)
        task.add_done_callback(_heard)
        return await asyncio.shield(task)

    async def finish(self) -> None:
        """Wait until all have ended by themselves."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    async def stop(self) -> None:
        """Cancel all and wait until they are gone; once more where a library made another error of it."""
        while self._running:
            for task in self._running:
                task.cancel()
            await asyncio.wait(self._running, timeout=CANCELLED_WITHIN)

    def _own(self, name: str, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work, name=name)  # noqa: TID251 - this is the owner
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task


def _told(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.error("task %s failed", task.get_name(), exc_info=task.exception())


def _heard(task: asyncio.Task[Any]) -> None:
    if not task.cancelled():
        # if its caller gave up, nobody else looks; that is no fault to report
        task.exception()
