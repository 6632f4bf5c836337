"""Room: one worker's live copy of a topic. Commands come in, entries go to the log, news go out.

    submit ──▶ inbox ──▶ Batch (rules, on a draft) ──▶ log.append ──▶ state.put ──▶ fan-out ──▶ replies
                            ▲                              │
                            └── merge what came between ◀──┘ (another writer was faster: run again)

All commands that arrive while an append is under way go into the next one together. A command is answered
only after its entry is durable, applied here, and told to the viewers. While the log does not answer,
commands wait: whether the last append stands is not known, so nobody is told that it failed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TypeVar

from webinar_server import metrics
from webinar_server.clock import monotonic
from webinar_server.errors import Refusal, StorageError, Unanswered
from webinar_server.live.batch import Batch, Outcome, Reply, Request
from webinar_server.live.fanout import FanOut
from webinar_server.live.inbox import Inbox
from webinar_server.live.mirror import REACH_S, Mirror
from webinar_server.live.reactions import Reactions
from webinar_server.live.summons import Summons
from webinar_server.log import Conflict, Log, Snapshot
from webinar_server.settings import Settings
from webinar_server.state import Position, Schema, Sealed, State
from webinar_server.tasks import Tasks

log = logging.getLogger("webinar_server")

T = TypeVar("T")

REWINDS_MAX = 3
"""How often a log may turn out to hold another history, while one batch is on its way into it."""

RETRY_AFTER = 1.0
PAUSE_LEAST, PAUSE_MOST = 0.05, 0.5
"""Seconds between two tries of an append that was not answered."""

SUMMON_S = 3.0
"""How long other workers have to write back what a log may have lost, before it is appended to."""

NOT_STORED = Refusal("log.unavailable", "This could not be stored; please try again.", RETRY_AFTER)


class Room:
    """The state of one topic, its viewers, and the only writer of both on this worker."""

    def __init__(
        self,
        topic: str,
        schema: Schema,
        log: Log,
        settings: Settings,
        others: Callable[[], Iterable[str]] = frozenset,
    ) -> None:
        self.topic = topic
        self.schema = schema
        self.tasks = Tasks()
        self.fanout = FanOut(topic, State(schema.kinds), settings)
        self.mirror = Mirror(topic, schema, log, self.fanout, self.tasks)
        self.reactions = Reactions(topic, log, self.fanout, self.tasks, settings.pulse_pause)
        self._log = log
        self._settings = settings
        self._summons = Summons(topic, log, others)
        self._inbox = Inbox()
        self._wake = asyncio.Event()
        self._closing = False
        # since when the log has not answered (monotonic)
        self._stuck_since: float | None = None

    @property
    def state(self) -> State:
        return self.mirror.state

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
        await self.mirror.reach(position)
        if self.state.position.seq < position.seq:
            # the log may have lost its end, and somebody not have written it back yet
            await self._summons.call_once(REACH_S)
            await self.mirror.look()

    # commands and reactions

    def submit(self, request: Request) -> None:
        """Queue a command; its reply is called once, in this or a later turn of the loop."""
        repeated = self._inbox.holds(request)
        if len(self._inbox) >= self._settings.inbox_max and not repeated:
            request.reply(Refusal("room.busy", "Too much at once; please try again.", RETRY_AFTER))
        elif self._stuck_for() > self._settings.hold and not repeated:
            request.reply(NOT_STORED)
        else:
            self._inbox.add(request)
            self._wake.set()

    def react(self, reaction: str) -> None:
        """Count a reaction, here and on the other workers."""
        self.reactions.count(reaction)

    # its life

    async def run(self) -> None:
        """Commit whatever is waiting, a batch at a time, until closed; then leave a snapshot."""
        while not self._closing or self._inbox:
            await self._wake.wait()
            self._wake.clear()
            while self._inbox:
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
        self._closing = True
        self._wake.set()

    async def abandon(self) -> None:
        """Tell nobody anything any more; who was waiting asks again, elsewhere."""
        self._closing = True
        self._inbox.clear()
        self.reactions.stop()
        self.fanout.dismiss()
        await self.tasks.stop()

    def _stuck_for(self) -> float:
        return 0.0 if self._stuck_since is None else monotonic() - self._stuck_since

    async def _work_off(self, requests: list[Request]) -> None:
        """Commit requests; whatever happens, the room lives on, and each is answered that can be."""
        try:
            await self._commit(requests)
        except Unanswered as error:
            # we are closing: they may stand in the log, so their senders ask again, elsewhere
            log.error("%s: %d commands left unanswered: %s", self.topic, len(requests), error)
            self._inbox.clear()
        except StorageError as error:
            log.error("%s: %s", self.topic, error)
            self._answer([(request.reply, NOT_STORED) for request in requests])
        except Exception:
            log.exception("%s: a fault of ours; reading the log anew", self.topic)
            failed = Refusal("room.failed", "Something went wrong here; please try again.", RETRY_AFTER)
            self._answer([(request.reply, failed) for request in requests])
            with suppress(StorageError):
                await self.load()

    async def _commit(self, requests: list[Request]) -> None:
        batch = await self._append(requests)
        metrics.ENTRIES.inc(len(batch.entries))
        self.mirror.put(batch.entries)
        self._answer(batch.outcomes)
        if self.state.position.seq - self.mirror.snapshot_at >= self._settings.snapshot_every:
            await self._save_snapshot()

    async def _append(self, requests: list[Request]) -> Batch:
        """Decide and append; where another writer was faster, take in its entries and decide again."""
        rewound, vouched = 0, False
        while rewound <= REWINDS_MAX:
            batch = Batch(self.state, requests)
            if not batch.entries:
                return batch
            conflict = await self._insist(partial(self._try, batch, vouched))
            if conflict is None:
                return batch
            metrics.CONFLICTS.inc()
            rewound += conflict.rewound
            # for the next try only: what others held before a log was lost again vouches for nothing
            vouched = await self._insist(partial(self._resolve, conflict))
        raise StorageError(f"the log of {self.topic} does not agree with itself; restore it from a backup")

    async def _resolve(self, conflict: Conflict) -> bool:
        """Get in step with the log; tells whether the other workers were asked what they hold."""
        if conflict.doubtful:
            await self._summons.call(SUMMON_S)
        elif not conflict.missed or not self.mirror.take(conflict.missed):
            await self.mirror.look()
        return conflict.doubtful

    async def _try(self, batch: Batch, vouched: bool) -> Conflict | None:
        """Append. A try that was not answered may stand: then what was missed begins with it."""
        with metrics.APPEND_SECONDS.time():
            conflict = await self._log.append(self.topic, batch.parent, batch.sealed, vouched)
        if conflict is not None and batch.stands_in(conflict.missed) and self.mirror.take(conflict.missed):
            return None
        return conflict

    async def _insist(self, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask the log until it answers; meanwhile commands wait. Raises Unanswered only while we close."""
        pause, doubt = PAUSE_LEAST, False
        try:
            while True:
                try:
                    return await ask()
                except StorageError as error:
                    # once a try was not answered it may stand, whatever a later one is told
                    doubt = doubt or isinstance(error, Unanswered)
                    if not doubt:
                        raise
                    if self._closing:
                        raise Unanswered(str(error)) from error
                self._stuck_since = self._stuck_since or monotonic()
                await asyncio.sleep(pause)
                pause = min(pause * 2, PAUSE_MOST)
        finally:
            self._stuck_since = None

    def _answer(self, outcomes: list[tuple[Reply, Outcome]]) -> None:
        self.fanout.notify(partial(_reply_all, outcomes))

    async def _save_snapshot(self) -> None:
        position, data = self.state.position, self.state.dump()
        try:
            await self._log.save_snapshot(self.topic, Snapshot(position, data))
            self.mirror.snapshot_at = position.seq
        except StorageError as error:
            # nothing is lost: the entries are there, only the next start reads more of them
            log.warning("%s: no snapshot: %s", self.topic, error)


def _reply_all(outcomes: list[tuple[Reply, Outcome]]) -> None:
    for reply, outcome in outcomes:
        reply(outcome)
