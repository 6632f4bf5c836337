"""Relay: what a topic tells others is done there once, whoever says it and whatever ends meanwhile.

    an entry with errands is applied ──▶ those that the other topic has not taken yet are said there, in order
          ▲                                     │ each only if all before it was taken, and nothing since
          └── they are done, and go ◀── it is taken: what it does and how far all is taken are one entry

Both ends are records (`state/errand.py`): the errands in the topic that tells, until they were taken; how far
they were in the other. So any worker can go on from the states alone (`chores.py`), and a log may be cut
below them. The worker that committed an errand says it at once; others look later whether that was done.
"""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import TypeAlias

import msgspec

from webinar_server import metrics
from webinar_server.errors import Refusal, StorageError
from webinar_server.live.alarms import AGAIN_AFTER, Open
from webinar_server.live.committing import Outcome, Request
from webinar_server.live.room import Room
from webinar_server.live.saying import said, say, server, to_nobody
from webinar_server.seldom import seldom
from webinar_server.state import START, Answer, Entry, Errand, ErrandsDone, State, Taken, takings, undone
from webinar_server.tasks import Tasks

AT_ONCE = 100
"""Errands said together; the next follow once these were taken."""

RIVALS_AFTER = 0.5
"""Seconds after which it is looked at again where another worker was faster."""

FASTER = ("errand.taken", "errand.done")
"""What is refused where another worker was."""

NOBODY_AFTER = 60.0
"""Seconds after which a topic that was not there is looked for again."""

Line: TypeAlias = tuple[str, str]
"""A topic that tells, and one that is told."""


class Relay:
    """That of one worker. `opened` gives a topic's room. Raises StorageError where it cannot."""

    def __init__(self, tasks: Tasks, opened: Open) -> None:
        self._tasks = tasks
        self._open = opened
        # when each line with errands is looked at, and those that are being relayed
        self._timers: dict[Line, asyncio.TimerHandle] = {}
        self._busy: set[Line] = set()
        self._stopped = False

    def changed(self, topic: str, state: State, entry: Entry | None, ours: bool) -> None:
        """An entry, of this worker's perhaps, was applied to a topic's state, or, without one, it was read
        anew."""
        for to in sorted(_told(state, entry)):
            self._plan((topic, to), 0.0 if ours else AGAIN_AFTER)

    def stop(self) -> None:
        self._stopped = True
        for timer in self._timers.values():
            timer.cancel()

    def _plan(self, line: Line, seconds: float) -> None:
        timer = self._timers.get(line)
        if self._stopped or line in self._busy or (timer is not None and seconds):
            return
        if timer is not None:
            timer.cancel()
        self._timers[line] = asyncio.get_running_loop().call_later(seconds, self._begin, line)

    def _begin(self, line: Line) -> None:
        del self._timers[line]
        self._busy.add(line)
        self._tasks.start(f"errands of {line[0]} for {line[1]}", self._relay(line))

    async def _relay(self, line: Line) -> None:
        left: float | None = AGAIN_AFTER
        try:
            left = await self._all(*line)
        except (StorageError, Refusal) as error:
            if not self._stopped:
                metrics.ERRANDS.labels("waiting").inc()
                seldom.warning("what is to be told to another topic waits", error, topic=line[0])
        finally:
            self._busy.discard(line)
        if left is not None:
            self._plan(line, left)

    async def _all(self, source: str, to: str) -> float | None:
        """Until there is no more; otherwise the seconds after which it is tried again."""
        while _waiting(await self._open(source), to):
            there = await self._open(to)
            # opened last: nothing is awaited between looking at it and saying what it has
            here = await self._open(source)
            if here is None or here.state.position == START:
                return AGAIN_AFTER
            if there is None:
                seldom.warning("there is no such topic to tell", topic=source)
                return NOBODY_AFTER
            taken = there.state.get(Taken, source)
            if taken is not None and taken.seq > here.state.position.seq:
                # this copy is old, or its log lost what was taken
                await here.mirror.look()
            if not await _some(here, there, taken):
                return RIVALS_AFTER
        return None


async def _some(here: Room, there: Room, taken: Taken | None) -> bool:
    """Have some more done, and go; tells whether nobody was faster."""
    waiting = _waiting(here, there.topic)
    left = undone(here.state, waiting, taken)
    told = await said(there, _requests(here, there, left, taken))
    for outcome in told:
        _count(outcome, here.topic)
    done = {errand.id for errand in waiting} - {errand.id for errand in left}
    done |= {errand.id for errand, outcome in zip(left, told, strict=False) if isinstance(outcome, Answer)}
    if done:
        told.append(await say(here, ErrandsDone(errands=tuple(sorted(done)))))
    refusals = [outcome for outcome in told if isinstance(outcome, Refusal)]
    for refusal in refusals:
        if refusal.code not in FASTER:
            raise StorageError(str(refusal)) from refusal
    return not refusals


def _waiting(here: Room | None, to: str) -> list[Errand]:
    """The next errands, in their order."""
    return [] if here is None else list(islice(here.state.of(Errand, "to", to), AT_ONCE))


def _requests(here: Room, there: Room, errands: list[Errand], taken: Taken | None) -> list[Request]:
    """Of those up to one that cannot be read. Raises StorageError where that is the first."""
    requests: list[Request] = []
    for errand, taking in zip(errands, takings(here.state, here.topic, errands, taken), strict=True):
        try:
            command = msgspec.convert(errand.args, there.about.commands[errand.command])
        except (KeyError, msgspec.ValidationError) as error:
            if requests:
                break
            raise StorageError(
                f"this version knows no such {errand.command}; run that which said it"
            ) from error
        ref = errand.ref(here.topic)
        requests.append(Request(server(there), ref, command, to_nobody, taking=taking))
    return requests


def _count(outcome: Outcome, source: str) -> None:
    if isinstance(outcome, Answer):
        refused = outcome.result.get("refused")
        metrics.ERRANDS.labels("refused" if refused else "done").inc()
        if refused:
            seldom.info("what a topic told another was refused there", topic=source, code=refused)


def _told(state: State, entry: Entry | None) -> set[str]:
    """Whom an entry has something for, or all that is there."""
    if entry is None:
        return {errand.to for errand in state.all(Errand)}
    return {change.record.to for change in entry.changes if isinstance(change.record, Errand)}
