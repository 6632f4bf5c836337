"""Committing: from commands to entries that stand in the log, however it answers or does not.

    decide: the rules, on a draft (Batch) ──▶ append ──▶ it stands
      ▲                                         │ another writer was faster, or the log was rewound
      └──────── in step with the log ◀──────────┤
                                                └ no answer: the same again, until there is one

Commands that arrived together are decided in order, each on the state it would be committed on: refused,
answered from an earlier commit of the same ref, or sealed as the next entry. Nothing is applied and nobody is
answered before the log has taken it. While the log does not answer, commands wait: whether the last append
stands is not known, so nobody is told that it failed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias, TypeVar

from webinar_server import metrics
from webinar_server.clock import monotonic
from webinar_server.errors import Refusal, StorageError, Unanswered, WebinarError
from webinar_server.live.mirror import Mirror
from webinar_server.log import Conflict
from webinar_server.seldom import seldom
from webinar_server.state import (
    Actor,
    Answer,
    Answered,
    Command,
    Draft,
    Entry,
    Permit,
    Position,
    Result,
    Sealed,
    State,
    Taking,
    Topic,
    erased,
    is_erased,
    note,
    run,
    seal,
    take,
)

T = TypeVar("T")

REWINDS_MAX = 3
"""How often a log may turn out to hold another history, while one batch is on its way into it."""

PAUSE_LEAST, PAUSE_MOST = 0.05, 0.5
"""Seconds between two tries of an append that was not answered."""

SUMMON_S = 3.0
"""How long other workers have to write back what a log may have lost, before it is appended to."""

Outcome: TypeAlias = Answer | Refusal
Reply: TypeAlias = Callable[[Outcome], None]


class Request(NamedTuple):
    """A command on its way into the log. `reply` is called once, after it is durable and applied.

    Without a permit it is the server's own; with a `taking` it is an errand of another topic. The room gives
    it its salt as it comes in, so that an entry that is decided anew in the same place is the same entry.
    """

    actor: Actor
    ref: str
    command: Command
    reply: Reply
    permit: Permit | None = None
    salt: bytes = b""
    taking: Taking | None = None


class Batch:
    """Outcome of each request, and the entries that are to be appended after `parent`."""

    def __init__(self, about: Topic, state: State, requests: list[Request]) -> None:
        self.parent = state.position
        self.entries: list[tuple[Entry, Sealed]] = []
        self._ended = about.ends.ended
        self._tells = about.tells
        self._state = state
        self._draft = Draft(state)
        self._fresh: dict[tuple[str, str], Answered] = {}
        self.outcomes = [(request.reply, self._decide(request)) for request in requests]

    @property
    def sealed(self) -> list[Sealed]:
        return [sealed for _, sealed in self.entries]

    def stands_in(self, missed: Sequence[Sealed]) -> bool:
        """Whether what a log holds after the parent begins with these very entries."""
        tags = [sealed.tag for _, sealed in self.entries]
        return [entry.tag for entry in missed[: len(tags)]] == tags

    def _decide(self, request: Request) -> Outcome:
        try:
            known = self._answered(request)
            return self._commit(request) if known is None else known
        except Refusal as refusal:
            self._draft.forget()
            return refusal
        except WebinarError:
            raise
        except Exception as error:
            # a fault in one rule must not take the room with it
            self._draft.forget()
            seldom.error(f"command {request.command.NAME} failed", error)
            return Refusal("command.failed", "Something went wrong here; it was not your doing.")

    def _answered(self, request: Request) -> Answer | None:
        if not request.ref:
            return None
        key = (request.actor.id, request.ref)
        known = self._fresh.get(key) or self._state.answered(*key)
        return None if known is None else known.again(request.command.NAME)

    def _refuse_ended(self, request: Request) -> None:
        """Decided on the state it is committed on: who is removed elsewhere does nothing here any more."""
        if is_erased(self._draft, request.actor.id):
            raise erased()
        if request.permit is not None:
            refusal = self._ended(self._draft, request.actor.id, request.permit)
            if refusal is not None:
                raise refusal

    def _commit(self, request: Request) -> Answer:
        self._refuse_ended(request)
        result = self._run(request)
        last = self.entries[-1][1] if self.entries else None
        parent = Position(last.seq, last.tag) if last else self.parent
        if self._tells is not None:
            note(self._draft, self._tells, parent.seq + 1, request.actor)
        changes = self._draft.changes()
        entry = Entry(
            seq=parent.seq + 1,
            at=request.actor.at,
            by=request.actor.id,
            command=request.command.NAME,
            ref=request.ref,
            result=result,
            changes=changes,
            salt=request.salt,
        )
        sealed = seal(parent, entry)
        self._draft.keep(changes)
        self.entries.append((entry, sealed))
        answer = Answer(sealed.seq, sealed.tag, result)
        if request.ref:
            self._fresh[entry.by, entry.ref] = Answered(entry.by, entry.ref, entry.at, answer, entry.command)
        return answer

    def _run(self, request: Request) -> Result:
        who, command = request.actor, request.command
        if request.taking is None:
            return run(self._draft, who, command)
        return take(self._draft, who, command, request.taking)


class Committing:
    """The way of one room's batches into the log, one after another."""

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror
        self._log = mirror.worker.log
        self._patient = True
        # since when the log has not answered (monotonic)
        self._stuck_since: float | None = None

    def stuck_for(self) -> float:
        """Seconds for which the log has not answered."""
        return 0.0 if self._stuck_since is None else monotonic() - self._stuck_since

    def hurry(self) -> None:
        """The room closes: what the log does not answer now stays unanswered."""
        self._patient = False

    async def commit(self, requests: list[Request]) -> Batch:
        """Decide and append; where another writer was faster, take in its entries and decide again."""
        rewound, vouched = 0, False
        while rewound <= REWINDS_MAX:
            batch = Batch(self._mirror.about, self._mirror.state, requests)
            if not batch.entries:
                return batch
            conflict = await self._insist(partial(self._try, batch, vouched))
            if conflict is None:
                return batch
            metrics.CONFLICTS.inc()
            rewound += conflict.rewound
            # for the next try only: what others held before a log was lost again vouches for nothing
            vouched = await self._insist(partial(self._resolve, conflict))
        topic = self._mirror.topic
        raise StorageError(f"the log of {topic} does not agree with itself; restore it from a backup")

    async def _resolve(self, conflict: Conflict) -> bool:
        """Get in step with the log; tells whether the other workers were asked what they hold."""
        if conflict.doubtful:
            await self._mirror.summon(SUMMON_S)
        elif not conflict.missed or not self._mirror.take(conflict.missed):
            await self._mirror.look()
        return conflict.doubtful

    async def _try(self, batch: Batch, vouched: bool) -> Conflict | None:
        """Append. A try that was not answered may stand: then what was missed begins with it."""
        began = monotonic()
        with metrics.APPEND_SECONDS.time():
            conflict = await self._log.append(self._mirror.topic, batch.parent, batch.sealed, vouched)
        self._mirror.fanout.rhythm.appended(monotonic() - began)
        if conflict is not None and batch.stands_in(conflict.missed) and self._mirror.take(conflict.missed):
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
                    if not self._patient:
                        raise Unanswered(str(error)) from error
                self._stuck_since = self._stuck_since or monotonic()
                await asyncio.sleep(pause)
                pause = min(pause * 2, PAUSE_MOST)
        finally:
            self._stuck_since = None
