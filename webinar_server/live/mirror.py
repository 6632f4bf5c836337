"""Mirror: the state of a topic, kept in step with a log that other workers append to as well.

    another worker moved it ──▶ read on ──▶ take ──▶ state.put ──▶ fan-out      (as good as always)
                                   │ nothing there, another history, doubt
                                   ▼
    head of the log ──────────▶ look ──▶ ahead of us: read what is missing
                                   ├──▶ behind us, in our history: write back what it lost
                                   └──▶ another history: start from the log; viewers who saw more forget

What is heard is a hint where to read; what counts is that tags chain. Whatever changes the state does so
here, without an `await` between looking at it and changing it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress

from webinar_server import metrics
from webinar_server.clock import monotonic
from webinar_server.errors import GivenUp, StorageError
from webinar_server.live.recent import READ_AT_ONCE, Recent, loaded
from webinar_server.live.telling.fanout import FanOut
from webinar_server.live.worker import Worker
from webinar_server.log import Snapshot, broken_at
from webinar_server.seldom import seldom
from webinar_server.state import START, Entry, Position, Sealed, State, unseal
from webinar_server.tasks import Tasks
from webinar_server.topics import about

DOUBT_S = 0.5  # for which nothing is read for what was heard, after there was nothing of the kind
LOOKS_MAX = 5  # how often the log may move on while we bring ourselves in step with it
WAIT_S = 0.3  # how long a worker that holds not all of a lost history leaves it to one that may
REACH_S = 2.0  # how long somebody waits who has seen more than is here
REACH_PAUSE = 0.1
SUMMON_EACH = 1.0  # for which what other workers did for one of those serves all


class Mirror:
    """A worker's copy of one topic. Commits by this worker go through `put`, all others through `take`."""

    def __init__(self, topic: str, worker: Worker, fanout: FanOut, tasks: Tasks) -> None:
        self.topic = topic
        self.worker = worker
        self.about = about(topic)
        self.fanout = fanout
        self._log = worker.log
        self._tasks = tasks
        self._recent = Recent(shared=worker.log.shared)
        # where others said that the topic stands, the next read for it, and when that may be (monotonic)
        self._heard: Position | None = None
        self._reading: asyncio.Handle | None = None
        self._not_before, self._stopped, self._waited = 0.0, False, False
        self._looking = asyncio.Lock()
        # why this copy cannot follow the log any more; and where the log's snapshot stands, as far as known
        self.unreadable, self.snapshot_at = "", 0
        # others are asked once for all clients who have seen more, and when they last were (monotonic)
        self._summoning, self._summoned_at = asyncio.Lock(), -SUMMON_EACH

    @property
    def state(self) -> State:
        """The one copy there is, from which viewers are told."""
        return self.fanout.state

    def stop(self) -> None:
        """Follow nothing any more."""
        self._stopped = True
        if self._reading is not None:
            self._reading.cancel()

    def forget(self) -> None:
        """Nobody asks any more."""
        self.fanout.replace(State(self.about.kinds))
        self._recent = Recent(shared=self._log.shared)
        self.fanout.forget()

    # what is committed

    def put(self, entries: Sequence[tuple[Entry, Sealed]]) -> None:
        """Apply what this worker appended, unless a look was faster."""
        for entry, sealed in entries:
            if broken_at(self.state.position, [sealed]) is None:
                self._put(entry, sealed, ours=True)

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

    # a Listener

    def moved(self, head: Position) -> None:
        """Another worker brought the topic there; in a busy room it is read shortly before it can be told."""
        if self._stopped or self.state.tag(head.seq) == head.tag:
            return
        self._heard = head
        if self._reading is None:
            wait = max(0.0, self.fanout.rhythm.until_commit(), self._not_before - monotonic())
            self._reading = asyncio.get_running_loop().call_later(wait, self._read_soon)

    def reacted(self, reactions: Mapping[str, int]) -> None:
        for reaction in reactions.keys() & set(self.about.reactions):
            self.fanout.pulse(reaction, reactions[reaction])

    def _read_soon(self) -> None:
        self._reading = None
        self._tasks.start(f"news of {self.topic}", self.follow())

    async def follow(self) -> None:
        """Take in what others said that there is; where it is not there, see what is."""
        if not self._misses_some():
            return
        # the comparison of heads comes by again
        with suppress(StorageError):
            async with self._looking:
                taken = False
                while self._misses_some() and await self._read_on():
                    taken = True
                heard, missed = self._heard, self._misses_some() and not taken
            if missed:
                self._not_before = monotonic() + DOUBT_S
                metrics.GAPS.labels("news").inc()
                await self.look()
            self._heard = None if self._heard == heard else self._heard

    def _misses_some(self) -> bool:
        """Whether there is something that is not here, by what was heard."""
        if self._heard is not None and self.state.tag(self._heard.seq) == self._heard.tag:
            self._heard = None
        return self._heard is not None and not self.unreadable

    async def _read_on(self) -> bool:  # whether there was anything that follows from here
        with suppress(GivenUp):
            entries = await self._log.read(self.topic, self.state.position.seq, READ_AT_ONCE)
            return bool(entries) and self.take(entries)
        return False

    def _put(self, entry: Entry, sealed: Sealed, ours: bool = False) -> None:
        self.state.put(entry, sealed.tag)
        self._recent.put(entry, sealed)
        self._say_changed(entry, ours)

    def _say_changed(self, entry: Entry | None, ours: bool) -> None:
        for tell in self.worker.on_change:
            tell(self.topic, self.state, entry, ours)

    # keeping in step

    async def load(self) -> None:
        """Start from the log, unless what is here goes on from what was read: more came meanwhile."""
        state, recent, snapshot_at = await loaded(self._log, self.topic, self.about.kinds)
        seq, tag = state.position
        if seq >= self.state.position.seq or self.state.tag(seq) != tag:
            self._recent, self.snapshot_at = recent, snapshot_at
            self.fanout.replace(state)
            self._say_changed(None, ours=False)

    async def look(self) -> None:
        """Bring this copy and the log in step, whichever is behind. Raises StorageError."""
        async with self._looking:
            self._waited = False
            for _ in range(LOOKS_MAX):
                if await self._in_step(await self._log.head(self.topic)):
                    return
        raise StorageError(f"the log of {self.topic} does not agree with itself; restore it from a backup")

    async def reach(self, position: Position) -> None:
        """Be as far as a client that has seen more elsewhere, if it can be had. Raises StorageError."""
        until = monotonic() + REACH_S
        while self.state.position.seq < position.seq:
            before = self.state.position
            await self.look()
            # the time may have gone by while others were waited for, so a look is the last that is done
            if self.state.position == before and not (self._log.shared and monotonic() < until):
                return
            if self.state.position == before:
                # the log may have lost its end, and who can write it back not even have said that they live
                async with self._summoning:
                    if monotonic() - self._summoned_at >= SUMMON_EACH:
                        await self.summon(REACH_S)
                        self._summoned_at = monotonic()
                await asyncio.sleep(REACH_PAUSE)

    async def summon(self, seconds: float) -> None:
        """Have the other workers look, to write back what they hold and the log has lost; until all have, or
        the time is over. Raises StorageError."""
        await self._log.summon(self.topic, await self.worker.find_witnesses(), seconds)

    def suspect(self, head: Position, before: Position) -> bool:
        """Whether a head of the log, seen after we stood at `before`, is not what it should be."""
        expected = before.seq <= head.seq <= self.state.position.seq
        return not expected or self.state.tag(head.seq) not in (head.tag, None)

    async def _in_step(self, head: Position) -> bool:
        at = self.state.position
        if head == at:
            return True
        if head.seq > at.seq:
            while self.state.position.seq < head.seq and await self._read_on():
                pass
        elif head == START or self.state.tag(head.seq) == head.tag:
            await self._write_back(head)
            return False
        if self.state.position == at:
            seldom.warning("the log holds another history than this room; starting from it", topic=self.topic)
            await self.load()
        return False

    async def _write_back(self, head: Position) -> None:
        """The log lost its end, and what is here extends it."""
        if self._heard is not None and self._heard.seq > self.state.position.seq:
            # somebody held more when the log lost it: theirs goes first, but they may wait for us as well
            self._heard = None
            return await self.summon(WAIT_S)
        entries, base = self._recent.after(head), None
        if entries is None and not self._waited:
            # another worker may hold more of what was before, so it goes first
            self._waited = True
            return await asyncio.sleep(WAIT_S)
        self._waited = False
        if entries is None:
            entries, base = [], Snapshot(self.state.position, self.state.dump())
        if await self._log.restore(self.topic, head, entries, base):
            metrics.REPAIRS.inc()
            seldom.warning("written back what the log had lost", topic=self.topic)
