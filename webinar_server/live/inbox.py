"""Inbox: the commands of a room that wait, and those under way into the log.

A command that comes again while it is there is let in whatever happens: told that it failed, its sender
would say it anew, under another ref, and the first would be done as well.
"""

from __future__ import annotations

import asyncio
import math
from collections import Counter, deque
from contextlib import suppress

from webinar_server.live.batch import Request


class Inbox:
    """First in, first out."""

    def __init__(self) -> None:
        self._waiting: deque[Request] = deque()
        # who asked for what, waiting or under way, and how often
        self._there: Counter[tuple[str, str]] = Counter()
        # how many are enough for whoever waits for more, and tells them that there are
        self._enough: float = math.inf
        self._filled = asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def busy(self) -> bool:
        """Whether any command waits or is under way."""
        return bool(self._there)

    def holds(self, request: Request) -> bool:
        """Whether the same command, by its ref, is waiting or under way."""
        return bool(request.ref) and (request.actor.id, request.ref) in self._there

    def add(self, request: Request) -> None:
        self._waiting.append(request)
        self._there[request.actor.id, request.ref] += 1
        if len(self._waiting) >= self._enough:
            self.hurry()

    async def fill(self, enough: int, seconds: float) -> None:
        """Until so many are there, or that time is over, or there is no time for it any more."""
        if len(self._waiting) >= enough:
            return
        self._enough = enough
        self._filled.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._filled.wait()
        self._enough = math.inf

    def hurry(self) -> None:
        self._filled.set()

    def take(self, most: int) -> list[Request]:
        """The next ones; they count as under way until `done`."""
        return [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]

    def done(self, requests: list[Request]) -> None:
        for request in requests:
            key = (request.actor.id, request.ref)
            self._there[key] -= 1
            if self._there[key] <= 0:
                del self._there[key]

    def clear(self) -> None:
        """Nobody is answered any more."""
        self._waiting.clear()
        self._there.clear()
