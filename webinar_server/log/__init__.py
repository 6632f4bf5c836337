"""The log: per topic a chain of entries, appended only where the appender knew all that came before.

Rooms call it; engines are sqlite/ (one process) and redis/ (several workers), and both pass
tests/log/. `append` compares the head with the parent the room wrote against. If others were faster, it
returns what came between, so the room merges that, runs its commands again and retries.

Entries are the truth; what a `Listener` hears of other workers is a hint where to read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from webinar_server.errors import StorageError
from webinar_server.state import Position, Sealed, follows


class Conflict(NamedTuple):
    """The log's head was not the parent, or is in doubt; nothing was appended.

    `missed` is what came after the parent, in order; of very many only the first. With `rewound` the
    parent is not in this log's history (any more), and `missed` is empty. With `doubtful` the server behind
    the log was replaced since the last append: it may have lost its end, which another worker may still
    hold. Let them write it back (`summon`), then append `vouched`.
    """

    missed: list[Sealed]
    rewound: bool
    doubtful: bool = False


class Snapshot(NamedTuple):
    """All records of a topic at a position, as `State.dump` wrote them."""

    position: Position
    data: bytes


class Listener(Protocol):
    """Who is told what other workers did with a topic. Called on the loop."""

    def moved(self, head: Position) -> None:
        """Another worker brought the topic there, or so it is said. Must not block."""

    def reacted(self, reactions: Mapping[str, int]) -> None:
        """Reactions counted elsewhere. Must not block."""

    async def look(self) -> None:
        """Something may have been missed, or lost: compare with the log, and write back what it lost."""


class Log(Protocol):
    """What an engine promises. Every method but `close` may raise StorageError.

    A topic exists from its first entry. Giving up on a call (cancelling it) does not take it back. An
    append that raised `Unanswered` may or may not be in the log: repeat the same entries, and take a
    conflict that begins with them for success. Every other error means that nothing was changed.
    """

    shared: bool
    """Whether other workers append to this log too."""

    async def open(self) -> None:
        """Ready to be asked, or StorageError with one line that says what to do.

        A server that is merely away is waited for in the background; `check` tells.
        """

    async def close(self) -> None:
        """All accepted appends are durable first."""

    async def check(self) -> None:
        """StorageError with the reason if it cannot serve at the moment."""

    async def now(self) -> int:
        """The time (Unix ms) by the one clock that all who append share: the log's own, if it has one."""
        ...

    async def topics(self) -> list[str]:
        """The topics that have an entry, sorted."""
        ...

    async def head(self, topic: str) -> Position:
        """Where a topic stands; START if it has no entry."""
        ...

    async def heads(self, topics: Iterable[str]) -> dict[str, Position]:
        """The same for many, in one go."""
        ...

    async def holds(self, topic: str, position: Position) -> bool:
        """Whether a topic's history has this position, and all that came after it."""
        ...

    async def base(self, topic: str) -> Position:
        """The position its oldest entry follows: START, unless older ones were given up for a snapshot."""
        ...

    async def append(
        self, topic: str, parent: Position, entries: Sequence[Sealed], vouched: bool = False
    ) -> Conflict | None:
        """Add entries that follow `parent`, all or none. `None` means they are durable."""
        ...

    async def restore(
        self, topic: str, head: Position, entries: Sequence[Sealed], base: Snapshot | None = None
    ) -> bool:
        """Write back what the log lost, if its head is `head` still; tells whether that was so.

        Without `base` the entries follow `head`. With it they follow its position, and it takes the place
        of all that is stored: the caller knows that `head` is in the history the snapshot comes from.
        """
        ...

    async def read(self, topic: str, after: int, limit: int = 500) -> list[Sealed]:
        """At most `limit` entries after a seq, in order, their chain checked.

        Raises GivenUp where entries after that seq were given up for a snapshot.
        """
        ...

    async def snapshot(self, topic: str) -> Snapshot | None:
        """The newest one saved."""
        ...

    async def save_snapshot(self, topic: str, snapshot: Snapshot) -> None:
        """Keep it, unless a newer one is there. Where older entries were given up, only one of this history
        is kept: it begins there."""

    async def cut(self, topic: str, seq: int) -> None:
        """Give up the entries up to a seq, or to the newest snapshot if that stands before it; none at all
        where there is no snapshot of this history that is whole."""

    async def forget(self) -> tuple[str, ...]:
        """What was given up is in none of the engine's files any more; names those that it does not reach.

        Raises StorageError where somebody holds it up: then it is to be asked for again.
        """
        ...

    async def remember(self, key: str, value: str) -> str:
        """Keep a value under a key for good. The first writer wins; returns the value that stands."""
        ...

    # among workers

    async def listen(self, topic: str, listener: Listener) -> None:
        """Hear of what other workers do from now on; one listener a topic."""

    async def unlisten(self, topic: str) -> None:
        """Not any more."""

    async def react(self, topic: str, reactions: Mapping[str, int]) -> None:
        """Tell other workers' listeners; lost without a word where they cannot be reached."""

    async def summon(self, topic: str, workers: Iterable[str], seconds: float) -> None:
        """Have other workers look at a topic; returns when all of these have, or the time is over."""

    async def renew(self, worker: str, seconds: float) -> frozenset[str]:
        """This worker lives for so long from now, on the log's own clock. Returns all that do."""
        ...

    async def release(self, worker: str) -> None:
        """This worker lives no longer."""


def check_chain(topic: str, parent: Position, entries: Sequence[Sealed]) -> None:
    """Raise StorageError unless the entries follow `parent` without a gap, each under its right tag."""
    broken = broken_at(parent, entries)
    if broken is not None:
        raise StorageError(
            f"the log of {topic} is damaged at entry {broken}; restore it from a backup, nothing was changed"
        )


def refuse_broken(parent: Position, entries: Sequence[Sealed]) -> None:
    """Raise ValueError where a caller hands in entries that do not follow their parent."""
    if broken_at(parent, entries) is not None:
        raise ValueError("these entries do not follow their parent")


def broken_at(parent: Position, entries: Sequence[Sealed]) -> int | None:
    """The seq where a chain breaks, or `None` if it holds."""
    for entry in entries:
        if not follows(entry, parent):
            return parent.seq + 1
        parent = Position(entry.seq, entry.tag)
    return None
