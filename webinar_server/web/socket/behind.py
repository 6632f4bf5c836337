"""Behind: what somebody sends while a join of theirs is under way, and which waits until it is their turn.

Kept as it came: a message of 16 kB may be half a megabyte once it is decoded.
"""

from __future__ import annotations

from collections import deque

from webinar_server import security
from webinar_server.limits import WAITING_BYTES, WAITING_MAX


class Crowded(Exception):
    """More came than may wait."""


class Behind:
    """Messages of one connection, in their order."""

    def __init__(self) -> None:
        self._messages: deque[tuple[bytes, bool]] = deque()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._messages)

    def add(self, data: bytes, text: bool) -> None:
        """Raises Crowded."""
        if len(self._messages) >= WAITING_MAX or self._bytes + len(data) > WAITING_BYTES:
            security.exceeded("behind a join")
            raise Crowded
        self._messages.append((data, text))
        self._bytes += len(data)

    def next(self) -> tuple[bytes, bool] | None:
        """The oldest, which waits no longer."""
        if not self._messages:
            return None
        message = self._messages.popleft()
        self._bytes -= len(message[0])
        return message
