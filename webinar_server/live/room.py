"""Room: one worker's live copy of a topic. Commands come in, entries go to the log, news go out.

    submit ──▶ waiting ──▶ rules and log (committing.py) ──▶ state (mirror.py) ──▶ fan-out ──▶ replies

All commands that arrive until it is time for the next flush are appended together. A command is answered only
after its entry is durable, applied here, and told to the viewers. One that comes again while it waits, or is
on its way into the log, is let in whatever happens: told that it failed, its sender would say it anew, under
another ref, and the first would be done as well.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from contextlib import suppress
from functools import partial

from webinar_server import metrics
from webinar_server.clock import fresh_salt
from webinar_server.errors import Refusal, StorageError, Unanswered
from webinar_server.live.committing import Committing, Outcome, Reply, Request
from webinar_server.live.mirror import Mirror
from webinar_server.live.presence import Presence
from webinar_server.live.telling.fanout import FanOut
from webinar_server.live.telling.pulse import Pulse
from webinar_server.live.worker import Worker
from webinar_server.log import Snapshot
from webinar_server.seldom import seldom
from webinar_server.state import State
from webinar_server.tasks import Tasks
from webinar_server.topics import about

ENTRIES_KEPT = 50_000
"""Entries kept before a snapshot, for who wants to see how it came about; no record needs them."""

RETRY_AFTER = 1.0


class Room:
    """A topic on a worker: its state, its people, its viewers, and the only writer of all that here."""

    def __init__(self, topic: str, worker: Worker) -> None:
        self.topic = topic
        self.about = about(topic)
        self.worker = worker
        self.tasks = Tasks()
        self.fanout = FanOut(topic, State(self.about.kinds), worker)
        self.mirror = Mirror(topic, worker, self.fanout, self.tasks)
        self.presence = Presence(self.mirror, self.submit)
        # done once nobody is answered any more
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._settings = worker.settings
        # reactions of ours that the viewers of other workers are to see
        self._pulses = Pulse(worker.settings.pulse_pause, self._tell_others)
        self._committing = Committing(self.mirror)
        self._closing = False
        # what waits, and who asked for what, waiting or under way, and how often
        self._waiting: deque[Request] = deque()
        self._there: Counter[tuple[str, str]] = Counter()
        # something waits; and there is no time, or so much that no more is waited for
        self._wake, self._enough = asyncio.Event(), asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    @property
    def state(self) -> State:
        return self.fanout.state

    @property
    def busy(self) -> bool:
        """Whether somebody follows it, waits for an answer, or is here by its records."""
        return bool(len(self.fanout)) or bool(self._there) or self.presence.busy

    # commands

    def submit(self, request: Request) -> None:
        """Queue a command; its reply is called once, in this or a later turn of the loop."""
        key = (request.actor.id, request.ref)
        repeated = bool(request.ref) and key in self._there
        if len(self._waiting) >= self._settings.inbox_max and not repeated:
            request.reply(Refusal("room.busy", "Too much at once; please try again.", RETRY_AFTER))
        elif self._committing.stuck_for() > self._settings.hold and not repeated:
            request.reply(_not_stored())
        else:
            self._waiting.append(request._replace(salt=fresh_salt()))
            self._there[key] += 1
            self._wake.set()
            if len(self._waiting) >= self._settings.batch_max:
                self._enough.set()

    async def _gather(self) -> list[Request]:
        """The next ones, once there are more, as long as nothing of them could be told yet anyway."""
        # what was committed last is told first
        await asyncio.sleep(0)
        wait = self.fanout.rhythm.until_commit()
        if wait > 0 and not self._closing and len(self._waiting) < self._settings.batch_max:
            self._enough.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._enough.wait()
        # what others committed meanwhile is better known before than refused after
        await self.mirror.follow()
        return [self._waiting.popleft() for _ in range(min(self._settings.batch_max, len(self._waiting)))]

    async def _work_off(self, requests: list[Request]) -> None:
        """Commit requests; whatever happens, the room lives on, and each is answered that can be."""
        try:
            await self._commit(requests)
        except Unanswered as error:
            # we are closing: they may stand in the log, so their senders ask again, elsewhere
            seldom.error("commands were left unanswered", error, topic=self.topic)
            self._drop_all()
        except StorageError as error:
            seldom.error("commands could not be stored", error, topic=self.topic)
            self._answer([(request.reply, _not_stored()) for request in requests])
        except Exception as error:
            seldom.error("a fault of ours; reading the log anew", error, topic=self.topic)
            failed = Refusal("room.failed", "Something went wrong here; please try again.", RETRY_AFTER)
            self._answer([(request.reply, failed) for request in requests])
            with suppress(StorageError):
                await self.mirror.load()

    async def _commit(self, requests: list[Request]) -> None:
        batch = await self._committing.commit(requests)
        metrics.ENTRIES.inc(len(batch.entries))
        self.mirror.put(batch.entries)
        self._answer(batch.outcomes)
        if self.state.position.seq - self.mirror.snapshot_at >= self._settings.snapshot_every:
            await self._save_snapshot()

    def _answer(self, outcomes: list[tuple[Reply, Outcome]]) -> None:
        self.fanout.notify(partial(_reply_all, outcomes))

    def _done(self, requests: list[Request]) -> None:
        for request in requests:
            key = (request.actor.id, request.ref)
            self._there[key] -= 1
            if self._there[key] <= 0:
                del self._there[key]

    def _drop_all(self) -> None:
        """Nobody is answered any more."""
        self._waiting.clear()
        self._there.clear()

    # reactions

    def react(self, reaction: str) -> None:
        """Count one, here and on the other workers."""
        self.fanout.pulse(reaction)
        if self.worker.log.shared:
            self._pulses.count(reaction)

    def _tell_others(self, reactions: dict[str, int]) -> None:
        self.tasks.start(f"reactions of {self.topic}", self.worker.log.react(self.topic, reactions))

    # its life

    async def open(self) -> None:
        """Hear of a topic, then read it, so that nothing falls between. Raises StorageError."""
        await self.worker.log.listen(self.topic, self.mirror)
        await self.mirror.load()

    def start(self) -> None:
        """Commit from now on, until it is closed."""
        self.presence.restored()
        self._running = self.worker.tasks.start(f"room {self.topic}", self.run())

    async def run(self) -> None:
        """Commit whatever is waiting, a batch at a time, until closed; then leave a snapshot."""
        while not self._closing or self._waiting:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                requests = await self._gather()
                await self._work_off(requests)
                self._done(requests)
                # while it waits for the next, nothing is kept of who asked last
                del requests
        self.mirror.stop()
        self._pulses.stop()
        self.fanout.stop()
        await self.tasks.stop()
        if self.state.position.seq > self.mirror.snapshot_at:
            await self._save_snapshot()
        self._end()

    def close(self) -> None:
        """Let `run` finish what is waiting and end."""
        self._closing = True
        self.presence.stop()
        self._committing.hurry()
        self._wake.set()
        self._enough.set()

    async def closed(self) -> None:
        """Close, and let go of all that it held, whoever may still hold on to the room itself."""
        self.presence.stop()
        await self.unheard()
        self.close()
        await self.over()
        self.mirror.forget()

    async def over(self) -> None:
        """Wait until it has ended."""
        if self._running is not None:
            await self._running

    async def abandon(self) -> None:
        """Tell nobody anything any more; who was waiting asks again, elsewhere."""
        if self._running is not None:
            self._running.cancel()
        self.presence.stop()
        self.mirror.stop()
        self._pulses.stop()
        self._drop_all()
        self.fanout.dismiss()
        self._end()
        await self.tasks.stop()
        await self.unheard()

    async def unheard(self) -> None:
        """Hear of the topic no more."""
        with suppress(StorageError):
            await self.worker.log.unlisten(self.topic)

    def _end(self) -> None:
        if not self.ended.done():
            self.ended.set_result(None)

    async def _save_snapshot(self) -> None:
        log, position, data = self.worker.log, self.state.position, self.state.dump()
        try:
            await log.save_snapshot(self.topic, Snapshot(position, data))
            self.mirror.snapshot_at = position.seq
            if position.seq > ENTRIES_KEPT:
                await log.cut(self.topic, position.seq - ENTRIES_KEPT)
        except StorageError as error:
            # nothing is lost: the entries are there, only the next start reads more of them
            seldom.warning("no snapshot could be saved", error, topic=self.topic)


def _reply_all(outcomes: list[tuple[Reply, Outcome]]) -> None:
    for reply, outcome in outcomes:
        reply(outcome)


def _not_stored() -> Refusal:
    return Refusal("log.unavailable", "This could not be stored; please try again.", RETRY_AFTER)
