"""Room: one worker's live copy of a topic. Commands come in, entries go to the log, news go out.

    submit ──▶ inbox ──▶ rules and log (appending.py) ──▶ state.put ──▶ fan-out ──▶ replies

All commands that arrive until it is time for the next flush are appended together. A command is answered only
after its entry is durable, applied here, and told to the viewers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial

from webinar_server import metrics
from webinar_server.clock import monotonic
from webinar_server.errors import Refusal, StorageError, Unanswered
from webinar_server.live.appending import Appending
from webinar_server.live.batch import Outcome, Reply, Request
from webinar_server.live.inbox import Inbox
from webinar_server.live.mirror import REACH_S, Changed, Mirror
from webinar_server.live.summons import Summons
from webinar_server.live.telling.fanout import FanOut
from webinar_server.live.telling.pulse import Reactions
from webinar_server.log import Log, Snapshot
from webinar_server.seldom import seldom
from webinar_server.settings import Settings
from webinar_server.state import Position, Sealed, State, Topic
from webinar_server.tasks import Tasks

RETRY_AFTER = 1.0
REACH_PAUSE = 0.1
"""Seconds between two looks for what a client has seen and the log does not hold."""


class Room:
    """The state of one topic, its viewers, and the only writer of both on this worker."""

    def __init__(
        self,
        topic: str,
        about: Topic,
        log: Log,
        settings: Settings,
        others: Callable[[], Iterable[str]] = frozenset,
        stale: Callable[[], bool] = lambda: False,
        changed: Changed = lambda state, entry: None,
    ) -> None:
        self.topic = topic
        self.about = about
        self.tasks = Tasks()
        self.fanout = FanOut(topic, State(about.kinds), settings, stale)
        self.mirror = Mirror(topic, about, log, self.fanout, self.tasks, changed)
        self.reactions = Reactions(topic, log, self.fanout.pulse, self.tasks, settings.pulse_pause)
        self._log = log
        self._settings = settings
        self._summons = Summons(topic, log, others)
        self._appending = Appending(self.mirror, log, self._summons)
        self._inbox = Inbox()
        self._wake = asyncio.Event()

    @property
    def state(self) -> State:
        return self.mirror.state

    @property
    def busy(self) -> bool:
        """Whether somebody follows it, or waits for an answer."""
        return bool(len(self.fanout)) or self._inbox.busy

    async def load(self) -> None:
        """Bring the state to the log's head."""
        await self.mirror.load()

    # a Listener

    def appended(self, parent: Position, entries: Sequence[Sealed]) -> None:
        self.mirror.hear(parent, entries)

    def reacted(self, reactions: Mapping[str, int]) -> None:
        for reaction, count in reactions.items():
            self.fanout.pulse(reaction, count)

    async def look(self) -> None:
        await self.mirror.look()

    async def reach(self, position: Position) -> None:
        """Be as far as a client that has seen more elsewhere, if it can be had. Raises StorageError."""
        until = monotonic() + REACH_S
        await self.mirror.reach(position)
        while self._log.shared and self.state.position.seq < position.seq and monotonic() < until:
            # the log may have lost its end, and who can write it back not even have said that they live
            await self._summons.call_once(REACH_S)
            await self.mirror.look()
            await asyncio.sleep(REACH_PAUSE)

    # commands and reactions

    def submit(self, request: Request) -> None:
        """Queue a command; its reply is called once, in this or a later turn of the loop."""
        repeated = self._inbox.holds(request)
        if len(self._inbox) >= self._settings.inbox_max and not repeated:
            request.reply(Refusal("room.busy", "Too much at once; please try again.", RETRY_AFTER))
        elif self._appending.stuck_for() > self._settings.hold and not repeated:
            request.reply(_not_stored())
        else:
            self._inbox.add(request)
            self._wake.set()

    def react(self, reaction: str) -> None:
        """Count a reaction, here and on the other workers."""
        self.reactions.count(reaction)

    # its life

    async def run(self) -> None:
        """Commit whatever is waiting, a batch at a time, until closed; then leave a snapshot."""
        while not self._appending.closing or self._inbox:
            await self._wake.wait()
            self._wake.clear()
            while self._inbox:
                await self._gather()
                requests = self._inbox.take(self._settings.batch_max)
                await self._work_off(requests)
                self._inbox.done(requests)
        self.reactions.stop()
        self.fanout.stop()
        await self.tasks.stop()
        if self.state.position.seq > self.mirror.snapshot_at:
            await self._save_snapshot()

    def close(self) -> None:
        """Let `run` finish what is waiting and end."""
        self._appending.closing = True
        self._wake.set()
        self._inbox.hurry()

    async def abandon(self) -> None:
        """Tell nobody anything any more; who was waiting asks again, elsewhere."""
        self._appending.closing = True
        self._inbox.clear()
        self.reactions.stop()
        self.fanout.dismiss()
        await self.tasks.stop()

    def forget(self) -> None:
        """Once it has ended: let go of all it held, whoever may still hold on to the room itself."""
        self.mirror.forget()

    async def _gather(self) -> None:
        """Let more commands come in while nothing of them could be told yet anyway."""
        # what was committed last is told first
        await asyncio.sleep(0)
        wait = self.fanout.rhythm.until_commit()
        if wait > 0 and not self._appending.closing:
            await self._inbox.fill(self._settings.batch_max, wait)

    async def _work_off(self, requests: list[Request]) -> None:
        """Commit requests; whatever happens, the room lives on, and each is answered that can be."""
        try:
            await self._commit(requests)
        except Unanswered as error:
            # we are closing: they may stand in the log, so their senders ask again, elsewhere
            seldom.error("commands were left unanswered", error, topic=self.topic)
            self._inbox.clear()
        except StorageError as error:
            seldom.error("commands could not be stored", error, topic=self.topic)
            self._answer([(request.reply, _not_stored()) for request in requests])
        except Exception as error:
            seldom.error("a fault of ours; reading the log anew", error, topic=self.topic)
            failed = Refusal("room.failed", "Something went wrong here; please try again.", RETRY_AFTER)
            self._answer([(request.reply, failed) for request in requests])
            with suppress(StorageError):
                await self.load()

    async def _commit(self, requests: list[Request]) -> None:
        batch = await self._appending.append(requests)
        metrics.ENTRIES.inc(len(batch.entries))
        self.mirror.put(batch.entries)
        self._answer(batch.outcomes)
        if self.state.position.seq - self.mirror.snapshot_at >= self._settings.snapshot_every:
            await self._save_snapshot()

    def _answer(self, outcomes: list[tuple[Reply, Outcome]]) -> None:
        self.fanout.notify(partial(_reply_all, outcomes))

    async def _save_snapshot(self) -> None:
        position, data = self.state.position, self.state.dump()
        try:
            await self._log.save_snapshot(self.topic, Snapshot(position, data))
            self.mirror.snapshot_at = position.seq
        except StorageError as error:
            # nothing is lost: the entries are there, only the next start reads more of them
            seldom.warning("no snapshot could be saved", error, topic=self.topic)


def _reply_all(outcomes: list[tuple[Reply, Outcome]]) -> None:
    for reply, outcome in outcomes:
        reply(outcome)


def _not_stored() -> Refusal:
    return Refusal("log.unavailable", "This could not be stored; please try again.", RETRY_AFTER)
