"""Recent: the newest entries of a topic as they were sealed, kept to write back what a log may lose; and how
both these and the state are read.

A log that is this process's own loses nothing that it took, so of it none are kept.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice

from webinar_server.errors import GivenUp, StorageError
from webinar_server.log import Log, broken_at, check_chain
from webinar_server.seldom import seldom
from webinar_server.state import START, Entry, Erased, Forgotten, Kinds, Position, Sealed, State, unseal

ENTRIES_KEPT = 20_000
BYTES_KEPT = 16 * 1024 * 1024
READ_AT_ONCE = 1_000


class Recent:
    """An unbroken piece of history, bounded in entries and bytes, that ends where the room stands."""

    def __init__(self, base: Position = START, *, shared: bool = True) -> None:
        # what the oldest entry kept follows
        self._base = base
        self._entries: deque[Sealed] = deque()
        self._bytes = 0
        self._entries_kept = ENTRIES_KEPT if shared else 0
        # from which entry on what is to be forgotten is in none of them, until the log is cut there
        self._since: dict[str, int] = {}

    @property
    def end(self) -> Position:
        """What the next entry follows."""
        return Position(*self._entries[-1][:2]) if self._entries else self._base

    def extend(self, entries: Sequence[Sealed]) -> None:
        for entry in entries:
            self.add(entry)

    def add(self, entry: Sealed) -> None:
        self._entries.append(entry)
        self._bytes += len(entry.body)
        while len(self._entries) > self._entries_kept or self._bytes > BYTES_KEPT:
            self._drop_oldest()

    def put(self, entry: Entry, sealed: Sealed) -> None:
        """One that was read: what it says is to be forgotten goes, of somebody who is erased at once, of all
        else once the log is cut; before that a log that loses its end could be written back by nobody."""
        self.add(sealed)
        for kind, id, record in entry.changes:
            if kind not in (Erased.KIND, Forgotten.KIND):
                continue
            if record is None or (isinstance(record, Erased) and record.done):
                # where that began before what was read here, it may be in any of them
                self._let_go(self._since.pop(id, entry.seq))
            else:
                self._since[id] = entry.seq
                self._let_go(entry.seq if kind == Erased.KIND else 0)

    def _let_go(self, seq: int) -> None:
        while self._entries and self._entries[0].seq <= seq:
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        oldest = self._entries.popleft()
        self._bytes -= len(oldest.body)
        self._base = Position(oldest.seq, oldest.tag)

    def after(self, position: Position) -> list[Sealed] | None:
        """All that followed a position of this history, or `None` if not all of it is kept."""
        skipped = position.seq - self._base.seq
        if skipped < 0 or (skipped == 0 and position != self._base):
            return None
        return list(islice(self._entries, skipped, None))


async def loaded(log: Log, topic: str, kinds: Kinds) -> tuple[State, Recent, int]:
    """A topic as its log has it, from the newest snapshot and the entries after that, their chain checked;
    and where the snapshot stands. Read again if the log is cut meanwhile. Raises StorageError."""
    with suppress(GivenUp):
        return await _loaded(log, topic, kinds)
    return await _loaded(log, topic, kinds)


async def _loaded(log: Log, topic: str, kinds: Kinds) -> tuple[State, Recent, int]:
    state = await _restored(log, topic, kinds)
    begin = state.position
    recent = await _before(log, topic, begin)
    while entries := await log.read(topic, state.position.seq, READ_AT_ONCE):
        check_chain(topic, state.position, entries)
        for sealed in entries:
            entry = unseal(sealed, kinds)
            state.put(entry, sealed.tag)
            recent.put(entry, sealed)
    return state, recent, begin.seq


async def _restored(log: Log, topic: str, kinds: Kinds) -> State:
    """The state of a snapshot, or an empty one: a snapshot only saves reading what is all there."""
    snapshot = await log.snapshot(topic)
    if snapshot is not None and await log.holds(topic, snapshot.position):
        try:
            return State.load(kinds, snapshot.data)
        except StorageError as error:
            seldom.warning("no use of a snapshot; reading all entries instead", error, topic=topic)
    return State(kinds)


async def _before(log: Log, topic: str, position: Position) -> Recent:
    """The entries up to a snapshot: not needed to know the state, but for a log that loses them."""
    if not log.shared:
        return Recent(position, shared=False)
    recent = Recent(await log.base(topic))
    while (end := recent.end).seq < position.seq:
        page = await log.read(topic, end.seq, min(READ_AT_ONCE, position.seq - end.seq))
        if not page or broken_at(end, page) is not None:
            raise StorageError(f"the log of {topic} changed while it was read; try again")
        recent.extend(page)
    return recent
