"""Outbox: commands on their way, each under a ref and kept until it is answered.

      add                    done, refused
    ───────▶ on its way ───────────────────▶ forgotten
              ▲      │ refused for now (retry_after)
              └──────┘

After a lost connection all of them are sent again in their order and under the same refs; the server acts on
a ref once, so nothing is lost and nothing happens twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from webinar_server.client.comeback import spread

TRIES = 4
"""How often a command is sent while the server asks to wait, before its refusal counts."""

PENDING_MOST = 1_000
"""Commands that wait for an answer; whoever does more is away for too long to go on."""


class Full(Exception):
    """There is no room for another command until some are answered."""


class Pending:
    """A command without an answer. `since` is when it was asked; `due` when it is sent again, if it waits."""

    __slots__ = ("args", "command", "due", "ref", "since", "topic", "tries")

    def __init__(self, ref: str, topic: str, command: str, args: dict[str, Any], since: float) -> None:
        self.ref = ref
        self.topic = topic
        self.command = command
        self.args = args
        self.since = since
        self.tries = 1
        self.due: float | None = None

    def frame(self) -> dict[str, Any]:
        words = {"op": "do", "topic": self.topic, "ref": self.ref}
        return words | {"command": self.command, "args": self.args}


class Outbox:
    """What one client asked for. `instance` begins its refs: no other client may ever have the same."""

    def __init__(self, instance: str, chance: Callable[[], float], tries: int = TRIES) -> None:
        self._instance = instance
        self._chance = chance
        self._tries = tries
        self._count = 0
        self._pending: dict[str, Pending] = {}

    def __len__(self) -> int:
        return len(self._pending)

    def add(self, topic: str, command: str, args: dict[str, Any], now: float) -> Pending:
        """Raises Full."""
        if len(self._pending) >= PENDING_MOST:
            raise Full(f"{PENDING_MOST} commands wait for an answer; wait until the server is back")
        self._count += 1
        pending = Pending(f"{self._instance}-{self._count}", topic, command, args, now)
        self._pending[pending.ref] = pending
        return pending

    def of(self, topic: str) -> list[Pending]:
        """All that are to be sent after a join, in the order in which they were asked."""
        found = [pending for pending in self._pending.values() if pending.topic == topic]
        for pending in found:
            pending.due = None
        return found

    def done(self, ref: str) -> Pending | None:
        """Answered; None for what was answered before."""
        return self._pending.pop(ref, None)

    def refused(self, ref: str, retry_after: float | None, now: float) -> Pending | None:
        """Refused; it stays, `due` again, where waiting helps and it was not sent too often."""
        pending = self._pending.get(ref)
        if pending is not None and retry_after is not None and pending.tries < self._tries:
            pending.tries += 1
            pending.due = now + spread(retry_after, self._chance)
            return pending
        return self._pending.pop(ref, None)

    def is_waiting(self, ref: str) -> bool:
        return ref in self._pending

    def due(self, now: float) -> list[Pending]:
        """Whose time to be sent again has come."""
        found = [
            pending for pending in self._pending.values() if pending.due is not None and pending.due <= now
        ]
        for pending in found:
            pending.due = None
        return found

    @property
    def next(self) -> float | None:
        """When the next one is due."""
        return min((p.due for p in self._pending.values() if p.due is not None), default=None)
