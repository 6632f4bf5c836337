"""Room: one worker's live copy of a topic. Commands come in, entries go to the log, news go out.

    submit ──▶ inbox ──▶ Batch (rules, on a draft) ──▶ log.append ──▶ state.put ──▶ fan-out ──▶ replies
                            ▲                              │
                            └── merge what came between ◀──┘ (another writer was faster: run again)

All commands that arrive while an append is under way go into the next one together. A command is answered
only after its entry is durable, applied here, and told to the viewers.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from contextlib import suppress
from functools import partial

from webinar_server.errors import Refusal, StorageError
from webinar_server.live.batch import Batch, Outcome, Reply, Request
from webinar_server.live.fanout import FanOut
from webinar_server.log import Log, Snapshot, check_chain
from webinar_server.settings import Settings
from webinar_server.state import Position, Schema, Sealed, State, unseal

log = logging.getLogger("webinar_server")

READ_AT_ONCE = 1_000
REWINDS_MAX = 3
"""How often a log may turn out to hold another history, while one batch is on its way into it."""

RETRY_AFTER = 1.0


class Room:
    """The state of one topic, its viewers, and the only writer of both on this worker."""

    def __init__(self, topic: str, schema: Schema, log: Log, settings: Settings) -> None:
        self.topic = topic
        self.schema = schema
        self.state = State(schema.kinds)
        self.fanout = FanOut(topic, self.state, settings)
        self._log = log
        self._settings = settings
        self._inbox: deque[Request] = deque()
        self._wake = asyncio.Event()
        self._closing = False
        self._snapshot_at = 0

    async def load(self) -> None:
        """Bring the state to the log's head: newest snapshot, then the entries after it, chain checked."""
        state = await self._restored(await self._log.snapshot(self.topic))
        self._snapshot_at = state.position.seq
        while entries := await self._log.read(self.topic, state.position.seq, READ_AT_ONCE):
            self._follow(state, entries)
        self.state = state
        self.fanout.replace(state)

    async def _restored(self, snapshot: Snapshot | None) -> State:
        """The state of a snapshot, or an empty one: a snapshot only saves reading what is all there."""
        if snapshot is not None and await self._holds(snapshot.position):
            try:
                return State.load(self.schema.kinds, snapshot.data)
            except StorageError as error:
                log.warning("%s: %s; reading all entries instead", self.topic, error)
        return State(self.schema.kinds)

    async def _holds(self, position: Position) -> bool:
        """Whether the log's history has this position; not so if it was put back from an older copy."""
        entries = await self._log.read(self.topic, position.seq - 1, 1)
        return bool(entries) and Position(entries[0].seq, entries[0].tag) == position

    def submit(self, request: Request) -> None:
        """Queue a command; its reply is called once, in this or a later turn of the loop."""
        if len(self._inbox) >= self._settings.inbox_max:
            request.reply(Refusal("room.busy", "Too much at once; please try again.", RETRY_AFTER))
            return
        self._inbox.append(request)
        self._wake.set()

    async def run(self) -> None:
        """Commit whatever is waiting, a batch at a time, until closed; then leave a snapshot."""
        while not self._closing or self._inbox:
            await self._wake.wait()
            self._wake.clear()
            while self._inbox:
                size = min(len(self._inbox), self._settings.batch_max)
                await self._work_off([self._inbox.popleft() for _ in range(size)])
        self.fanout.stop()
        if self.state.position.seq > self._snapshot_at:
            await self._save_snapshot()

    def close(self) -> None:
        """Let `run` finish what is waiting and end."""
        self._closing = True
        self._wake.set()

    async def _work_off(self, requests: list[Request]) -> None:
        """Commit requests; whatever happens, each is answered and the room lives on."""
        try:
            await self._commit(requests)
        except StorageError as error:
            log.error("%s: %s", self.topic, error)
            self._refuse(requests, "log.unavailable", "This could not be stored; please try again.")
        except Exception:
            log.exception("%s: a fault of ours; reading the log anew", self.topic)
            self._refuse(requests, "room.failed", "Something went wrong here; please try again.")
            with suppress(StorageError):
                await self.load()

    async def _commit(self, requests: list[Request]) -> None:
        batch = await self._append(requests)
        for entry, sealed in batch.entries:
            self.state.put(entry, sealed.tag)
        self._answer(batch.outcomes)
        if self.state.position.seq - self._snapshot_at >= self._settings.snapshot_every:
            await self._save_snapshot()

    async def _append(self, requests: list[Request]) -> Batch:
        """Decide and append; where another writer was faster, take in its entries and decide again."""
        rewound = 0
        while rewound < REWINDS_MAX:
            batch = Batch(self.state, requests)
            if not batch.entries:
                return batch
            conflict = await self._log.append(self.topic, batch.parent, batch.sealed)
            if conflict is None:
                return batch
            rewound += conflict.rewound
            await self._merge(conflict.missed, conflict.rewound)
        raise StorageError(f"the log of {self.topic} does not agree with itself; restore it from a backup")

    async def _merge(self, missed: list[Sealed], rewound: bool) -> None:
        if rewound:
            log.warning("%s: the log holds another history than this room; starting from the log", self.topic)
            await self.load()
            return
        self._follow(self.state, missed)
        self.fanout.notify()

    def _follow(self, state: State, entries: list[Sealed]) -> None:
        check_chain(self.topic, state.position, entries)
        for sealed in entries:
            state.put(unseal(sealed, state.kinds), sealed.tag)

    def _refuse(self, requests: list[Request], code: str, text: str) -> None:
        refusal = Refusal(code, text, RETRY_AFTER)
        self._answer([(request.reply, refusal) for request in requests])

    def _answer(self, outcomes: list[tuple[Reply, Outcome]]) -> None:
        self.fanout.notify(partial(_reply_all, outcomes))

    async def _save_snapshot(self) -> None:
        position, data = self.state.position, self.state.dump()
        try:
            await self._log.save_snapshot(self.topic, Snapshot(position, data))
            self._snapshot_at = position.seq
        except StorageError as error:
            # nothing is lost: the entries are there, only the next start reads more of them
            log.error("%s: no snapshot: %s", self.topic, error)


def _reply_all(outcomes: list[tuple[Reply, Outcome]]) -> None:
    for reply, outcome in outcomes:
        reply(outcome)
