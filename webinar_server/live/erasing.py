"""Erasing: once people are erased from a topic, what was kept of them before goes, too, wherever it is; and
so does what a topic let go of (`state/forgotten.py`).

    an entry erased somebody ──▶ their ids are kept apart ──▶ a snapshot ──▶ the log is cut below it
                                                                                    │
             `log_cut`: it is done ◀── the engine's files are written anew, or said to be left ◀──┘

As long as a topic has somebody who is pending, any worker that has it open goes on with it, however often it
was begun. Every worker, as it hears of each of the two entries, lets go of what it held of before: the
entries for repair, and what it had encoded or folded. What is kept apart tells whom an older copy of a log
brought back: they are erased again as soon as it is open.
"""

from __future__ import annotations

import asyncio

from webinar_server import metrics
from webinar_server.errors import Refusal, StorageError
from webinar_server.live.alarms import AGAIN_AFTER, Open
from webinar_server.live.room import Room
from webinar_server.live.saying import say
from webinar_server.live.worker import Worker
from webinar_server.log import Snapshot
from webinar_server.log.erasures import Erasures
from webinar_server.seldom import seldom
from webinar_server.state import Entry, Erased, Forgotten, LogCut, State
from webinar_server.topics import about

AT_ONCE = 200
"""People that are erased again by one command."""


class Erasing:
    """That of one worker. `opened` gives a topic's room. Raises StorageError where it cannot."""

    def __init__(self, worker: Worker, opened: Open, known: Erasures) -> None:
        self.known = known
        self._worker = worker
        self._open = opened
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._busy: set[str] = set()
        self._stopped = False

    def changed(self, topic: str, state: State, entry: Entry | None, ours: bool) -> None:
        """An entry, of this worker's perhaps, was applied to a topic's state, or, without one, it was read
        anew."""
        if entry is None:
            if state.count(Erased) or state.count(Forgotten) or topic in self.known:
                self._plan(topic, AGAIN_AFTER if self._is_settled(topic, state) else 0.0)
        elif any(change.kind in (Erased.KIND, Forgotten.KIND) for change in entry.changes):
            room = self._worker.rooms.get(topic)
            if room is not None:
                room.fanout.forget()
            self._worker.forget()
            self._plan(topic, 0.0 if ours else AGAIN_AFTER)

    def stop(self) -> None:
        self._stopped = True
        for timer in self._timers.values():
            timer.cancel()

    def _is_settled(self, topic: str, state: State) -> bool:
        return all(state.get(Erased, person) for person in self.known.of(topic))

    def _plan(self, topic: str, seconds: float) -> None:
        timer = self._timers.pop(topic, None)
        if timer is not None:
            timer.cancel()
        if not self._stopped:
            self._timers[topic] = asyncio.get_running_loop().call_later(seconds, self._begin, topic)

    def _begin(self, topic: str) -> None:
        del self._timers[topic]
        if topic in self._busy:
            self._plan(topic, AGAIN_AFTER)
            return
        self._busy.add(topic)
        self._worker.tasks.start(f"erase from {topic}", self._go_on(topic))

    async def _go_on(self, topic: str) -> None:
        again = True
        try:
            again = await self._step(topic)
        except (StorageError, Refusal) as error:
            if not self._stopped:
                seldom.warning("erasing is not finished yet", error, topic=topic)
        finally:
            self._busy.discard(topic)
            if again:
                self._plan(topic, AGAIN_AFTER)

    async def _step(self, topic: str) -> bool:
        """Whether there is more to do that nobody else will tell of."""
        room = await self._open(topic)
        if room is None:
            return False
        there = {one.id for one in room.state.all(Erased)}
        if self.known.is_apart and not there <= self.known.of(topic):
            await asyncio.to_thread(self.known.add, topic, there)
        self.known.add(topic, there)
        back, again = sorted(self.known.of(topic) - there), about(topic).erases
        if back and again is not None:
            seldom.warning("an older copy of the log brought people back; erasing them again", topic=topic)
            await say(room, again(tuple(back[:AT_ONCE])))
            return True
        pending = [one.id for one in room.state.of(Erased, "pending", "yes")]
        things = [(one.id, one.at) for one in room.state.all(Forgotten)]
        if pending or things:
            await self._cut(room, pending, things)
        return False

    async def _cut(self, room: Room, people: list[str], things: list[tuple[str, int]]) -> None:
        """Raises StorageError, also where the log could not be cut."""
        log, position = self._worker.log, room.state.position
        await log.save_snapshot(room.topic, Snapshot(position, room.state.dump()))
        await log.cut(room.topic, position.seq)
        if (await log.base(room.topic)).seq < position.seq:
            raise StorageError("the log moved on while it was cut")
        room.mirror.snapshot_at = max(room.mirror.snapshot_at, position.seq)
        left = await log.forget()
        if things and left:
            seldom.warning("files may still hold who voted what in a poll that is closed", topic=room.topic)
        await say(room, LogCut(people=tuple(people), left=left, things=tuple(things)))
        metrics.ERASED.inc(len(people))
