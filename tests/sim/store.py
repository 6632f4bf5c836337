"""Store: what the simulated log's server holds, and does in one instant for whoever asks.

Plain and synchronous, so that it can be read beside the contract. It remembers, for the checker, every
position it ever held, and counts what rarely happens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tests.sim.loop import EPOCH_S
from webinar_server.errors import GivenUp, StorageError
from webinar_server.log import Conflict, Snapshot
from webinar_server.state import START, Position, Sealed

UNKNOWN = 0
KEPT_LEAST = 2
"""Entries that make a session, and open it."""


class Topic:
    """One topic's entries after its base, and which server took the last append."""

    def __init__(self, run: int, base: Position = START) -> None:
        self.run = run
        self.base = base
        self.entries: list[Sealed] = []
        self.snapshot: Snapshot | None = None
        # the one this history begins with, if it does, and for the judge what was given up after the first
        self.begin: Snapshot | None = None
        self.first: Snapshot | None = None
        self.given_up: list[Sealed] = []

    @property
    def head(self) -> Position:
        return Position(*self.entries[-1][:2]) if self.entries else self.base

    def at(self, seq: int) -> Position | None:
        """The position after entry `seq`, if it is held."""
        place = seq - self.base.seq
        if place == 0:
            return self.base
        return Position(*self.entries[place - 1][:2]) if 0 < place <= len(self.entries) else None

    def after(self, seq: int) -> list[Sealed]:
        return self.entries[seq - self.base.seq :]


class Store:
    """All topics, values and leases. `run` names the server; a new one doubts what it finds."""

    def __init__(self) -> None:
        self.run = 1
        self.topics: dict[str, Topic] = {}
        self.values: dict[str, str] = {}
        self.leases: dict[str, float] = {}
        self.seen: Counter[str] = Counter()
        # every append as it happened, for the trace and the digest
        self.journal: list[tuple[str, Position]] = []
        # when each entry was first taken, by tag
        self.taken_at: dict[str, float] = {}
        self.now = 0.0
        # no memory or disk left: it answers, and writes nothing
        self.full = False

    # what clients ask

    def names(self) -> list[str]:
        return sorted(name for name, topic in self.topics.items() if topic.head != START)

    def head(self, name: str) -> Position:
        topic = self.topics.get(name)
        return topic.head if topic else START

    def heads(self, names: Iterable[str]) -> dict[str, Position]:
        return {name: self.head(name) for name in names}

    def base(self, name: str) -> Position:
        topic = self.topics.get(name)
        return topic.base if topic else START

    def holds(self, name: str, position: Position) -> bool:
        topic = self.topics.get(name)
        return position == START if topic is None else topic.at(position.seq) == position

    def append(
        self, name: str, parent: Position, entries: Sequence[Sealed], vouched: bool
    ) -> Conflict | None:
        self._refuse_when_full()
        topic = self.topics.get(name) or Topic(self.run)
        if topic.head != parent:
            return self._conflict(topic, parent, entries)
        if topic.run != self.run and not vouched:
            self.seen["an append was doubtful"] += 1
            return Conflict([], False, doubtful=True)
        topic.run = self.run
        if entries:
            self.topics[name] = topic
            self._take(topic, entries, "append")
        return None

    def restore(self, name: str, head: Position, entries: Sequence[Sealed], base: Snapshot | None) -> bool:
        self._refuse_when_full()
        if self.head(name) != head:
            return False
        # a log that is written anew knows no server: the next append must ask who holds still more
        topic = self.topics.get(name) or Topic(UNKNOWN)
        if base is not None:
            topic = Topic(topic.run, base.position)
            topic.snapshot = topic.begin = topic.first = base
            self.seen["a log was begun anew from a snapshot"] += 1
        self.topics[name] = topic
        self._take(topic, entries, "restore")
        self.seen["what was lost was written back"] += 1
        return True

    def read(self, name: str, after: int, limit: int) -> list[Sealed]:
        topic = self.topics.get(name)
        if topic is None or (topic.at(after) is None and after >= topic.base.seq):
            return []
        if after < topic.base.seq:
            raise GivenUp(f"the log of {name} begins after entry {topic.base.seq}, with a snapshot")
        return topic.after(after)[:limit]

    def snapshot(self, name: str) -> Snapshot | None:
        topic = self.topics.get(name)
        return topic.snapshot if topic else None

    def save_snapshot(self, name: str, snapshot: Snapshot) -> None:
        self._refuse_when_full()
        topic = self.topics.setdefault(name, Topic(self.run))
        if topic.base != START and not self.holds(name, snapshot.position):
            return
        if topic.snapshot is None or topic.snapshot.position.seq <= snapshot.position.seq:
            topic.snapshot = snapshot

    def cut(self, name: str, seq: int) -> None:
        self._refuse_when_full()
        topic = self.topics.get(name)
        snapshot = topic.snapshot if topic else None
        if topic is None or snapshot is None or topic.at(snapshot.position.seq) != snapshot.position:
            return
        last = topic.at(min(seq, snapshot.position.seq))
        if last is not None and last.seq > topic.base.seq:
            count = last.seq - topic.base.seq
            topic.given_up += topic.entries[:count]
            topic.base, topic.begin = last, snapshot
            del topic.entries[:count]
            self.seen["a log was cut"] += 1

    def remember(self, key: str, value: str) -> str:
        self._refuse_when_full()
        return self.values.setdefault(key, value)

    def renew(self, worker: str, seconds: float, now: float) -> frozenset[str]:
        self._refuse_when_full()
        self.leases[worker] = now + seconds
        return frozenset(name for name, until in self.leases.items() if until > now)

    def time(self, at: float) -> int:
        """By the clock that all of them share, Unix ms; `at` is the loop's."""
        return int((EPOCH_S + at) * 1000)

    def forget_lease(self, worker: str) -> None:
        self.leases.pop(worker, None)

    # what befalls it

    def replace_server(self) -> None:
        self.run += 1

    def lose_tail(self, count: int) -> int:
        """The last entries of every topic are gone; how many at most."""
        lost = 0
        for topic in self.topics.values():
            gone = min(count, len(topic.entries) - KEPT_LEAST)
            if gone > 0:
                del topic.entries[-gone:]
                lost = max(lost, gone)
            if topic.snapshot and topic.snapshot.position.seq > topic.head.seq:
                # written after what is gone, so gone with it; what its history begins with stands
                topic.snapshot = topic.begin
        return lost

    def empty(self) -> None:
        self.topics.clear()
        self.values.clear()
        self.leases.clear()

    def _refuse_when_full(self) -> None:
        if self.full:
            self.seen["a write was refused: full"] += 1
            raise StorageError("the log is full")

    def _take(self, topic: Topic, entries: Sequence[Sealed], how: str) -> None:
        topic.entries += entries
        self.journal.append((how, topic.head))
        for entry in entries:
            self.taken_at.setdefault(entry.tag, self.now)

    def _conflict(self, topic: Topic, parent: Position, entries: Sequence[Sealed]) -> Conflict:
        if topic.at(parent.seq) != parent:
            self.seen["a parent was not in the log"] += 1
            return Conflict([], True)
        missed = topic.after(parent.seq)
        if entries and missed[: len(entries)] == list(entries):
            self.seen["an unanswered append was found committed"] += 1
        else:
            self.seen["a conflict was merged"] += 1
        return Conflict(missed, False)
