"""The log: per topic a chain of entries, appended only where the appender knew all that came before.

Rooms call it; engines are sqlite.py (one process) and redis.py (several workers), and both pass
tests/log/. `append` compares the head with the parent the room wrote against. If others were faster, it
returns what came between, so the room merges that, runs its commands again and retries.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from webinar_server.errors import StorageError
from webinar_server.state import Position, Sealed, chain


class Conflict(NamedTuple):
    """The log's head was not the parent; nothing was appended.

    `missed` is what came after the parent, in order. With `rewound` the parent is not in this log's
    history at all, and `missed` is empty.
    """

    missed: list[Sealed]
    rewound: bool


class Snapshot(NamedTuple):
    """All records of a topic at a position, as `State.dump` wrote them."""

    position: Position
    data: bytes


class Log(Protocol):
    """What an engine promises. Every method but `close` may raise StorageError.

    A topic exists from its first entry. Giving up on a call (cancelling it) does not take it back, and
    an append that failed with StorageError may still be found in the log after a crash: a caller that
    must know looks at the head, and repeats under the same ref.
    """

    async def open(self) -> None:
        """Ready to use, or StorageError with one line that says what to do."""

    async def close(self) -> None:
        """All accepted appends are durable first."""

    async def topics(self) -> list[str]:
        """The topics that have an entry, sorted."""
        ...

    async def head(self, topic: str) -> Position:
        """Where a topic stands; START if it has no entry."""
        ...

    async def append(self, topic: str, parent: Position, entries: Sequence[Sealed]) -> Conflict | None:
        """Add entries that follow `parent`, all or none. `None` means they are durable."""
        ...

    async def read(self, topic: str, after: int, limit: int = 500) -> list[Sealed]:
        """At most `limit` entries after a seq, in order, their chain checked."""
        ...

    async def snapshot(self, topic: str) -> Snapshot | None:
        """The newest one saved."""
        ...

    async def save_snapshot(self, topic: str, snapshot: Snapshot) -> None:
        """Keep it, unless a newer one is there."""

    async def remember(self, key: str, value: str) -> str:
        """Keep a value under a key for good. The first writer wins; returns the value that stands."""
        ...


def check_chain(topic: str, parent: Position, entries: Sequence[Sealed]) -> None:
    """Raise StorageError unless the entries follow `parent` without a gap, each under its right tag."""
    broken = broken_at(parent, entries)
    if broken is not None:
        raise StorageError(
            f"the log of {topic} is damaged at entry {broken}; restore it from a backup, nothing was changed"
        )


def broken_at(parent: Position, entries: Sequence[Sealed]) -> int | None:
    """The seq where a chain breaks, or `None` if it holds."""
    for entry in entries:
        if entry.seq != parent.seq + 1 or entry.tag != chain(parent.tag, entry.body):
            return parent.seq + 1
        parent = Position(entry.seq, entry.tag)
    return None
