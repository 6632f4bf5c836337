"""Mirror: the state of a topic, kept in step with a log that other workers append to as well.

    news of another worker ──▶ take ──▶ state.put ──▶ fan-out      (follows what is here: no look is needed)
                                │ a gap, another history, doubt
                                ▼
    head of the log ──────▶ look ──▶ ahead of us: read what is missing
                                ├──▶ behind us, in our history: write back what it lost
                                └──▶ another history: start from the log; viewers who saw more forget

News are hints; what counts is that tags chain. Whatever changes the state does so here, without an `await`
between looking at it and changing it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeAlias

from webinar_server import metrics
from webinar_server.clock import monotonic
from webinar_server.errors import StorageError
from webinar_server.live.recent import READ_AT_ONCE, Recent, recent_before
from webinar_server.live.telling.fanout import FanOut
from webinar_server.log import Log, Snapshot, broken_at, check_chain
from webinar_server.seldom import seldom
from webinar_server.state import START, Entry, Position, Sealed, State, Topic, unseal
from webinar_server.tasks import Tasks

AHEAD_MAX = 64
"""News kept that follow entries which are not here yet."""

AHEAD_S = 0.05
"""Seconds such news wait for what they follow before the log is asked."""

LOOKS_MAX = 5
"""How often the log may move on while we bring ourselves in step with it."""

WAIT_S = 0.3
"""How long a worker that holds not all of a lost history leaves it to one that may."""

REACH_S = 2.0
"""How long somebody waits who has seen more than is here."""


Changed: TypeAlias = Callable[[State, Entry | None], None]
"""Called with each entry that was applied, or without one where the state was read anew."""


class Mirror:
    """A worker's copy of one topic. Commits by this worker go through `put`, all others through `take`."""

    def __init__(
        self, topic: str, about: Topic, log: Log, fanout: FanOut, tasks: Tasks, changed: Changed
    ) -> None:
        self.topic = topic
        self.fanout = fanout
        self.state = State(about.kinds)
        self.about = about
        self._log = log
        self._tasks = tasks
        self._changed = changed
        self._recent = Recent(shared=log.shared)
        # news that came before what they follow
        self._ahead: dict[Position, Sequence[Sealed]] = {}
        self._look_due: asyncio.Handle | None = None
        self._waited = False
        self._looking = asyncio.Lock()
        # why this copy cannot follow the log any more; "" if it can
        self.unreadable = ""
        # where the snapshot in the log stands, as far as known
        self.snapshot_at = 0

    def forget(self) -> None:
        """Nobody asks any more."""
        self.state, self._recent = State(self.about.kinds), Recent(shared=False)
        self.fanout.replace(self.state)

    # what is committed

    def put(self, entries: Sequence[tuple[Entry, Sealed]]) -> None:
        """Apply what this worker appended, unless a look was faster."""
        for entry, sealed in entries:
            if broken_at(self.state.position, [sealed]) is None:
                self._put(entry, sealed)
        self._go_on()

    def take(self, entries: Sequence[Sealed]) -> bool:
        """Apply what comes next of these; tells whether they are all in the history here now."""
        position = self.state.position
        news = [entry for entry in entries if entry.seq > position.seq]
        old = entries[: len(entries) - len(news)]
        strange = any(self.state.tag(entry.seq) not in (entry.tag, None) for entry in old)
        if strange or broken_at(position, news) is not None:
            return False
        for sealed in news:
            self._put(self._read(sealed), sealed)
        if news:
            self.fanout.notify()
        return True

    def _read(self, sealed: Sealed) -> Entry:
        """An entry of another worker; one of a newer version may hold what this one does not know."""
        try:
            return unseal(sealed, self.state.kinds)
        except StorageError as error:
            seldom.error("this worker no longer serves a session", error, topic=self.topic)
            self.unreadable = str(error)
            self.fanout.dismiss()
            raise

    def hear(self, parent: Position, entries: Sequence[Sealed]) -> None:
        """Another worker says that it appended this."""
        if self.unreadable:
            return
        if parent.seq > self.state.position.seq:
            if len(self._ahead) < AHEAD_MAX:
                self._ahead[parent] = entries
            self._look_soon(AHEAD_S, only_for_news=True)
        elif self.state.tag(parent.seq) == parent.tag and self.take(entries):
            self._go_on()
        else:
            self._look_soon()

    def _put(self, entry: Entry, sealed: Sealed) -> None:
        self.state.put(entry, sealed.tag)
        self._recent.add(sealed)
        self._changed(self.state, entry)

    def _go_on(self) -> None:
        """Apply news that waited for what is here now."""
        while (entries := self._ahead.pop(self.state.position, None)) is not None:
            if not entries or not self.take(entries):
                break
        seq = self.state.position.seq
        self._ahead = {parent: entries for parent, entries in self._ahead.items() if parent.seq > seq}

    # keeping in step

    async def load(self) -> None:
        """Start from the log: newest snapshot, then the entries after it, chain checked."""
        state = await self._restored(await self._log.snapshot(self.topic))
        self.snapshot_at = state.position.seq
        recent = await recent_before(self._log, self.topic, state.position)
        while entries := await self._log.read(self.topic, state.position.seq, READ_AT_ONCE):
            check_chain(self.topic, state.position, entries)
            for sealed in entries:
                state.put(unseal(sealed, state.kinds), sealed.tag)
                recent.add(sealed)
        self.state, self._recent = state, recent
        self.fanout.replace(state)
        self._changed(state, None)
        self._go_on()

    async def look(self) -> None:
        """Bring this copy and the log in step, whichever is behind. Raises StorageError."""
        async with self._looking:
            self._waited = False
            for _ in range(LOOKS_MAX):
                if await self._in_step(await self._log.head(self.topic)):
                    return
        raise StorageError(f"the log of {self.topic} does not agree with itself; restore it from a backup")

    async def reach(self, position: Position) -> None:
        """Look until this copy is as far, for a client that has seen more elsewhere; not for long."""
        began = monotonic()
        while self.state.position.seq < position.seq and monotonic() - began < REACH_S:
            before = self.state.position
            await self.look()
            if self.state.position == before:
                return

    def suspect(self, head: Position, before: Position) -> bool:
        """Whether a head of the log, seen after we stood at `before`, is not what it should be."""
        expected = before.seq <= head.seq <= self.state.position.seq
        return not expected or self.state.tag(head.seq) not in (head.tag, None)

    async def _in_step(self, head: Position) -> bool:
        at = self.state.position
        if head == at:
            return True
        if head.seq > at.seq:
            if not await self._catch_up(at):
                await self._start_over()
        elif head == START or self.state.tag(head.seq) == head.tag:
            await self._write_back(head)
        else:
            await self._start_over()
        return False

    async def _catch_up(self, at: Position) -> bool:
        """Read what is missing; tells whether it followed from here."""
        if not await self._log.holds(self.topic, at):
            return self.state.position != at
        while entries := await self._log.read(self.topic, self.state.position.seq, READ_AT_ONCE):
            if not self.take(entries):
                return False
        self._go_on()
        return True

    async def _write_back(self, head: Position) -> None:
        """The log lost its end, and what is here extends it."""
        position = self.state.position
        entries, base = self._recent.after(head), None
        if entries is None and not self._waited:
            # another worker may hold more of what was before, so it goes first
            self._waited = True
            return await asyncio.sleep(WAIT_S)
        self._waited = False
        if entries is None:
            entries, base = [], Snapshot(position, self.state.dump())
        if await self._log.restore(self.topic, head, entries, base):
            metrics.REPAIRS.inc()
            seldom.warning("written back what the log had lost", topic=self.topic)

    async def _start_over(self) -> None:
        seldom.warning("the log holds another history than this room; starting from it", topic=self.topic)
        await self.load()

    async def _restored(self, snapshot: Snapshot | None) -> State:
        """The state of a snapshot, or an empty one: a snapshot only saves reading what is all there."""
        if snapshot is not None and await self._log.holds(self.topic, snapshot.position):
            try:
                return State.load(self.about.kinds, snapshot.data)
            except StorageError as error:
                seldom.warning("no use of a snapshot; reading all entries instead", error, topic=self.topic)
        return State(self.about.kinds)

    def _look_soon(self, seconds: float = 0.0, only_for_news: bool = False) -> None:
        if self._look_due is None:
            call_later = asyncio.get_running_loop().call_later
            self._look_due = call_later(seconds, self._look_now, only_for_news)

    def _look_now(self, only_for_news: bool) -> None:
        self._look_due = None
        # what the news waited for may have come meanwhile
        if self._ahead or not only_for_news:
            metrics.GAPS.labels("number").inc()
            self._tasks.start(f"look at {self.topic}", self._try_to_look())

    async def _try_to_look(self) -> None:
        # the comparison of heads comes by again
        with suppress(StorageError):
            await self.look()
