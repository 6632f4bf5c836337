"""Alarms: what is due in a topic is done once, by whichever worker gets there first, and never early.

    an entry is applied ──▶ topic.due(state): the next alarm ──▶ a timer ──▶ is it time by the log's clock?
                                    ▲                               ▲ no, or nobody could say ──┤
                                    └──── its entry is applied ◀── its command is said ◀── yes ─┘

Nothing is kept but what the state says, so an alarm outlives every worker (`chores.py`). Several workers may
say the same command; it is decided on the state it is committed on, in which the second finds nothing due.
Rooms need not stay open for it, and are opened when it is time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from webinar_server.clock import now_ms
from webinar_server.errors import Refusal, StorageError
from webinar_server.live.room import Room
from webinar_server.live.saying import say
from webinar_server.live.worker import Worker
from webinar_server.seldom import seldom
from webinar_server.state import Alarm, State
from webinar_server.topics import about

LOOK_EACH = 60.0
"""Seconds after which the log's clock is asked again, however far off an alarm is by ours: clocks are set."""

AGAIN_AFTER = 2.0
"""Seconds after which what could not be done is tried again."""

Open: TypeAlias = Callable[[str], Awaitable[Room | None]]


class Alarms:
    """Those of one worker. `opened` gives a topic's room. Raises StorageError where it cannot."""

    def __init__(self, worker: Worker, opened: Open) -> None:
        self._log = worker.log
        self._tasks = worker.tasks
        self._open = opened
        # when the next alarm of a topic is due (Unix ms), and the timer that looks whether it is
        self._due: dict[str, int] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._stopped = False

    def changed(self, topic: str, state: State) -> None:
        """An entry was applied to a topic's state, or, without one, the state was read anew."""
        due = about(topic).due
        if due is not None:
            self._plan(topic, due(state))

    def stop(self) -> None:
        self._stopped = True
        for timer in self._timers.values():
            timer.cancel()

    def _plan(self, topic: str, alarm: Alarm | None) -> None:
        if alarm is None:
            self._due.pop(topic, None)
            self._cancel(topic)
        elif self._due.get(topic) != alarm.at:
            self._due[topic] = alarm.at
            self._wait(topic, (alarm.at - now_ms()) / 1000)

    def _wait(self, topic: str, seconds: float) -> None:
        self._cancel(topic)
        if self._stopped:
            return
        within = min(max(seconds, 0.0), LOOK_EACH)
        self._timers[topic] = asyncio.get_running_loop().call_later(within, self._look_at, topic)

    def _cancel(self, topic: str) -> None:
        timer = self._timers.pop(topic, None)
        if timer is not None:
            timer.cancel()

    def _look_at(self, topic: str) -> None:
        self._tasks.start(f"due in {topic}", self._ring(topic))

    async def _ring(self, topic: str) -> None:
        rung, left = self._due.get(topic), AGAIN_AFTER
        try:
            now = await self._log.now()
            left = (self._due.get(topic, now) - now) / 1000
            if left <= 0:
                left = AGAIN_AFTER
                await self._do(topic, now)
        except (StorageError, Refusal) as error:
            seldom.warning("what is due waits", error, topic=topic)
        if rung is not None and self._due.get(topic) == rung:
            # where it was done, it is another one by now, which has a timer of its own
            self._wait(topic, left)

    async def _do(self, topic: str, now: int) -> None:
        room, due = await self._open(topic), about(topic).due
        alarm = due(room.state) if room is not None and due is not None else None
        if room is None or alarm is None:
            self._plan(topic, None)
        elif alarm.at <= now:
            await say(room, alarm.command, at=now)
