"""Inbox: the commands of a room that wait, and those under way into the log.

A command that comes again while it is there is let in whatever happens: told that it failed, its sender
would say it anew, under another ref, and the first would be done as well.
"""

from __future__ import annotations

from collections import Counter, deque

from webinar_server.live.batch import Request


class Inbox:
    """First in, first out."""

    def __init__(self) -> None:
        self._waiting: deque[Request] = deque()
        # who asked for what, waiting or under way, and how often
        self._there: Counter[tuple[str, str]] = Counter()

    def __len__(self) -> int:
        return len(self._waiting)

    def holds(self, request: Request) -> bool:
        """Whether the same command, by its ref, is waiting or under way."""
        return bool(request.ref) and (request.actor.id, request.ref) in self._there

    def add(self, request: Request) -> None:
        self._waiting.append(request)
        self._there[request.actor.id, request.ref] += 1

    def take(self, most: int) -> list[Request]:
        """The next ones; they count as under way until `done`."""
        return [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]

    def done(self, requests: list[Request]) -> None:
        for request in requests:
            key = (request.actor.id, request.ref)
            self._there[key] -= 1
            if not self._there[key]:
                del self._there[key]

    def clear(self) -> None:
        """Nobody is answered any more."""
        self._waiting.clear()
        self._there.clear()
