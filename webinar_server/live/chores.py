"""Chores: what a worker sees to though nobody asks: what is due, and what topics tell each other.

Both stand in what the states say and nowhere else, so they outlive every worker: whoever starts, sees another
one end, or slept through it, opens all topics there are that may have any, also those that nobody asks for.
Where anything may be due that is at once. Of those that have something to tell, or due, only now and then
there are hundreds: they are looked at by and by, and what one left that was closed stands in its snapshot.
"""

from __future__ import annotations

import asyncio

from webinar_server.clock import monotonic
from webinar_server.errors import Refusal, StorageError
from webinar_server.live.alarms import AGAIN_AFTER, Alarms, Open
from webinar_server.live.erasing import Erasing
from webinar_server.live.relay import Relay
from webinar_server.live.worker import Worker
from webinar_server.log.erasures import Erasures
from webinar_server.seldom import seldom
from webinar_server.state import Entry, Erased, Errand, Forgotten, State, Topic, may_hold
from webinar_server.topics import TOPICS, find

REST = 4
"""How much longer than a look at a topic the rest is that follows it."""


class Chores:
    """Those of one worker. `opened` gives a topic's room. Raises StorageError where it cannot."""

    def __init__(self, worker: Worker, opened: Open, erased: Erasures) -> None:
        self.alarms = Alarms(worker, opened)
        self.relay = Relay(worker.tasks, opened)
        self.erasing = Erasing(worker, opened, erased)
        self._worker = worker
        self._open = opened

    def changed(self, topic: str, state: State, entry: Entry | None, ours: bool) -> None:
        """An entry, of this worker's perhaps, was applied to a topic's state, or, without one, it was read
        anew."""
        self.alarms.changed(topic, state)
        self.relay.changed(topic, state, entry, ours)
        self.erasing.changed(topic, state, entry, ours)

    def look(self) -> None:
        """Know what there is to do in all topics."""
        if any(map(_has_any, TOPICS.values())):
            self._worker.tasks.start("look for what is to be done", self._look())

    def stop(self) -> None:
        self.alarms.stop()
        self.relay.stop()
        self.erasing.stop()

    async def _look(self) -> None:
        try:
            topics = [(topic, kind) for topic in await self._worker.log.topics() if (kind := find(topic))]
            for topic, kind in topics:
                if _is_urgent(kind) or topic in self.erasing.known:
                    await self._open(topic)
            for topic, kind in topics:
                if _has_any(kind) and not _is_urgent(kind):
                    await self._glance(topic, kind)
        except (StorageError, Refusal) as error:
            # a log that is away is told of where it is missed
            seldom.info("what is to be done could not be looked for; trying again", error)
            await asyncio.sleep(AGAIN_AFTER)
            self.look()

    async def _glance(self, topic: str, kind: Topic) -> None:
        """Open it if there may be something to do."""
        began = monotonic()
        if topic not in self._worker.rooms and await self._may_have_any(topic, kind):
            await self._open(topic)
        await asyncio.sleep(REST * (monotonic() - began))

    async def _may_have_any(self, topic: str, kind: Topic) -> bool:
        """A room that was closed left all there was to do in a snapshot; of another it is not known."""
        log = self._worker.log
        kept, head = await log.snapshot(topic), await log.head(topic)
        kinds = (Errand.KIND, Erased.KIND, Forgotten.KIND, *kind.due_of)
        return kept is None or kept.position != head or may_hold(kept.data, *kinds)


def _is_urgent(kind: Topic) -> bool:
    return kind.due is not None and not kind.due_of


def _has_any(kind: Topic) -> bool:
    return kind.due is not None or kind.tells is not None
